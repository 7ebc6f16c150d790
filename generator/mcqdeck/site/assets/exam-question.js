// One question of the exam after the other, with flags and strike-out.
(() => {
  "use strict";

  Site.askExam = async (place, path) => {
    const found = await Site.runningExam();
    if (!found) return null;
    document.body.classList.add("busy");
    const held = Site.holdExam(found, () => void show(true));
    const asked = path[0] ? Number(path[0]) - 1 : found.at;
    // What is on screen, and what is wanted there once it is loaded.
    let at = Math.max(0, Math.min(asked || 0, found.ids.length - 1));
    let wanted = at;
    let shown = "";
    /** @type {Fields} */
    let shownFields = {};
    let turn = 0;
    if (path[0]) {
      // So that a reload goes on where the learner was, and not here.
      history.replaceState(null, "", "#/exam/run");
      void held.save((now) => void (now.at = at));
    }
    const id = () => shown;
    const box = Site.h("div.card-box");
    const strikesName = Site.h("span", { id: "strikes-name" }, Site.say("strike_out_options"));
    const letters = Site.h("span.letters");
    const strikes = Site.h(
      "div.strikes",
      { role: "group", "aria-labelledby": "strikes-name" },
      strikesName,
      letters,
    );
    const back = Site.button(Site.say("previous"), () => void move(-1));
    const next = Site.button("", () => void move(1), "primary");
    const flag = Site.session.flagButton(
      () => Site.own(held.exam().flagged, id()) === true,
      () => {
        const mine = id();
        const isOn = Site.own(held.exam().flagged, mine) !== true;
        held.exam().flagged[mine] = isOn;
        void held.save((_, exam) => void (exam.flagged[mine] = isOn));
      },
    );
    const sheet = Site.button("", () => Site.go("exam/review"), "quiet");
    sheet.append(Site.icon("sheet"), Site.h("span.wide", null, Site.say("sheet")));
    sheet.setAttribute("aria-label", Site.say("sheet"));
    const head = Site.h("div");
    const label = { "aria-label": Site.say("answer"), hidden: true };
    const actions = Site.h("section.actions", label, strikes, back, next);
    place.append(head, box, actions);
    // What is on screen stays until all of the next question is there; whether it came. What only
    // follows another tab saves nothing, as that tab would follow in turn.
    const show = async (isFollowing = false) => {
      const called = ++turn;
      const to = wanted;
      const mine = held.now().ids[to] || "";
      const fields = await Site.session.load(mine);
      if (!fields && !shown) throw new Error("not loaded");
      if (!fields) {
        wanted = at;
        return false;
      }
      /** @param {Session} now */
      const prepare = (now) => {
        Site.fit(now, fields);
        now.orders[mine] = Site.own(now.orders, mine) || Site.orderOf(fields);
      };
      if (isFollowing) prepare(held.now());
      else if (!Site.fits(held.now(), fields)) await held.save(prepare);
      if (called !== turn || !place.isConnected) return false;
      at = to;
      shown = mine;
      shownFields = fields;
      const order = Site.own(held.now().orders, mine) || Site.orderOf(fields);
      Site.showFront(box, fields, order, Site.own(held.now().chosen, mine) || []);
      actions.hidden = false;
      head.replaceChildren(
        Site.session.bar({
          label: Site.say("exam"),
          at,
          total: held.now().ids.length,
          view: "exam",
          extra: [held.clock, flag, sheet],
        }),
      );
      flag.setAttribute("aria-pressed", String(Site.own(held.exam().flagged, mine) === true));
      back.disabled = at === 0;
      next.textContent = Site.say(at + 1 < held.now().ids.length ? "next" : "review");
      showStrikes();
      return true;
    };

    const move = Site.session.once(async (/** @type {number} */ step) => {
      if (at + step >= held.now().ids.length) {
        Site.go("exam/review");
        return;
      }
      wanted = Math.max(0, at + step);
      if (!(await show())) return;
      const here = at;
      void held.save((now) => void (now.at = here));
      Site.session.focus(box);
      Site.session.prefetch(held.now().ids.slice(at + 1, at + 3));
    });

    /** @returns {HTMLElement[]} */
    const options = () => Array.from(box.querySelectorAll(".choices [data-option]"));

    const showStrikes = () => {
      const struck = Site.own(held.exam().struck, id()) || [];
      letters.replaceChildren(
        ...options().map((option, place) => {
          const isStruck = struck.includes(option.dataset.option || "");
          const letter = String.fromCharCode(65 + place);
          option.classList.toggle("struck", isStruck);
          option.querySelectorAll(".struck-note").forEach((note) => note.remove());
          const text = option.querySelector(":scope > .text");
          const name = text ? text.id : "";
          const note = isStruck
            ? Site.h("span.unseen.struck-note", { id: `struck-${place}` }, Site.say("struck_out"))
            : null;
          if (note) option.append(note);
          // Where the card names the option by its text alone.
          const own = name && option.querySelector(":scope > .pick");
          if (own) own.setAttribute("aria-labelledby", note ? `${name} ${note.id}` : name);
          const button = Site.button(letter, () => strike(option));
          const word = isStruck ? "restore" : "strike_out";
          button.setAttribute("aria-label", Site.say(word, { letter }));
          button.classList.toggle("is-struck", isStruck);
          return button;
        }),
      );
    };

    /** @param {HTMLElement} option @param {boolean} [takesOff] */
    const strike = (option, takesOff) => {
      const letter = option.dataset.option || "";
      const mine = id();
      const before = Site.own(held.exam().struck, mine) || [];
      const isStruck = before.includes(letter);
      if (takesOff && !isStruck) return;
      const after = isStruck ? before.filter((each) => each !== letter) : [...before, letter];
      held.exam().struck[mine] = after;
      const fields = shownFields;
      void held.save((now, exam) => {
        Site.fit(now, fields);
        exam.struck[mine] = after;
      });
      const focused = Array.from(letters.children).indexOf(
        /** @type {Element} */ (document.activeElement),
      );
      showStrikes();
      const again = letters.children[focused];
      if (again instanceof HTMLElement) again.focus();
    };

    const keep = () => {
      const mine = id();
      const chosen = Site.chosenIn(box);
      const before = Site.own(held.now().chosen, mine) || [];
      if (chosen.join() === before.join()) return;
      held.now().chosen[mine] = chosen;
      const fields = shownFields;
      void held.save((now) => {
        Site.fit(now, fields);
        now.chosen[mine] = chosen;
      });
      options()
        .filter((option) => chosen.includes(option.dataset.option || ""))
        .forEach((option) => strike(option, true));
    };
    box.addEventListener("click", keep);
    box.addEventListener("keyup", keep); // the card's own keys choose without a click
    box.addEventListener("contextmenu", (event) => {
      const option = /** @type {HTMLElement} */ (event.target).closest(".choices [data-option]");
      if (!(option instanceof HTMLElement)) return;
      event.preventDefault();
      strike(option);
    });
    place.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const target = /** @type {HTMLElement} */ (event.target);
      const isControl = target.closest("a, button, summary, audio, video, input");
      const option = Site.keyedOption(event, box);
      const focused = target.closest(".choices [data-option]");
      if (option) option.click();
      else if (event.key === "Enter" && !isControl) void move(1);
      else if (event.key === " " && target.matches("[role=radio], [role=checkbox]")) target.click();
      else if (event.key.toLowerCase() === "f" && !isControl) flag.click();
      else if (event.key.toLowerCase() === "x" && focused instanceof HTMLElement) strike(focused);
      else return;
      event.preventDefault();
    });

    try {
      await show();
    } catch (problem) {
      held.stop();
      throw problem;
    }
    Site.session.focus(box);
    return { title: Site.say("exam"), leave: held.stop };
  };
})();
