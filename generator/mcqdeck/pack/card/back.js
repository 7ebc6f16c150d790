  // What the front left, if it is of this question and these options.
  function saved() {
    var states = [page.state];
    try {
      states.push(JSON.parse(sessionStorage.getItem("mcqdeck")));
    } catch (denied) {}
    return states.filter(function (state) {
      try {
        return state.id === card.dataset.id && Array.isArray(state.chosen) &&
          String(state.order.slice().sort()) === String(items.map(id).sort());
      } catch (damaged) {}
    })[0] || { order: items.map(id), chosen: [] };
  }

  function moveRationales() {
    card.querySelectorAll(".why [data-option]").forEach(function (reason) {
      items.forEach(function (item) {
        if (id(item) !== id(reason)) return;
        var why = add(item, "div", "rationale", "");
        while (reason.firstChild) why.appendChild(reason.firstChild);
      });
    });
  }

  function tell(kind, text) {
    var verdict = card.querySelector(".verdict");
    verdict.className += " " + kind;
    var line = add(verdict, "p", "", text);
    setTimeout(function () {
      line.textContent += ""; // screen readers tell what changes after the page has settled
      var top = verdict.getBoundingClientRect().top;
      if (top < 0 || top > innerHeight * 0.8) verdict.scrollIntoView();
    }, 150);
  }

  function show() {
    var right = card.dataset.answer.split(" "), all = right.length > 1;
    var state = saved(), letters = [], hits = 0, misses = 0;
    items.sort(function (one, two) {
      return state.order.indexOf(id(one)) - state.order.indexOf(id(two));
    });
    items.forEach(function (item, i) {
      var chosen = state.chosen.indexOf(id(item)) >= 0, good = right.indexOf(id(item)) >= 0;
      list.appendChild(item);
      if (good) letters.push(String.fromCharCode(65 + i));
      if (chosen) good ? hits++ : misses++;
      if (!chosen && !good) return;
      item.className = good ? "right" : "wrong";
      var mark = !good ? "mark_wrong_choice" : chosen ? "mark_right_choice" : "mark_missed";
      add(item, "p", "mark", words["sign_" + item.className] + " " + words[mark]);
    });
    if (letters.length !== right.length) throw new Error("the answer is not among the options");
    moveRationales();
    var kind = !hits && !misses ? "none" : hits === right.length && !misses ? "right" : "wrong";
    var key = "verdict_" + kind;
    if (all) key += kind === "wrong" && hits && misses ? "_some" : "_all";
    tell(kind, words["sign_" + kind] + " " + say(key, {
      letters: letters.join(words.letter_separator),
      count: right.length,
      total: right.length,
      found: hits,
      wrong: misses
    }, right.length));
  }
