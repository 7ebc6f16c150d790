// Scripts and questions, fetched when they are needed. Pages that were opened from disk may load
// scripts and nothing else, so questions come as scripts that hand them over.
(function () {
  "use strict";
  /** @type {Map<string, Promise<void>>} */
  var scripts = new Map();
  /** @type {Map<string, Fields[]>} */
  var chapters = new Map();
  /** @type {string[]} */
  var names = [];
  /** @type {() => void} */
  var arrived = function () {};

  Site.ready = new Promise(function (resolve) {
    arrived = resolve;
  });

  Site.script = function (address) {
    var known = scripts.get(address);
    if (known) return known;
    /** @type {Promise<void>} */
    var loading = new Promise(function (resolve, reject) {
      var node = document.createElement("script");
      node.src = address;
      node.async = true;
      node.onload = function () {
        resolve();
      };
      node.onerror = function () {
        node.remove();
        scripts.delete(address); // so that it can be tried again
        reject(new Error("not loaded: " + address));
      };
      document.head.appendChild(node);
    });
    scripts.set(address, loading);
    return loading;
  };

  Site.need = function (name) {
    return Site.script(Site.bank.scripts[name] || "");
  };

  Site.receiveBank = function (data) {
    var given = /** @type {any} */ (data);
    var codes = given.objectives.map(function (/** @type {[string, string]} */ pair) {
      return pair[0];
    });
    names = given.fields;
    Site.words = given.words;
    Site.language = given.spoken;
    given.items = [];
    given.questions.forEach(function (/** @type {any[]} */ rows, /** @type {number} */ chapter) {
      rows.forEach(function (row) {
        given.items.push({
          id: row[0],
          chapter: chapter,
          objective: row[1] < 0 ? "" : codes[row[1]],
          level: row[2] < 0 ? "" : given.levels[row[2]][0],
          difficulty: row[3],
          isRetired: (row[4] & 1) > 0,
          hasFlashcard: (row[4] & 2) > 0,
          tags: row.slice(5).map(function (/** @type {number} */ place) {
            return given.tags[place];
          }),
        });
      });
    });
    Site.bank = given;
    arrived();
  };

  Site.receiveChapter = function (key, rows) {
    var info = Site.bank.chapters.find(function (chapter) {
      return chapter.key === key;
    });
    var title = info ? info.title : "";
    chapters.set(
      key,
      rows.map(function (row) {
        /** @type {Fields} */
        var fields = { Subdeck: escaped(title) };
        names.forEach(function (name, place) {
          fields[name] = row[place] || "";
        });
        return fields;
      }),
    );
  };

  Site.fileName = function (id) {
    var pages = Site.bank.pages;
    return Object.prototype.hasOwnProperty.call(pages, id) ? pages[id] || id : id;
  };

  Site.receiveFaces = function (faces) {
    Site.faces = faces;
  };

  /** @param {string} text */
  function escaped(text) {
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  }

  Site.chapterFields = function (chapter) {
    var info = Site.bank.chapters[chapter];
    if (!info) return Promise.reject(new Error("no such chapter"));
    var key = info.key;
    var known = chapters.get(key);
    if (known) return Promise.resolve(known);
    return Site.script(info.data).then(function () {
      return chapters.get(key) || [];
    });
  };

  Site.fields = function (ids) {
    var wanted = new Set(ids);
    /** @type {Set<number>} */
    var places = new Set();
    Site.bank.items.forEach(function (item) {
      if (wanted.has(item.id)) places.add(item.chapter);
    });
    return Promise.all(Array.from(places, Site.chapterFields)).then(function (all) {
      /** @type {Map<string, Fields>} */
      var found = new Map();
      all.forEach(function (rows) {
        rows.forEach(function (fields) {
          var id = fields.ID || "";
          if (wanted.has(id)) found.set(id, fields);
        });
      });
      return found;
    });
  };
})();
