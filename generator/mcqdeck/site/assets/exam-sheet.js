// The sheet of all questions of an exam: what is answered, open and flagged, and handing in.
(() => {
  "use strict";

  Site.reviewExam = async (place) => {
    const found = await Site.runningExam();
    if (!found) return null;
    document.body.classList.add("busy");
    const held = Site.holdExam(found, () => show());
    const body = Site.h("main.reading");
    const clock = Site.h(
      "section.session-bar",
      { "aria-label": Site.say("time_left") },
      Site.h(
        "div.session-row",
        null,
        Site.session.leaveButton("exam"),
        held.clock,
      ),
    );
    place.append(clock, body);

    const show = () => {
      const session = held.now();
      const open = session.ids.filter((id) => !(Site.own(session.chosen, id) || []).length).length;
      const total = session.ids.length;
      const cells = session.ids.map((id, at) => {
        const isAnswered = (Site.own(session.chosen, id) || []).length > 0;
        const isFlagged = Site.own(held.exam().flagged, id) === true;
        const states = [Site.say(isAnswered ? "state_answered" : "state_open")];
        if (isFlagged) states.push(Site.say("flagged"));
        const number = Site.number(at + 1);
        const cell = Site.h(
          "a.cell",
          {
            href: `#/exam/run/${at + 1}`,
            "aria-label": `${Site.say("question_number", { number: at + 1, total })}: ${states.join(", ")}`,
          },
          number,
          isFlagged ? Site.icon("flag") : null,
        );
        cell.classList.toggle("is-answered", isAnswered);
        return Site.h("li", null, cell);
      });
      const end = async () => {
        const question = open
          ? `${Site.say("open_count", {}, open)} ${Site.say("hand_in_question")}`
          : Site.say("hand_in_question");
        if (await Site.confirm(question, Site.say("hand_in"))) await held.handIn();
      };
      body.replaceChildren(
        Site.h("h1", null, Site.say("sheet")),
        Site.h("p", null, Site.say("answered_score", { answered: total - open, total })),
        Site.h(
          "p.legend",
          { "aria-hidden": "true" },
          Site.h("span.sense", null, Site.h("span.cell.is-answered"), Site.say("state_answered")),
          Site.h("span.sense", null, Site.h("span.cell"), Site.say("state_open")),
          Site.h("span.sense", null, Site.h("span.cell", null, Site.icon("flag")), Site.say("flagged")),
        ),
        Site.h("ol.sheet", null, cells),
        Site.h(
          "div.row",
          null,
          Site.h("a.button", { href: "#/exam/run" }, Site.say("back_to_questions")),
          Site.button(Site.say("hand_in"), () => void end(), "primary"),
        ),
      );
    };
    show();
    return { title: Site.say("sheet"), leave: held.stop };
  };
})();
