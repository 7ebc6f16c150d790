// What a learner has answered and flagged. Every answer is kept, by its time and its question's id;
// what is known of a question follows from them. So answers from two tabs, or from a file that is
// read twice, add up to the same.
(function () {
  "use strict";
  var FORMAT = "mcqdeck-progress";
  var KINDS = ["practice", "exam", "card"];

  Site.newSession = function (kind, ids) {
    return {
      kind: kind,
      ids: ids,
      at: 0,
      orders: {},
      chosen: {},
      done: {},
      started: Date.now(),
    };
  };

  /** @param {string} name */
  function channel(name) {
    try {
      return new BroadcastChannel(name);
    } catch (denied) {
      return null;
    }
  }

  /** @param {Bank} bank @param {Store} store @returns {Learner} */
  function learner(bank, store) {
    /** @type {Map<string, Session>} */
    var sessions = new Map();
    var latest = 0;
    /** @type {Map<string, Known>} */
    var known = new Map();
    /** @type {Map<string, Answer>} */
    var answers = new Map();
    /** @type {Map<string, Flag>} */
    var flags = new Map();
    /** @type {Set<(what: string) => void>} */
    var watchers = new Set();
    var others = channel("mcqdeck:" + bank.id);

    /** @param {string} id */
    function today(id) {
      return Object.prototype.hasOwnProperty.call(bank.renamed, id) ? bank.renamed[id] || id : id;
    }

    /** @param {string} id @returns {Known} */
    function about(id) {
      var found = known.get(id);
      if (!found) {
        found = { right: 0, wrong: 0, last: null, card: null, flagged: false };
        known.set(id, found);
      }
      return found;
    }

    /** @param {Answer} answer */
    function count(answer) {
      var here = about(today(answer.id));
      latest = Math.max(latest, answer.t);
      if (answer.kind === "card") {
        here.card = answer.right;
        return;
      }
      if (answer.right) here.right++;
      else here.wrong++;
      here.last = answer.right;
    }

    // Answers may come out of order, from a file or another tab.
    function recount() {
      known.clear();
      Array.from(answers.values())
        .sort(function (one, two) {
          return one.t - two.t;
        })
        .forEach(count);
      Array.from(flags.values())
        .sort(function (one, two) {
          return one.t - two.t;
        })
        .forEach(function (flag) {
          about(today(flag.id)).flagged = flag.on;
        });
    }

    /** @param {Answer[]} some @param {Flag[]} marks */
    function take(some, marks) {
      var isNext = !marks.length;
      some.forEach(function (answer) {
        var key = answer.t + " " + answer.id;
        isNext = isNext && answer.t >= latest && !answers.has(key);
        answers.set(key, answer);
      });
      if (isNext) {
        some.forEach(count);
        return;
      }
      marks.forEach(function (flag) {
        var old = flags.get(flag.id);
        if (!old || old.t <= flag.t) flags.set(flag.id, flag);
      });
      recount();
    }

    /** @param {string} what */
    function changed(what) {
      watchers.forEach(function (watcher) {
        watcher(what);
      });
    }

    /** @param {string} what */
    function announce(what) {
      if (others) others.postMessage(what);
      changed(what);
    }

    function read() {
      return Promise.all([store.answers(), store.flags()]).then(function (found) {
        answers.clear();
        flags.clear();
        latest = 0;
        take(found[0], found[1]);
        recount();
      });
    }

    // Where the browser stops keeping things midway, as with a full disk, memory takes over.
    /** @param {unknown} problem */
    function giveUp(problem) {
      if (!store.isKept) throw problem;
      console.warn("mcqdeck:", problem);
      store = Site.forgetfulStore();
      Site.notice("storage", Site.say("no_storage"));
      var seeded = Array.from(sessions.values(), function (session) {
        return store.change(session.kind, function () {
          return session;
        });
      });
      return Promise.all([
        store.addAnswers(Array.from(answers.values())),
        store.addFlags(Array.from(flags.values())),
        seeded,
      ]);
    }

    /** @param {string} what */
    function readAgain(what) {
      return read().then(function () {
        changed(what);
      });
    }

    if (others) {
      others.onmessage = function (event) {
        void readAgain(String(event.data));
      };
    }
    // Tabs that were opened from disk hear nothing of each other, so this one looks when it shows.
    document.addEventListener("visibilitychange", function () {
      if (document.visibilityState !== "visible" || !store.isKept) return;
      void store.countAnswers().then(function (count) {
        if (count !== answers.size) void readAgain("answers");
        changed("session");
      });
    });

    function ask() {
      if (!store.isKept || !navigator.storage || !navigator.storage.persist) return;
      navigator.storage.persist().catch(function () {});
    }

    /** @param {unknown} row @returns {Answer[]} */
    function answerIn(row) {
      if (!Array.isArray(row)) return [];
      var kind = KINDS[row[2]];
      var fits = typeof row[0] === "number" && isFinite(row[0]) && row[0] > 0;
      if (!fits || typeof row[1] !== "string" || !kind) return [];
      return [{ t: row[0], id: row[1], kind: /** @type {AnswerKind} */ (kind), right: !!row[3] }];
    }

    /** @param {unknown} row @returns {Flag[]} */
    function flagIn(row) {
      if (!Array.isArray(row) || typeof row[0] !== "string") return [];
      if (typeof row[1] !== "number" || !isFinite(row[1])) return [];
      return [{ id: row[0], t: row[1], on: !!row[2] }];
    }

    /** @param {Session | null} session */
    function current(session) {
      var lists = { ids: session ? session.ids.map(today) : [] };
      return session && Object.assign({}, session, lists, {
        orders: moved(session.orders),
        chosen: moved(session.chosen),
        done: moved(session.done),
      });
    }

    /**
     * @template T
     * @param {{[id: string]: T}} table
     * @returns {{[id: string]: T}}
     */
    function moved(table) {
      return Object.fromEntries(
        Object.entries(table).map(function (pair) {
          return [today(pair[0]), pair[1]];
        }),
      );
    }

    return {
      read: read,
      isKept: function () {
        return store.isKept;
      },
      fact: function (name) {
        return store.fact(name);
      },
      setFact: function (name, value) {
        return store.setFact(name, value);
      },
      of: function (id) {
        return known.get(id) || { right: 0, wrong: 0, last: null, card: null, flagged: false };
      },
      answers: function () {
        return Array.from(answers.values());
      },
      answer: function (some) {
        if (!answers.size) ask();
        take(some, []);
        return store
          .addAnswers(some)
          .catch(giveUp)
          .then(function () {
            announce("answers");
          });
      },
      flag: function (id, on) {
        var flag = { id: id, on: on, t: Date.now() };
        take([], [flag]);
        return store
          .addFlags([flag])
          .catch(giveUp)
          .then(function () {
            announce("flags");
          });
      },
      exported: function () {
        return JSON.stringify({
          format: FORMAT,
          version: 1,
          bank: bank.id,
          answers: Array.from(answers.values(), function (answer) {
            return [answer.t, answer.id, KINDS.indexOf(answer.kind), answer.right ? 1 : 0];
          }),
          flags: Array.from(flags.values(), function (flag) {
            return [flag.id, flag.t, flag.on ? 1 : 0];
          }),
        });
      },
      imported: function (text) {
        /** @type {any} */
        var file = null;
        try {
          file = JSON.parse(text);
        } catch (broken) {}
        var fits = file && file.format === FORMAT && file.bank === bank.id;
        if (!fits || !Array.isArray(file.answers)) return Promise.resolve(-1);
        var some = file.answers.flatMap(answerIn);
        var marks = (Array.isArray(file.flags) ? file.flags : []).flatMap(flagIn);
        take(some, marks);
        ask();
        var newest = Array.from(flags.values());
        var saved = Promise.all([store.addAnswers(some), store.addFlags(newest)]);
        return saved.catch(giveUp).then(function () {
          announce("answers");
          var ids = some.concat(marks).map(function (/** @type {{id: string}} */ each) {
            return today(each.id);
          });
          return new Set(ids).size;
        });
      },
      forget: function () {
        return store.forget().then(function () {
          answers.clear();
          flags.clear();
          sessions.clear();
          recount();
          announce("answers");
          announce("session");
        });
      },
      session: function (kind) {
        return store.session(kind).then(current);
      },
      change: function (kind, change) {
        /** @param {Session | null} session */
        function changedOne(session) {
          return change(current(session));
        }
        return store
          .change(kind, changedOne)
          .catch(function (problem) {
            return giveUp(problem).then(function () {
              return store.change(kind, changedOne);
            });
          })
          .then(function (session) {
            if (session) sessions.set(kind, session);
            else sessions.delete(kind);
            if (others) others.postMessage("session");
            return session;
          });
      },
      watch: function (watcher) {
        watchers.add(watcher);
        return function () {
          watchers.delete(watcher);
        };
      },
    };
  }

  Site.openLearner = function (bank) {
    return Site.openStore("mcqdeck:" + bank.id).then(function (store) {
      var here = learner(bank, store);
      return here.read().then(function () {
        return here;
      });
    });
  };
})();
