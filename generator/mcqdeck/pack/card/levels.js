    card.querySelectorAll(".level").forEach(function (level) {
      level.textContent = words[level.textContent] || level.textContent;
    });
