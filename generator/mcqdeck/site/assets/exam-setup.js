// Before an exam: how many questions, how much time; the one that was left; those before.
(() => {
  "use strict";

  // Whether one is running that can be gone on with here.
  /** @param {Session | null} session @returns {session is Session} */
  const isOpen = (session) => {
    const known = new Set(Site.bank.items.map((item) => item.id));
    return session !== null && Site.isRunning(session) && session.ids.some((id) => known.has(id));
  };

  /** @param {number} total @param {number | null} minutes */
  const begin = async (total, minutes) => {
    const open = Site.bank.items.filter((item) => !item.isRetired);
    const ids = Site.drawExam(open, Site.bank.plan, total).map((item) => item.id);
    try {
      await Site.settleExam(); // the last one, whose place this one takes
    } catch (problem) {
      console.warn("mcqdeck:", problem);
      Site.notice("load", Site.say("not_loaded"));
      return;
    }
    let isMine = false;
    await Site.learner.change("exam", (stored) => {
      isMine = !isOpen(stored); // another tab may have begun one meanwhile
      if (!isMine) return stored;
      const session = Site.newSession("exam", ids);
      session.exam = {
        endsAt: minutes === null ? null : session.started + minutes * 60000,
        pass: Site.bank.exam.pass,
        struck: {},
        flagged: {},
        told: [15, 5, 1].filter((mark) => minutes !== null && mark >= minutes),
        isClockHidden: false,
        isOvertime: false,
        handedIn: null,
        tab: Site.tab,
      };
      return session;
    });
    Site.go(isMine ? "exam/run" : "exam");
  };

  /** @param {number} started the exam's, as another tab may have begun the next meanwhile */
  const quit = async (started) => {
    if (!(await Site.confirm(Site.say("quit_question"), Site.say("quit")))) return;
    const session = await Site.learner.session("exam");
    if (session && session.exam && session.started === started && Site.isRunning(session)) {
      const { flagged } = session.exam;
      const ids = Object.keys(flagged).filter((id) => flagged[id]);
      // What was flagged stays so, without a result too.
      await Site.learner.flagAll(ids, Site.learner.after(ids));
      await Site.learner.change("exam", (stored) =>
        stored && stored.started === started && Site.isRunning(stored) ? null : stored,
      );
    }
    Site.go("exam");
  };

  // How far an exam is that was left.
  /** @param {Session} session @param {ExamState} exam */
  const state = (session, exam) => {
    const answered = session.ids.filter((id) => (Site.own(session.chosen, id) || []).length).length;
    const texts = [Site.say("answered_score", { answered, total: session.ids.length })];
    if (exam.endsAt !== null) {
      const left = Site.duration(Math.max(0, (exam.endsAt - Date.now()) / 1000));
      texts.push(`${Site.say("time_left")}: ${left}`, Site.say("clock_runs"));
    }
    return texts.map((text) => Site.h("span.fact", null, text));
  };

  Site.setUpExam = async (place) => {
    const start = Site.session.once(begin);
    await Site.settleExam().catch(() => {}); // where its questions cannot be loaded now
    const session = await Site.learner.session("exam");
    const settings = Site.bank.exam;
    const count = Site.bank.items.filter((item) => !item.isRetired).length;
    const total = Math.min(settings.questions || 20, count);
    const amount = /** @type {HTMLInputElement} */ (
      Site.h("input", { type: "number", min: 1, max: count, inputmode: "numeric", value: total })
    );
    // Of the real one's time as much as there are of its questions; half as much again, and twice.
    /** @param {number} questions */
    const times = (questions) => {
      const real = settings.questions || total;
      const once = settings.minutes
        ? Math.ceil((settings.minutes * questions) / real)
        : 5 * Math.ceil(questions / 5);
      const more = Math.max(once + 1, Math.round(once * 1.5));
      return [once, more, Math.max(more + 1, once * 2), 0];
    };
    const chosenTotal = () => {
      const wanted = Math.floor(Number(amount.value)) || total;
      return Math.min(count, Math.max(1, wanted));
    };
    const usual = settings.minutes ? 0 : 3;
    const picks = times(total).map((_, place) => {
      const box = /** @type {HTMLInputElement} */ (
        Site.h("input", { type: "radio", name: "minutes", value: place })
      );
      box.checked = place === usual;
      return Site.h("label.tick", null, box, Site.h("span"));
    });
    const showTimes = () => {
      times(chosenTotal()).forEach((minutes, place) => {
        const label = picks[place] && picks[place].querySelector("span");
        const text = minutes ? Site.say("minute_count", {}, minutes) : Site.say("no_limit");
        if (label) label.textContent = text;
      });
    };
    amount.addEventListener("input", showTimes);
    showTimes();
    const form = Site.h(
      "form.choosing",
      {
        submit: (/** @type {SubmitEvent} */ event) => {
          event.preventDefault();
          const chosen = form.querySelector("input[name=minutes]:checked");
          const place = chosen instanceof HTMLInputElement ? Number(chosen.value) : usual;
          void start(chosenTotal(), times(chosenTotal())[place] || null);
        },
      },
      Site.h(
        "div.fields",
        null,
        Site.field(Site.say("how_many"), amount),
      ),
      Site.h("fieldset.states", null, Site.h("legend", null, Site.say("how_long")), picks),
      settings.pass === null
        ? null
        : Site.h(
            "p.small",
            null,
            Site.say("pass_mark", { percent: Site.say("percent", { number: settings.pass }) }),
          ),
      Site.h(
        "div.starting",
        null,
        Site.h("button.button.primary.big", { type: "submit" }, Site.say("start_exam")),
      ),
    );
    const running =
      isOpen(session) && session.exam
        ? Site.h(
            "section.resume",
            { "aria-label": Site.say("running") },
            Site.h(
              "div.resume-state",
              null,
              Site.h("p", null, Site.say("running")),
              Site.h("p.small", null, state(session, session.exam)),
            ),
            Site.h("a.button.primary", { href: "#/exam/run" }, Site.say("continue_exam")),
            Site.button(Site.say("quit"), () => void quit(session.started)),
          )
        : null;
    place.append(
      Site.h(
        "main.reading",
        null,
        Site.h("h1", null, Site.say("exam")),
        running,
        isOpen(session) ? null : count ? form : Site.h("p.found", null, Site.say("no_match")),
        await Site.pastExams(),
      ),
    );
    return { title: Site.say("exam") };
  };
})();
