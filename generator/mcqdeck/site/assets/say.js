// The words of the site, with their values, numbers and plural forms.
(function () {
  "use strict";
  /** @type {Intl.PluralRules | undefined} */
  var rules;

  /** @param {string} text */
  function inDigits(text) {
    var digits = /** @type {string} */ (Site.words.digits);
    return text.replace(/\d/g, function (digit) {
      return digits[Number(digit)] || digit;
    });
  }

  /** @param {number} count */
  function category(count) {
    rules = rules || new Intl.PluralRules(Site.language);
    return rules.select(count);
  }

  // A word by its key. `count` is `{count}` in it, and chooses its form.
  Site.say = function (key, values, count) {
    var message = Site.words[key];
    if (message === undefined) return key;
    var known = Object.assign({}, values, count === undefined ? {} : { count: count });
    var text = typeof message === "string" ? message : "";
    if (typeof message !== "string") {
      text = message[category(count || 0)] || message.other || "";
    }
    return text.replace(/\{(\w+)\}/g, function (whole, name) {
      var value = known[name];
      if (value === undefined) return whole;
      return typeof value === "number" ? inDigits(String(value)) : value;
    });
  };

  Site.number = function (value) {
    return inDigits(String(value));
  };

  // A share that is not all is never told as 100, nor something as 0.
  Site.percent = function (part, whole) {
    var share = whole ? (100 * part) / whole : 0;
    var shown = Math.round(share);
    if (shown === 100 && part < whole) shown = 99;
    if (shown === 0 && part > 0) shown = 1;
    return Site.say("percent", { number: shown });
  };

  // `1:05` or `1:05:30`.
  Site.duration = function (seconds) {
    var rest = Math.max(0, Math.round(seconds));
    var hours = Math.floor(rest / 3600);
    var minutes = Math.floor((rest % 3600) / 60);
    var parts = hours ? [hours, minutes, rest % 60] : [minutes, rest % 60];
    return inDigits(
      parts
        .map(function (part, place) {
          return place ? String(part).padStart(2, "0") : String(part);
        })
        .join(":"),
    );
  };

  // A day written `2026-11-30`, as the language writes it.
  Site.day = function (key) {
    var parts = key.split("-").map(Number);
    var date = new Date(parts[0] || 0, (parts[1] || 1) - 1, parts[2] || 1);
    return new Intl.DateTimeFormat(Site.language, { dateStyle: "medium" }).format(date);
  };
})();
