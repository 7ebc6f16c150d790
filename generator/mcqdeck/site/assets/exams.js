// Exams that were handed in: what each came to, and the list of them.
(() => {
  "use strict";

  Site.examOutcome = (session) => {
    const { ids, done, started, exam } = session;
    const right = ids.filter((id) => Site.own(done, id) === true).length;
    const pass = exam ? exam.pass : null;
    return {
      right,
      total: ids.length,
      isPassed: pass === null ? null : 100 * right >= pass * ids.length,
      seconds: (((exam && exam.handedIn) || started) - started) / 1000,
    };
  };

  Site.examScore = ({ right, total }) =>
    Site.say("score", { right, total, percent: Site.percent(right, total) });

  Site.passedSign = (isPassed) =>
    isPassed === null
      ? null
      : Site.h(
          `span.passed.${isPassed ? "is-right" : "is-wrong"}`,
          null,
          `${Site.say(isPassed ? "sign_right" : "sign_none")} ${Site.say(isPassed ? "passed" : "not_passed")}`,
        );

  // What follows from an exam that was handed in: its answers, its flags, and its place among the
  // others. Doing it again adds nothing. Answers get the time at which they count, one millisecond
  // each, so that two tabs record them once.
  /** @param {Session} session */
  const record = async (session) => {
    const exam = session.exam;
    if (!exam || !exam.handedIn) return;
    const at = exam.countsAt || exam.handedIn;
    const known = new Set(
      Site.learner.answers().flatMap((each) => (each.kind === "exam" ? [each.t] : [])),
    );
    const fields = await Site.fields(session.ids);
    /** @type {[string, boolean][]} */
    const done = [];
    /** @type {Answer[]} */
    const answers = [];
    session.ids.forEach((id, place) => {
      const own = fields.get(id);
      if (!own) return;
      Site.fit(session, own);
      const chosen = Site.own(session.chosen, id) || [];
      const right = Site.isRight(own, chosen);
      done.push([id, right]);
      if (chosen.length && !known.has(at + place)) {
        answers.push({ t: at + place, id, kind: "exam", right });
      }
    });
    if (answers.length) await Site.learner.answer(answers);
    const flagged = session.ids.filter((id) => Site.own(exam.flagged, id) === true);
    await Site.learner.flagAll(flagged, at);
    await Site.learner.keepExam(session, Object.fromEntries(done));
  };

  Site.settleExam = async () => {
    const session = await Site.learner.session("exam");
    if (!session || !session.exam || !session.exam.handedIn) return;
    const kept = await Site.learner.session(`exam:${session.started}`);
    if (!kept) await record(session);
  };

  /** @param {Session} session @param {Set<string>} known */
  const row = (session, known) => {
    const outcome = Site.examOutcome(session);
    const when = Site.moment((session.exam && session.exam.handedIn) || session.started);
    const href = `#/exam/result/${session.started}`;
    return Site.h(
      "li",
      null,
      session.ids.some((id) => known.has(id))
        ? Site.h("a", { href }, when)
        : Site.h("span", null, when),
      Site.h("span.past-score", null, Site.examScore(outcome)),
      Site.passedSign(outcome.isPassed),
      Site.h("span.small", null, Site.say("time_used", { time: Site.duration(outcome.seconds) })),
    );
  };

  Site.pastExams = async () => {
    const exams = await Site.learner.exams();
    if (!exams.length) return null;
    const known = new Set(Site.bank.items.map((item) => item.id));
    return Site.h(
      "section",
      null,
      Site.h("h2", null, Site.say("past_exams")),
      Site.h(
        "ol.past",
        null,
        exams.map((session) => row(session, known)),
      ),
    );
  };
})();
