// What an exam came to: the score, by chapter and by objective, then every question explained.
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
      "section",
      null,
      Site.h("h2", null, title),
      Site.h("div.wide-table", null, Site.h("table.results", null, Site.h("tbody", null, rows))),
    );
  };

  /**
   * @param {Session} session @param {Map<string, boolean>} right
   * @param {(item: Item) => string} name
   */
  const grouped = (session, right, name) => {
    /** @type {Map<string, {right: number, all: number}>} */
    const groups = new Map();
    const items = new Map(Site.bank.items.map((item) => [item.id, item]));
    session.ids.forEach((id) => {
      const item = items.get(id);
      const group = item ? name(item) : "";
      if (!group) return;
      const counts = groups.get(group) || { right: 0, all: 0 };
      counts.all++;
      if (right.get(id)) counts.right++;
      groups.set(group, counts);
    });
    return groups;
  };

  /** @param {Map<string, {right: number, all: number}>} groups @param {string[]} order */
  const sorted = (groups, order) =>
    new Map([...groups].sort(([one], [two]) => order.indexOf(one) - order.indexOf(two)));

  Site.showResult = async (place, session) => {
    const exam = /** @type {ExamState} */ (session.exam);
    const fields = await Site.fields(session.ids);
    const ids = session.ids.filter((id) => fields.has(id));
    const right = new Map(
      ids.map((id) => [
        id,
        Site.isRight(/** @type {Fields} */ (fields.get(id)), Site.own(session.chosen, id) || []),
      ]),
    );
    const hits = ids.filter((id) => right.get(id)).length;
    const isPassed = exam.pass === null ? null : 100 * hits >= exam.pass * ids.length;
    const texts = new Map(Site.bank.objectives);
    const objective = (/** @type {Item} */ item) =>
      item.objective ? `${item.objective} ${texts.get(item.objective) || ""}`.trim() : "";
    const objectives = Site.bank.objectives.map(([code, text]) => `${code} ${text}`.trim());
    const chapters = Site.bank.chapters.map((chapter) => chapter.title);
    const verdict =
      isPassed === null
        ? null
        : Site.h(
            `p.passed.${isPassed ? "is-right" : "is-wrong"}`,
            null,
            `${Site.say(isPassed ? "sign_right" : "sign_none")} ${Site.say(isPassed ? "passed" : "not_passed")}`,
          );
    const explained = Site.h("h2", { tabindex: -1 }, Site.say("all_explained"));
    const seconds = ((exam.handedIn || 0) - session.started) / 1000;
    place.append(
      Site.h(
        "main.reading",
        null,
        Site.h("h1", null, Site.say("result")),
        verdict,
        Site.h(
          "p.score",
          null,
          Site.say("score", {
            right: hits,
            total: ids.length,
            percent: Site.percent(hits, ids.length),
          }),
        ),
        exam.pass === null
          ? null
          : Site.h(
              "p.small",
              null,
              Site.say("pass_mark", { percent: Site.say("percent", { number: exam.pass }) }),
            ),
        Site.h("p.small", null, Site.say("time_used", { time: Site.duration(seconds) })),
        Site.h(
          "div.row",
          null,
          Site.h("a.button.primary", { href: "#/exam" }, Site.say("new_exam")),
          // A learner wants the answers, which stand below as many objectives as there are.
          Site.button(Site.say("all_explained"), () => {
            explained.scrollIntoView();
            explained.focus({ preventScroll: true });
          }),
          Site.h("a.button", { href: "#/" }, Site.say("home")),
        ),
        table(
          Site.say("results_by_chapter"),
          sorted(
            grouped(session, right, (item) => chapters[item.chapter] || ""),
            chapters,
          ),
        ),
        table(
          Site.say("results_by_objective"),
          sorted(grouped(session, right, objective), objectives),
        ),
        explained,
        Site.h(
          "ol.outcomes",
          null,
          ids.map((id) =>
            Site.outcome(/** @type {Fields} */ (fields.get(id)), session, right.get(id) === true),
          ),
        ),
      ),
    );
  };
})();
