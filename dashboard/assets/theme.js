/* Light or dark: as the system asks until the reader chooses; the choice is kept in a cookie, so that the server's first
   page is in it already. Charts are made in light colours; in the dark theme each gets the dark colour of its meaning. */
(function () {
  const root = document.documentElement;
  const ATTRIBUTE = "data-mantine-color-scheme";
  const KEPT = "mantine-color-scheme-value";
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const told = document.getElementById("kleuren");
  const dark = told ? JSON.parse(told.textContent) : {};

  let printing = false;

  function chosen() {
    const found = /(?:^|; )thema=(light|dark)/.exec(document.cookie);
    return found ? found[1] : null;
  }
  function scheme() { return chosen() || (system.matches ? "dark" : "light"); }
  function apply() {
    // The controls (Mantine) read the same attribute, and their own memory when they start.
    try { window.localStorage.setItem(KEPT, chosen() || "auto"); } catch (e) { /* no storage: the cookie decides */ }
    root.setAttribute(ATTRIBUTE, scheme());
    if (window.monitorGrafieken) { window.monitorGrafieken.again(); }
  }

  function darker(value) {
    if (typeof value === "string") { return dark[value.toLowerCase()] || value; }
    if (Array.isArray(value)) { return value.map(darker); }
    if (value && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype) {
      const copy = {};
      Object.keys(value).forEach(function (key) { copy[key] = darker(value[key]); });
      return copy;
    }
    return value;
  }
  ["react", "newPlot"].forEach(function (name) {
    const draw = window.Plotly && window.Plotly[name];
    if (!draw) { return; }
    window.Plotly[name] = function (place, data, layout, config) {
      const night = root.getAttribute(ATTRIBUTE) === "dark" && !printing;
      return night ? draw.call(this, place, darker(data), darker(layout), config) : draw.apply(this, arguments);
    };
  });

  document.addEventListener("click", function (event) {
    if (!event.target.closest || !event.target.closest(".thema")) { return; }
    const other = root.getAttribute(ATTRIBUTE) === "dark" ? "light" : "dark";
    document.cookie = "thema=" + other + "; path=/; max-age=31536000; samesite=lax";
    apply();
  });
  system.addEventListener("change", apply);
  // Paper is light: what is dark on the screen is drawn again for it.
  function paper(on) {
    printing = on;
    if (root.getAttribute(ATTRIBUTE) !== "dark" || !window.monitorGrafieken) { return; }
    window.monitorGrafieken.again();
    window.monitorGrafieken.all();
  }
  window.addEventListener("beforeprint", function () { paper(true); });
  window.addEventListener("afterprint", function () { paper(false); });
  root.setAttribute("data-thema-klaar", "");
  apply();
})();
