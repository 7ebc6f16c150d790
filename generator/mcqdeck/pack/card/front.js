  function isChosen(item) {
    return item.getAttribute("aria-checked") === "true";
  }

  function shuffle() {
    var free = [], last = [];
    items.forEach(function (item) {
      if ("pinned" in item.dataset) last.push(item);
      else free.splice(Math.floor(Math.random() * (free.length + 1)), 0, item);
    });
    items = free.concat(last);
  }

  // To ARIA no list item is a checkbox. Nodes are moved: math is typeset in them later.
  function freed(item) {
    var box = add(list, "div", "tappable", ""); // a tap on it is no flip
    box.dataset.option = id(item);
    while (item.firstChild) box.appendChild(item.firstChild);
    list.removeChild(item);
    return box;
  }

  function save() {
    var chosen = items.filter(isChosen).map(id);
    page.state = { id: card.dataset.id, order: items.map(id), chosen: chosen };
    try {
      sessionStorage.setItem("mcqdeck", JSON.stringify(page.state));
    } catch (denied) {}
  }

  function choose(item) {
    items.forEach(function (other) {
      var mine = other === item;
      other.setAttribute("aria-checked", several ? isChosen(other) !== mine : mine);
      if (!several) other.tabIndex = mine ? 0 : -1;
    });
    save();
  }

  // Alt+digit; on a focused option the arrows, and Shift+Space, as plain Space is Anki's.
  function press(event) {
    if (!document.body.contains(list) || event.ctrlKey || event.metaKey) return;
    var digit = /^Digit([1-9])$/.exec(event.code), here = items.indexOf(event.target);
    var ahead = card.dir === "rtl" ? -1 : 1, pick = true, to;
    var step = { ArrowDown: 1, ArrowUp: -1, ArrowRight: ahead, ArrowLeft: -ahead }[event.key];
    if (event.altKey) {
      to = digit && items[digit[1] - 1];
    } else if (here >= 0 && event.shiftKey) {
      to = event.key === " " && items[here];
    } else if (here >= 0 && step) {
      to = items[(here + step + items.length) % items.length];
      pick = !several;
    }
    if (!to) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    to.focus();
    if (pick) choose(to);
  }

  // MathJax makes every formula a stop for the Tab key; within an option that is one too many.
  function quieten() {
    list.querySelectorAll("[tabindex] [tabindex]").forEach(function (formula) {
      formula.removeAttribute("tabindex");
    });
  }

  function show() {
    if (list.dataset.order !== "kept") shuffle();
    items = items.map(freed);
    list.setAttribute("role", several ? "group" : "radiogroup");
    list.setAttribute("aria-labelledby", "mcq-stem mcq-choose");
    if (several) {
      var count = list.dataset.choose;
      var hint = add(card, "p", "choose", say("choose", { count: count }, count));
      card.insertBefore(hint, list.parentNode).id = "mcq-choose";
    }
    items.forEach(function (item, i) {
      item.setAttribute("role", several ? "checkbox" : "radio");
      item.setAttribute("aria-checked", "false");
      item.tabIndex = several || !i ? 0 : -1;
      item.onclick = choose.bind(null, item);
    });
    new MutationObserver(quieten).observe(list, { childList: true, subtree: true });
    page.press = press;
    save();
  }
