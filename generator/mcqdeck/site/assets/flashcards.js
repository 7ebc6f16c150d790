// Flashcards: turned by a key, a tap or a swipe, and then rated: known or not.
(() => {
  "use strict";
  const FAR = 70; // pixels that a finger moves before it means something

  /** @param {Round} round @returns {Player} */
  const play = (round) => {
    const box = Site.h("div.card-box.turning");
    const hint = Site.h("p.hint", null, Site.say("swipe"));
    const turnButton = Site.button(Site.say("turn"), () => turn(), "primary");
    const missButton = Site.button(Site.say("did_not"), () => void rate(false), "miss");
    const knewButton = Site.button(Site.say("knew_it"), () => void rate(true), "knew");
    const actions = Site.h(
      "section.actions",
      { "aria-label": Site.say("answer"), hidden: true },
      turnButton,
      missButton,
      knewButton,
      hint,
    );
    let isTurned = false;
    let isRated = false;

    const side = () => {
      if (round.fields) Site.showCard(box, round.fields, isTurned);
      turnButton.hidden = isTurned;
      missButton.hidden = knewButton.hidden = !isTurned;
      hint.hidden = !isTurned;
    };

    const turn = () => {
      if (isTurned) return;
      isTurned = true;
      side();
      const answer = box.querySelector(".recall");
      if (answer instanceof HTMLElement) {
        answer.tabIndex = -1;
        answer.focus({ preventScroll: true });
        answer.scrollIntoView({ block: "nearest" });
      }
    };

    const rate = Site.session.once(async (/** @type {boolean} */ right) => {
      if (!isTurned) return;
      const id = round.shown;
      if (!isRated) {
        isRated = true; // where the next card cannot be loaded, a second press only tries again
        const recorded = Site.learner.answer([{ t: Site.learner.after([id]), id, kind: "card", right }]);
        await round.save((now) => void (now.done[id] = right));
        await recorded;
      }
      await round.next();
    });

    round.place.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const target = /** @type {HTMLElement} */ (event.target);
      if (target.closest("a, button, summary, audio, video")) return;
      if (!isTurned && (event.key === " " || event.key === "Enter")) turn();
      else if (isTurned && event.key === "1") void rate(false);
      else if (isTurned && event.key === "2") void rate(true);
      else if (event.key.toLowerCase() === "f") round.flag();
      else return;
      event.preventDefault();
    });

    /** @type {{x: number, y: number} | null} */
    let from = null;
    box.addEventListener("pointerdown", (event) => {
      from = event.isPrimary ? { x: event.clientX, y: event.clientY } : null;
    });
    box.addEventListener("pointermove", (event) => {
      if (!from || event.pointerType !== "touch") return;
      const x = event.clientX - from.x;
      if (Math.abs(x) > Math.abs(event.clientY - from.y)) {
        box.style.setProperty("--moved", `${x}px`);
      }
    });
    const release = () => {
      from = null;
      box.style.removeProperty("--moved");
    };
    box.addEventListener("pointercancel", release);
    box.addEventListener("pointerup", (event) => {
      const start = from;
      release();
      const selection = getSelection();
      const target = /** @type {HTMLElement} */ (event.target);
      if (!start || target.closest("a, button, summary, audio, video")) return;
      const x = event.clientX - start.x;
      const y = event.clientY - start.y;
      const isSwipe =
        event.pointerType === "touch" && Math.abs(x) > FAR && Math.abs(x) > 2 * Math.abs(y);
      const isTap = Math.abs(x) < 8 && Math.abs(y) < 8 && (!selection || selection.isCollapsed);
      if (!isTurned && (isSwipe || isTap)) turn();
      else if (isTurned && isSwipe) void rate(x > 0);
    });

    return {
      box,
      actions,
      draw: () => {
        isTurned = isRated = false;
        side();
      },
    };
  };

  /** @type {RoundSettings} */
  const settings = {
    kind: "cards",
    answers: "card",
    title: "flashcards",
    score: (known, total) => Site.say("known_score", { known, total }),
    repeat: "repeat_unknown",
    play,
  };

  // Scripts run in any order: round.js is there when a view is shown.
  Site.views.cards = (...view) => Site.round(settings)(...view);
})();
