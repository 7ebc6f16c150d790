// Flashcards: turned by a key, a tap or a swipe, and then rated: known or not.
(() => {
  "use strict";
  const FAR = 70; // pixels that a finger moves before it means something

  const begin = async (/** @type {string[]} */ ids) => {
    await Site.learner.change("cards", () => Site.newSession("cards", ids));
    Site.go("cards/run");
  };

  /** @type {Show} */
  const choose = async (place, path, query) => {
    const session = await Site.learner.session("cards");
    const going =
      session && session.at < session.ids.length
        ? Site.h(
            "section.resume",
            { "aria-label": Site.say("resume") },
            Site.h(
              "p",
              null,
              Site.say("question_number", { number: session.at + 1, total: session.ids.length }),
            ),
            Site.h("a.button.primary", { href: "#/cards/run" }, Site.say("resume")),
          )
        : null;
    const form = Site.choiceForm({
      kind: "card",
      choice: Site.choiceOf(query),
      start: Site.say("start"),
      number: 20,
      begin,
    });
    place.append(
      Site.h(
        "main.reading",
        null,
        Site.h("h1", null, Site.say("flashcards")),
        going,
        Site.h("h2", null, Site.say("what_to_practise")),
        form,
      ),
    );
    return { title: Site.say("flashcards") };
  };

  /** @param {HTMLElement} place @param {Session} session */
  const finish = (place, session) => {
    const known = session.ids.filter((id) => Site.own(session.done, id));
    const unknown = session.ids.filter((id) => Site.own(session.done, id) === false);
    const total = known.length + unknown.length;
    place.replaceChildren(
      Site.h(
        "main.reading",
        null,
        Site.h("h1", { tabindex: -1 }, Site.say("round_done")),
        Site.h("p.score", null, Site.say("known_score", { known: known.length, total })),
        Site.h(
          "div.row",
          null,
          unknown.length
            ? Site.button(
                Site.say("repeat_unknown"),
                () => void begin(Site.shuffled(unknown)),
                "primary",
              )
            : null,
          Site.h("a.button", { href: "#/cards" }, Site.say("flashcards")),
          Site.h("a.button", { href: "#/" }, Site.say("home")),
        ),
      ),
    );
    document.body.classList.remove("busy");
    const title = place.querySelector("h1");
    if (title) title.focus({ preventScroll: true });
    scrollTo(0, 0);
  };

  /** @type {Show} */
  const run = async (place) => {
    const found = await Site.learner.session("cards");
    if (!found || !found.ids.length) {
      Site.go("cards");
      return null;
    }
    /** @type {Session} */
    let session = found;
    document.body.classList.add("busy");
    const box = Site.h("div.card-box.turning");
    const head = Site.h("div");
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
    place.append(head, box, actions);
    let isTurned = false;
    let isRated = false;
    // The card on screen. Another tab may be at another one of the same round.
    let shown = "";
    /** @type {Fields | undefined} */
    let fields;

    /** @param {(session: Session) => void} change */
    const save = async (change) => {
      const kept = await Site.learner.change("cards", (stored) => {
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

    // What is on screen stays until all of the next card is there.
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
      await save((now) => void (now.at = Math.max(0, now.ids.indexOf(id))));
      if (!place.isConnected) return;
      shown = id;
      fields = own;
      isTurned = isRated = false;
      side();
      actions.hidden = false;
      head.replaceChildren(
        Site.session.bar({
          label: Site.say("flashcards"),
          at: session.at,
          total: session.ids.length,
          quit: { label: Site.say("finish"), action: () => void stop() },
          extra: [
            Site.session.flagButton(
              () => Site.learner.of(id).flagged,
              () => void Site.learner.flag(id, !Site.learner.of(id).flagged),
            ),
          ],
        }),
      );
      Site.session.focus(box);
      Site.session.prefetch(session.ids.slice(session.at + 1, session.at + 3));
    };

    const side = () => {
      if (fields) Site.showCard(box, fields, isTurned);
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
      const id = shown;
      if (!isRated) {
        isRated = true; // where the next card cannot be loaded, a second press only tries again
        const recorded = Site.learner.answer([{ t: Date.now(), id, kind: "card", right }]);
        await save((now) => void (now.done[id] = right));
        await recorded;
      }
      await show(Site.session.following(session, session.ids.indexOf(id)));
    });

    const stop = async () => {
      if (!Object.keys(session.done).length) {
        await Site.learner.change("cards", () => null);
        Site.go("");
        return;
      }
      await save((now) => {
        now.ids = now.ids.filter((each) => Site.own(now.done, each) !== undefined);
      });
      await end();
    };

    place.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const target = /** @type {HTMLElement} */ (event.target);
      if (target.closest("a, button, summary, audio, video")) return;
      if (!isTurned && (event.key === " " || event.key === "Enter")) turn();
      else if (isTurned && event.key === "1") void rate(false);
      else if (isTurned && event.key === "2") void rate(true);
      else if (event.key.toLowerCase() === "f") {
        const flag = place.querySelector("[data-flag]");
        if (flag instanceof HTMLElement) flag.click();
      } else return;
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

    await show(session.at);
    return {
      title: Site.say("flashcards"),
      leave: () => document.body.classList.remove("busy"),
    };
  };

  Site.views.cards = async (place, path, query) => {
    await Site.need("faces");
    return path[0] === "run" ? run(place, path, query) : choose(place, path, query);
  };
})();
