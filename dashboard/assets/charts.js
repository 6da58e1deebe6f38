/* Draws the charts of a page (elements .plek, with what to draw in data-figuur): first where the reader looks, then the
   rest, and again only what changed. It needs the page and plotly, not the app: charts are there before the app is. */
(function () {
  const told = document.getElementById("grafiek-instelling");
  const config = Object.assign({}, told ? JSON.parse(told.textContent) : {}, { responsive: false });
  const drawn = new WeakMap();
  const sized = new WeakMap();
  const channel = new MessageChannel();
  let waiting = [];
  let busy = false;

  function counts(place) {
    // While the server's page is on the screen, the app's copy behind it is not drawn.
    return place.isConnected && (!document.getElementById("eerst") || place.closest("#eerst")) && place.clientWidth > 0;
  }
  function inView(place) {
    const box = place.getBoundingClientRect();
    return box.top < window.innerHeight + 100 && box.bottom > -100;
  }
  function draw(place) {
    const text = place.dataset.figuur;
    if (!counts(place) || drawn.get(place) === text) { return; }
    const figure = JSON.parse(text);
    if (!place.firstElementChild) { place.appendChild(document.createElement("div")); }
    drawn.set(place, text);
    sized.set(place, place.clientWidth);
    window.Plotly.react(place.firstElementChild, figure.data, figure.layout, config);
  }
  // A chart of which the room changes (a window, a part that opens) follows it.
  const room = new ResizeObserver(function (entries) {
    entries.forEach(function (entry) {
      const place = entry.target;
      if (!drawn.has(place)) { look(); return; }
      if (!counts(place) || sized.get(place) === place.clientWidth) { return; }
      sized.set(place, place.clientWidth);
      window.Plotly.Plots.resize(place.firstElementChild);
    });
  });
  function look() {
    if (!window.Plotly) { return; }
    waiting = Array.from(document.querySelectorAll(".plek[data-figuur]")).filter(function (place) {
      room.observe(place);
      return drawn.get(place) !== place.dataset.figuur && counts(place);
    });
    const near = waiting.filter(inView);
    waiting = near.concat(waiting.filter(function (place) { return !near.includes(place); }));
    if (waiting.length && !busy) { busy = true; channel.port2.postMessage(0); }
  }
  // One at a time, so that a click is answered and the words are painted in between.
  channel.port1.onmessage = function () {
    const place = waiting.shift();
    busy = waiting.length > 0;
    if (busy) { channel.port2.postMessage(0); }
    if (place) { draw(place); }
  };

  window.monitorGrafieken = {
    look: look,
    /* Take what is drawn in one set of places to another: the picture stays, and is drawn again only where it differs. */
    move: function (from, to) {
      const left = from.filter(function (place) { return drawn.has(place) && place.firstElementChild; });
      function take(place, old) {
        left.splice(left.indexOf(old), 1);
        place.replaceChildren(old.firstElementChild);
        drawn.set(place, drawn.get(old));
        sized.set(place, sized.get(old));
      }
      const unlike = to.filter(function (place) {
        const old = left.find(function (o) { return drawn.get(o) === place.dataset.figuur; });
        if (old) { take(place, old); }
        return !old;
      });
      unlike.forEach(function (place) { if (left.length) { take(place, left[0]); } });
      left.forEach(function (old) { window.Plotly.purge(old.firstElementChild); });
    },
    /* Draw all again: the colours changed. */
    again: function () {
      document.querySelectorAll(".plek[data-figuur]").forEach(function (place) { drawn.delete(place); });
      look();
    },
    all: function () { document.querySelectorAll(".plek[data-figuur]").forEach(draw); }
  };
  new MutationObserver(function (changes) {
    // What plotly makes in a place is no news; looking after each chart would have the page laid out again each time.
    const own = function (c) { return c.target.closest(c.type === "childList" ? ".plek, .js-plotly-plot" : ".js-plotly-plot"); };
    if (!changes.every(own)) { look(); }
  }).observe(document.body, {
    childList: true, subtree: true, attributes: true, attributeFilter: ["data-figuur"]
  });
  window.addEventListener("beforeprint", window.monitorGrafieken.all);
  look();
})();
