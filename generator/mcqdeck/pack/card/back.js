  // What the front left: the order of the options, and which were chosen.
  function saved() {
    var all = source.map(place), state = kept();
    try {
      if (Array.isArray(state.chosen) && String(state.order.slice().sort()) === String(all.sort())) {
        return state;
      }
    } catch (damaged) {}
    return { order: source.map(place), chosen: [] };
  }

  function moveRationales() {
    card.querySelectorAll(".why [data-option]").forEach(function (reason) {
      var item = items.filter(function (each) {
        return id(each) === id(reason);
      })[0];
      var why = item && add(item, "div", "rationale", "");
      while (why && reason.firstChild) why.appendChild(reason.firstChild);
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
    var state = saved(), letters = [], found = [], hit = [], misses = 0;
    items = state.order.map(function (i) {
      return source[i];
    });
    items.forEach(function (item, i) {
      var chosen = state.chosen.indexOf(place(item)) >= 0, good = right.indexOf(id(item)) >= 0;
      list.appendChild(item);
      if (good) letters.push(letter(i));
      if (good) found[right.indexOf(id(item))] = 1;
      if (good && chosen) hit[right.indexOf(id(item))] = 1;
      if (chosen && !good) misses++;
      if (!chosen && !good) return;
      item.className = good ? "right" : "wrong";
      var mark = !good ? "mark_wrong_choice" : chosen ? "mark_right_choice" : "mark_missed";
      add(item, "p", "mark", words["sign_" + item.className] + " " + words[mark]);
    });
    function count(those) {
      return those.filter(Boolean).length;
    }
    var hits = count(hit);
    if (count(found) !== right.length) throw new Error("the answer is not among the options");
    moveRationales();
    var kind = !hits && !misses ? "none" : hits === right.length && !misses ? "right" : "wrong";
    var verdict = "verdict_" + kind;
    if (all) verdict += kind === "wrong" && hits && misses ? "_some" : "_all";
    tell(kind, words["sign_" + kind] + " " + say(verdict, {
      letters: letters.join(words.letter_separator),
      count: right.length,
      total: right.length,
      found: hits,
      wrong: misses
    }, right.length));
  }
