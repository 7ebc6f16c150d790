// Practice: questions one by one, each with its verdict, reasons and explanation at once.
(() => {
  "use strict";

  /** @param {Round} round @returns {Player} */
  const play = (round) => {
    const box = Site.h("div.card-box");
    const act = Site.button("", () => void next(), "primary");
    const actions = Site.h(
      "section.actions",
      { "aria-label": Site.say("answer"), hidden: true },
      act,
    );
    let isChecked = false;

    const order = () => Site.own(round.session.orders, round.shown) || [];

    /** @param {Fields} fields */
    const draw = (fields) => {
      isChecked = Site.own(round.session.done, round.shown) !== undefined;
      const chosen = Site.own(round.session.chosen, round.shown) || [];
      if (isChecked) Site.showBack(box, fields, order(), chosen);
      else Site.showFront(box, fields, order(), chosen);
      label();
    };

    // Without a choice there is nothing to check: the answer can be looked at, and no answer is recorded.
    const label = () => {
      const next = round.isLast() ? "finish" : "next_question";
      const check = Site.chosenIn(box).length ? "check_answer" : "show_answer";
      act.textContent = Site.say(isChecked ? next : check);
    };

    const next = Site.session.once(async () => {
      const { fields, shown: id } = round;
      if (!fields) return;
      if (isChecked) {
        await round.next();
        return;
      }
      const chosen = Site.chosenIn(box);
      const right = Site.isRight(fields, chosen);
      const recorded = chosen.length
        ? Site.learner.answer([{ t: Site.learner.after([id]), id, kind: "practice", right }])
        : null;
      await round.save((now) => {
        Site.fit(now, fields);
        now.chosen[id] = chosen;
        now.done[id] = right;
      });
      await recorded; // before the button offers to go on
      isChecked = true;
      if (round.place.isConnected) {
        // The back replaces what had the keyboard; the next press goes on.
        const isInCard = box.contains(document.activeElement);
        Site.showBack(box, fields, order(), chosen);
        label();
        if (isInCard) act.focus({ preventScroll: true });
      }
    });

    // Single keys work while the keyboard is in the question, and nowhere else.
    round.place.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const target = /** @type {HTMLElement} */ (event.target);
      const isControl = target.closest("a, button, summary, audio, video, select, input");
      const option = isChecked ? null : Site.keyedOption(event, box);
      if (option) option.click();
      else if (event.key === "Enter" && !isControl) void next();
      else if (event.key === " " && target.matches("[role=radio], [role=checkbox]")) target.click();
      else if (event.key.toLowerCase() === "f" && !isControl) round.flag();
      else return;
      event.preventDefault();
    });

    // A choice that was made survives a reload, before it is checked too.
    const keep = () => {
      const id = round.shown;
      const chosen = Site.chosenIn(box);
      const before = Site.own(round.session.chosen, id) || [];
      if (isChecked || chosen.join() === before.join()) return;
      label();
      round.session.chosen[id] = chosen;
      const { fields } = round;
      void round.save((now) => {
        if (fields) Site.fit(now, fields);
        now.chosen[id] = chosen;
      });
    };
    box.addEventListener("click", keep);
    box.addEventListener("keyup", keep); // the card's own keys choose without a click

    return {
      box,
      actions,
      draw,
      prepare: (now, id, fields) => {
        Site.fit(now, fields);
        now.orders[id] = Site.own(now.orders, id) || Site.orderOf(fields);
      },
    };
  };

  /** @type {RoundSettings} */
  const settings = {
    kind: "practice",
    answers: "practice",
    title: "practice",
    score: (right, total) => Site.say("round_score", { right, total }),
    repeat: "repeat_missed",
    outcomes: (missed, session) => {
      const list = Site.h("ol.outcomes");
      void Site.fields(missed).then((fields) => {
        missed.forEach((id, place) => {
          const own = fields.get(id);
          if (own) list.append(Site.outcome(own, session, false, place + 1));
        });
      });
      return list;
    },
    play,
  };

  // Scripts run in any order: round.js is there when a view is shown.
  Site.views.practice = (...view) => Site.round(settings)(...view);
})();
