// The words of the site, with their values, numbers and plural forms.
(() => {
  "use strict";
  /** @type {Intl.PluralRules | undefined} */
  let rules;

  /** @param {string} text */
  function inDigits(text) {
    const digits = /** @type {string} */ (Site.words.digits);
    return text.replace(/\d/g, (digit) => digits[Number(digit)] || digit);
  }

  /** @param {number} count */
  function category(count) {
    rules = rules || new Intl.PluralRules(Site.language);
    return rules.select(count);
  }

  // A word by its key. `count` is `{count}` in it, and chooses its form.
  Site.say = (key, values, count) => {
    const message = Site.words[key];
    if (message === undefined) return key;
    const known = Object.assign({}, values, count === undefined ? {} : { count });
    let text = typeof message === "string" ? message : "";
    if (typeof message !== "string") {
      text = message[category(count || 0)] || message.other || "";
    }
    return text.replace(/\{(\w+)\}/g, (whole, name) => {
      const value = known[name];
      if (value === undefined) return whole;
      return typeof value === "number" ? inDigits(String(value)) : value;
    });
  };

  Site.number = (value) => inDigits(String(value));

  // A share that is not all is never told as 100, nor something as 0.
  Site.percent = (part, whole) => {
    const share = whole ? (100 * part) / whole : 0;
    let shown = Math.round(share);
    if (shown === 100 && part < whole) shown = 99;
    if (shown === 0 && part > 0) shown = 1;
    return Site.say("percent", { number: shown });
  };

  // `1:05` or `1:05:30`.
  Site.duration = (seconds) => {
    const rest = Math.max(0, Math.round(seconds));
    const hours = Math.floor(rest / 3600);
    const minutes = Math.floor((rest % 3600) / 60);
    const parts = hours ? [hours, minutes, rest % 60] : [minutes, rest % 60];
    return inDigits(
      parts.map((part, place) => (place ? String(part).padStart(2, "0") : String(part))).join(":"),
    );
  };

  // A day written `2026-11-30`, as the language writes it.
  Site.day = (key) => {
    const parts = key.split("-").map(Number);
    const date = new Date(parts[0] || 0, (parts[1] || 1) - 1, parts[2] || 1);
    return new Intl.DateTimeFormat(Site.language, { dateStyle: "medium" }).format(date);
  };

  // A time of a day, from the millisecond since 1970.
  Site.moment = (time) =>
    new Intl.DateTimeFormat(Site.language, { dateStyle: "medium", timeStyle: "short" }).format(time);
})();
