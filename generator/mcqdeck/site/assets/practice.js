// Practice: questions one by one, each with its verdict, reasons and explanation at once.
(() => {
  "use strict";

  const begin = async (/** @type {string[]} */ ids) => {
    await Site.learner.change("practice", () => Site.newSession("practice", ids));
    Site.go("practice/run");
  };

  /** @param {Session | null} session */
  const isUnfinished = (session) => session !== null && session.at < session.ids.length;

  /** @type {Show} */
  const choose = async (place, path, query) => {
    const session = await Site.learner.session("practice");
    const going =
      isUnfinished(session) && session
        ? Site.h(
            "section.resume",
            { "aria-label": Site.say("resume") },
            Site.h(
              "p",
              null,
              Site.say("question_number", { number: session.at + 1, total: session.ids.length }),
            ),
            Site.h("a.button.primary", { href: "#/practice/run" }, Site.say("resume")),
          )
        : null;
    const form = Site.choiceForm({
      kind: "practice",
      choice: Site.choiceOf(query),
      start: Site.say("start"),
      number: 20,
      begin,
    });
    place.append(
      Site.h(
        "main.reading",
        null,
        Site.h("h1", null, Site.say("practice")),
        going,
        Site.h("h2", null, Site.say("what_to_practise")),
        form,
      ),
    );
    return { title: Site.say("practice") };
  };

  /** @param {HTMLElement} place @param {Session} session */
  const finish = (place, session) => {
    const right = session.ids.filter((id) => Site.own(session.done, id));
    const missed = session.ids.filter((id) => Site.own(session.done, id) === false);
    const answered = right.length + missed.length;
    const list = Site.h("ol.outcomes");
    place.replaceChildren(
      Site.h(
        "main.reading",
        null,
        Site.h("h1", { tabindex: -1 }, Site.say("round_done")),
        Site.h("p.score", null, Site.say("round_score", { right: right.length, total: answered })),
        Site.h(
          "div.row",
          null,
          missed.length
            ? Site.button(
                Site.say("repeat_missed"),
                () => void begin(Site.shuffled(missed)),
                "primary",
              )
            : null,
          Site.h("a.button", { href: "#/practice" }, Site.say("practice")),
          Site.h("a.button", { href: "#/" }, Site.say("home")),
        ),
        list,
      ),
    );
    void Site.fields(missed).then((fields) => {
      missed.forEach((id) => {
        const own = fields.get(id);
        if (own) list.append(Site.outcome(own, session, false));
      });
    });
    document.body.classList.remove("busy");
    const title = place.querySelector("h1");
    if (title) title.focus({ preventScroll: true });
    scrollTo(0, 0);
  };

  /** @type {Show} */
  const run = async (place) => {
    const found = await Site.learner.session("practice");
    if (!found || !found.ids.length) {
      Site.go("practice");
      return null;
    }
    /** @type {Session} */
    let session = found;
    document.body.classList.add("busy");
    const box = Site.h("div.card-box");
    const head = Site.h("div");
    const act = Site.button("", () => void next(), "primary");
    const actions = Site.h(
      "section.actions",
      { "aria-label": Site.say("answer"), hidden: true },
      act,
    );
    place.append(head, box, actions);
    /** @type {Fields | undefined} */
    let fields;

    /** @param {(session: Session) => void} change */
    const save = async (change) => {
      const kept = await Site.learner.change("practice", (stored) => {
        const now = stored && stored.started === session.started ? stored : session;
        change(now);
        return now;
      });
      if (kept) session = kept;
    };

    const id = () => session.ids[session.at] || "";
    const isDone = () => Site.own(session.done, id()) !== undefined;

    const show = async () => {
      if (session.at >= session.ids.length) {
        finish(place, session);
        return;
      }
      fields = (await Site.fields([id()])).get(id());
      if (!fields) {
        // A new release of the site has no such question any more.
        await save((now) => void now.ids.splice(now.at, 1));
        await show();
        return;
      }
      const order = Site.own(session.orders, id()) || Site.orderOf(fields);
      if (!Site.own(session.orders, id())) await save((now) => void (now.orders[id()] = order));
      const chosen = Site.own(session.chosen, id()) || [];
      if (isDone()) Site.showBack(box, fields, order, chosen);
      else Site.showFront(box, fields, order, chosen);
      actions.hidden = false;
      head.replaceChildren(
        Site.session.bar({
          label: Site.say("practice"),
          at: session.at,
          total: session.ids.length,
          quit: { label: Site.say("finish"), action: () => void stop() },
          extra: [flag()],
        }),
      );
      label();
      Site.session.focus(box);
      Site.session.prefetch(session.ids.slice(session.at + 1, session.at + 2));
    };

    const flag = () =>
      Site.session.flagButton(
        () => Site.learner.of(id()).flagged,
        () => void Site.learner.flag(id(), !Site.learner.of(id()).flagged),
      );

    const label = () => {
      const isLast = session.at + 1 >= session.ids.length;
      act.textContent = isDone()
        ? Site.say(isLast ? "finish" : "next_question")
        : Site.say("check_answer");
    };

    const stop = async () => {
      const answered = Object.keys(session.done).length;
      if (!answered) {
        await Site.learner.change("practice", () => null);
        Site.go("");
        return;
      }
      await save((now) => {
        now.ids = now.ids.filter((each) => Site.own(now.done, each) !== undefined);
        now.at = now.ids.length;
      });
      finish(place, session);
    };

    const next = async () => {
      if (!fields) return;
      if (isDone()) {
        await save((now) => void now.at++);
        await show();
        return;
      }
      const chosen = Site.chosenIn(box);
      const right = Site.isRight(fields, chosen);
      const mine = id();
      await save((now) => {
        now.chosen[mine] = chosen;
        now.done[mine] = right;
      });
      Site.showBack(box, fields, Site.own(session.orders, mine) || [], chosen);
      label();
      await Site.learner.answer([{ t: Date.now(), id: mine, kind: "practice", right }]);
    };

    // Single keys work while the keyboard is in the question, and nowhere else.
    place.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const target = /** @type {HTMLElement} */ (event.target);
      const isControl = target.closest("a, button, summary, audio, video, select, input");
      const option = isDone() ? null : Site.keyedOption(event, box);
      if (option) option.click();
      else if (event.key === "Enter" && !isControl) void next();
      else if (event.key === " " && target.matches("[role=radio], [role=checkbox]")) target.click();
      else if (event.key.toLowerCase() === "f" && !isControl) press("[data-flag]");
      else return;
      event.preventDefault();
    });

    /** @param {string} selector */
    const press = (selector) => {
      const button = place.querySelector(selector);
      if (button instanceof HTMLElement) button.click();
    };

    // A choice that was made survives a reload, before it is checked too.
    box.addEventListener("click", () => {
      const chosen = Site.chosenIn(box);
      if (!isDone()) void save((now) => void (now.chosen[id()] = chosen));
    });

    await show();
    return {
      title: Site.say("practice"),
      leave: () => document.body.classList.remove("busy"),
    };
  };

  Site.views.practice = async (place, path, query) => {
    await Site.need("faces");
    return path[0] === "run" ? run(place, path, query) : choose(place, path, query);
  };
})();
