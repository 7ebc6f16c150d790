// A test on paper, with its answer key and explanations on pages of their own.
(() => {
  "use strict";

  /** @param {number} place */
  const letter = (place) => {
    const rest = Math.floor(place / 26);
    return (rest ? String.fromCharCode(64 + rest) : "") + String.fromCharCode(65 + (place % 26));
  };

  // A card is made within the page, where its script looks for it, and then taken apart.
  const bench = () => {
    const holder = Site.h("div", { hidden: true });
    document.body.append(holder);
    return holder;
  };

  /** @param {Fields} fields @param {string[]} order @param {number} number */
  const question = (fields, order, number) => {
    const holder = bench();
    Site.showFront(holder, fields, order, []);
    holder.remove();
    const stem = holder.querySelector(".stem");
    const texts = new Map(
      Array.from(holder.querySelectorAll(".choices [data-option]"), (option) => [
        /** @type {HTMLElement} */ (option).dataset.option || "",
        option,
      ]),
    );
    const choose = holder.querySelector(".choose");
    return Site.h(
      "li.paper-question.mcq",
      null,
      Site.h("div.paper-number", null, `${Site.number(number)}.`),
      Site.h("div.stem", Site.inBank(), stem ? Array.from(stem.childNodes) : ""),
      choose ? Site.h("p.choose", null, choose.textContent || "") : null,
      Site.h(
        "ol.paper-options",
        Site.inBank(),
        order.map((name) => {
          const option = texts.get(name);
          const text = option && (option.querySelector(":scope > .text") || option);
          return Site.h("li", null, text ? Array.from(text.childNodes) : "");
        }),
      ),
    );
  };

  /** @param {Fields} fields @param {string[]} order @param {number} number @param {boolean} full */
  const answer = (fields, order, number, full) => {
    const right = (fields.Answer || "").split(" ");
    const letters = order.flatMap((name, place) => (right.includes(name) ? [letter(place)] : []));
    const key = Site.h(
      "p.key",
      null,
      Site.h("strong", null, `${Site.number(number)}. `),
      letters.join(/** @type {string} */ (Site.words.letter_separator)),
    );
    if (!full) return Site.h("li", null, key);
    const holder = bench();
    Site.showBack(holder, fields, order, []);
    holder.remove();
    const explanation = holder.querySelectorAll("section:not(.plain) > div");
    const reasons = order.flatMap((name, place) => {
      const option = Array.from(holder.querySelectorAll(".choices [data-option]")).find(
        (each) => /** @type {HTMLElement} */ (each).dataset.option === name,
      );
      const why = option ? option.querySelector(".rationale") : null;
      return why
        ? [
            Site.h(
              "div.paper-reason",
              Site.inBank(),
              Site.h("strong", null, `${letter(place)} `),
              Site.h("div", null, Array.from(why.childNodes)),
            ),
          ]
        : [];
    });
    return Site.h(
      "li.mcq",
      null,
      key,
      Array.from(explanation, (part) => Site.h("div", Site.inBank(), Array.from(part.childNodes))),
      reasons,
    );
  };

  /** @param {HTMLElement} place @param {string[]} ids @param {boolean} full */
  const show = async (place, ids, full) => {
    const fields = await Site.fields(ids);
    const known = ids.filter((id) => fields.has(id));
    const orders = new Map(
      known.map((id) => [id, Site.orderOf(/** @type {Fields} */ (fields.get(id)))]),
    );
    /** @param {(fields: Fields, order: string[], number: number) => HTMLElement} make */
    const each = (make) =>
      known.map((id, at) =>
        make(/** @type {Fields} */ (fields.get(id)), orders.get(id) || [], at + 1),
      );
    place.replaceChildren(
      Site.h(
        "section.paper-bar.no-print",
        { "aria-label": Site.say("paper_test") },
        Site.h(
          "a.button",
          { href: "#/paper", click: () => Site.go("paper") },
          Site.say("previous"),
        ),
        Site.button(Site.say("print"), () => print(), "primary"),
      ),
      Site.h(
        "main.paper",
        null,
        Site.h(
          "header.paper-head",
          null,
          Site.h("h1", Site.inBank({ tabindex: -1 }), Site.bank.title),
          Site.h(
            "p.paper-lines",
            null,
            Site.h("span", null, Site.say("name"), Site.h("i")),
            Site.h("span", null, Site.say("date"), Site.h("i")),
          ),
        ),
        Site.h("ol.paper-questions", null, each(question)),
        Site.h(
          "section.paper-key",
          null,
          Site.h("h2", null, Site.say("answer_key")),
          Site.h(
            full ? "ol.paper-answers" : "ol.paper-answers.is-short",
            null,
            each((own, order, number) => answer(own, order, number, full)),
          ),
        ),
      ),
    );
    const title = place.querySelector("h1");
    if (title) title.focus({ preventScroll: true });
    scrollTo(0, 0);
  };

  Site.views.paper = async (place, path, query) => {
    await Site.need("faces");
    const full = /** @type {HTMLInputElement} */ (
      Site.h("input", { type: "checkbox", checked: true })
    );
    const form = Site.choiceForm({
      kind: "practice",
      choice: Site.choiceOf(query),
      start: Site.say("start"),
      number: 20,
      extra: [
        Site.h("label.tick.alone", null, full, Site.h("span", null, Site.say("with_explanations"))),
      ],
      begin: (ids) => void show(place, ids, full.checked),
    });
    place.append(Site.h("main.reading", null, Site.h("h1", null, Site.say("paper_test")), form));
    return { title: Site.say("paper_test") };
  };
})();
