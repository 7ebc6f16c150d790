// Where a learner's answers are kept: this browser's IndexedDB, or memory where it keeps nothing.
(() => {
  "use strict";
  const TABLES = ["answers", "flags", "sessions", "facts"];

  /**
   * @template T
   * @param {IDBRequest<T>} request
   * @returns {Promise<T>}
   */
  function result(request) {
    return new Promise((resolve, reject) => {
      request.onsuccess = () => {
        resolve(request.result);
      };
      request.onerror = () => {
        reject(request.error);
      };
    });
  }

  /** @param {string} name @returns {Promise<IDBDatabase>} */
  function connect(name) {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () => {
        const base = request.result;
        base.createObjectStore("answers", { keyPath: ["t", "id"] });
        base.createObjectStore("flags", { keyPath: "id" });
        base.createObjectStore("sessions", { keyPath: "kind" });
        base.createObjectStore("facts", { keyPath: "name" });
      };
      request.onsuccess = () => {
        request.result.onversionchange = () => {
          request.result.close();
        };
        resolve(request.result);
      };
      request.onerror = () => {
        reject(request.error);
      };
      request.onblocked = () => {
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
      return new Promise((resolve, reject) => {
        transaction.oncomplete = () => {
          resolve();
        };
        transaction.onabort = transaction.onerror = () => {
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
      const transaction = begin([table], "readwrite");
      rows.forEach((row) => {
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
        const table = begin(["sessions"], "readonly").objectStore("sessions");
        return result(table.get(kind)).then((found) => found || null);
      },
      sessions: function () {
        return all("sessions");
      },
      change: function (kind, change) {
        const transaction = begin(["sessions"], "readwrite");
        const table = transaction.objectStore("sessions");
        /** @type {Session | null} */
        let now = null;
        const request = table.get(kind);
        request.onsuccess = () => {
          now = change(request.result || null);
          if (now) table.put(now);
          else table.delete(kind);
        };
        return end(transaction).then(() => now);
      },
      fact: function (name) {
        const table = begin(["facts"], "readonly").objectStore("facts");
        return result(table.get(name)).then((found) => (found ? found.value : 0));
      },
      setFact: function (name, value) {
        return put("facts", [{ name, value }]);
      },
      forget: function () {
        const transaction = begin(TABLES, "readwrite");
        TABLES.forEach((table) => {
          transaction.objectStore(table).clear();
        });
        return end(transaction);
      },
    };
  }

  // A connection that the browser closed, as when all that it keeps was deleted meanwhile, is opened
  // again when it is needed.
  /** @param {string} name @param {IDBDatabase} first @returns {Store} */
  function reopening(name, first) {
    let store = /** @type {any} */ (kept(first));
    const made = /** @type {any} */ ({ isKept: true });
    Object.keys(store)
      .filter((act) => typeof store[act] === "function")
      .forEach((act) => {
        made[act] = async (/** @type {unknown[]} */ ...values) => {
          try {
            return await store[act](...values);
          } catch (problem) {
            const isClosed = problem instanceof Error && problem.name === "InvalidStateError";
            if (!isClosed) throw problem;
            store = kept(await connect(name));
            return store[act](...values);
          }
        };
      });
    return made;
  }

  /** @returns {Store} */
  function forgetful() {
    /** @type {Map<string, Answer>} */
    const answers = new Map();
    /** @type {Map<string, Flag>} */
    const flags = new Map();
    /** @type {Map<string, string>} */
    const sessions = new Map();
    /** @type {Map<string, number>} */
    const facts = new Map();
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
        added.forEach((answer) => {
          answers.set(`${answer.t} ${answer.id}`, answer);
        });
        return Promise.resolve();
      },
      addFlags: function (added) {
        added.forEach((flag) => {
          flags.set(flag.id, flag);
        });
        return Promise.resolve();
      },
      session: function (kind) {
        return Promise.resolve(session(kind));
      },
      sessions: function () {
        return Promise.resolve(Array.from(sessions.values(), (text) => JSON.parse(text)));
      },
      change: function (kind, change) {
        const now = change(session(kind));
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

  Site.openStore = (name) =>
    new Promise((resolve) => {
      resolve(connect(name)); // where storage is denied, to name `indexedDB` is an error already
    }).then(
      (base) => reopening(name, /** @type {IDBDatabase} */ (base)),
      () => forgetful(),
    );
})();
