// Scripts and questions, fetched when they are needed. Pages that were opened from disk may load
// scripts and nothing else, so questions come as scripts that hand them over.
(() => {
  "use strict";
  /** @type {Map<string, Promise<void>>} */
  const scripts = new Map();
  /** @type {Map<string, Fields[]>} */
  const chapters = new Map();
  /** @type {string[]} */
  let names = [];
  /** @type {() => void} */
  let arrived = () => {};

  Site.ready = new Promise((resolve) => {
    arrived = resolve;
  });

  Site.script = (address) => {
    const known = scripts.get(address);
    if (known) return known;
    /** @type {Promise<void>} */
    const loading = new Promise((resolve, reject) => {
      const node = document.createElement("script");
      node.src = address;
      node.async = true;
      node.onload = () => {
        resolve();
      };
      node.onerror = () => {
        node.remove();
        scripts.delete(address); // so that it can be tried again
        reject(new Error(`not loaded: ${address}`));
      };
      document.head.appendChild(node);
    });
    scripts.set(address, loading);
    return loading;
  };

  Site.need = (name) => Site.script(Site.own(Site.bank.scripts, name) || "");

  Site.receiveBank = (data) => {
    const given = /** @type {any} */ (data);
    names = given.fields;
    Site.words = given.words;
    Site.language = given.spoken;
    given.items = [];
    Site.bank = given;
    arrived();
  };

  // What choosing needs of each question: the first view does without it.
  Site.needQuestions = () => Site.need("bank");

  Site.receiveQuestions = (data) => {
    const given = /** @type {any} */ (data);
    const codes = given.objectives.map((/** @type {[string, string]} */ pair) => pair[0]);
    /** @type {Item[]} */
    const items = [];
    given.questions.forEach((/** @type {any[]} */ rows, /** @type {number} */ chapter) => {
      rows.forEach((row) => {
        items.push({
          id: row[0],
          chapter,
          objective: row[1] < 0 ? "" : codes[row[1]],
          level: row[2] < 0 ? "" : given.levels[row[2]][0],
          difficulty: row[3],
          isRetired: (row[4] & 1) > 0,
          hasFlashcard: (row[4] & 2) > 0,
          tags: row.slice(5).map((/** @type {number} */ place) => given.tags[place]),
        });
      });
    });
    Object.assign(Site.bank, given, { items });
  };

  Site.receiveChapter = (key, rows) => {
    const info = Site.bank.chapters.find((chapter) => chapter.key === key);
    const title = info ? info.subdeck : "";
    chapters.set(
      key,
      rows.map((row) => {
        /** @type {Fields} */
        const fields = { Subdeck: escaped(title) };
        names.forEach((name, place) => {
          fields[name] = row[place] || "";
        });
        return fields;
      }),
    );
  };

  Site.fileName = (id) => {
    return Site.own(Site.bank.pages, id) || id;
  };

  Site.receiveFaces = (faces) => {
    Site.faces = faces;
  };

  /** @param {string} text */
  function escaped(text) {
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  }

  Site.chapterFields = (chapter) => {
    const info = Site.bank.chapters[chapter];
    if (!info) return Promise.reject(new Error("no such chapter"));
    const key = info.key;
    const known = chapters.get(key);
    if (known) return Promise.resolve(known);
    return Site.script(info.data).then(() => chapters.get(key) || []);
  };

  Site.fields = (ids) => {
    const wanted = new Set(ids);
    /** @type {Set<number>} */
    const places = new Set();
    Site.bank.items.forEach((item) => {
      if (wanted.has(item.id)) places.add(item.chapter);
    });
    return Promise.all(Array.from(places, Site.chapterFields)).then((all) => {
      /** @type {Map<string, Fields>} */
      const found = new Map();
      all.forEach((rows) => {
        rows.forEach((fields) => {
          const id = fields.ID || "";
          if (wanted.has(id)) found.set(id, fields);
        });
      });
      return found;
    });
  };
})();
