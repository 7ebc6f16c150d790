// The exam that is running, in each of the tabs that show it: its clock, what is saved of it, and
// where a tab goes when it is over.
(() => {
  "use strict";

  Site.isRunning = (session) =>
    session !== null && session.exam !== undefined && session.exam.handedIn === null;

  // Questions that this release of the site does not have are not asked. They are kept aside, since
  // a tab that was opened before a release does not have those of another tab's.
  /** @param {Session} session @returns {Promise<Session | null>} */
  const today = async (session) => {
    const known = new Set(Site.bank.items.map((item) => item.id));
    const isKnown = (/** @type {string} */ id) => known.has(id);
    const isAll = session.ids.every(isKnown) && !(session.aside || []).some(isKnown);
    if (isAll) return session;
    return Site.learner.change("exam", (stored) => {
      if (!stored || stored.started !== session.started) return stored;
      const all = stored.ids.concat(stored.aside || []);
      const ids = all.filter(isKnown);
      const aside = all.filter((id) => !isKnown(id));
      const before = stored.ids.slice(0, stored.at).filter(isKnown).length;
      const at = Math.max(0, Math.min(before, ids.length - 1));
      return Object.assign(stored, { ids, aside, at });
    });
  };

  // As far as the bank has its questions.
  Site.runningExam = async () => {
    const stored = await Site.learner.session("exam");
    const session = stored && Site.isRunning(stored) ? await today(stored) : stored;
    if (session && session.ids.length && Site.isRunning(session)) return session;
    Site.redirect(session && session.ids.length ? "exam/result" : "exam");
    return null;
  };

  Site.holdExam = (first, changed) => {
    let session = first;
    let isLeft = false;
    /** @param {(session: Session, exam: ExamState) => void} change */
    const save = async (change) => {
      const kept = await Site.learner.change("exam", (stored) => {
        if (!stored || !stored.exam || !isSame(stored) || !Site.isRunning(stored)) return stored;
        stored.exam.tab = Site.tab;
        change(stored, stored.exam);
        return stored;
      });
      if (kept && isSame(kept)) session = kept;
      leaveIfOver(kept);
    };
    // Another tab may have handed it in, or ended it and begun the next.
    /** @param {Session | null} kept */
    const leaveIfOver = (kept) => {
      if (isLeft || (kept && isSame(kept) && Site.isRunning(kept))) return;
      isLeft = true;
      if (!kept) Site.redirect("exam");
      else Site.redirect(Site.isRunning(kept) ? "exam/run" : "exam/result");
    };
    /** @param {Session} stored */
    const isSame = (stored) => stored.started === session.started;
    const handIn = () =>
      save((now, exam) => {
        exam.handedIn = Math.max(Date.now(), now.started);
        exam.countsAt = Site.learner.after(now.ids);
      });
    const leaving = new AbortController();
    const over = async () => {
      const isEnd = await Site.timeUp(leaving.signal);
      if (isEnd) await handIn();
      else if (isEnd === false) await save((_, exam) => void (exam.isOvertime = true));
    };
    const clock = Site.clock({
      state: () => /** @type {ExamState} */ (session.exam),
      save: (change) => save((_, exam) => change(exam)),
      over,
    });
    const unwatch = Site.learner.watch((what) => {
      if (what !== "session") return;
      void Site.learner.session("exam").then((stored) => {
        leaveIfOver(stored);
        if (isLeft || !stored || !stored.exam) return;
        session = stored;
        if (stored.exam.tab !== Site.tab) {
          Site.notice("tabs", Site.say("other_tab"));
          changed();
        }
      });
    });
    return {
      now: () => session,
      exam: () => /** @type {ExamState} */ (session.exam),
      save,
      handIn,
      clock: clock.node,
      stop: () => {
        isLeft = true;
        leaving.abort();
        clock.stop();
        unwatch();
        Site.unnotice("tabs");
        document.body.classList.remove("busy");
      },
    };
  };

  Site.timeUp = (leaving) =>
    new Promise((resolve) => {
      const box = /** @type {HTMLDialogElement} */ (
        Site.h(
          "dialog.asking",
          { "aria-labelledby": "time-up" },
          Site.h("h2", { id: "time-up" }, Site.say("time_up")),
          Site.h("p", null, Site.say("time_up_choice")),
        )
      );
      const close = (/** @type {boolean | null} */ isEnd) => {
        box.close();
        box.remove();
        resolve(isEnd);
      };
      box.append(
        Site.h(
          "div.row",
          null,
          Site.button(Site.say("hand_in"), () => close(true), "primary"),
          Site.button(Site.say("go_on"), () => close(false)),
        ),
      );
      box.addEventListener("cancel", (event) => event.preventDefault());
      leaving.addEventListener("abort", () => close(null));
      document.body.append(box);
      box.showModal();
    });
})();
