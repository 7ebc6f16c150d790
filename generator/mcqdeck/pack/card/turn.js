    // The bank runs from right to left; what has letters, and none of that direction, does not.
    // An item keeps its list's direction, for its bullet stands on that side.
    card.querySelectorAll(".stem, p, ul, ol:not(.options), li, th, td, dt, dd, .meta span").forEach(
      function (node) {
        var text = node.textContent;
        var turned = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/.test(text);
        if (!turned && !/[A-Za-z\u00c0-\u058f]/.test(text)) return;
        if (node.tagName !== "LI") node.dir = turned ? "rtl" : "ltr";
        else if (!turned) node.style.unicodeBidi = "plaintext";
      });
