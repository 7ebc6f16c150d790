// Building what is on the page. Texts become text nodes, so nothing in them can act.
(() => {
  "use strict";

  /** @param {Node} node @param {Child[]} children */
  function append(node, children) {
    children.forEach((child) => {
      if (Array.isArray(child)) append(node, child);
      else if (typeof child === "string") node.appendChild(document.createTextNode(child));
      else if (child) node.appendChild(child);
    });
  }

  // An element: `h("p.lead", { hidden: true }, "Text", node)`. A function listens to an event.
  Site.h = (tag, attributes, ...children) => {
    const names = tag.split(".");
    const node = document.createElement(names[0] || "div");
    if (names.length > 1) node.className = names.slice(1).join(" ");
    Object.entries(attributes || {}).forEach((pair) => {
      const name = pair[0];
      const value = pair[1];
      if (value === undefined || value === null || value === false) return;
      if (typeof value === "function") {
        node.addEventListener(name, /** @type {EventListener} */ (value));
      } else {
        node.setAttribute(name, value === true ? "" : String(value));
      }
    });
    append(node, children);
    return node;
  };

  Site.button = (label, action, kind) => {
    const tag = `button.button${kind ? `.${kind}` : ""}`;
    const node = Site.h(tag, { type: "button", click: action }, label);
    return /** @type {HTMLButtonElement} */ (node);
  };

  let fields = 0;

  // A control under its label.
  Site.field = (label, control) => {
    control.id = `field-${++fields}`;
    return Site.h("div.field", null, Site.h("label", { for: control.id }, label), control);
  };

  // A drawing that the page holds under `<symbol id="icon-…">`.
  Site.icon = (name) => {
    const space = "http://www.w3.org/2000/svg";
    const drawing = document.createElementNS(space, "svg");
    drawing.setAttribute("class", `icon icon-${name}`);
    drawing.setAttribute("aria-hidden", "true");
    const use = document.createElementNS(space, "use");
    use.setAttribute("href", `#icon-${name}`);
    drawing.appendChild(use);
    return drawing;
  };

  // What a text of the bank needs where the site's own words are in another language.
  Site.inBank = (attributes) =>
    Object.assign({ lang: Site.bank.language, dir: "auto" }, attributes);

  // A note over the page, which moves nothing else; screen readers say it after what they are saying.
  // One of a name is there at a time; `closed` is called when the learner closes it.
  Site.notice = (name, text, actions, closed) => {
    const place = document.getElementById("notices");
    if (!place) return;
    Site.unnotice(name);
    const close = Site.button(
      "",
      () => {
        Site.unnotice(name);
        if (closed) closed();
      },
      "quiet",
    );
    close.setAttribute("aria-label", Site.say("close"));
    close.appendChild(Site.icon("close"));
    const row = Site.h("div.notice-actions", null, actions || []);
    place.appendChild(
      Site.h("div.notice-box", { "data-notice": name }, Site.h("p", null, text), row, close),
    );
  };

  Site.unnotice = (name) => {
    document.querySelectorAll(`[data-notice="${name}"]`).forEach((node) => {
      node.remove();
    });
  };

  const PASSES = 10000; // milliseconds that such a notice stays, unless one is at it

  Site.passing = (name, text) => {
    Site.notice(name, text);
    const box = document.querySelector(`[data-notice="${name}"]`);
    if (!box) return;
    const leave = () => {
      if (box.matches(":hover, :focus-within")) setTimeout(leave, 2000);
      else box.remove();
    };
    setTimeout(leave, PASSES);
  };

  // Says something to screen readers, after what they are saying.
  Site.tell = (text) => {
    const place = document.getElementById("told");
    if (!place) return;
    place.textContent = "";
    const told = place;
    setTimeout(() => {
      told.textContent = text;
    }, 100);
  };

  // Asks, and keeps the keyboard in the question until it is answered.
  Site.confirm = (question, yes) =>
    new Promise((resolve) => {
      const before = document.activeElement;
      let answer = false;
      const go = Site.button(
        yes,
        () => {
          answer = true;
          box.close();
        },
        "primary",
      );
      const stay = Site.button(Site.say("cancel"), () => {
        box.close();
      });
      const title = Site.h("p", { id: "asked" }, question);
      const box = /** @type {HTMLDialogElement} */ (
        Site.h(
          "dialog.asking",
          { "aria-labelledby": "asked" },
          title,
          Site.h("div.row", null, go, stay),
        )
      );
      box.addEventListener("close", () => {
        box.remove();
        if (before instanceof HTMLElement) before.focus();
        resolve(answer);
      });
      document.body.appendChild(box);
      box.showModal();
      stay.focus();
    });

  const TAG = /<(\/?)([a-z][a-z0-9]*)\b(?:[^<>"']|"[^"]*"|'[^']*')*>/gi;
  const BREAKS = /^(?:p|li|div|td|th|tr|h\d|br|dd|dt|pre)$/;
  /** @type {{ [sign: string]: string }} */
  const SIGNS = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: "\u00a0", "#x27": "'", "#39": "'" };

  // The words of a text that is HTML, on one line. To read a large bank with the browser's parser takes
  // a phone seconds, so that is asked only where there is more than tags and the common entities.
  Site.words_of = (html) => {
    let isPlain = true;
    const bare = html
      .replace(TAG, (_, end, name) => (BREAKS.test(name) ? " " : ""))
      .replace(/[<&]([a-z0-9#]*)(;?)/gi, (found, name, end) => {
        const sign = found[0] === "&" && end && Site.own(SIGNS, name);
        if (!sign) isPlain = false;
        return sign || found;
      });
    return (isPlain ? bare : parsed(html)).replace(/\s+/g, " ").trim();
  };

  // A template's content loads nothing and runs nothing.
  /** @param {string} html */
  const parsed = (html) => {
    const template = document.createElement("template");
    template.innerHTML = html.replace(/<(?=\/?(?:p|li|div|td|th|tr|h\d|br|dd|dt|pre)\b)/g, " <");
    return template.content.textContent || "";
  };
})();
