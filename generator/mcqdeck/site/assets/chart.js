// Right and wrong answers for each day, as a drawing.
(() => {
  "use strict";
  const MOST = 30; // days in the drawing
  const WIDE = 600;
  const HIGH = 160;
  const SPACE = "http://www.w3.org/2000/svg";

  /** @param {string} tag @param {{[name: string]: string | number}} attributes */
  const shape = (tag, attributes) => {
    const node = document.createElementNS(SPACE, tag);
    Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, String(value)));
    return node;
  };

  // Wrong answers are told by stripes too, as in the legend beside the chart.
  const hatching = () => {
    const pattern = shape("pattern", {
      id: "hatching",
      width: 7,
      height: 7,
      patternUnits: "userSpaceOnUse",
      patternTransform: "rotate(45)",
    });
    pattern.append(
      shape("rect", { class: "hatching-ground", width: 7, height: 7 }),
      shape("rect", { class: "hatching-stripe", width: 4, height: 7 }),
    );
    return pattern;
  };

  Site.chart = (days) => {
    const shown = days.slice(-MOST);
    const most = Math.max(1, ...shown.map((day) => day.right + day.wrong));
    const drawing = shape("svg", {
      class: "chart",
      viewBox: `0 0 ${WIDE} ${HIGH + 1}`,
      role: "img",
      "aria-label": Site.say("chart"),
    });
    const step = WIDE / Math.max(7, shown.length);
    drawing.append(hatching(), shape("path", { class: "axis", d: `M0 ${HIGH + 0.5}H${WIDE}` }));
    shown.forEach((day, place) => {
      const width = Math.min(44, step * 0.7);
      const x = place * step + (step - width) / 2;
      const right = (day.right / most) * (HIGH - 8);
      const wrong = (day.wrong / most) * (HIGH - 8);
      drawing.append(
        shape("rect", { class: "bar-right", x, width, y: HIGH - right, height: right, rx: 2 }),
        shape("rect", {
          class: "bar-wrong",
          fill: "url(#hatching)",
          x,
          width,
          y: HIGH - right - wrong - (right && wrong ? 2 : 0),
          height: wrong,
          rx: 2,
        }),
      );
    });
    const first = shown[0];
    const last = shown[shown.length - 1];
    const ends = first && last && last !== first ? [first, last] : first ? [first] : [];
    // Beside the drawing, which is scaled, so that they are legible on a phone.
    return Site.h(
      "div",
      { dir: "ltr" },
      drawing,
      Site.h(
        "p.chart-days",
        null,
        ends.map((day) => Site.h("bdi", null, Site.day(day.key))),
      ),
    );
  };
})();
