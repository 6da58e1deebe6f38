/* State lives in the address: a chosen value goes there, and Dash's router makes the page that belongs to it. */
window.dash_clientside = Object.assign({}, window.dash_clientside, {
  monitor: {
    naarAdres: function () {
      const context = window.dash_clientside.callback_context;
      const params = new URLSearchParams(window.location.search);
      let changed = null;
      (context.inputs_list[0] || []).forEach(function (control) {
        const value = control.value;
        // `nu` is what the page was made with: an equal value is no choice, only a control that appeared.
        if (value === undefined || value === null || value === control.id.nu) { return; }
        params.set(control.id.naam, value);
        changed = '"deel":"' + control.id.deel + '","naam":"' + control.id.naam + '"';  // as Dash writes it in the page
      });
      if (changed === null) { return window.dash_clientside.no_update; }
      window.monitorKeuze = changed;
      window.history.pushState({}, "", window.location.pathname + "?" + params.toString());
      // What dcc.Location listens to, the same event as dcc.Link gives.
      window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
      return window.dash_clientside.no_update;
    }
  }
});

/* The page is made again after a choice or a link: bring the keyboard back to where the reader was. */
(function () {
  let path = window.location.pathname;
  let arriving = false;
  // Whoever acts decides where the focus is; until then it stays at the start of the page that is being made.
  ["keydown", "pointerdown"].forEach(function (e) { document.addEventListener(e, function () { arriving = false; }, true); });
  new MutationObserver(function () {
    const main = document.getElementById("inhoud");
    if (window.location.pathname !== path) {
      path = window.location.pathname;
      arriving = true;
      window.scrollTo(0, 0);
    }
    // The address changes before the page does, and making the page can replace the element that had the focus.
    if (arriving && main && document.activeElement !== main) { main.focus({ preventScroll: true }); }
    if (window.monitorKeuze && document.activeElement === document.body) {
      const inputs = Array.from(document.querySelectorAll("input[id]"));
      const control = inputs.find(function (e) { return e.id.includes(window.monitorKeuze); });
      if (control) { control.focus({ preventScroll: true }); window.monitorKeuze = null; }
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
})();

/* On paper nothing can be opened: every table is printed, and closed again afterwards. */
(function () {
  let opened = [];
  window.addEventListener("beforeprint", function () {
    opened = Array.from(document.querySelectorAll("details:not([open])"));
    opened.forEach(function (e) { e.open = true; });
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (e) { e.open = false; });
    opened = [];
  });
})();

/* The server sent the page as plain HTML. When the app has made the same page, it takes its place where the reader was. */
(function () {
  const usable = "a[href], summary, button, input, [tabindex='0']";
  function takeOver(first, app) {
    const opened = Array.from(first.querySelectorAll("details"));
    app.querySelectorAll("details").forEach(function (e, i) { if (opened[i]) { e.open = opened[i].open; } });
    const at = Array.from(first.querySelectorAll(usable)).indexOf(document.activeElement);
    const scrolled = Array.from(first.querySelectorAll(".schuif")).map(function (e) { return e.scrollLeft; });
    if (window.monitorGrafieken) {
      // What is drawn already goes along: no chart is drawn twice, and nothing flickers.
      const places = [first, app].map(function (page) { return Array.from(page.querySelectorAll(".plek")); });
      window.monitorGrafieken.move(places[0], places[1]);
    }
    first.remove();
    app.querySelectorAll(".schuif").forEach(function (e, i) { e.scrollLeft = scrolled[i] || 0; });
    const same = at < 0 ? null : app.querySelectorAll(".pagina " + usable.split(", ").join(", .pagina "))[at];
    if (same) { same.focus({ preventScroll: true }); }
  }
  const watch = new MutationObserver(function () {
    const first = document.getElementById("eerst");
    const app = document.getElementById("react-entry-point");
    if (first && app && app.querySelector("main")) { watch.disconnect(); takeOver(first, app); }
  });
  watch.observe(document.documentElement, { childList: true, subtree: true });
})();
