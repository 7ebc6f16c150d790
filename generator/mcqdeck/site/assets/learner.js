// What a learner has answered and flagged. Every answer is kept, by its time and its question's id;
// what is known of a question follows from them. So answers from two tabs, or from a file that is
// read twice, add up to the same.
(() => {
  "use strict";
  const FORMAT = "mcqdeck-progress";
  /** @type {AnswerKind[]} */
  const KINDS = ["practice", "exam", "card"];

  Site.newSession = (kind, ids) => ({
    kind,
    ids,
    at: 0,
    orders: {},
    chosen: {},
    done: {},
    started: Date.now(),
  });

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
    const sessions = new Map();
    let latest = 0;
    /** @type {Map<string, Known>} */
    const known = new Map();
    /** @type {Map<string, Answer>} */
    const answers = new Map();
    /** @type {Map<string, Flag>} */
    const flags = new Map();
    /** @type {Set<(what: string) => void>} */
    const watchers = new Set();
    const others = channel(`mcqdeck:${bank.id}`);

    /** @param {string} id */
    function today(id) {
      return Site.own(bank.renamed, id) || id;
    }

    /** @param {string} id @returns {Known} */
    function about(id) {
      let found = known.get(id);
      if (!found) {
        found = { right: 0, wrong: 0, last: null, card: null, flagged: false };
        known.set(id, found);
      }
      return found;
    }

    /** @param {Answer} answer */
    function count(answer) {
      const here = about(today(answer.id));
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
        .sort((one, two) => one.t - two.t)
        .forEach(count);
      Array.from(flags.values())
        .sort((one, two) => one.t - two.t)
        .forEach((flag) => {
          about(today(flag.id)).flagged = flag.on;
        });
    }

    /** @param {Answer[]} some @param {Flag[]} marks */
    function take(some, marks) {
      let isNext = !marks.length;
      some.forEach((answer) => {
        const key = `${answer.t} ${answer.id}`;
        isNext = isNext && answer.t >= latest && !answers.has(key);
        answers.set(key, answer);
      });
      if (isNext) {
        some.forEach(count);
        return;
      }
      marks.forEach((flag) => {
        const old = flags.get(flag.id);
        if (!old || old.t <= flag.t) flags.set(flag.id, flag);
      });
      recount();
    }

    /** @param {string} what */
    function changed(what) {
      watchers.forEach((watcher) => {
        watcher(what);
      });
    }

    /** @param {string} what */
    function announce(what) {
      if (others) others.postMessage(what);
      changed(what);
    }

    function read() {
      return Promise.all([store.answers(), store.flags()]).then((found) => {
        answers.clear();
        flags.clear();
        latest = 0;
        found[0].forEach((answer) => answers.set(`${answer.t} ${answer.id}`, answer));
        found[1].forEach((flag) => flags.set(flag.id, flag));
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
      const seeded = Array.from(sessions.values(), (session) =>
        store.change(session.kind, () => session),
      );
      return Promise.all([
        store.addAnswers(Array.from(answers.values())),
        store.addFlags(Array.from(flags.values())),
        seeded,
      ]);
    }

    /** @param {string} what */
    function readAgain(what) {
      return read().then(() => {
        changed(what);
      });
    }

    if (others) {
      others.onmessage = (event) => {
        void readAgain(String(event.data));
      };
    }
    // Tabs that were opened from disk hear nothing of each other, so this one looks when it shows.
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState !== "visible" || !store.isKept) return;
      void store.countAnswers().then((count) => {
        if (count !== answers.size) void readAgain("answers");
        changed("session");
      });
    });

    function ask() {
      if (!store.isKept || !navigator.storage || !navigator.storage.persist) return;
      navigator.storage.persist().catch(() => {});
    }

    /** @param {unknown} row @returns {Answer[]} */
    function answerIn(row) {
      if (!Array.isArray(row)) return [];
      const kind = KINDS[row[2]];
      const fits = typeof row[0] === "number" && isFinite(row[0]) && row[0] > 0;
      if (!fits || typeof row[1] !== "string" || !kind) return [];
      return [{ t: row[0], id: row[1], kind, right: !!row[3] }];
    }

    /** @param {unknown} row @returns {Flag[]} */
    function flagIn(row) {
      if (!Array.isArray(row) || typeof row[0] !== "string") return [];
      if (typeof row[1] !== "number" || !isFinite(row[1])) return [];
      return [{ id: row[0], t: row[1], on: !!row[2] }];
    }

    /** @param {Session | null} session */
    function current(session) {
      const lists = { ids: session ? session.ids.map(today) : [] };
      return (
        session &&
        Object.assign({}, session, lists, {
          orders: moved(session.orders),
          chosen: moved(session.chosen),
          done: moved(session.done),
        })
      );
    }

    /**
     * @template T
     * @param {{[id: string]: T}} table
     * @returns {{[id: string]: T}}
     */
    function moved(table) {
      return Object.fromEntries(Object.entries(table).map((pair) => [today(pair[0]), pair[1]]));
    }

    return {
      read,
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
          .then(() => {
            announce("answers");
          });
      },
      flag: function (id, on) {
        const flag = { id, on, t: Date.now() };
        take([], [flag]);
        return store
          .addFlags([flag])
          .catch(giveUp)
          .then(() => {
            announce("flags");
          });
      },
      exported: function () {
        return JSON.stringify({
          format: FORMAT,
          version: 1,
          bank: bank.id,
          answers: Array.from(answers.values(), (answer) => [
            answer.t,
            answer.id,
            KINDS.indexOf(answer.kind),
            answer.right ? 1 : 0,
          ]),
          flags: Array.from(flags.values(), (flag) => [flag.id, flag.t, flag.on ? 1 : 0]),
        });
      },
      imported: function (text) {
        /** @type {any} */
        let file = null;
        try {
          file = JSON.parse(text);
        } catch (broken) {}
        const fits = file && file.format === FORMAT && file.bank === bank.id;
        if (!fits || !Array.isArray(file.answers)) return Promise.resolve(-1);
        const some = file.answers.flatMap(answerIn);
        const marks = (Array.isArray(file.flags) ? file.flags : []).flatMap(flagIn);
        take(some, marks);
        ask();
        const newest = Array.from(flags.values());
        const saved = Promise.all([store.addAnswers(some), store.addFlags(newest)]);
        return saved.catch(giveUp).then(() => {
          announce("answers");
          const ids = new Set();
          some.forEach((/** @type {Answer} */ each) => ids.add(today(each.id)));
          marks.forEach((/** @type {Flag} */ each) => ids.add(today(each.id)));
          return ids.size;
        });
      },
      forget: function () {
        return store.forget().then(() => {
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
          .catch((problem) => giveUp(problem).then(() => store.change(kind, changedOne)))
          .then((session) => {
            if (session) sessions.set(kind, session);
            else sessions.delete(kind);
            if (others) others.postMessage("session");
            return session;
          });
      },
      watch: function (watcher) {
        watchers.add(watcher);
        return () => {
          watchers.delete(watcher);
        };
      },
    };
  }

  Site.openLearner = (bank) =>
    Site.openStore(`mcqdeck:${bank.id}`).then((store) => {
      const here = learner(bank, store);
      return here.read().then(
        () => here,
        (problem) => {
          console.warn("mcqdeck:", problem); // it opens what it keeps and cannot read it
          return learner(bank, Site.forgetfulStore());
        },
      );
    });
})();
