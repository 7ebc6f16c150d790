// Shows one side of a card after the other, as the clients of Anki do, and tells the page around it
// what happens. It stands before the card's own script and must leave the card what Anki gives it:
// a document, and a store for the session, which the page keeps as this frame has no origin.
(function () {
  "use strict";
  var qa = document.getElementById("qa");
  var style = document.getElementById("note-type-style");
  var stored = {}, random = Math.random;

  function tell(message) {
    parent.postMessage(message, "*"); // to a page that no other origin may embed
  }

  function keep() {
    tell({ type: "stored", stored: stored });
  }

  var store = {
    getItem: function (key) {
      return Object.prototype.hasOwnProperty.call(stored, key) ? stored[key] : null;
    },
    setItem: function (key, value) {
      stored[String(key)] = String(value);
      keep();
    },
    removeItem: function (key) {
      delete stored[key];
      keep();
    },
    clear: function () {
      stored = {};
      keep();
    }
  };
  Object.defineProperty(window, "sessionStorage", { configurable: true, value: store });

  // The same seed gives the same order of options, so that they stay where they are after a save.
  function seeded(seed) {
    return function () {
      seed = (seed + 0x6d2b79f5) | 0;
      var t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
  }

  function option(letter) {
    return qa.querySelector('.choices [data-option="' + CSS.escape(letter) + '"]');
  }

  // The letters of the options within which something is.
  function lettersOf(selector) {
    return Array.from(qa.querySelectorAll(".choices " + selector), function (found) {
      return found.closest("[data-option]").dataset.option;
    });
  }

  // What was done on the front: as it stands there, or as a document before this one left it.
  function done() {
    if (qa.querySelector(".choices [aria-checked]")) {
      return { chosen: lettersOf('[aria-checked="true"]'), struck: lettersOf(".struck") };
    }
    try {
      var state = JSON.parse(stored.mcqdeck), letters = state.key.split(" ").slice(1);
      return { chosen: state.chosen.map(function (at) { return letters[at]; }), struck: [] };
    } catch (nothing) {
      return { chosen: [], struck: [] };
    }
  }

  function redo(before) {
    before.struck.forEach(function (letter) {
      var button = option(letter) && option(letter).querySelector(".strike");
      if (button) button.click();
    });
    before.chosen.forEach(function (letter) {
      if (option(letter)) option(letter).click();
    });
  }

  // A card may ask for its answer as soon as something is chosen.
  var isRedoing = false;
  window.pycmd = function (command) {
    if (command === "ans" && !isRedoing) tell({ type: "key", key: " ", shift: false });
  };

  function runScripts() {
    Array.from(qa.getElementsByTagName("script")).forEach(function (old) {
      var fresh = document.createElement("script");
      fresh.appendChild(document.createTextNode(old.textContent));
      old.replaceWith(fresh);
    });
  }

  // The card looks for its verdict when it is shown: not after a save, which leaves all in its place,
  // and never by moving the page around the frame.
  var isKept = 0;
  Element.prototype.scrollIntoView = function () {
    if (Date.now() < isKept) return;
    var margin = parseFloat(getComputedStyle(this).scrollMarginTop) || 0;
    scrollTo(0, this.getBoundingClientRect().top + scrollY - margin);
  };

  function put(html, message) {
    qa.innerHTML = html;
    if (!message.isScriptless) runScripts();
  }

  function show(message) {
    var isFront = message.keeps && !message.isBack;
    stored = message.stored || stored;
    var before = isFront ? done() : null;
    Math.random = message.seed ? seeded(message.seed) : random;
    document.documentElement.className = message.night ? "night night-mode nightMode" : "";
    document.documentElement.style.fontSize = message.letters + "%";
    document.body.className = "card card" + message.ord + " " + message.client +
      (message.night ? " nightMode night_mode" : "");
    if (style.textContent !== message.style) style.textContent = message.style;
    if (message.before && !store.getItem("mcqdeck")) put(message.before, message);
    put(message.html, message);
    if (before) {
      isRedoing = true;
      redo(before);
      isRedoing = false;
    }
    isKept = message.keeps ? Date.now() + 500 : 0;
    var answer = message.isBack && document.getElementById("answer");
    if (message.keeps) scrollTo(0, message.scroll);
    else if (answer) answer.scrollIntoView();
    else scrollTo(0, 0);
    tell({ type: "shown", number: message.number });
  }

  addEventListener("message", function (event) {
    if (event.source === parent && event.data && event.data.type === "show") show(event.data);
  });
  addEventListener("scroll", function () {
    tell({ type: "scrolled", scroll: Math.round(scrollY) });
  }, { passive: true });
  addEventListener("keydown", function (event) {
    // What the card did not take is for the page, but for what is typed or acts where it stands.
    var at = event.target;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    var acts = /^(AUDIO|SUMMARY|A)$/.test(at.tagName) && /^( |Enter)$/.test(event.key);
    if (acts) return;
    if (event.key === " " && !event.shiftKey) event.preventDefault(); // it would scroll
    tell({ type: "key", key: event.key, shift: event.shiftKey });
  });
  addEventListener("error", function (event) {
    tell({ type: "fault", text: String(event.message).slice(0, 300) });
  });
  var warn = console.warn;
  console.warn = function (sign, fault) {
    if (sign === "mcqdeck:") tell({ type: "fault", text: String(fault).slice(0, 300) });
    warn.apply(console, arguments);
  };
  tell({ type: "ready" });
})();
