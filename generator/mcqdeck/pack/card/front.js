  var ACTS = "a,button,summary,audio,video,input,select,textarea,label,[onclick],[role=button]";
  var selected = "";

  // What a screen reader takes for the option, and keys go to.
  function pick(item) {
    return item.querySelector(".pick") || item;
  }

  function isChosen(item) {
    return pick(item).getAttribute("aria-checked") === "true";
  }

  function mark(item, chosen) {
    item.classList.toggle("chosen", chosen);
    pick(item).setAttribute("aria-checked", chosen);
  }

  function shuffle() {
    var free = [], last = [];
    items.forEach(function (item) {
      if ("pinned" in item.dataset) last.push(item);
      else free.splice(Math.floor(Math.random() * (free.length + 1)), 0, item);
    });
    items = free.concat(last);
  }

  // To ARIA no list item is a checkbox, and a checkbox holds nothing to press: where an option has
  // that, or needs a reader's every means, it stands beside the option's text, whose name it
  // takes. Nodes are moved: math is typeset in them later.
  function freed(item) {
    var box = add(list, "div", "tappable", ""), own = box, text = box; // a tap on it is no flip
    box.dataset.option = id(item);
    if ("pinned" in item.dataset) box.dataset.pinned = "";
    if (habits.strikes || item.querySelector(ACTS + ",pre,table")) {
      own = add(box, "span", "pick", "");
      text = add(box, "div", "text", "");
      text.id = "mcq-" + place(item);
      own.setAttribute("aria-labelledby", text.id);
    }
    while (item.firstChild) text.appendChild(item.firstChild);
    list.removeChild(item);
    own.setAttribute("role", several ? "checkbox" : "radio");
    own.setAttribute("aria-checked", "false");
    return box;
  }

  function save() {
    keep({
      key: key(),
      order: items.map(place),
      chosen: items.filter(isChosen).map(place),
      since: since
    });
  }

  function choose(item) {
    items.forEach(function (other) {
      var mine = other === item;
      mark(other, several ? isChosen(other) !== mine : mine);
      if (!several) pick(other).tabIndex = mine ? 0 : -1;
    });
    if (habits.strikes) restore(item);
    save();
    if (habits.flips && !several) flip();
  }

  // Whether what happened is for something within the option: a link, a player …
  function isWithin(item, event) {
    var near = event.target.closest(ACTS);
    return near && near !== item && item.contains(near);
  }

  // Whether text of the option was selected since the mouse went down.
  function isSelected(item) {
    var selection = getSelection(), text = String(selection);
    return text && text !== selected && selection.containsNode(item, true);
  }

  function click(item, event) {
    if (isWithin(item, event) || isSelected(item)) return;
    if (!habits.strikes || !isStriking(event)) choose(item);
  }

  // Alt+digit; on a focused option the arrows, and Shift+Space, as plain Space is Anki's.
  function press(event) {
    if (!document.body.contains(list) || event.ctrlKey || event.metaKey) return;
    var digit = /^Digit([1-9])$/.exec(event.code), here = items.map(pick).indexOf(event.target);
    var ahead = card.dir === "rtl" ? -1 : 1, act = choose, to;
    var step = { ArrowDown: 1, ArrowUp: -1, ArrowRight: ahead, ArrowLeft: -ahead }[event.key];
    if (event.altKey) {
      to = digit && items[digit[1] - 1];
      if (habits.strikes && event.shiftKey) act = strike;
    } else if (here >= 0 && event.shiftKey) {
      to = event.key === " " && items[here];
    } else if (here >= 0 && step) {
      to = items[(here + step + items.length) % items.length];
      if (several || habits.flips) act = null;
    }
    if (!to) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    pick(to).focus();
    if (act) act(to);
  }

  // MathJax makes every formula a stop for the Tab key; within an option that is one too many.
  function quieten() {
    list.querySelectorAll("mjx-container[tabindex]").forEach(function (formula) {
      formula.removeAttribute("tabindex");
    });
  }

  function show() {
    items = source.map(freed);
    source = items.slice();
    if (list.dataset.order !== "kept") shuffle();
    list.setAttribute("role", several ? "group" : "radiogroup");
    list.setAttribute("aria-labelledby", "mcq-stem mcq-choose");
    if (several) {
      var count = list.dataset.choose;
      var hint = add(card, "p", "choose", say("choose", { count: count }, count));
      card.insertBefore(hint, list.parentNode).id = "mcq-choose";
    }
    items.forEach(function (item, i) {
      list.appendChild(item);
      pick(item).tabIndex = several || !i ? 0 : -1;
      item.onclick = click.bind(null, item);
      item.onmousedown = function (event) {
        selected = String(getSelection());
        if (habits.strikes && event.detail === 1) remember(item);
      };
      if (habits.strikes) prepare(item);
    });
    new MutationObserver(quieten).observe(list, { childList: true, subtree: true });
    page.press = press;
    save();
  }
