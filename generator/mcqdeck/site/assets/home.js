// The first page: what the learner has done so far, and where to go on.
(() => {
  "use strict";

  /** @param {string} name @param {string} text */
  const figure = (name, text) => {
    const place = document.querySelector(`[data-figure="${name}"]`);
    if (place) place.textContent = text;
  };

  const resume = async () => {
    const link = document.querySelector("[data-resume]");
    if (!(link instanceof HTMLAnchorElement)) return;
    const [exam, practice, cards] = await Promise.all(
      ["exam", "practice", "cards"].map(Site.learner.session),
    );
    link.href = "#/practice";
    link.textContent = Site.say("practice");
    if (exam && exam.exam && !exam.exam.handedIn) {
      link.href = "#/exam/run";
      link.textContent = Site.say("continue_exam");
    } else if (practice && practice.at < practice.ids.length) {
      link.href = "#/practice/run";
      link.textContent = Site.say("resume");
    } else if (cards && cards.at < cards.ids.length) {
      link.href = "#/cards/run";
      link.textContent = Site.say("resume");
    }
  };

  // Only widths change here, and texts in places that are wide enough, so nothing moves.
  const shares = () => {
    /** @type {Map<number, {right: number, wrong: number, all: number}>} */
    const chapters = new Map();
    let seen = 0;
    let right = 0;
    Site.bank.items.forEach((item) => {
      if (item.isRetired) return;
      const known = Site.learner.of(item.id);
      const counts = chapters.get(item.chapter) || { right: 0, wrong: 0, all: 0 };
      counts.all++;
      if (known.last !== null) {
        seen++;
        if (known.last) right++;
        if (known.last) counts.right++;
        else counts.wrong++;
      }
      chapters.set(item.chapter, counts);
    });
    figure("seen", Site.number(seen));
    figure("right", seen ? Site.percent(right, seen) : "–");
    document.querySelectorAll("[data-chapter]").forEach((bar) => {
      const counts = chapters.get(Number(/** @type {HTMLElement} */ (bar).dataset.chapter));
      const parts = /** @type {HTMLElement[]} */ (Array.from(bar.children));
      const all = counts ? counts.all : 0;
      const widths = counts && all ? [counts.right / all, counts.wrong / all] : [0, 0];
      parts.forEach((part, place) => {
        part.style.width = `${100 * (widths[place] || 0)}%`;
      });
    });
  };

  Site.fillHome = async () => {
    const counted = Site.needQuestions().then(shares, () => {});
    await resume();
    await remind();
    await counted;
  };

  // Some browsers delete what they keep after a week without a visit, so the file is offered in
  // time: where answers came since the last one, and it is some days old.
  const remind = async () => {
    if (!Site.learner.isKept()) return;
    const isSafe =
      navigator.storage && navigator.storage.persisted
        ? await navigator.storage.persisted().catch(() => false)
        : false;
    if (isSafe) return;
    const [exported, closed] = await Promise.all(["exported", "closed"].map(Site.learner.fact));
    const day = 24 * 60 * 60 * 1000;
    const fresh = Site.learner.answers().filter((answer) => answer.t > (exported || 0));
    const first = fresh.reduce((least, answer) => Math.min(least, answer.t), Infinity);
    if (fresh.length < 10 || Date.now() - first < 3 * day) return;
    if (Date.now() - (closed || 0) < day) return;
    const save = Site.button(
      Site.say("export"),
      () => {
        Site.unnotice("save");
        void Promise.all((Site.needs.progress || []).map(Site.need)).then(() =>
          Site.saveProgress(),
        );
      },
      "primary",
    );
    Site.notice("save", Site.say("may_be_lost"), [save], () => {
      void Site.learner.setFact("closed", Date.now());
    });
  };

  Site.watchHome = () => {
    Site.learner.watch(() => {
      const home = document.getElementById("home");
      if (home && !home.hidden) void Site.fillHome();
    });
  };
})();
