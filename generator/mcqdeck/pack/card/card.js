// Run anew, in global scope, for every side, on pages that live on: so ES5, no top-level names, one
// listener a page, one property of window: "mcqdeck".
(function (words) {
  "use strict";
  var card, list, items, several, page;

  function id(item) {
    return item.dataset.option;
  }

  function isChosen(item) {
    return item.getAttribute("aria-checked") === "true";
  }

  function add(parent, tag, name, text) {
    var node = document.createElement(tag);
    node.className = name;
    node.textContent = text;
    return parent.appendChild(node);
  }

  function shuffle() {
    var last = [], free = [], i, j;
    items.forEach(function (item) {
      ("pinned" in item.dataset ? last : free).push(item);
    });
    for (i = free.length - 1; i > 0; i--) {
      j = Math.floor(Math.random() * (i + 1));
      free.splice(i, 1, free.splice(j, 1, free[i])[0]);
    }
    items = free.concat(last);
  }

  function place(item) {
    list.appendChild(item); // moved, never copied: math is typeset in these nodes later
  }

  function save() {
    var chosen = items.filter(isChosen).map(id);
    page.state = { id: card.dataset.id, order: items.map(id), chosen: chosen };
    try {
      sessionStorage.setItem("mcqdeck", JSON.stringify(page.state));
    } catch (denied) {}
  }

  // What the front left, if it is of this question and these options.
  function saved() {
    var states = [page.state];
    try {
      states.push(JSON.parse(sessionStorage.getItem("mcqdeck")));
    } catch (denied) {}
    return states.filter(function (state) {
      try {
        return state.id === card.dataset.id && Array.isArray(state.chosen) &&
          String(state.order.slice().sort()) === String(items.map(id).sort());
      } catch (damaged) {}
    })[0] || { order: items.map(id), chosen: [] };
  }

  function choose(item) {
    items.forEach(function (other) {
      var mine = other === item;
      other.setAttribute("aria-checked", several ? isChosen(other) !== mine : mine);
      if (!several) other.tabIndex = mine ? 0 : -1;
    });
    save();
  }

  // Alt+digit; on a focused option the arrows, and Shift+Space, as plain Space is Anki's.
  function press(event) {
    if (!document.body.contains(list) || event.ctrlKey || event.metaKey) return;
    var digit = /^Digit([1-9])$/.exec(event.code), here = items.indexOf(event.target);
    var ahead = card.dir === "rtl" ? -1 : 1, pick = true, to;
    var step = { ArrowDown: 1, ArrowUp: -1, ArrowRight: ahead, ArrowLeft: -ahead }[event.key];
    if (event.altKey) {
      to = digit && items[digit[1] - 1];
    } else if (here >= 0 && event.shiftKey) {
      to = event.key === " " && items[here];
    } else if (here >= 0 && step) {
      to = items[(here + step + items.length) % items.length];
      pick = !several;
    }
    if (!to) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    to.focus();
    if (pick) choose(to);
  }

  function front() {
    if (list.dataset.order !== "kept") shuffle();
    items.forEach(place);
    list.setAttribute("role", several ? "group" : "radiogroup");
    list.setAttribute("aria-labelledby", "mcq-stem mcq-choose");
    if (several) {
      var hint = add(card, "p", "choose", words.choose + " " + list.dataset.choose);
      card.insertBefore(hint, list.parentNode).id = "mcq-choose";
    }
    items.forEach(function (item, i) {
      item.setAttribute("role", several ? "checkbox" : "radio");
      item.setAttribute("aria-checked", "false");
      item.tabIndex = several || !i ? 0 : -1;
      item.className = "tappable"; // a tap on it is no flip
      item.onclick = choose.bind(null, item);
    });
    page.press = press;
    save();
  }

  function back(right) {
    var state = saved(), letters = [], hits = 0, misses = 0, all = right.length > 1;
    items.sort(function (one, two) {
      return state.order.indexOf(id(one)) - state.order.indexOf(id(two));
    });
    items.forEach(function (item, i) {
      var chosen = state.chosen.indexOf(id(item)) >= 0, good = right.indexOf(id(item)) >= 0;
      place(item);
      if (good) letters.push(String.fromCharCode(65 + i));
      if (chosen) good ? hits++ : misses++;
      if (!chosen && !good) return;
      item.className = good ? "right" : "wrong";
      add(item, "p", "mark", words[!good ? "mark_wrong" : chosen ? "mark_both" : "mark_right"]);
    });
    if (letters.length !== right.length) throw new Error("the answer is not among the options");
    card.querySelectorAll(".why [data-option]").forEach(function (reason) {
      items.forEach(function (item) {
        if (id(item) !== id(reason)) return;
        var why = add(item, "div", "rationale", "");
        while (reason.firstChild) why.appendChild(reason.firstChild);
      });
    });
    var kind = !hits && !misses ? "none" : hits === right.length && !misses ? "right" : "wrong";
    var key = kind + (all ? "_all" : "") + (all && hits && misses ? "_some" : "");
    var verdict = card.querySelector(".verdict");
    verdict.className += " " + kind;
    var values = [letters.join(", "), right.length, hits, misses];
    var line = add(verdict, "p", "", words[key].replace(/\$(\d)/g, function (_, n) {
      return values[n - 1];
    }));
    page.press = null;
    setTimeout(function () {
      line.textContent += ""; // a later change is what a screen reader tells
      var top = verdict.getBoundingClientRect().top;
      if (top < 0 || top > innerHeight * 0.8) verdict.scrollIntoView();
    }, 150);
  }

  try {
    card = document.getElementById("mcq");
    card.dir = getComputedStyle(card.querySelector(".stem")).direction;
    list = card.querySelector(".choices > ol");
    items = [].slice.call(list.children);
    several = "choose" in list.dataset;
    page = window.mcqdeck;
    if (!page) {
      page = window.mcqdeck = {};
      document.addEventListener("keydown", function (event) {
        if (page.press) page.press(event);
      }, true);
    }
    if ("answer" in card.dataset) back(card.dataset.answer.split(" "));
    else front();
    card.className += " live"; // hides what is there for a page without script
  } catch (fault) {
    console.warn("mcqdeck:", fault);
  }
})([[words]]);
