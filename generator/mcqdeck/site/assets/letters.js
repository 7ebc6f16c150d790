// Which option a letter means. A letter is the place of an option in the source, so in another release
// of the site it may be another option's. What is kept of a question under way says with its letters
// which texts they stood for.
(() => {
  "use strict";

  // A short sign of a text (FNV-1a).
  /** @param {string} text */
  const sign = (text) => {
    let hash = 0x811c9dc5;
    for (let at = 0; at < text.length; at++) {
      hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    }
    return (hash >>> 0).toString(36);
  };

  // Each letter with the sign of its option's text.
  /** @param {Fields} fields */
  const signed = (fields) => {
    const template = document.createElement("template");
    template.innerHTML = fields.Options || "";
    return Array.from(
      template.content.querySelectorAll("ol > [data-option]"),
      (option) =>
        `${/** @type {HTMLElement} */ (option).dataset.option || ""} ${sign(option.innerHTML)}`,
    );
  };

  // Today's letter of each option that there was: that of the same text, or of the text that took
  // its place. What cannot be told is left out.
  /** @param {string[]} before @param {string[]} today */
  const letters = (before, today) => {
    /** @param {string[]} list @returns {[string, string][]} */
    const pairs = (list) =>
      list.map((each) => {
        const [letter = "", text = ""] = each.split(" ");
        return [letter, text];
      });
    let free = pairs(today);
    /** @type {Map<string, string>} */
    const found = new Map();
    pairs(before).forEach(([letter, text]) => {
      const same = free.filter((each) => each[1] === text);
      const best = same.find((each) => each[0] === letter) || same[0];
      if (!best) return;
      found.set(letter, best[0]);
      free = free.filter((each) => each !== best);
    });
    if (before.length === today.length) {
      pairs(before)
        .filter(([letter]) => !found.has(letter))
        .forEach(([letter], place) => {
          const other = free[place];
          if (other) found.set(letter, other[0]);
        });
    }
    return found;
  };

  Site.fits = (session, fields) => {
    const noted = Site.own(session.options || {}, fields.ID || "");
    return noted !== undefined && noted.join() === signed(fields).join();
  };

  Site.fit = (session, fields) => {
    const id = fields.ID || "";
    const today = signed(fields);
    session.options = session.options || {};
    const before = Site.own(session.options, id);
    session.options[id] = today;
    if (!before || before.join() === today.join()) return;
    const found = letters(before, today);
    /** @param {string[]} list */
    const moved = (list) =>
      list.flatMap((letter) => {
        const now = found.get(letter);
        return now === undefined ? [] : [now];
      });
    const order = Site.own(session.orders, id);
    if (order) {
      const same = moved(order);
      session.orders[id] = same.length === today.length ? same : Site.orderOf(fields);
    }
    [session.chosen, session.exam ? session.exam.struck : {}].forEach((table) => {
      const list = Site.own(table, id);
      if (list) table[id] = moved(list);
    });
  };
})();
