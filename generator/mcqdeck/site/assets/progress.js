// What a learner has done so far: by chapter and by day. And the file that keeps it.
(() => {
  "use strict";

  /** @param {number} time */
  const dayOf = (time) => {
    const date = new Date(time);
    const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
    return parts.map((part) => String(part).padStart(2, "0")).join("-");
  };

  const days = () => {
    /** @type {Map<string, {key: string, right: number, wrong: number}>} */
    const found = new Map();
    Site.learner.answers().forEach((answer) => {
      if (answer.kind === "card") return;
      const key = dayOf(answer.t);
      const day = found.get(key) || { key, right: 0, wrong: 0 };
      if (answer.right) day.right++;
      else day.wrong++;
      found.set(key, day);
    });
    return [...found.values()].sort((one, two) => (one.key < two.key ? -1 : 1));
  };

  const byChapter = () => {
    const counts = Site.bank.chapters.map(() => ({ right: 0, wrong: 0, all: 0 }));
    Site.bank.items.forEach((item) => {
      const mine = counts[item.chapter];
      if (!mine || item.isRetired) return;
      mine.all++;
      const { last } = Site.learner.of(item.id);
      if (last === true) mine.right++;
      if (last === false) mine.wrong++;
    });
    return counts;
  };

  Site.saveProgress = async () => {
    const file = new Blob([await Site.learner.exported()], { type: "application/json" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = `${Site.bank.id}-${dayOf(Date.now())}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    await Site.learner.setFact("exported", Date.now());
  };

  Site.readProgress = () => {
    const field = /** @type {HTMLInputElement} */ (
      Site.h("input", { type: "file", accept: "application/json,.json" })
    );
    field.addEventListener("change", () => {
      const file = field.files && field.files[0];
      if (!file) return;
      void file
        .text()
        .then(Site.learner.imported)
        .then((count) => {
          const isRead = count >= 0;
          Site.passing("news", isRead ? Site.say("imported", {}, count) : Site.say("import_failed"));
        });
    });
    field.click();
  };

  const forget = async () => {
    if (!(await Site.confirm(Site.say("forget_question"), Site.say("forget_all")))) return;
    await Site.learner.forget();
    Site.passing("news", Site.say("forgotten"));
  };

  /** @param {string} label @param {string} value */
  const figure = (label, value) =>
    Site.h("div", null, Site.h("dt", null, label), Site.h("dd", null, value));

  /** @param {{right: number, wrong: number, all: number}} counts */
  const share = ({ right, wrong, all }) => {
    const bar = Site.h(
      "span.share",
      { "aria-hidden": "true" },
      Site.h("i.share-right"),
      Site.h("i.share-wrong"),
    );
    [right, wrong].forEach((count, place) => {
      const part = /** @type {HTMLElement} */ (bar.children[place]);
      part.style.width = `${all ? (100 * count) / all : 0}%`;
    });
    return bar;
  };

  /** @param {string[]} labels @param {HTMLElement[]} rows @param {string} [bar] */
  const table = (labels, rows, bar) =>
    Site.h(
      "div.wide-table",
      null,
      Site.h(
        "table.results",
        null,
        Site.h(
          "thead",
          null,
          Site.h(
            "tr",
            null,
            labels.map((label) => Site.h("th", { scope: "col" }, label)),
            bar ? Site.h("th.bar", { scope: "col" }, bar) : null,
          ),
        ),
        Site.h("tbody", null, rows),
      ),
    );

  const sections = () => {
    const chapters = byChapter();
    const history = days();
    const all = chapters.reduce((sum, counts) => sum + counts.all, 0);
    const right = chapters.reduce((sum, counts) => sum + counts.right, 0);
    const wrong = chapters.reduce((sum, counts) => sum + counts.wrong, 0);
    const cards = Site.bank.items.filter((item) => item.hasFlashcard && !item.isRetired);
    const turned = cards.filter((item) => Site.learner.of(item.id).card !== null);
    const known = turned.filter((item) => Site.learner.of(item.id).card).length;
    const rows = Site.bank.chapters.map((chapter, place) => {
      const counts = chapters[place] || { right: 0, wrong: 0, all: 0 };
      const left = counts.all - counts.right - counts.wrong;
      return Site.h(
        "tr",
        null,
        Site.h("th", Site.inBank({ scope: "row" }), chapter.title),
        Site.h("td.number", null, Site.number(counts.right)),
        Site.h("td.number", null, Site.number(counts.wrong)),
        Site.h("td.number", null, Site.number(left)),
        Site.h("td.bar", null, share(counts)),
      );
    });
    const dayRows = [...history]
      .reverse()
      .map((day) =>
        Site.h(
          "tr",
          null,
          Site.h("th", { scope: "row" }, Site.day(day.key)),
          Site.h("td.number", null, Site.number(day.right)),
          Site.h("td.number", null, Site.number(day.wrong)),
        ),
      );
    const labels = [Site.say("answered_right"), Site.say("answered_wrong")];
    return [
      Site.h(
        "dl.figures",
        null,
        figure(Site.say("seen"), `${Site.number(right + wrong)} / ${Site.number(all)}`),
        figure(
          Site.say("answered_right"),
          right + wrong ? Site.percent(right, right + wrong) : "–",
        ),
        turned.length
          ? figure(Site.say("flashcards"), Site.say("known_score", { known, total: turned.length }))
          : null,
      ),
      history.length
        ? Site.h(
            "section",
            null,
            Site.h("h2", null, Site.say("over_time")),
            Site.h(
              "p.legend",
              { "aria-hidden": "true" },
              Site.h("span.sense", null, Site.h("i.key-right"), labels[0] || ""),
              Site.h("span.sense", null, Site.h("i.key-wrong"), labels[1] || ""),
            ),
            Site.chart(history),
            Site.h(
              "details",
              null,
              Site.h("summary", null, Site.say("day")),
              table([Site.say("day"), ...labels], dayRows),
            ),
          )
        : Site.h("p.found", null, Site.say("nothing_yet")),
      Site.h(
        "section",
        null,
        Site.h("h2", null, Site.say("by_chapter")),
        table([Site.say("chapter"), ...labels, Site.say("not_seen")], rows, Site.say("progress")),
      ),
    ];
  };

  Site.views.progress = async (place) => {
    const body = Site.h("div");
    const keeping = Site.h(
      "section.keeping",
      null,
      Site.h("h2", null, Site.say("export")),
      Site.h(
        "p",
        null,
        Site.say(Site.learner.isKept() ? "kept_here" : "no_storage"),
        " ",
        Site.learner.isKept() ? Site.say("may_be_lost") : null,
      ),
      Site.h(
        "div.row",
        null,
        Site.button(Site.say("export"), () => void Site.saveProgress(), "primary"),
        Site.button(Site.say("restore_progress"), Site.readProgress),
        Site.button(Site.say("forget_all"), () => void forget(), "danger"),
      ),
    );
    const past = Site.h("div");
    const show = async () => {
      body.replaceChildren(...sections());
      const exams = await Site.pastExams();
      past.replaceChildren(...(exams ? [exams] : []));
    };
    await Site.settleExam().catch(() => {}); // where its questions cannot be loaded now
    await show();
    place.append(
      Site.h("main.reading", null, Site.h("h1", null, Site.say("progress")), body, past, keeping),
    );
    const unwatch = Site.learner.watch(() => void show());
    return { title: Site.say("progress"), leave: unwatch };
  };
})();
