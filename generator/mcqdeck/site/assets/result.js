// What an exam came to: the score, by chapter and by objective, and every question explained.
(() => {
  "use strict";

  /** @param {string} title @param {Map<string, {right: number, all: number}>} groups */
  const table = (title, groups) => {
    if (!groups.size) return null;
    const rows = Array.from(groups, ([name, { right, all }]) => {
      const bar = Site.h("span.share", { "aria-hidden": "true" }, Site.h("i.share-right"));
      /** @type {HTMLElement} */ (bar.firstChild).style.width = `${(100 * right) / all}%`;
      return Site.h(
        "tr",
        null,
        Site.h("th", Site.inBank({ scope: "row" }), name),
        Site.h(
          "td.number",
          null,
          Site.say("score", { right, total: all, percent: Site.percent(right, all) }),
        ),
        Site.h("td.bar", null, bar),
      );
    });
    return Site.h(
      "details.folded",
      null,
      Site.h("summary", null, Site.h("h2", null, title)),
      Site.h("div.wide-table", null, Site.h("table.results", null, Site.h("tbody", null, rows))),
    );
  };

  /**
   * @param {Session} session
   * @param {(item: Item) => string} name
   */
  const grouped = (session, name) => {
    /** @type {Map<string, {right: number, all: number}>} */
    const groups = new Map();
    const items = new Map(Site.bank.items.map((item) => [item.id, item]));
    session.ids.forEach((id) => {
      const item = items.get(id);
      const group = item ? name(item) : "";
      if (!group) return;
      const counts = groups.get(group) || { right: 0, all: 0 };
      counts.all++;
      if (Site.own(session.done, id) === true) counts.right++;
      groups.set(group, counts);
    });
    return groups;
  };

  /** @param {Map<string, {right: number, all: number}>} groups @param {string[]} order */
  const sorted = (groups, order) =>
    new Map([...groups].sort(([one], [two]) => order.indexOf(one) - order.indexOf(two)));

  /** @typedef {"all" | "wrong" | "open" | "flagged"} Part */
  /** @type {[Part, string][]} */
  const PARTS = [
    ["all", "all_questions"],
    ["wrong", "answered_wrong"],
    ["open", "state_open"],
    ["flagged", "flagged"],
  ];

  /**
   * Every question of the exam, and a choice of those that show.
   * @param {Session} session @param {Map<string, Fields>} fields
   */
  const questions = (session, fields) => {
    /** @param {string} id @param {Part} part */
    const isIn = (id, part) => {
      const isOpen = !(Site.own(session.chosen, id) || []).length;
      if (part === "wrong") return !isOpen && Site.own(session.done, id) !== true;
      if (part === "open") return isOpen;
      return part === "all" || Site.learner.of(id).flagged;
    };
    const rows = session.ids.flatMap((id, place) => {
      const own = fields.get(id);
      const isRight = Site.own(session.done, id) === true;
      return own ? [{ id, node: Site.outcome(own, session, isRight, place + 1) }] : [];
    });
    const told = Site.h("p.found", { role: "status" });
    /** @param {Part} part */
    const show = (part) => {
      let count = 0;
      rows.forEach(({ id, node }) => {
        node.hidden = !isIn(id, part);
        if (!node.hidden) count++;
      });
      told.textContent = Site.say("question_count", {}, count);
    };
    const choices = PARTS.flatMap(([part, word]) => {
      const count = rows.filter(({ id }) => isIn(id, part)).length;
      if (!count) return [];
      const box = /** @type {HTMLInputElement} */ (
        Site.h("input", { type: "radio", name: "part", value: part, change: () => show(part) })
      );
      box.checked = part === "all";
      const tally = Site.h("span.tally", null, Site.number(count));
      return [Site.h("label.tick", null, box, Site.h("span", null, Site.say(word)), tally)];
    });
    const list = Site.h(
      "ol.outcomes",
      null,
      rows.map(({ node }) => node),
    );
    if (choices.length < 2) return [list];
    const legend = Site.h("legend.unseen", null, Site.say("all_explained"));
    show("all");
    return [Site.h("fieldset.states.parts", null, legend, choices), told, list];
  };

  Site.showResult = async (place, session) => {
    const exam = /** @type {ExamState} */ (session.exam);
    const fields = await Site.fields(session.ids);
    const outcome = Site.examOutcome(session);
    const texts = new Map(Site.bank.objectives);
    const objective = (/** @type {Item} */ item) =>
      item.objective ? `${item.objective} ${texts.get(item.objective) || ""}`.trim() : "";
    const objectives = Site.bank.objectives.map(([code, text]) => `${code} ${text}`.trim());
    const chapters = Site.bank.chapters.map((chapter) => chapter.title);
    const open = new Set(Site.bank.items.flatMap((item) => (item.isRetired ? [] : [item.id])));
    const missed = session.ids.filter(
      (id) => open.has(id) && Site.own(session.done, id) !== true,
    );
    const again = () => void Site.startRound("practice", Site.shuffled(missed));
    const pass = exam.pass === null ? "" : Site.say("percent", { number: exam.pass });
    place.append(
      Site.h(
        "main.reading",
        null,
        Site.h("h1", null, Site.say("result")),
        Site.passedSign(outcome.isPassed),
        Site.h("p.score", null, Site.examScore(outcome)),
        Site.h(
          "p.small",
          null,
          Site.h("span.fact", null, Site.moment(exam.handedIn || session.started)),
          pass ? Site.h("span.fact", null, Site.say("pass_mark", { percent: pass })) : null,
          Site.h(
            "span.fact",
            null,
            Site.say("time_used", { time: Site.duration(outcome.seconds) }),
          ),
        ),
        Site.h(
          "div.row",
          null,
          missed.length ? Site.button(Site.say("repeat_missed"), again, "primary") : null,
          Site.h("a.button", { href: "#/exam" }, Site.say("new_exam")),
          Site.h("a.button", { href: "#/" }, Site.say("home")),
        ),
        table(
          Site.say("results_by_chapter"),
          sorted(
            grouped(session, (item) => chapters[item.chapter] || ""),
            chapters,
          ),
        ),
        table(Site.say("results_by_objective"), sorted(grouped(session, objective), objectives)),
        Site.h("h2", null, Site.say("all_explained")),
        questions(session, fields),
      ),
    );
  };
})();
