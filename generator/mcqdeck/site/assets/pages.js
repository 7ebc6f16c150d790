// Which view is shown, by the address behind `#`: `#/practice?chapter=01-screening`. The views are
// one page, as browsers give pages that were opened from disk no storage in common.
(() => {
  "use strict";
  Site.views = {};
  Site.tab = Math.random().toString(36).slice(2);

  /** @type {View | null} */
  let current = null;
  let turn = 0;

  const address = () => {
    const hash = location.hash.startsWith("#/") ? location.hash.slice(2) : "";
    const [path = "", query = ""] = hash.split("?", 2);
    return { path: path.split("/"), query: new URLSearchParams(query) };
  };

  Site.go = (path) => {
    if (location.hash === `#/${path}`) void show();
    else location.hash = `#/${path}`;
  };

  // To another view instead of this one, to which the way back does not lead again.
  Site.redirect = (path) => {
    if (location.hash === `#/${path}`) void show();
    else location.replace(`#/${path}`);
  };

  /** @param {string} name */
  const mark = (name) => {
    document.querySelectorAll("[data-view]").forEach((link) => {
      const isHere = /** @type {HTMLElement} */ (link).dataset.view === name;
      if (isHere) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    });
  };

  /** @param {HTMLElement} place */
  const failed = (place) => {
    document.body.classList.remove("busy");
    const again = Site.button(Site.say("reload"), () => location.reload(), "primary");
    place.replaceChildren(
      Site.h(
        "main.reading",
        null,
        Site.h("h1", null, Site.bank.title),
        Site.h("p", null, Site.say("not_loaded")),
        again,
      ),
    );
  };

  const show = async () => {
    const mine = ++turn;
    const home = document.getElementById("home");
    const place = document.getElementById("view");
    if (!home || !place) return;
    const { path, query } = address();
    const hash = location.hash;
    if (!isFirst) ["news", "load", "save"].forEach(Site.unnotice); // were about what was shown
    const name = path[0] || "";
    const isHome = !Object.prototype.hasOwnProperty.call(Site.needs, name);
    const next = isHome ? null : Site.h("div");
    /** @type {View | null} */
    let view = null;
    if (next) {
      try {
        const needs = (Site.needs[name] || []).map(Site.need);
        await Promise.all([Site.needQuestions(), ...needs]);
        if (mine !== turn) return;
        if (current && current.leave) current.leave();
        current = null;
        place.replaceChildren(next);
        home.hidden = true;
        place.hidden = false;
        const shower = Site.views[name];
        view = shower ? await shower(next, path.slice(1), query) : null;
      } catch (problem) {
        console.warn("mcqdeck:", problem);
        failed(next);
      }
      if (mine !== turn) {
        if (view && view.leave) view.leave();
        return;
      }
    } else {
      if (current && current.leave) current.leave();
      place.replaceChildren();
      place.hidden = true;
      home.hidden = false;
      document.body.classList.remove("busy");
      void Site.fillHome();
    }
    current = view;
    mark(name);
    document.title = view ? `${view.title} · ${Site.bank.title}` : Site.bank.title;
    if (!isFirst && !location.hash.startsWith("#about")) {
      scrollTo(0, 0);
      focus(next || home);
    }
    isFirst = false;
    document.documentElement.dataset.shown = hash;
  };
  let isFirst = true;

  // The keyboard goes on where the new view begins, unless the view chose a place itself.
  /** @param {HTMLElement} place */
  const focus = (place) => {
    if (place.contains(document.activeElement)) return;
    const title = place.querySelector("h1");
    if (!(title instanceof HTMLElement)) return;
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
  };

  const follow = () => {
    if (location.hash === "" || location.hash.startsWith("#/")) void show();
  };

  void Site.ready.then(async () => {
    Site.needs = Site.bank.needs;
    Site.needQuestions().catch(() => {}); // a view that needs them asks again, and tells
    Site.learner = await Site.openLearner(Site.bank);
    if (!Site.learner.isKept()) Site.notice("storage", Site.say("no_storage"));
    Site.watchHome();
    addEventListener("hashchange", follow);
    await show();
    document.documentElement.classList.add("ready");
    performance.mark("ready");
  });
})();
