// The exam that is running, in each of the tabs that show it: its clock, what is saved of it, and
// where a tab goes when it is over.
(() => {
  "use strict";

  Site.isRunning = (session) =>
    session !== null && session.exam !== undefined && session.exam.handedIn === null;

  Site.handIn = async () => {
    const session = await Site.learner.change("exam", (stored) => {
      if (stored && stored.exam && stored.exam.handedIn === null) stored.exam.handedIn = Date.now();
      return stored;
    });
    if (!session || !session.exam) return;
    await Site.settleExam();
    Site.go("exam/result");
  };

  // Questions that a new release of the site has no more are asked no more.
  /** @param {Session} session @returns {Promise<Session | null>} */
  const today = async (session) => {
    const known = new Set(Site.bank.items.map((item) => item.id));
    if (session.ids.every((id) => known.has(id))) return session;
    return Site.learner.change("exam", (stored) => {
      if (!stored) return null;
      const ids = stored.ids.filter((id) => known.has(id));
      const before = stored.ids.slice(0, stored.at).filter((id) => known.has(id)).length;
      return ids.length ? Object.assign(stored, { ids, at: Math.min(before, ids.length - 1) }) : null;
    });
  };

  // As far as the bank still has its questions.
  Site.runningExam = async () => {
    const stored = await Site.learner.session("exam");
    const session = stored && Site.isRunning(stored) ? await today(stored) : stored;
    if (!session || !Site.isRunning(session)) {
      Site.go(session ? "exam/result" : "exam");
      return null;
    }
    return session;
  };

  Site.holdExam = (first, changed) => {
    let session = first;
    /** @param {(session: Session, exam: ExamState) => void} change */
    const save = async (change) => {
      const kept = await Site.learner.change("exam", (stored) => {
        if (!stored || !stored.exam || stored.exam.handedIn !== null) return stored;
        stored.exam.tab = Site.tab;
        change(stored, stored.exam);
        return stored;
      });
      if (kept) session = kept;
      leaveIfOver(kept);
    };
    /** @param {Session | null} kept */
    const leaveIfOver = (kept) => {
      if (!kept) Site.go("exam");
      else if (!Site.isRunning(kept)) Site.go("exam/result");
    };
    const over = async () => {
      const isEnd = await Site.timeUp();
      if (isEnd) await Site.handIn();
      else await save((_, exam) => void (exam.isOvertime = true));
    };
    const clock = Site.clock({
      state: () => /** @type {ExamState} */ (session.exam),
      save: (change) => save((_, exam) => change(exam)),
      over,
    });
    const unwatch = Site.learner.watch((what) => {
      if (what !== "session") return;
      void Site.learner.session("exam").then((stored) => {
        if (!stored || !stored.exam || stored.started !== session.started) return;
        const isOther = stored.exam.tab !== Site.tab;
        session = stored;
        if (!Site.isRunning(stored)) leaveIfOver(stored);
        else if (isOther) {
          Site.notice("tabs", Site.say("other_tab"));
          changed();
        }
      });
    });
    return {
      now: () => session,
      exam: () => /** @type {ExamState} */ (session.exam),
      save,
      clock: clock.node,
      stop: () => {
        clock.stop();
        unwatch();
        Site.unnotice("tabs");
        document.body.classList.remove("busy");
      },
    };
  };

  Site.timeUp = () =>
    new Promise((resolve) => {
      const box = /** @type {HTMLDialogElement} */ (
        Site.h(
          "dialog.asking",
          { "aria-labelledby": "time-up" },
          Site.h("h2", { id: "time-up" }, Site.say("time_up")),
          Site.h("p", null, Site.say("time_up_choice")),
        )
      );
      const close = (/** @type {boolean} */ isEnd) => {
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
      document.body.append(box);
      box.showModal();
    });
})();
