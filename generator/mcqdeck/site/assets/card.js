// The card, with the HTML, style and script that it has in Anki: see docs/card.md.
(() => {
  "use strict";

  /** @param {Piece[]} pieces @param {Fields} fields @returns {string} */
  function filled(pieces, fields) {
    return pieces
      .map((piece) => {
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
    ["mcq", "mcq-stem", "mcq-choose", "answer"].forEach((id) => {
      const other = document.getElementById(id);
      if (other) other.removeAttribute("id");
    });
    place.innerHTML = filled(pieces, fields);
    place.querySelectorAll("a[href]").forEach((link) => {
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
  Site.orderOf = (fields) => {
    const template = document.createElement("template");
    template.innerHTML = fields.Options || "";
    const list = template.content.querySelector("ol");
    const items = list ? Array.from(list.children) : [];
    if (list && list.dataset.order === "kept") return items.map(letter);
    /** @param {Element} item */
    function isPinned(item) {
      return "pinned" in /** @type {HTMLElement} */ (item).dataset;
    }
    const free = items.filter((item) => !isPinned(item));
    return Site.shuffled(free).concat(items.filter(isPinned)).map(letter);
  };

  // The card's script counts options as they stand in the page, so both sides have one order.
  /** @param {HTMLElement} place @param {string[]} order */
  function arrange(place, order) {
    const list = place.querySelector(".choices > ol");
    if (!(list instanceof HTMLElement)) return;
    list.dataset.order = "kept";
    const items = options(place);
    order.forEach((name) => {
      const item = items.find((each) => letter(each) === name);
      if (item) list.appendChild(item);
    });
  }

  // A front with its options in this order, these chosen. The card's script shuffles on its own
  // where it is not told that the order is kept.
  Site.showFront = (place, fields, order, chosen) => {
    show(place, Site.faces.front, fields);
    arrange(place, order);
    run("front");
    options(place).forEach((item) => {
      if (chosen.indexOf(letter(item)) >= 0) /** @type {HTMLElement} */ (item).click();
    });
  };

  // Every back ends with the id of its question; its page is linked beside it.
  /** @param {HTMLElement} place @param {Fields} fields */
  function linkPage(place, fields) {
    const line = place.querySelector(".meta .id");
    if (!line) return;
    const href = `q/${Site.fileName(fields.ID || "")}.html`;
    const link = Site.h("a", { href, target: "_blank", rel: "noopener" }, Site.say("link"));
    line.append(" · ", link);
  }

  // The back after that front, whose script hands over what was chosen.
  Site.showBack = (place, fields, order, chosen) => {
    Site.showFront(place, fields, order, chosen);
    show(place, Site.faces.back, fields);
    arrange(place, order);
    linkPage(place, fields);
    run("back");
  };

  // A side of the flashcard.
  Site.showCard = (place, fields, isBack) => {
    show(place, isBack ? Site.faces.flashcardBack : Site.faces.flashcardFront, fields);
    if (isBack) linkPage(place, fields);
    run(isBack ? "flashcardBack" : "flashcardFront");
  };

  /** @param {string} side */
  function run(side) {
    const script = Site.faces.scripts[side];
    if (script) script();
  }

  Site.chosenIn = (place) =>
    options(place)
      .filter((item) => (item.querySelector(".pick") || item).getAttribute("aria-checked") === "true")
      .map(letter);

  Site.isRight = (fields, chosen) => {
    const right = (fields.Answer || "").split(" ");
    return right.slice().sort().join() === chosen.slice().sort().join();
  };

  // A card among others on a page is no page of its own: its `main` becomes a part, whose headings
  // are one step below those of the page.
  Site.asPart = (place) => {
    const heading = document.querySelector("#view main > h2") ? "h3" : "h2";
    place.querySelectorAll(".stem").forEach((stem) => {
      stem.removeAttribute("role");
      stem.removeAttribute("aria-level");
    });
    place.querySelectorAll("main").forEach((card) => {
      const part = document.createElement("div");
      part.className = card.className;
      Array.from(card.attributes).forEach((attribute) => {
        if (attribute.name !== "id") part.setAttribute(attribute.name, attribute.value);
      });
      while (card.firstChild) part.appendChild(card.firstChild);
      part.querySelectorAll("[id]").forEach((node) => {
        node.removeAttribute("id");
      });
      part.querySelectorAll("h1").forEach((title) => {
        title.remove();
      });
      part.querySelectorAll("h2").forEach((title) => {
        const lower = document.createElement(heading);
        lower.className = "part-title";
        lower.append.apply(lower, Array.from(title.childNodes));
        title.replaceWith(lower);
      });
      card.replaceWith(part);
    });
  };

  // The option that a key means: the digit of its place on screen.
  Site.keyedOption = (event, place) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return null;
    const digit = /^[1-9]$/.exec(event.key);
    const option = digit && options(place)[Number(digit[0]) - 1];
    return option instanceof HTMLElement ? option : null;
  };
})();
