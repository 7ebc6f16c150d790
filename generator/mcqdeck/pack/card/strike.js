  var before = [], wasStruck, touch = 0;

  function label(item) {
    var name = item.classList.contains("struck") ? "restore" : "strike_out";
    var text = say(name, { letter: letter(items.indexOf(item)) });
    item.querySelector(".strike").setAttribute("aria-label", text);
    item.querySelector(".said").textContent = name === "restore" ? words.struck_out : "";
  }

  // Says of an option that it is wrong for certain, and so not chosen; or takes that back.
  function strike(item) {
    if (item.classList.toggle("struck")) mark(item, false);
    label(item);
    save();
  }

  function restore(item) {
    if (item.classList.contains("struck")) strike(item);
  }

  function remember(item) {
    before = items.filter(isChosen);
    wasStruck = item.classList.contains("struck");
  }

  // A double click strikes, and leaves the choice as it was before the first of the two; so do a
  // right click and a long touch, of which some clients make a right click too.
  function prepare(item) {
    var said = add(item, "span", "said", ""), button = add(item, "button", "strike", "");
    said.id = "mcq-said-" + place(item);
    pick(item).setAttribute("aria-labelledby", "mcq-" + place(item) + " " + said.id);
    button.type = "button";
    button.onclick = strike.bind(null, item);
    label(item);
    item.ondblclick = function (event) {
      if (isWithin(item, event)) return;
      items.forEach(function (other) {
        mark(other, before.indexOf(other) >= 0);
      });
      item.classList.toggle("struck", wasStruck);
      getSelection().removeAllRanges();
      strike(item);
    };
    item.oncontextmenu = function (event) {
      if (isWithin(item, event)) return;
      if (selected && getSelection().containsNode(item, true)) return; // the menu copies it
      event.preventDefault();
      if (touch < 0) return;
      endTouch(-1);
      strike(item);
    };
    item.onpointerdown = function (event) {
      endTouch(0);
      if (event.pointerType !== "touch" || isWithin(item, event)) return;
      touch = setTimeout(function () {
        touch = -1;
        strike(item);
      }, 500);
    };
    item.onpointerup = item.onpointercancel = function () {
      if (touch > 0) endTouch(0);
    };
  }

  // Above 0 `touch` is the timer of a touch that may get long; below, that touch has struck.
  function endTouch(next) {
    var isTouch = touch > 0;
    clearTimeout(touch);
    touch = isTouch || !next ? next : 0;
  }

  // Whether a click is the end of a long touch, or the second of two.
  function isStriking(event) {
    var wasLong = touch < 0;
    touch = 0;
    return wasLong || event.detail > 1;
  }
