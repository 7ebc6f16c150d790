// The card, with the HTML, style and script that it has in Anki: see docs/card.md.
(function () {
  "use strict";

  /** @param {Piece[]} pieces @param {Fields} fields @returns {string} */
  function filled(pieces, fields) {
    return pieces
      .map(function (piece) {
        if (typeof piece === "string") return piece;
        if ("field" in piece) return fields[piece.field] || "";
        return fields[piece.section] ? filled(piece.pieces, fields) : "";
      })
      .join("");
  }

  // The one place where text of a bank becomes HTML. The fields are what Anki would get: they have
  // passed the bank's gate for HTML (render/safety.py), and hold nothing that acts.
  /** @param {HTMLElement} place @param {Piece[]} pieces @param {Fields} fields */
  function show(place, pieces, fields) {
    // The card's script finds its card by these names, so no other may have them.
    ["mcq", "mcq-stem", "mcq-choose", "answer"].forEach(function (id) {
      var other = document.getElementById(id);
      if (other) other.removeAttribute("id");
    });
    place.innerHTML = filled(pieces, fields);
    place.querySelectorAll("a[href]").forEach(function (link) {
      link.setAttribute("target", "_blank");
      link.setAttribute("rel", "noopener");
    });
  }

  /** @param {Element} option */
  function letter(option) {
    return /** @type {HTMLElement} */ (option).dataset.option || "";
  }

  /** @param {Element | DocumentFragment} place */
  function options(place) {
    return Array.from(place.querySelectorAll(".choices > ol > [data-option]"));
  }

  // The letters of the options in an order for the screen: fresh, but what keeps its place keeps it.
  Site.orderOf = function (fields) {
    var template = document.createElement("template");
    template.innerHTML = fields.Options || "";
    var list = template.content.querySelector("ol");
    var items = list ? Array.from(list.children) : [];
    if (list && list.dataset.order === "kept") return items.map(letter);
    /** @param {Element} item */
    function isPinned(item) {
      return "pinned" in /** @type {HTMLElement} */ (item).dataset;
    }
    var free = items.filter(function (item) {
      return !isPinned(item);
    });
    return Site.shuffled(free).concat(items.filter(isPinned)).map(letter);
  };

  // A front with its options in this order, these chosen. The card's script shuffles on its own
  // where it is not told that the order is kept.
  Site.showFront = function (place, fields, order, chosen) {
    show(place, Site.faces.front, fields);
    var list = place.querySelector(".choices > ol");
    if (list instanceof HTMLElement) {
      list.dataset.order = "kept";
      var listed = list;
      var items = options(place);
      order.forEach(function (name) {
        var item = items.find(function (each) {
          return letter(each) === name;
        });
        if (item) listed.appendChild(item);
      });
    }
    run("front");
    options(place).forEach(function (item) {
      if (chosen.indexOf(letter(item)) >= 0) /** @type {HTMLElement} */ (item).click();
    });
  };

  // The back after that front, whose script hands over what was chosen.
  Site.showBack = function (place, fields, order, chosen) {
    Site.showFront(place, fields, order, chosen);
    show(place, Site.faces.back, fields);
    run("back");
  };

  // A side of the flashcard.
  Site.showCard = function (place, fields, isBack) {
    show(place, isBack ? Site.faces.flashcardBack : Site.faces.flashcardFront, fields);
    run(isBack ? "flashcardBack" : "flashcardFront");
  };

  /** @param {string} side */
  function run(side) {
    var script = Site.faces.scripts[side];
    if (script) script();
  }

  Site.chosenIn = function (place) {
    return options(place)
      .filter(function (item) {
        return item.getAttribute("aria-checked") === "true";
      })
      .map(letter);
  };

  Site.isRight = function (fields, chosen) {
    var right = (fields.Answer || "").split(" ");
    return right.slice().sort().join() === chosen.slice().sort().join();
  };

  // A card among others on a page is no page of its own: its `main` becomes a part.
  Site.asPart = function (place) {
    place.querySelectorAll("main").forEach(function (card) {
      var part = document.createElement("div");
      part.className = card.className;
      Array.from(card.attributes).forEach(function (attribute) {
        if (attribute.name !== "id") part.setAttribute(attribute.name, attribute.value);
      });
      while (card.firstChild) part.appendChild(card.firstChild);
      part.querySelectorAll("[id]").forEach(function (node) {
        node.removeAttribute("id");
      });
      part.querySelectorAll("h1").forEach(function (title) {
        title.remove();
      });
      part.querySelectorAll("h2").forEach(function (title) {
        var lower = document.createElement("h4");
        lower.className = "part-title";
        lower.append.apply(lower, Array.from(title.childNodes));
        title.replaceWith(lower);
      });
      card.replaceWith(part);
    });
  };

  // The option that a key means: the digit of its place on screen.
  Site.keyedOption = function (event, place) {
    if (event.ctrlKey || event.metaKey || event.altKey) return null;
    var digit = /^[1-9]$/.exec(event.key);
    var option = digit && options(place)[Number(digit[0]) - 1];
    return option instanceof HTMLElement ? option : null;
  };
})();
