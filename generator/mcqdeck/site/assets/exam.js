// The exam: questions like the real one's in number, time and share, with flags, strike-out and a
// sheet of all questions; nothing is told before it is handed in.
(() => {
  "use strict";

  // The result of the last exam, or of the one that was begun at the time that the address names.
  /** @type {Show} */
  const result = async (place, path) => {
    await Site.settleExam(); // where the page was closed before that was done
    const exams = await Site.learner.exams();
    const last = await Site.learner.session("exam");
    // The clock may have been set back, so the last one need not be the latest.
    const wanted = path[0] || (last ? String(last.started) : "");
    const found = exams.find((each) => String(each.started) === wanted);
    const session = path[0] || Site.isRunning(last) ? found : found || exams[0];
    if (!session) {
      Site.redirect("exam");
      return null;
    }
    await Site.showResult(place, session);
    return { title: Site.say("result") };
  };

  Site.views.exam = async (place, path, query) => {
    await Site.need("faces");
    const shows = { run: Site.askExam, review: Site.reviewExam, result };
    const name = path[0] || "";
    const shower = Object.prototype.hasOwnProperty.call(shows, name)
      ? shows[/** @type {keyof typeof shows} */ (name)]
      : Site.setUpExam;
    return shower(place, path.slice(1), query);
  };
})();
