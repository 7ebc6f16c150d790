// What all sides share. Clients run it anew, in global scope, for every side, on pages that live
// on: hence ES5, nothing at the top level, one listener a page and one name in window.
(function (words) {
  "use strict";
  var card, list, items, several, page;

  function id(item) {
    return item.dataset.option;
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
      items = [].slice.call(list.children);
      several = "choose" in list.dataset;
      show();
    }
    card.querySelectorAll(".stem table, section table").forEach(function (table) {
      if (table.scrollWidth > table.clientWidth) table.tabIndex = 0; // keys scroll it
    });
    card.className += " live"; // hides what is there for a page without script
  } catch (fault) {
    console.warn("mcqdeck:", fault);
  }
})([[words]]);
