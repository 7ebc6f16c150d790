  function playButton(media, act) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "play";
    button.setAttribute("aria-label", words.play_sound);
    button.onclick = act;
    return media.parentNode.insertBefore(button, media);
  }

  // Anki on the desktop plays once more what it played with the stem, also what its page cannot.
  function ask(media) {
    var all = card.querySelectorAll(".stem audio, .stem video");
    var i = [].map.call(all, function (each) {
      return each.getAttribute("src");
    }).indexOf(media.getAttribute("src"));
    if (i < 0 || !window.pycmd) return null;
    return pycmd.bind(null, "play:q:" + i);
  }

  function play(audio) {
    var wasPlaying = !audio.paused, started;
    card.querySelectorAll("audio").forEach(function (each) {
      each.pause();
    });
    if (wasPlaying) return;
    audio.currentTime = 0;
    started = audio.play();
    if (started) started.catch(function () {
      if (audio.error && ask(audio)) ask(audio)();
    });
  }

  // What a client plays by itself it shows in .played, in the order of ours: there its players
  // take their place. The others get a button each: a browser's player is wide, and its key is Anki's.
  function showPlayers() {
    var played = card.querySelector(".played");
    var ours = played ? card.querySelectorAll(played.dataset.of + " audio, " + played.dataset.of + " video") : [];
    [].slice.call(played ? played.children : []).forEach(function (theirs, i) {
      if (theirs.firstElementChild && ours[i]) ours[i].parentNode.replaceChild(theirs, ours[i]);
    });
    card.querySelectorAll("audio").forEach(function (audio) {
      var button = playButton(audio, play.bind(null, audio));
      audio.controls = false;
      audio.onplay = audio.onpause = function () {
        button.setAttribute("aria-pressed", !audio.paused);
      };
    });
    card.querySelectorAll("video").forEach(function (video) {
      video.onerror = function () {
        if (!ask(video)) return;
        playButton(video, ask(video));
        video.hidden = true;
      };
    });
  }
