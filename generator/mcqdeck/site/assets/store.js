// Where a learner's answers are kept: this browser's IndexedDB, or memory where it keeps nothing.
(function () {
  "use strict";
  var TABLES = ["answers", "flags", "sessions", "facts"];

  /**
   * @template T
   * @param {IDBRequest<T>} request
   * @returns {Promise<T>}
   */
  function result(request) {
    return new Promise(function (resolve, reject) {
      request.onsuccess = function () {
        resolve(request.result);
      };
      request.onerror = function () {
        reject(request.error);
      };
    });
  }

  /** @param {string} name @returns {Promise<IDBDatabase>} */
  function connect(name) {
    return new Promise(function (resolve, reject) {
      var request = indexedDB.open(name, 1);
      request.onupgradeneeded = function () {
        var base = request.result;
        base.createObjectStore("answers", { keyPath: ["t", "id"] });
        base.createObjectStore("flags", { keyPath: "id" });
        base.createObjectStore("sessions", { keyPath: "kind" });
        base.createObjectStore("facts", { keyPath: "name" });
      };
      request.onsuccess = function () {
        request.result.onversionchange = function () {
          request.result.close();
        };
        resolve(request.result);
      };
      request.onerror = function () {
        reject(request.error);
      };
      request.onblocked = function () {
        reject(new Error("blocked"));
      };
    });
  }

  /** @param {IDBDatabase} base @returns {Store} */
  function kept(base) {
    /** @param {string[]} tables @param {IDBTransactionMode} mode */
    function begin(tables, mode) {
      return base.transaction(tables, mode, { durability: "strict" });
    }

    /** @param {IDBTransaction} transaction @returns {Promise<void>} */
    function end(transaction) {
      return new Promise(function (resolve, reject) {
        transaction.oncomplete = function () {
          resolve();
        };
        transaction.onabort = transaction.onerror = function () {
          reject(transaction.error);
        };
      });
    }

    /** @param {string} table */
    function all(table) {
      return result(begin([table], "readonly").objectStore(table).getAll());
    }

    /** @param {string} table @param {object[]} rows */
    function put(table, rows) {
      var transaction = begin([table], "readwrite");
      rows.forEach(function (row) {
        transaction.objectStore(table).put(row);
      });
      return end(transaction);
    }

    return {
      isKept: true,
      answers: function () {
        return all("answers");
      },
      flags: function () {
        return all("flags");
      },
      countAnswers: function () {
        return result(begin(["answers"], "readonly").objectStore("answers").count());
      },
      addAnswers: function (answers) {
        return put("answers", answers);
      },
      addFlags: function (flags) {
        return put("flags", flags);
      },
      session: function (kind) {
        var table = begin(["sessions"], "readonly").objectStore("sessions");
        return result(table.get(kind)).then(function (found) {
          return found || null;
        });
      },
      change: function (kind, change) {
        var transaction = begin(["sessions"], "readwrite");
        var table = transaction.objectStore("sessions");
        /** @type {Session | null} */
        var now = null;
        var request = table.get(kind);
        request.onsuccess = function () {
          now = change(request.result || null);
          if (now) table.put(now);
          else table.delete(kind);
        };
        return end(transaction).then(function () {
          return now;
        });
      },
      fact: function (name) {
        var table = begin(["facts"], "readonly").objectStore("facts");
        return result(table.get(name)).then(function (found) {
          return found ? found.value : 0;
        });
      },
      setFact: function (name, value) {
        return put("facts", [{ name: name, value: value }]);
      },
      forget: function () {
        var transaction = begin(TABLES, "readwrite");
        TABLES.forEach(function (table) {
          transaction.objectStore(table).clear();
        });
        return end(transaction);
      },
    };
  }

  /** @returns {Store} */
  function forgetful() {
    /** @type {Map<string, Answer>} */
    var answers = new Map();
    /** @type {Map<string, Flag>} */
    var flags = new Map();
    /** @type {Map<string, string>} */
    var sessions = new Map();
    /** @type {Map<string, number>} */
    var facts = new Map();
    /** @param {string} kind @returns {Session | null} */
    function session(kind) {
      return JSON.parse(sessions.get(kind) || "null");
    }
    return {
      isKept: false,
      answers: function () {
        return Promise.resolve(Array.from(answers.values()));
      },
      flags: function () {
        return Promise.resolve(Array.from(flags.values()));
      },
      countAnswers: function () {
        return Promise.resolve(answers.size);
      },
      addAnswers: function (added) {
        added.forEach(function (answer) {
          answers.set(answer.t + " " + answer.id, answer);
        });
        return Promise.resolve();
      },
      addFlags: function (added) {
        added.forEach(function (flag) {
          flags.set(flag.id, flag);
        });
        return Promise.resolve();
      },
      session: function (kind) {
        return Promise.resolve(session(kind));
      },
      change: function (kind, change) {
        var now = change(session(kind));
        if (now) sessions.set(kind, JSON.stringify(now));
        else sessions.delete(kind);
        return Promise.resolve(now);
      },
      fact: function (name) {
        return Promise.resolve(facts.get(name) || 0);
      },
      setFact: function (name, value) {
        facts.set(name, value);
        return Promise.resolve();
      },
      forget: function () {
        answers.clear();
        flags.clear();
        sessions.clear();
        facts.clear();
        return Promise.resolve();
      },
    };
  }

  Site.forgetfulStore = forgetful;

  Site.openStore = function (name) {
    return new Promise(function (resolve) {
      resolve(connect(name)); // where storage is denied, to name `indexedDB` is an error already
    }).then(
      function (base) {
        return kept(/** @type {IDBDatabase} */ (base));
      },
      function () {
        return forgetful();
      },
    );
  };
})();
