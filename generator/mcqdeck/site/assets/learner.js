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

  // An exam that was handed in, as it is kept: without what only one that is running needs.
  /**
   * @param {number} started @param {number} handedIn @param {number | null} pass
   * @param {Pick<Session, "ids" | "orders" | "chosen" | "options" | "done">} tables
   * @returns {Session}
   */
  function pastExam(started, handedIn, pass, { ids, orders, chosen, options, done }) {
    const exam = {
      endsAt: null,
      pass,
      struck: {},
      flagged: {},
      told: [],
      isClockHidden: false,
      isOvertime: false,
      handedIn,
      tab: "",
    };
    const kind = /** @type {const} */ (`exam:${started}`);
    return { kind, ids, at: 0, orders, chosen, options, done, started, exam };
  }

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

    /** @param {string[]} ids */
    function after(ids) {
      const wanted = new Set(ids);
      let time = Date.now();
      [answers, flags].forEach((table) => {
        table.forEach((/** @type {Answer | Flag} */ each) => {
          if (each.t >= time && wanted.has(today(each.id))) time = Math.floor(each.t) + 1;
        });
      });
      return time;
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

    /** @type {Promise<unknown> | null} */
    let movingToMemory = null;

    // Where the browser stops keeping things midway, as with a full disk, memory takes over.
    /** @param {Store} before @param {unknown} problem */
    function giveUp(before, problem) {
      if (movingToMemory) return movingToMemory;
      console.warn("mcqdeck:", problem);
      store = Site.forgetfulStore();
      Site.notice("storage", Site.say("no_storage"));
      movingToMemory = before
        .sessions()
        .catch(() => /** @type {Session[]} */ ([]))
        .then((readable) => {
          /** @type {Map<string, Session>} */
          const newest = new Map(readable.map((session) => [session.kind, session]));
          sessions.forEach((session, kind) => newest.set(kind, session));
          return Promise.all([
            store.addAnswers(Array.from(answers.values())),
            store.addFlags(Array.from(flags.values())),
            ...Array.from(newest.values(), (session) => store.change(session.kind, () => session)),
          ]);
        });
      return movingToMemory;
    }

    // Several acts may be under way when the browser stops: each is done again in memory.
    /**
     * @template T
     * @param {(store: Store) => Promise<T>} act
     * @returns {Promise<T>}
     */
    async function kept(act) {
      await movingToMemory;
      const used = store;
      try {
        return await act(used);
      } catch (problem) {
        if (!used.isKept) throw problem;
        await giveUp(used, problem);
        return act(store);
      }
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
      if (!isTime(row[0]) || typeof row[1] !== "string" || !kind) return [];
      return [{ t: row[0], id: row[1], kind, right: !!row[3] }];
    }

    /** @param {unknown} row @returns {Flag[]} */
    function flagIn(row) {
      if (!Array.isArray(row) || typeof row[0] !== "string") return [];
      if (!isTime(row[1])) return [];
      return [{ id: row[0], t: row[1], on: !!row[2] }];
    }

    // A time that a `Date` can hold, and so can those that follow it.
    /** @param {unknown} value @returns {value is number} */
    function isTime(value) {
      return typeof value === "number" && value > 0 && value < 8e15;
    }

    /**
     * The entries of a table that have a question's id and fit.
     * @template T
     * @param {unknown} table @param {string[]} ids @param {(value: unknown) => value is T} fits
     * @returns {{[id: string]: T}}
     */
    function tableIn(table, ids, fits) {
      const known = new Set(ids);
      /** @type {[string, T][]} */
      const entries = [];
      Object.entries(table && typeof table === "object" ? table : {}).forEach(([id, value]) => {
        if (known.has(id) && fits(value)) entries.push([id, value]);
      });
      return Object.fromEntries(entries);
    }

    /** @param {unknown} value @returns {value is string[]} */
    function isTexts(value) {
      return Array.isArray(value) && value.every((each) => typeof each === "string");
    }

    /** @param {unknown} value @returns {value is boolean} */
    function isTruth(value) {
      return typeof value === "boolean";
    }

    /** @param {any} row @returns {Session[]} */
    function examIn(row) {
      if (!row || typeof row !== "object" || !isTexts(row.ids) || !row.ids.length) return [];
      const { started, handedIn, ids } = row;
      if (!isTime(started) || !isTime(handedIn)) return [];
      const pass = typeof row.pass === "number" && isFinite(row.pass) ? row.pass : null;
      const tables = {
        ids: Array.from(new Set(/** @type {string[]} */ (ids))),
        orders: tableIn(row.orders, ids, isTexts),
        chosen: tableIn(row.chosen, ids, isTexts),
        options: tableIn(row.options, ids, isTexts),
        done: tableIn(row.done, ids, isTruth),
      };
      return [pastExam(started, handedIn, pass, tables)];
    }

    /** @param {Session | null} session */
    function current(session) {
      if (!session) return null;
      const { exam, aside } = session;
      return Object.assign({}, session, {
        ids: session.ids.map(today),
        orders: moved(session.orders),
        chosen: moved(session.chosen),
        options: moved(session.options || {}),
        done: moved(session.done),
        ...(aside && { aside: aside.map(today) }),
        ...(exam && {
          exam: { ...exam, struck: moved(exam.struck), flagged: moved(exam.flagged) },
        }),
      });
    }

    // An exam of a time when none was kept says by its answers what was right: they have the time
    // of handing in, and a millisecond for each question before.
    /** @param {Session} session @returns {Session} */
    function judged(session) {
      if (Object.keys(session.done).length) return session;
      const right = new Set();
      answers.forEach((answer) => {
        if (answer.kind === "exam" && answer.right) right.add(answer.t);
      });
      const at = (session.exam && session.exam.handedIn) || 0;
      const done = session.ids.map((id, place) => [id, right.has(at + place)]);
      return Object.assign({}, session, { done: Object.fromEntries(done) });
    }

    /** @returns {Promise<Session[]>} */
    function exams() {
      return kept((store) => store.sessions()).then((all) => {
        /** @type {Map<number, Session>} */
        const found = new Map();
        all.forEach((each) => {
          const session = /** @type {Session} */ (current(each));
          if (!session.exam || !session.exam.handedIn) return;
          if (session.kind !== "exam" || !found.has(session.started)) {
            found.set(session.started, session);
          }
        });
        return Array.from(found.values(), judged).sort(
          (one, two) => two.started - one.started,
        );
      });
    }

    /** @param {Session} exam @returns {Promise<Session | null>} */
    function keepExam(exam) {
      return changeSession(exam.kind, (kept) =>
        kept && Object.keys(kept.done).length ? kept : exam,
      );
    }

    /** @param {string} kind @param {(session: Session | null) => Session | null} change */
    function changeSession(kind, change) {
      /** @param {Session | null} session */
      function changedOne(session) {
        return change(current(session));
      }
      return kept((store) => store.change(kind, changedOne)).then((session) => {
        if (session) sessions.set(kind, session);
        else sessions.delete(kind);
        if (others) others.postMessage("session");
        return session;
      });
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
      after,
      answer: function (some) {
        if (!answers.size) ask();
        take(some, []);
        return kept((store) => store.addAnswers(some)).then(() => {
          announce("answers");
        });
      },
      flag: function (id, on) {
        const flag = { id, on, t: after([id]) };
        take([], [flag]);
        return kept((store) => store.addFlags([flag])).then(() => {
          announce("flags");
        });
      },
      flagAll: function (ids, t) {
        /** @type {Map<string, number>} */
        const times = new Map();
        flags.forEach((flag) => {
          const id = today(flag.id);
          times.set(id, Math.max(times.get(id) || 0, flag.t));
        });
        const fresh = ids
          .filter((id) => (times.get(id) || 0) < t)
          .map((id) => ({ id, on: true, t }));
        if (!fresh.length) return Promise.resolve();
        take([], fresh);
        return kept((store) => store.addFlags(fresh)).then(() => {
          announce("flags");
        });
      },
      exams,
      keepExam: function (session, done) {
        const { exam, started } = session;
        const at = exam && exam.handedIn;
        if (!exam || !at) return Promise.resolve();
        const tables = Object.assign({}, session, { done });
        return keepExam(pastExam(started, at, exam.pass, tables)).then(() => {});
      },
      exported: function () {
        return exams().then((past) =>
          JSON.stringify({
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
            exams: past.map(({ started, exam, ids, orders, chosen, options, done }) => ({
              started,
              handedIn: exam && exam.handedIn,
              pass: exam && exam.pass,
              ids,
              orders,
              chosen,
              options,
              done,
            })),
          }),
        );
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
        /** @type {Session[]} */
        const past = (Array.isArray(file.exams) ? file.exams : []).flatMap(examIn);
        take(some, marks);
        ask();
        const newest = Array.from(flags.values());
        const saved = kept((store) =>
          Promise.all([store.addAnswers(some), store.addFlags(newest)]),
        );
        const done = saved.then(() =>
          past.reduce(
            (before, exam) => before.then(() => keepExam(exam)),
            /** @type {Promise<Session | null>} */ (Promise.resolve(null)),
          ),
        );
        return done.then(() => {
          announce("answers");
          const ids = new Set();
          past.forEach((exam) => {
            exam.ids.forEach((id) => ids.add(today(id)));
          });
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
        return kept((store) => store.session(kind)).then(current);
      },
      change: changeSession,
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
