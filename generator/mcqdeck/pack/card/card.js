// What all sides share. Clients run it again, in global scope, for every side, on pages that live
// on: hence ES5, nothing at the top level, one listener a page and one name in window.
(function (words, habits) {
  "use strict";
  var card, list, items, source, several, page, since = Date.now();

  function id(item) {
    return item.dataset.option;
  }

  // As the style counts: A to Z, then AA, AB …
  function letter(i) {
    return (i < 26 ? "" : letter(Math.floor(i / 26) - 1)) + String.fromCharCode(65 + i % 26);
  }

  // A node in the card's own words, which have their own direction.
  function add(parent, tag, name, text) {
    var node = document.createElement(tag);
    node.className = name;
    node.textContent = text;
    if (text) node.dir = "[[direction]]";
    return parent.appendChild(node);
  }

  // A word with its values. One that counts has a form for each kind of number.
  function say(name, values, count) {
    var text = words[name];
    if (Array.isArray(text)) text = text[words.kinds[count] || 0];
    return text.replace(/\{(\w+)\}/g, function (_, key) {
      return String(values[key]).replace(/\d/g, function (digit) {
        return words.digits ? words.digits[digit] : digit;
      });
    });
  }

  // The front leaves a state for the back, in the page and in storage, as no client keeps both.
  // It is one of this bank, this question and these options, in which an id may stand twice.
  function key() {
    return [card.dataset.id].concat((source || []).map(id)).join(" ");
  }

  function place(item) {
    return source.indexOf(item);
  }

  function keep(state) {
    page.state = state;
    try {
      sessionStorage.setItem("mcqdeck", JSON.stringify(state));
    } catch (denied) {}
  }

  function kept() {
    var states = [page.state];
    try {
      states.push(JSON.parse(sessionStorage.getItem("mcqdeck")));
    } catch (denied) {}
    return states.filter(function (state) {
      return state && state.key === key();
    })[0];
  }

[[side]]
  try {
    card = document.getElementById("mcq");
[[turning]]    card.dir = getComputedStyle(card.querySelector(".stem")).direction;
    page = window.mcqdeck;
    if (!page) {
      page = window.mcqdeck = {};
      document.addEventListener("keydown", function (event) {
        if (page.press) page.press(event);
      }, true);
    }
    page.press = null;
    list = card.querySelector(".choices > ol");
    if (list) {
      items = source = [].slice.call(list.children);
      several = "choose" in list.dataset;
      show();
    }
    if (habits.sounds) showPlayers();
    if (habits.times) tellTime();
    card.querySelectorAll(".stem table, section table").forEach(function (table) {
      if (table.scrollWidth > table.clientWidth) table.tabIndex = 0; // keys scroll it
    });
    card.className += " live"; // hides what is there for a page without script
  } catch (fault) {
    console.warn("mcqdeck:", fault);
  }
})([[words]], [[habits]]);
