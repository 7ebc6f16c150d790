// What practice, flashcards and exam share: the bar above a card, the flag, where the keyboard is.
(() => {
  "use strict";

  Site.session = {
    // Leaves all as it is; where it leads to, it can be gone on with or ended.
    leaveButton: (view) => {
      const label = Site.say("continue_later");
      const button = Site.button("", () => Site.go(view), "quiet");
      button.setAttribute("aria-label", label);
      const isRound = view !== "exam"; // whose bar has little else
      button.append(Site.icon("leave"), Site.h(isRound ? "span.roomy" : "span.wide", null, label));
      return button;
    },

    bar: ({ label, at, total, view, extra }) => {
      const place = Site.h(
        "p.place",
        null,
        Site.h("span.long", null, Site.say("question_number", { number: at + 1, total })),
        Site.h(
          "span.brief",
          { "aria-hidden": "true" },
          `${Site.number(at + 1)} / ${Site.number(total)}`,
        ),
      );
      const track = Site.h("div.track", { "aria-hidden": "true" }, Site.h("i"));
      const fill = /** @type {HTMLElement} */ (track.firstChild);
      fill.style.width = `${(100 * (at + 1)) / total}%`;
      return Site.h(
        "section.session-bar",
        { "aria-label": label },
        Site.h(
          "div.session-row",
          null,
          Site.session.leaveButton(view),
          place,
          Site.h("div.session-tools", null, extra || []),
        ),
        track,
      );
    },

    flagButton: (isOn, toggle) => {
      const button = Site.button(
        "",
        () => {
          toggle();
          show();
        },
        "quiet",
      );
      const show = () => {
        button.replaceChildren(Site.icon("flag"), Site.h("span.wide", null, Site.say("flag")));
        button.setAttribute("aria-label", Site.say("flag"));
        button.setAttribute("aria-pressed", String(isOn()));
      };
      button.dataset.flag = "";
      show();
      return button;
    },

    // The question is where a reader begins; the keys work from there.
    focus: (place) => {
      const stem = place.querySelector(".stem");
      if (!(stem instanceof HTMLElement)) return;
      stem.tabIndex = -1;
      stem.focus({ preventScroll: true });
      scrollTo(0, 0);
    },

    prefetch: (ids) => {
      if (ids.length) void Site.fields(ids).catch(() => {});
    },

    // An act that, pressed again while it is under way, is done once.
    once: (act) => {
      let isUnderWay = false;
      return async (...values) => {
        if (isUnderWay) return;
        isUnderWay = true;
        try {
          await act(...values);
        } finally {
          isUnderWay = false;
        }
      };
    },

    // The fields of a question: `undefined` if the bank has no such question any more, and `null`,
    // with a notice, if its chapter cannot be loaded now, or came from a newer release without it.
    load: async (id) => {
      try {
        const found = (await Site.fields([id])).get(id);
        Site.unnotice("load");
        if (found || !Site.bank.items.some((item) => item.id === id)) return found;
        const reload = Site.button(Site.say("reload"), () => location.reload(), "primary");
        Site.notice("version", Site.say("new_version"), [reload]);
        return null;
      } catch (problem) {
        console.warn("mcqdeck:", problem);
        Site.notice("load", Site.say("not_loaded"));
        return null;
      }
    },

    // The place of the next question of a round that has no answer yet, after the place `at` if
    // there is one; another tab may have answered some.
    following: (session, at) => {
      const isOpen = (/** @type {string} */ id) => Site.own(session.done, id) === undefined;
      const later = session.ids.findIndex((id, place) => place > at && isOpen(id));
      const first = session.ids.findIndex(isOpen);
      return later >= 0 ? later : first >= 0 ? first : session.ids.length;
    },
  };

  // A round that was begun gives way to a new one only when the learner says so.
  Site.startRound = async (kind, ids) => {
    const open = await Site.learner.session(kind);
    const isBegun =
      open !== null &&
      open.at < open.ids.length &&
      Site.session.following(open, -1) < open.ids.length &&
      (Object.keys(open.done).length > 0 ||
        Object.values(open.chosen).some((letters) => letters.length > 0));
    if (isBegun && !(await Site.confirm(Site.say("replace_question"), Site.say("start")))) return;
    await Site.learner.change(kind, () => Site.newSession(kind, ids));
    Site.go(`${kind}/run`);
  };

  // A question and how it went, opened at a press: then it is the back of its card.
  Site.outcome = (fields, session, isRight, number) => {
    const id = fields.ID || "";
    Site.fit(session, fields);
    const chosen = Site.own(session.chosen, id) || [];
    const kind = isRight ? "right" : chosen.length ? "wrong" : "none";
    const sign = Site.h(`span.sign.is-${kind}`, null, Site.say(`sign_${kind}`));
    const word =
      kind === "right" ? "answered_right" : kind === "wrong" ? "answered_wrong" : "state_open";
    const box = Site.h("div.card-box");
    const mark = Site.h(
      "span.flagged",
      null,
      Site.icon("flag"),
      Site.h("span.unseen", null, Site.say("flagged")),
    );
    const showFlag = () => void (mark.hidden = !Site.learner.of(id).flagged);
    showFlag();
    const details = /** @type {HTMLDetailsElement} */ (
      Site.h(
        "details",
        null,
        Site.h(
          "summary",
          null,
          Site.h("span.outcome-number", { "aria-hidden": "true" }, Site.number(number)),
          sign,
          Site.h("span.unseen", null, `${Site.say(word)}: `),
          Site.h("span.stem-words", Site.inBank(), Site.words_of(fields.Stem || "")),
          mark,
          Site.icon("next"),
        ),
        box,
      )
    );
    details.addEventListener("toggle", () => {
      if (!details.open || box.firstChild) return;
      Site.showBack(box, fields, Site.own(session.orders, id) || Site.orderOf(fields), chosen);
      Site.asPart(box);
      const flag = Site.session.flagButton(
        () => Site.learner.of(id).flagged,
        () => {
          void Site.learner.flag(id, !Site.learner.of(id).flagged);
          showFlag();
        },
      );
      box.append(Site.h("p.row", null, flag));
    });
    return Site.h("li", null, details);
  };
})();
