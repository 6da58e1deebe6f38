/* "png" under a figure: its chart as a picture that can stand alone, with the finding above it and its source below. It is
   made here, from what the chart is drawn from, on white and in the colours of paper whatever the screen looks like. */
(function () {
  const WIDTH = 1000, SCALE = 2;

  /* Lines of at most `length` letters, broken between words; the text of a page is no markup. */
  function lines(text, length) {
    const safe = text.replace(/[<>&]/g, function (c) { return { "<": "‹", ">": "›", "&": "&amp;" }[c]; });
    return safe.split(/ +/).reduce(function (made, word) {
      const last = made[made.length - 1];
      if (last && (last + " " + word).length <= length) { made[made.length - 1] = last + " " + word; } else { made.push(word); }
      return made;
    }, []);
  }
  function source(section) {
    const line = section.querySelector(".bron");
    if (!line) { return ""; }
    // A link is of no use on a picture.
    const said = Array.from(line.childNodes).filter(function (n) { return !(n.querySelector && (n.matches("a") || n.querySelector("a"))); });
    return said.map(function (n) { return n.textContent; }).join(" · ").split("·").map(function (t) { return t.trim(); }).filter(Boolean).join(" · ");
  }
  function whole(figure, section) {
    const layout = figure.layout, style = getComputedStyle(document.documentElement);
    const above = lines(section.querySelector("h2, h3").textContent, 84);
    const below = lines(source(section), 130);
    const margin = Object.assign({ l: 46, r: 120, t: 16, b: 34 }, layout.margin);
    const added = { t: 24 + above.length * 27, b: 20 + below.length * 18 };
    const note = { xref: "paper", yref: "paper", x: 0, xanchor: "left", align: "left", showarrow: false };
    const words = [
      Object.assign({ y: 1, yanchor: "bottom", yshift: margin.t + 10, xshift: 16 - margin.l, text: "<b>" + above.join("<br>") + "</b>",
        font: { size: 21, color: "#1d2a33", family: style.getPropertyValue("--serif") || "serif" } }, note),
      Object.assign({ y: 0, yanchor: "top", yshift: -margin.b - 8, xshift: 16 - margin.l, text: below.join("<br>"),
        font: { size: 13, color: "#55636d" } }, note)
    ].map(function (n) { return Object.assign({}, note, n); });
    return Object.assign({}, layout, {
      width: WIDTH, height: layout.height + added.t + added.b, autosize: false, paper_bgcolor: "#ffffff", plot_bgcolor: "#ffffff",
      margin: Object.assign({}, margin, { t: margin.t + added.t, b: margin.b + added.b }),
      annotations: (layout.annotations || []).concat(words)
    });
  }
  /* What the charts of a section are drawn from (assets/charts.js), else what was drawn. */
  function figures(section) {
    const places = Array.from(section.querySelectorAll(".plek[data-figuur]"));
    if (places.length) { return places.map(function (place) { return JSON.parse(place.dataset.figuur); }); }
    const drawn = Array.from(section.querySelectorAll(".js-plotly-plot"));
    return drawn.map(function (e) { return JSON.parse(JSON.stringify({ data: e.data, layout: e.layout })); });
  }
  function save(address, name) {
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    document.body.appendChild(link);
    link.click();
    link.remove();
  }
  function tell(button, text) {
    const line = button.parentElement;
    let said = line.querySelector("[role=status]");
    if (!said) {
      said = document.createElement("span");
      said.setAttribute("role", "status");
      said.className = "gezegd";
      line.appendChild(said);
    }
    said.textContent = text ? " " + text : "";
  }
  function name(section, number) {
    const about = new URLSearchParams(window.location.search);
    const which = (about.get("indicator") || about.get("onderdeel") || "").replace(/[^\w-]/g, "-");
    const parts = ["monitor", window.location.pathname.replace(/\W+/g, "") || "overzicht", which, section.dataset.blok, number];
    return parts.concat(document.querySelector(".banner") ? "VOORBEELDDATA" : "").filter(Boolean).join("_") + ".png";
  }
  async function take(button) {
    const section = button.closest("section[data-blok]");
    const made = figures(section);
    const told = document.getElementById("grafiek-instelling");
    const config = told ? JSON.parse(told.textContent) : {};
    if (!window.Plotly || !made.length) { tell(button, "De grafiek is nog niet geladen. Probeer het zo weer."); return; }
    tell(button, "");
    for (const [number, figure] of made.entries()) {
      const layout = whole(figure, section), size = { format: "png", width: layout.width, height: layout.height, scale: SCALE };
      const picture = await window.Plotly.toImage({ data: figure.data, layout: layout, config: config }, size);
      save(picture, name(section, made.length > 1 ? String(number + 1) : ""));
    }
    tell(button, "Opgeslagen.");
  }
  document.addEventListener("click", function (e) {
    const button = e.target instanceof Element ? e.target.closest("button[data-plaatje]") : null;
    if (!button || button.getAttribute("aria-busy") === "true") { return; }
    button.setAttribute("aria-busy", "true");
    take(button).catch(function () { tell(button, "Het plaatje kon niet worden gemaakt."); })
      .finally(function () { button.removeAttribute("aria-busy"); });
  });
})();
