/* The data team's pages: follow a refresh without loading the page again, and say what is being done after a click. */
(function () {
  const box = document.getElementById("verversing");
  function ask() {
    fetch("/beheer/verversing.json", { credentials: "same-origin" }).then(function (answer) { return answer.json(); }).then(function (state) {
      const head = document.getElementById("verversing-kop");
      const step = document.getElementById("verversing-stap");
      // Only what changed: a screen reader says every change of this region.
      if (head.textContent !== state.kop) { head.textContent = state.kop; document.title = state.kop; }
      if (step.textContent !== state.tekst) { step.textContent = state.tekst; }
      if (state.bezig) { window.setTimeout(ask, 1000); return; }
      document.getElementById("verversing-verder").innerHTML = state.verder;
      box.dataset.bezig = "nee";
    }).catch(function () { window.setTimeout(ask, 3000); });
  }
  if (box && box.dataset.bezig === "ja") { window.setTimeout(ask, 500); }
  document.querySelectorAll("form.formulier").forEach(function (form) {
    form.addEventListener("submit", function (event) {
      if (form.dataset.verzonden) { event.preventDefault(); return; }
      form.dataset.verzonden = "ja";
      const button = form.querySelector("button[type=submit]");
      if (button) { button.setAttribute("aria-busy", "true"); button.dataset.tekst = button.textContent; button.textContent = "Even geduld …"; }
    });
  });
  // Back in the browser shows the page as it was left: usable again.
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form.formulier").forEach(function (form) {
      delete form.dataset.verzonden;
      const button = form.querySelector("button[data-tekst]");
      if (button) { button.removeAttribute("aria-busy"); button.textContent = button.dataset.tekst; delete button.dataset.tekst; }
    });
  });
})();

/* A line for mapping.toml, copied with one click; without a clipboard it is selected. */
document.addEventListener("click", function (event) {
  const button = event.target.closest("[data-kopieer]");
  if (!button) { return; }
  const line = document.getElementById(button.dataset.kopieer);
  const done = function () { button.textContent = "Gekopieerd"; };
  const select = function () { window.getSelection().selectAllChildren(line); };
  if (navigator.clipboard) { navigator.clipboard.writeText(line.textContent).then(done, select); } else { select(); }
});
