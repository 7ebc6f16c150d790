// What must be known before anything is painted: light or dark, by the learner's choice or else the
// system's, and whether a round is gone on with, which has no menu.
(function () {
  "use strict";
  var root = document.documentElement;
  var dark = window.matchMedia("(prefers-color-scheme: dark)");

  function chosen() {
    if (root.dataset.look) return root.dataset.look;
    try {
      return localStorage.getItem("mcqdeck-look") || "system";
    } catch (denied) {
      return "system";
    }
  }

  // The names are those that Anki gives to its pages, so that a bank's style holds here too.
  function show() {
    var look = chosen();
    var isDark = look === "dark" || (look === "system" && dark.matches);
    [root, document.body].forEach(function (node) {
      if (!node) return;
      node.classList.toggle("nightMode", isDark);
      node.classList.toggle("night_mode", isDark);
    });
    root.style.colorScheme = isDark ? "dark" : "light";
  }

  root.classList.add("scripted");
  if (/^#\/(practice|cards|exam)\/(run|review)/.test(location.hash)) root.classList.add("resuming");
  show();
  dark.addEventListener("change", show);
  window.addEventListener("storage", show);
  document.addEventListener("DOMContentLoaded", function () {
    show();
    var field = document.querySelector("[data-look-choice]");
    if (!(field instanceof HTMLSelectElement)) return;
    var choice = field;
    choice.value = chosen();
    choice.addEventListener("change", function () {
      try {
        localStorage.setItem("mcqdeck-look", choice.value);
        delete root.dataset.look;
      } catch (denied) {
        root.dataset.look = choice.value; // for this page
      }
      show();
    });
  });
})();
