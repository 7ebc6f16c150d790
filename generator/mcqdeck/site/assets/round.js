// A round of practice or flashcards: chosen, gone through one question after the other, finished.
(() => {
  "use strict";

  /** @param {Session} session */
  const isUnfinished = (session) => session.at < session.ids.length;

  Site.round = ({ kind, answers, title, score, repeat, outcomes, play }) => {
    const begin = (/** @type {string[]} */ ids) => Site.startRound(kind, ids);

    // Ends a round in its midst: what came of it so far is its outcome.
    const stop = async () => {
      const session = await Site.learner.session(kind);
      const isBegun = session !== null && Object.keys(session.done).length > 0;
      if (isBegun && !(await Site.confirm(Site.say("finish_question"), Site.say("finish")))) return;
      const left = await Site.learner.change(kind, (now) => {
        if (!now || !Object.keys(now.done).length) return null;
        const ids = now.ids.filter((each) => Site.own(now.done, each) !== undefined);
        return Object.assign(now, { ids, at: ids.length });
      });
      Site.go(left ? `${kind}/run` : kind);
    };

    /** @type {Show} */
    const choose = async (place, path, query) => {
      const session = await Site.learner.session(kind);
      const going =
        session && isUnfinished(session)
          ? Site.h(
              "section.resume",
              { "aria-label": Site.say("resume") },
              Site.h(
                "p",
                null,
                Site.say("question_number", { number: session.at + 1, total: session.ids.length }),
              ),
              Site.h("a.button.primary", { href: `#/${kind}/run` }, Site.say("resume")),
              Site.button(Site.say("finish"), () => void stop()),
            )
          : null;
      const form = Site.choiceForm({
        kind: answers,
        choice: Site.choiceOf(query),
        start: Site.say("start"),
        number: 20,
        begin: (ids) => void begin(ids),
      });
      place.append(
        Site.h(
          "main.reading",
          null,
          Site.h("h1", null, Site.say(title)),
          going,
          Site.h("h2", null, Site.say("what_to_practise")),
          form,
        ),
      );
      return { title: Site.say(title) };
    };

    /** @param {HTMLElement} place @param {Session} session */
    const finish = (place, session) => {
      const right = session.ids.filter((id) => Site.own(session.done, id));
      const wrong = session.ids.filter((id) => Site.own(session.done, id) === false);
      place.replaceChildren(
        Site.h(
          "main.reading",
          null,
          Site.h("h1", { tabindex: -1 }, Site.say("round_done")),
          Site.h("p.score", null, score(right.length, right.length + wrong.length)),
          Site.h(
            "div.row",
            null,
            wrong.length
              ? Site.button(Site.say(repeat), () => void begin(Site.shuffled(wrong)), "primary")
              : null,
            Site.h("a.button", { href: `#/${kind}` }, Site.say(title)),
            Site.h("a.button", { href: "#/" }, Site.say("home")),
          ),
          outcomes ? outcomes(wrong, session) : null,
        ),
      );
      document.body.classList.remove("busy");
      const heading = place.querySelector("h1");
      if (heading) heading.focus({ preventScroll: true });
      scrollTo(0, 0);
    };

    /** @type {Show} */
    const run = async (place) => {
      const found = await Site.learner.session(kind);
      if (!found || !found.ids.length) {
        Site.redirect(kind);
        return null;
      }
      document.body.classList.add("busy");
      const head = Site.h("div");

      const end = async () => {
        round.fields = undefined;
        await round.save((now) => void (now.at = now.ids.length));
        if (place.isConnected) finish(place, round.session);
      };

      // What is on screen stays until all of the next question is there.
      /** @param {number} at @returns {Promise<void>} */
      const show = async (at) => {
        const id = round.session.ids[at];
        if (id === undefined) return end();
        const own = await Site.session.load(id);
        if (own === null && !round.shown) throw new Error("not loaded");
        if (own === null) return;
        if (!own) {
          // A new release of the site has no such question any more.
          await round.save((now) => void (now.ids = now.ids.filter((each) => each !== id)));
          return show(at);
        }
        await round.save((now) => {
          if (player.prepare) player.prepare(now, id, own);
          now.at = Math.max(0, now.ids.indexOf(id));
        });
        if (!place.isConnected) return;
        round.shown = id;
        round.fields = own;
        player.draw(own);
        player.actions.hidden = false;
        head.replaceChildren(
          Site.session.bar({
            label: Site.say(title),
            at: round.session.at,
            total: round.session.ids.length,
            view: kind,
            extra: [
              Site.session.flagButton(
                () => Site.learner.of(id).flagged,
                () => void Site.learner.flag(id, !Site.learner.of(id).flagged),
              ),
            ],
          }),
        );
        Site.session.focus(player.box);
        Site.session.prefetch(round.session.ids.slice(round.session.at + 1, round.session.at + 3));
      };

      const following = () =>
        Site.session.following(round.session, round.session.ids.indexOf(round.shown));

      /** @type {Round} */
      const round = {
        place,
        session: found,
        shown: "",
        fields: undefined,
        save: async (change) => {
          let mine = round.session;
          await Site.learner.change(kind, (stored) => {
            const isOther = stored !== null && stored.started !== round.session.started;
            mine = stored === null || isOther ? round.session : stored;
            change(mine);
            return isOther ? stored : mine; // one that another tab has begun since stays
          });
          round.session = mine;
        },
        next: () => show(following()),
        isLast: () => following() >= round.session.ids.length,
        flag: () => {
          const button = place.querySelector("[data-flag]");
          if (button instanceof HTMLElement) button.click();
        },
      };
      const player = play(round);
      place.append(head, player.box, player.actions);
      await show(round.session.at);
      return {
        title: Site.say(title),
        leave: () => document.body.classList.remove("busy"),
      };
    };

    return async (place, path, query) => {
      await Site.need("faces");
      return path[0] === "run" ? run(place, path, query) : choose(place, path, query);
    };
  };
})();
