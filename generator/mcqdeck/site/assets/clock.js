// The clock of an exam. It goes by the time of day, so a hidden tab or a closed lid does not slow
// it. The learner can hide it, lengthen the time, or do without (WCAG 2.2.1).
(() => {
  "use strict";
  const TOLD = [15, 5, 1]; // minutes left at which the learner is told
  const MORE = 15; // minutes that are added at a press

  Site.clock = ({ state, save, over }) => {
    const time = Site.h("span.time");
    const spoken = Site.h("p", { role: "timer" });
    const summary = Site.h("summary.button.quiet", null, Site.icon("exam"), time);
    const hide = Site.button("", () => {
      void save((exam) => void (exam.isClockHidden = !exam.isClockHidden)).then(tick);
    });
    const more = Site.button(Site.say("add_minutes", {}, MORE), () => {
      void save((exam) => {
        const from = Math.max(exam.endsAt || 0, Date.now());
        if (exam.endsAt !== null) exam.endsAt = from + MORE * 60000;
        exam.told = [];
      }).then(tick);
    });
    const none = Site.button(Site.say("no_limit"), () => {
      void save((exam) => void (exam.endsAt = null)).then(tick);
    });
    const menu = Site.h(
      "details.clock",
      null,
      summary,
      Site.h("div.clock-menu", null, spoken, hide, more, none),
    );
    let isOver = false;

    const tick = () => {
      const exam = state();
      menu.hidden = exam.endsAt === null;
      if (exam.endsAt === null) return;
      const left = Math.max(0, Math.ceil((exam.endsAt - Date.now()) / 1000));
      const shown = Site.duration(left);
      time.textContent = exam.isClockHidden ? Site.say("show_clock") : shown;
      summary.setAttribute("aria-label", Site.say("time_left"));
      spoken.textContent = `${Site.say("time_left")}: ${shown}`;
      hide.textContent = Site.say(exam.isClockHidden ? "show_clock" : "hide_clock");
      tellOf(exam, left);
      if (left > 0) isOver = false;
      if (left === 0 && !exam.isOvertime && !isOver) {
        isOver = true;
        void over();
      }
    };

    // Of several marks that passed while the tab slept, only the last is told.
    /** @param {ExamState} exam @param {number} left */
    const tellOf = (exam, left) => {
      const passed = TOLD.filter((minutes) => left > 0 && left <= minutes * 60);
      const fresh = passed.filter((minutes) => !exam.told.includes(minutes));
      if (!fresh.length) return;
      const now = Math.min(...passed);
      void save((stored) => void (stored.told = [...new Set([...stored.told, ...passed])]));
      exam.told = [...exam.told, ...fresh];
      Site.passing("time", Site.say("minutes_left", {}, now));
    };

    tick();
    const beat = setInterval(tick, 1000);
    document.addEventListener("visibilitychange", tick);
    return {
      node: menu,
      stop: () => {
        clearInterval(beat);
        document.removeEventListener("visibilitychange", tick);
        Site.unnotice("time");
      },
    };
  };
})();
