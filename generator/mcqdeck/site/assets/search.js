// Search over stems, options and explanations, chapter by chapter as they arrive.
(() => {
  "use strict";
  const FIRST = 30; // results that are shown at once
  const AROUND = 60; // characters before and after what was found
  const AHEAD = 4; // chapters that come while one is read
  const QUIET = 1500; // milliseconds between two words on how far a search is

  /** @typedef {{ item: Item, stem: string, text: string, folded: string }} Entry */
  /** @type {Map<number, Promise<Entry[]>>} */
  const entries = new Map();
  /** @type {Map<string, Item> | undefined} */
  let items;

  // Letter case and accents do not count.
  /** @param {string} text */
  const folded = (text) =>
    (/[^\0-\x7f]/.test(text) ? text.normalize("NFD").replace(/\p{M}/gu, "") : text).toLocaleLowerCase();

  // The words of a query; what stands in quotes is one.
  /** @param {string} query */
  const wordsOf = (query) =>
    Array.from(folded(query).matchAll(/["“”„«»]([^"“”„«»]+)["“”„«»]|\S+/g), (found) =>
      (found[1] || found[0]).replace(/\s+/g, " ").trim(),
    ).filter(Boolean);

  /** @param {number} chapter */
  const read = (chapter) => {
    const known = entries.get(chapter);
    if (known) return known;
    const reading = Site.chapterFields(chapter).then(made);
    entries.set(chapter, reading);
    reading.catch(() => entries.delete(chapter)); // so that it can be tried again
    return reading;
  };

  /** @param {Fields[]} rows */
  const made = (rows) => {
    const known = items || (items = new Map(Site.bank.items.map((item) => [item.id, item])));
    return rows.flatMap((fields) => {
      const item = known.get(fields.ID || "");
      if (!item) return [];
      const stem = Site.words_of(fields.Stem || "");
      const rest = [fields.Options, fields.Rationales, fields.Explanation, fields.References];
      const text = Site.words_of(rest.filter(Boolean).join("<p>"));
      return [{ item, stem, text, folded: folded(`${stem} ${text} ${item.id}`) }];
    });
  };

  /** @param {Entry} entry @param {string[]} words */
  const excerpt = (entry, words) => {
    const text = folded(entry.text);
    const at = Math.min(...words.map((word) => text.indexOf(word)).filter((place) => place >= 0));
    if (!isFinite(at)) return "";
    // Folding may change the number of characters, so the place is near and no more than that.
    const start = Math.max(0, at - AROUND);
    const end = at + 2 * AROUND;
    const isEnd = end >= entry.text.length;
    let piece = entry.text.slice(start, end);
    if (start) piece = `…${piece.replace(/^\S{0,20}\s/, "")}`; // in whole words
    return isEnd ? piece : `${piece.replace(/\s\S{0,20}$/, "")}…`;
  };

  /** @param {string} text @param {string[]} words */
  const marked = (text, words) => {
    const plain = folded(text);
    if (plain.length !== text.length) return [text];
    /** @type {Child[]} */
    const parts = [];
    let done = 0;
    while (done < text.length) {
      const found = words
        .map((word) => ({ at: plain.indexOf(word, done), length: word.length }))
        .filter(({ at }) => at >= 0)
        .sort((one, two) => one.at - two.at || two.length - one.length)[0];
      if (!found) break;
      parts.push(text.slice(done, found.at));
      parts.push(Site.h("mark", null, text.slice(found.at, found.at + found.length)));
      done = found.at + found.length;
    }
    parts.push(text.slice(done));
    return parts;
  };

  /** @param {Entry} entry @param {string[]} words */
  const row = (entry, words) => {
    const chapter = Site.bank.chapters[entry.item.chapter];
    const address = `q/${Site.fileName(entry.item.id)}.html`;
    return Site.h(
      "li",
      null,
      Site.h("a", Site.inBank({ href: address }), marked(entry.stem || entry.item.id, words)),
      Site.h("p.excerpt", Site.inBank(), marked(excerpt(entry, words), words)),
      Site.h("p.small", Site.inBank(), chapter ? chapter.title : ""),
    );
  };

  Site.views.search = async (place, path, query) => {
    let turn = 0;
    const field = /** @type {HTMLInputElement} */ (
      Site.h("input", {
        type: "search",
        "aria-label": Site.say("search_label"),
        placeholder: Site.say("search_label"),
        autocomplete: "off",
        spellcheck: "false",
      })
    );
    field.value = query.get("q") || "";
    const told = Site.h("p.found", { role: "status" });
    const bar = /** @type {HTMLProgressElement} */ (
      Site.h("progress.searched", { "aria-label": Site.say("search"), max: "1", value: "0" })
    );
    const list = Site.h("ol.found-list");
    const more = Site.button(Site.say("next"), () => {}, "more");
    more.hidden = true;

    const search = async () => {
      const mine = ++turn;
      const words = wordsOf(field.value);
      const count = Site.bank.chapters.length;
      list.replaceChildren();
      told.textContent = "";
      more.hidden = true;
      bar.classList.remove("on");
      if (!words.length) return;
      bar.max = count;
      /** @type {Entry[]} */
      const found = [];
      let shown = 0;
      let quietSince = Date.now();
      const fill = (/** @type {number} */ most) => {
        while (shown < Math.min(most, found.length)) {
          list.append(row(/** @type {Entry} */ (found[shown]), words));
          shown++;
        }
        more.hidden = shown >= found.length;
      };
      more.onclick = () => fill(shown + FIRST);
      for (let chapter = 0; chapter < count; chapter++) {
        for (let next = chapter; next < Math.min(chapter + AHEAD, count); next++) {
          Site.chapterFields(next).catch(() => {}); // comes while this one is read
        }
        const here = await read(chapter);
        if (mine !== turn) return;
        found.push(...here.filter((entry) => words.every((word) => entry.folded.includes(word))));
        fill(FIRST);
        bar.value = chapter + 1;
        if (Date.now() - quietSince < QUIET) continue;
        quietSince = Date.now();
        bar.classList.add("on");
        const number = Math.floor((100 * (chapter + 1)) / count);
        told.textContent = `${Site.say("percent", { number })} · ${Site.say("result_count", {}, found.length)}`;
      }
      bar.classList.remove("on");
      told.textContent = found.length
        ? Site.say("result_count", {}, found.length)
        : Site.say("nothing_found", { query: field.value.trim() });
      history.replaceState(null, "", `#/search?q=${encodeURIComponent(field.value.trim())}`);
    };

    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let wait;
    field.addEventListener("input", () => {
      clearTimeout(wait);
      wait = setTimeout(() => void search(), 150);
    });
    const form = Site.h(
      "form.searching",
      {
        role: "search",
        submit: (/** @type {Event} */ event) => {
          event.preventDefault();
          clearTimeout(wait);
          void search();
        },
      },
      field,
      Site.h("button.button.primary", { type: "submit" }, Site.say("search")),
    );
    place.append(
      Site.h("main.reading", null, Site.h("h1", null, Site.say("search")), form, told, bar, list, more),
    );
    if (field.value) void search();
    field.focus({ preventScroll: true });
    return { title: Site.say("search"), leave: () => void turn++ };
  };
})();
