  // How long the front was there before the back first was.
  function tellTime() {
    if (!card.classList.contains("back")) {
      if (!list) keep({ key: key(), since: since });
      return;
    }
    var state = kept();
    if (!state || !(state.since > 0)) return;
    if (!state.until) {
      state.until = Date.now();
      keep(state);
    }
    var seconds = Math.round((state.until - state.since) / 1000);
    var parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    if (!parts[0]) parts.shift();
    var time = parts.map(function (part, i) {
      return (i && part < 10 ? "0" : "") + part;
    }).join(":");
    add(card.querySelector(".verdict, .recall"), "p", "time", say("time_spent", { time: time }));
  }
