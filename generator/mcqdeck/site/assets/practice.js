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
    // The question on screen. Another tab may be at another one of the same round.
    let shown = "";
    let isChecked = false;
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

    const end = async () => {
      fields = undefined;
      await save((now) => void (now.at = now.ids.length));
      if (place.isConnected) finish(place, session);
    };

    // What is on screen stays until all of the next question is there.
    /** @param {number} at @returns {Promise<void>} */
    const show = async (at) => {
      const id = session.ids[at];
      if (id === undefined) return end();
      const own = await Site.session.load(id);
      if (own === null && !shown) throw new Error("not loaded");
      if (own === null) return;
      if (!own) {
        // A new release of the site has no such question any more.
        await save((now) => void (now.ids = now.ids.filter((each) => each !== id)));
        return show(at);
      }
      await save((now) => {
        now.orders[id] = Site.own(now.orders, id) || Site.orderOf(own);
        now.at = Math.max(0, now.ids.indexOf(id));
      });
      if (!place.isConnected) return;
      shown = id;
      fields = own;
      isChecked = Site.own(session.done, id) !== undefined;
      const order = Site.own(session.orders, id) || [];
      const chosen = Site.own(session.chosen, id) || [];
      if (isChecked) Site.showBack(box, own, order, chosen);
      else Site.showFront(box, own, order, chosen);
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
      Site.session.prefetch(session.ids.slice(session.at + 1, session.at + 3));
    };

    const flag = () =>
      Site.session.flagButton(
        () => Site.learner.of(shown).flagged,
        () => void Site.learner.flag(shown, !Site.learner.of(shown).flagged),
      );

    const following = () => Site.session.following(session, session.ids.indexOf(shown));

    const label = () => {
      const isLast = following() >= session.ids.length;
      act.textContent = isChecked
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
      });
      await end();
    };

    const next = Site.session.once(async () => {
      if (!fields) return;
      if (isChecked) {
        await show(following());
        return;
      }
      const id = shown;
      const chosen = Site.chosenIn(box);
      const right = Site.isRight(fields, chosen);
      const recorded = Site.learner.answer([{ t: Date.now(), id, kind: "practice", right }]);
      await save((now) => {
        now.chosen[id] = chosen;
        now.done[id] = right;
      });
      isChecked = true;
      if (place.isConnected) {
        Site.showBack(box, fields, Site.own(session.orders, id) || [], chosen);
        label();
      }
      await recorded;
    });

    // Single keys work while the keyboard is in the question, and nowhere else.
    place.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const target = /** @type {HTMLElement} */ (event.target);
      const isControl = target.closest("a, button, summary, audio, video, select, input");
      const option = isChecked ? null : Site.keyedOption(event, box);
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
    const keep = () => {
      const id = shown;
      const chosen = Site.chosenIn(box);
      const before = Site.own(session.chosen, id) || [];
      if (isChecked || chosen.join() === before.join()) return;
      session.chosen[id] = chosen;
      void save((now) => void (now.chosen[id] = chosen));
    };
    box.addEventListener("click", keep);
    box.addEventListener("keyup", keep); // the card's own keys choose without a click

    await show(session.at);
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
