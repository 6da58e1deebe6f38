/* A quiet part of a page: HTML that the app shows as it is (dashboard/pieces.py). What the reader opened, scrolled or
   reached with the keyboard in it stays so when it is made again. */
(function () {
  const usable = "a[href], summary, button, input, [tabindex='0']";
  function fill(node, html) {
    const at = Array.from(node.querySelectorAll(usable)).indexOf(document.activeElement);
    const opened = Array.from(node.querySelectorAll("details")).map(function (e) { return e.open; });
    const scrolled = Array.from(node.querySelectorAll(".schuif")).map(function (e) { return e.scrollLeft; });
    const charts = Array.from(node.querySelectorAll(".plek"));
    const made = document.createElement("template");
    made.innerHTML = html;
    if (charts.length && window.monitorGrafieken) {
      window.monitorGrafieken.move(charts, Array.from(made.content.querySelectorAll(".plek")));
    }
    node.replaceChildren(made.content);
    if (opened.length) { node.querySelectorAll("details").forEach(function (e, i) { if (i in opened) { e.open = opened[i]; } }); }
    if (scrolled.some(Boolean)) { node.querySelectorAll(".schuif").forEach(function (e, i) { e.scrollLeft = scrolled[i] || 0; }); }
    const same = at < 0 ? null : node.querySelectorAll(usable)[at];
    if (same) { same.focus({ preventScroll: true }); }
  }
  function Stuk(props) {
    const node = window.React.useRef(null);
    const shown = window.React.useRef("");
    window.React.useLayoutEffect(function () {
      if (shown.current !== props.binnen) { fill(node.current, props.binnen); }
      shown.current = props.binnen;
    });
    return window.React.createElement(props.tag, Object.assign({ ref: node }, props.eigen));
  }
  window.monitor_stukken = { Stuk: Stuk };

  /* A link within the app, in such a part: what dcc.Link does. Before the app is there it is a link like any other. */
  document.addEventListener("click", function (e) {
    const link = e.target instanceof Element ? e.target.closest("a[data-hier]") : null;
    if (!link || e.defaultPrevented || e.button !== 0 || e.metaKey || e.shiftKey || e.altKey || e.ctrlKey) { return; }
    if ((link.target && link.target !== "_self") || document.getElementById("eerst")) { return; }
    e.preventDefault();
    window.history.pushState({}, "", link.getAttribute("href"));
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    window.scrollTo(0, 0);
  });
})();
