// Which questions: by chapter, objective, level, tag, difficulty, and by what the learner did with
// them.
(() => {
  "use strict";
  const STATES = ["all", "missed", "unseen", "flagged"];

  Site.choiceOf = (query) => {
    /** @param {string} name */
    const given = (name) => query.get(name) || "";
    const state = given("state");
    return {
      chapter: given("chapter"),
      objective: given("objective"),
      level: given("level"),
      tag: given("tag"),
      difficulty: given("difficulty"),
      question: given("question"),
      state: STATES.includes(state) ? state : "all",
    };
  };

  /** @param {Item} item @param {string} state @param {AnswerKind} kind */
  const isIn = (item, state, kind) => {
    const known = Site.learner.of(item.id);
    const last = kind === "card" ? known.card : known.last;
    if (state === "missed") return last === false;
    if (state === "unseen") return last === null;
    return state !== "flagged" || known.flagged;
  };

  Site.matches = (choice, kind) => {
    const chapter = Site.bank.chapters.findIndex((each) => each.key === choice.chapter);
    return Site.bank.items.filter(
      (item) =>
        !item.isRetired &&
        (kind !== "card" || item.hasFlashcard) &&
        (!choice.question || item.id === choice.question) &&
        (!choice.chapter || item.chapter === chapter) &&
        (!choice.objective || item.objective === choice.objective) &&
        (!choice.level || item.level === choice.level) &&
        (!choice.tag || item.tags.includes(choice.tag)) &&
        (!choice.difficulty || item.difficulty === Number(choice.difficulty)) &&
        isIn(item, choice.state, kind),
    );
  };

  /**
   * A labelled list to choose from, with nothing chosen first; none where there is no choice.
   * @param {string} label @param {[string, string][]} values @param {string} chosen
   * @param {(value: string) => void} choose @param {(item: Item) => unknown} [has]
   */
  const list = (label, values, chosen, choose, has) => {
    const isOnly = values.length === 1 && (!has || Site.bank.items.every(has));
    if (isOnly || !values.length) return null;
    const field = /** @type {HTMLSelectElement} */ (
      Site.h(
        "select",
        null,
        Site.h("option", { value: "" }, Site.say("everything")),
        values.map(([value, text]) => Site.h("option", Site.inBank({ value }), text)),
      )
    );
    field.value = chosen;
    field.addEventListener("change", () => choose(field.value));
    return Site.field(Site.say(label), field);
  };

  /** @param {string} code @param {string} text @returns {[string, string]} */
  const named = (code, text) => [code, text ? `${code} ${text}` : code];

  Site.choiceForm = ({ kind, choice, start, extra, number, begin }) => {
    const bank = Site.bank;
    /** @param {keyof Choice} name */
    const setter = (name) => (/** @type {string} */ value) => {
      choice[name] = value;
      choice.question = "";
      count();
    };
    const difficulties = [...new Set(bank.items.map((item) => item.difficulty))]
      .filter(Boolean)
      .sort()
      .map((value) => /** @type {[string, string]} */ ([String(value), Site.number(value)]));
    const chapters = bank.chapters.map(
      (chapter) => /** @type {[string, string]} */ ([chapter.key, chapter.title]),
    );
    const lists = [
      list("chapter", chapters, choice.chapter, setter("chapter")),
      list(
        "objective",
        bank.objectives.map(([code, text]) => named(code, text)),
        choice.objective,
        setter("objective"),
        (item) => item.objective,
      ),
      list("level", bank.levels, choice.level, setter("level"), (item) => item.level),
      list(
        "difficulty",
        difficulties,
        choice.difficulty,
        setter("difficulty"),
        (item) => item.difficulty,
      ),
      list(
        "tag",
        bank.tags.map((tag) => /** @type {[string, string]} */ ([tag, tag])),
        choice.tag,
        setter("tag"),
        (item) => item.tags.length,
      ),
    ];
    const states = STATES.map((state) => {
      const box = /** @type {HTMLInputElement} */ (
        Site.h("input", { type: "radio", name: "state", value: state })
      );
      box.checked = choice.state === state;
      box.addEventListener("change", () => setter("state")(state));
      const label = state === "all" ? "all_questions" : state;
      const tally = Site.h("span.tally", { "data-state": state });
      return Site.h("label.tick", null, box, Site.h("span", null, Site.say(label)), tally);
    });
    const amount = /** @type {HTMLInputElement} */ (
      Site.h("input", { type: "number", min: 1, inputmode: "numeric", value: number || "" })
    );
    const found = Site.h("p.found", { role: "status" });
    const go = /** @type {HTMLButtonElement} */ (
      Site.h("button.button.primary.big", { type: "submit" }, start)
    );

    const count = () => {
      const ids = Site.matches(choice, kind);
      found.textContent = ids.length
        ? Site.say("question_count", {}, ids.length)
        : Site.say("no_match");
      go.disabled = !ids.length;
      form.querySelectorAll(".tally").forEach((tally) => {
        const state = /** @type {HTMLElement} */ (tally).dataset.state || "all";
        const here = Site.matches(Object.assign({}, choice, { state }), kind);
        tally.textContent = Site.number(here.length);
      });
    };

    const form = Site.h(
      "form.choosing",
      {
        submit: (/** @type {Event} */ event) => {
          event.preventDefault();
          const ids = Site.matches(choice, kind).map((item) => item.id);
          const most = Math.floor(Number(amount.value)) || ids.length;
          begin(Site.shuffled(ids).slice(0, Math.max(1, most)));
        },
      },
      Site.h(
        "fieldset.states",
        null,
        Site.h("legend.unseen", null, Site.say("what_to_practise")),
        states,
      ),
      Site.h("div.fields", null, lists, Site.field(Site.say("how_many"), amount)),
      extra || [],
      Site.h("div.starting", null, found, go),
    );
    count();
    return form;
  };
})();
