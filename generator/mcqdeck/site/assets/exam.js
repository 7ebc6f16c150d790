// The exam: questions like the real one's in number, time and share, with flags, strike-out and a
// sheet of all questions; nothing is told before it is handed in.
(() => {
  "use strict";

  /** @param {Session | null} session */
  const isRunning = (session) =>
    session !== null && session.exam !== undefined && session.exam.handedIn === null;

  /** @param {number} total @param {number | null} minutes */
  const begin = async (total, minutes) => {
    const open = Site.bank.items.filter((item) => !item.isRetired);
    const ids = Site.drawExam(open, Site.bank.plan, total).map((item) => item.id);
    await Site.settleExam(); // the last one, whose place this one takes
    await Site.learner.change("exam", () => {
      const session = Site.newSession("exam", ids);
      session.exam = {
        endsAt: minutes === null ? null : session.started + minutes * 60000,
        pass: Site.bank.exam.pass,
        struck: {},
        flagged: {},
        told: [15, 5, 1].filter((mark) => minutes !== null && mark >= minutes),
        isClockHidden: false,
        isOvertime: false,
        handedIn: null,
        tab: Site.tab,
      };
      return session;
    });
    Site.go("exam/run");
  };

  const quit = async () => {
    if (!(await Site.confirm(Site.say("quit_question"), Site.say("quit")))) return;
    const session = await Site.learner.session("exam");
    const flagged = session && session.exam ? session.exam.flagged : {};
    const ids = Object.keys(flagged).filter((id) => flagged[id]);
    await Site.learner.flagAll(ids, Date.now()); // what was flagged stays so, without a result too
    await Site.learner.change("exam", () => null);
    Site.go("exam");
  };

  const handIn = async () => {
    const session = await Site.learner.change("exam", (stored) => {
      if (stored && stored.exam && stored.exam.handedIn === null) stored.exam.handedIn = Date.now();
      return stored;
    });
    if (!session || !session.exam) return;
    await Site.settleExam();
    Site.go("exam/result");
  };

  // Questions that a new release of the site has no more are asked no more.
  /** @param {Session} session @returns {Promise<Session | null>} */
  const today = async (session) => {
    const known = new Set(Site.bank.items.map((item) => item.id));
    if (session.ids.every((id) => known.has(id))) return session;
    return Site.learner.change("exam", (stored) => {
      if (!stored) return null;
      const ids = stored.ids.filter((id) => known.has(id));
      const before = stored.ids.slice(0, stored.at).filter((id) => known.has(id)).length;
      return ids.length ? Object.assign(stored, { ids, at: Math.min(before, ids.length - 1) }) : null;
    });
  };

  /** The exam that is running, as far as the bank still has its questions. */
  const running = async () => {
    const stored = await Site.learner.session("exam");
    const session = stored && isRunning(stored) ? await today(stored) : stored;
    if (!session || !isRunning(session)) {
      Site.go(session ? "exam/result" : "exam");
      return null;
    }
    return session;
  };

  // How far an exam is that was left.
  /** @param {Session} session @param {ExamState} exam */
  const state = (session, exam) => {
    const answered = session.ids.filter((id) => (Site.own(session.chosen, id) || []).length).length;
    const texts = [Site.say("answered_score", { answered, total: session.ids.length })];
    if (exam.endsAt !== null) {
      const left = Site.duration(Math.max(0, (exam.endsAt - Date.now()) / 1000));
      texts.push(`${Site.say("time_left")}: ${left}`, Site.say("clock_runs"));
    }
    return texts.map((text) => Site.h("span.fact", null, text));
  };

  /** @type {Show} */
  const setUp = async (place) => {
    await Site.settleExam().catch(() => {}); // where its questions cannot be loaded now
    const session = await Site.learner.session("exam");
    const settings = Site.bank.exam;
    const count = Site.bank.items.filter((item) => !item.isRetired).length;
    const total = Math.min(settings.questions || 20, count);
    const amount = /** @type {HTMLInputElement} */ (
      Site.h("input", { type: "number", min: 1, max: count, inputmode: "numeric", value: total })
    );
    // Of the real one's time as much as there are of its questions; half as much again, and twice.
    /** @param {number} questions */
    const times = (questions) => {
      const real = settings.questions || total;
      const once = settings.minutes
        ? Math.ceil((settings.minutes * questions) / real)
        : 5 * Math.ceil(questions / 5);
      const more = Math.max(once + 1, Math.round(once * 1.5));
      return [once, more, Math.max(more + 1, once * 2), 0];
    };
    const chosenTotal = () => {
      const wanted = Math.floor(Number(amount.value)) || total;
      return Math.min(count, Math.max(1, wanted));
    };
    const usual = settings.minutes ? 0 : 3;
    const picks = times(total).map((_, place) => {
      const box = /** @type {HTMLInputElement} */ (
        Site.h("input", { type: "radio", name: "minutes", value: place })
      );
      box.checked = place === usual;
      return Site.h("label.tick", null, box, Site.h("span"));
    });
    const showTimes = () => {
      times(chosenTotal()).forEach((minutes, place) => {
        const label = picks[place] && picks[place].querySelector("span");
        const text = minutes ? Site.say("minute_count", {}, minutes) : Site.say("no_limit");
        if (label) label.textContent = text;
      });
    };
    amount.addEventListener("input", showTimes);
    showTimes();
    const form = Site.h(
      "form.choosing",
      {
        submit: (/** @type {SubmitEvent} */ event) => {
          event.preventDefault();
          const chosen = form.querySelector("input[name=minutes]:checked");
          const place = chosen instanceof HTMLInputElement ? Number(chosen.value) : usual;
          void begin(chosenTotal(), times(chosenTotal())[place] || null);
        },
      },
      Site.h(
        "div.fields",
        null,
        Site.field(Site.say("how_many"), amount),
      ),
      Site.h("fieldset.states", null, Site.h("legend", null, Site.say("how_long")), picks),
      settings.pass === null
        ? null
        : Site.h(
            "p.small",
            null,
            Site.say("pass_mark", { percent: Site.say("percent", { number: settings.pass }) }),
          ),
      Site.h(
        "div.starting",
        null,
        Site.h("button.button.primary.big", { type: "submit" }, Site.say("start_exam")),
      ),
    );
    const running =
      session && session.exam && isRunning(session)
        ? Site.h(
            "section.resume",
            { "aria-label": Site.say("running") },
            Site.h(
              "div.resume-state",
              null,
              Site.h("p", null, Site.say("running")),
              Site.h("p.small", null, state(session, session.exam)),
            ),
            Site.h("a.button.primary", { href: "#/exam/run" }, Site.say("continue_exam")),
            Site.button(Site.say("quit"), () => void quit()),
          )
        : null;
    place.append(
      Site.h(
        "main.reading",
        null,
        Site.h("h1", null, Site.say("exam")),
        running,
        isRunning(session) ? null : form,
        await Site.pastExams(),
      ),
    );
    return { title: Site.say("exam") };
  };

  /**
   * A running exam with its clock, and a way to change it that another tab's changes survive.
   * @param {Session} first @param {() => void} changed
   */
  const hold = (first, changed) => {
    let session = first;
    /** @param {(session: Session, exam: ExamState) => void} change */
    const save = async (change) => {
      const kept = await Site.learner.change("exam", (stored) => {
        if (!stored || !stored.exam || stored.exam.handedIn !== null) return stored;
        stored.exam.tab = Site.tab;
        change(stored, stored.exam);
        return stored;
      });
      if (kept) session = kept;
      leaveIfOver(kept);
    };
    /** @param {Session | null} kept */
    const leaveIfOver = (kept) => {
      if (!kept) Site.go("exam");
      else if (!isRunning(kept)) Site.go("exam/result");
    };
    const over = async () => {
      const isEnd = await Site.timeUp();
      if (isEnd) await handIn();
      else await save((_, exam) => void (exam.isOvertime = true));
    };
    const clock = Site.clock({
      state: () => /** @type {ExamState} */ (session.exam),
      save: (change) => save((_, exam) => change(exam)),
      over,
    });
    const unwatch = Site.learner.watch((what) => {
      if (what !== "session") return;
      void Site.learner.session("exam").then((stored) => {
        if (!stored || !stored.exam || stored.started !== session.started) return;
        const isOther = stored.exam.tab !== Site.tab;
        session = stored;
        if (!isRunning(stored)) leaveIfOver(stored);
        else if (isOther) {
          Site.notice("tabs", Site.say("other_tab"));
          changed();
        }
      });
    });
    return {
      now: () => session,
      exam: () => /** @type {ExamState} */ (session.exam),
      save,
      clock: clock.node,
      stop: () => {
        clock.stop();
        unwatch();
        Site.unnotice("tabs");
        document.body.classList.remove("busy");
      },
    };
  };

  /** @type {Show} */
  const run = async (place, path) => {
    const found = await running();
    if (!found) return null;
    document.body.classList.add("busy");
    const held = hold(found, () => void show());
    const asked = path[0] ? Number(path[0]) - 1 : found.at;
    // What is on screen, and what is wanted there once it is loaded.
    let at = Math.max(0, Math.min(asked || 0, found.ids.length - 1));
    let wanted = at;
    let shown = "";
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
    // What is on screen stays until all of the next question is there; whether it came.
    const show = async () => {
      const called = ++turn;
      const to = wanted;
      const mine = held.now().ids[to] || "";
      const fields = await Site.session.load(mine);
      if (!fields && !shown) throw new Error("not loaded");
      if (!fields) {
        wanted = at;
        return false;
      }
      const order = Site.own(held.now().orders, mine) || Site.orderOf(fields);
      if (!Site.own(held.now().orders, mine))
        await held.save((now) => void (now.orders[mine] = order));
      if (called !== turn || !place.isConnected) return false;
      at = to;
      shown = mine;
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
      void held.save((_, exam) => void (exam.struck[mine] = after));
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
      void held.save((now) => void (now.chosen[mine] = chosen));
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

  /** @type {Show} */
  const review = async (place) => {
    const found = await running();
    if (!found) return null;
    document.body.classList.add("busy");
    const held = hold(found, () => show());
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
        if (await Site.confirm(question, Site.say("hand_in"))) await handIn();
      };
      body.replaceChildren(
        Site.h("h1", null, Site.say("sheet")),
        Site.h("p", null, Site.say("answered_score", { answered: total - open, total })),
        Site.h(
          "p.legend",
          { "aria-hidden": "true" },
          Site.h("span.cell.is-answered"),
          Site.say("state_answered"),
          Site.h("span.cell"),
          Site.say("state_open"),
          Site.h("span.cell", null, Site.icon("flag")),
          Site.say("flagged"),
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

  // The result of the last exam, or of the one that was begun at the time that the address names.
  /** @type {Show} */
  const result = async (place, path) => {
    await Site.settleExam(); // where the page was closed before that was done
    const exams = await Site.learner.exams();
    const last = await Site.learner.session("exam");
    const session = path[0]
      ? exams.find((each) => String(each.started) === path[0])
      : isRunning(last)
        ? null
        : exams[0];
    if (!session) {
      Site.go("exam");
      return null;
    }
    await Site.showResult(place, session);
    return { title: Site.say("result") };
  };

  Site.views.exam = async (place, path, query) => {
    await Site.need("faces");
    const shows = { run, review, result };
    const name = path[0] || "";
    const shower = Object.prototype.hasOwnProperty.call(shows, name)
      ? shows[/** @type {keyof typeof shows} */ (name)]
      : setUp;
    return shower(place, path.slice(1), query);
  };

  Site.timeUp = () =>
    new Promise((resolve) => {
      const box = /** @type {HTMLDialogElement} */ (
        Site.h(
          "dialog.asking",
          { "aria-labelledby": "time-up" },
          Site.h("h2", { id: "time-up" }, Site.say("time_up")),
          Site.h("p", null, Site.say("time_up_choice")),
        )
      );
      const close = (/** @type {boolean} */ isEnd) => {
        box.close();
        box.remove();
        resolve(isEnd);
      };
      box.append(
        Site.h(
          "div.row",
          null,
          Site.button(Site.say("hand_in"), () => close(true), "primary"),
          Site.button(Site.say("go_on"), () => close(false)),
        ),
      );
      box.addEventListener("cancel", (event) => event.preventDefault());
      document.body.append(box);
      box.showModal();
    });
})();
