    // The bank runs from right to left; what has letters, and none of that direction, does not.
    card.querySelectorAll(".stem, p, li:not([data-option]), th, td, dt, dd, .meta span").forEach(
      function (node) {
        var text = node.textContent;
        var turned = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/.test(text);
        if (turned || /[A-Za-z\u00c0-\u058f]/.test(text)) node.dir = turned ? "rtl" : "ltr";
      });
