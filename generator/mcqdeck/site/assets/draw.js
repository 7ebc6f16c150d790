// Drawing by chance: an order, and an exam in proportion to the plan.
(() => {
  "use strict";

  // A copy in a fresh order, each as likely as any other (Fisher and Yates).
  Site.shuffled = (list, random) => {
    const chance = random || Math.random;
    const copy = list.slice();
    for (let last = copy.length - 1; last > 0; last--) {
      const place = Math.floor(chance() * (last + 1));
      const held = copy[last];
      copy[last] = /** @type {any} */ (copy[place]);
      copy[place] = /** @type {any} */ (held);
    }
    return copy;
  };

  // How many of `total` seats each part gets: in proportion to its weight by the largest remainder,
  // chance deciding between equal ones, and no more than it has room for.
  Site.seats = (weights, room, total, random) => {
    const chance = random || Math.random;
    const given = weights.map(() => 0);
    let left = total;
    while (left > 0) {
      const open = given.flatMap((count, part) =>
        (weights[part] || 0) > 0 && count < (room[part] || 0) ? [part] : [],
      );
      const sum = open.reduce((all, part) => all + (weights[part] || 0), 0);
      if (!open.length) break;
      const shares = open.map((part) => {
        const exact = (left * (weights[part] || 0)) / sum;
        return { part, whole: Math.floor(exact + 1e-9), rest: exact % 1, lot: chance() };
      });
      let spare = left;
      shares.forEach((share) => {
        spare -= share.whole;
      });
      shares.sort((one, two) =>
        Math.abs(two.rest - one.rest) > 1e-9 ? two.rest - one.rest : two.lot - one.lot,
      );
      shares.forEach((share, place) => {
        const seats = share.whole + (place < spare ? 1 : 0);
        const free = (room[share.part] || 0) - (given[share.part] || 0);
        const got = Math.min(seats, free);
        given[share.part] = (given[share.part] || 0) + got;
        left -= got;
      });
    }
    return given;
  };

  /** @param {Item} item @param {PlanCell} cell */
  function isOf(item, cell) {
    return (
      (!cell.objective || cell.objective === item.objective) &&
      (!cell.level || cell.level === item.level)
    );
  }

  /** @param {PlanCell} cell @param {number} count */
  function weight(cell, count) {
    return cell.isShare ? cell.amount * count : cell.amount;
  }

  /**
   * @param {Item[]} items @param {PlanCell[]} cells @param {number} total
   * @param {() => number} random
   */
  function byCells(items, cells, total, random) {
    const groups = cells.map((cell) => items.filter((item) => isOf(item, cell)));
    const weights = cells.map((cell) => weight(cell, items.length));
    const room = groups.map((group) => group.length);
    const seats = Site.seats(weights, room, total, random);
    return groups.flatMap((group, place) => Site.shuffled(group, random).slice(0, seats[place]));
  }

  // An exam of `total` questions: objectives in proportion to the plan, and levels within each as
  // the plan has them. Without rows for objectives, levels; without a plan, whatever chance gives.
  Site.drawExam = (items, plan, total, random) => {
    const chance = random || Math.random;
    const rows = plan.filter((cell) => cell.objective);
    const all = rows.length ? rows : plan;
    /** @type {Map<string, PlanCell[]>} */
    const parts = new Map();
    all.forEach((cell) => {
      const key = cell.objective || cell.level;
      parts.set(key, (parts.get(key) || []).concat(cell));
    });
    const cells = Array.from(parts.values());
    const groups = cells.map((part) =>
      items.filter((item) => part.some((cell) => isOf(item, cell))),
    );
    const weights = cells.map((part) =>
      part.reduce((sum, cell) => sum + weight(cell, items.length), 0),
    );
    const room = groups.map((group) => group.length);
    const seats = Site.seats(weights, room, Math.min(total, items.length), chance);
    const drawn = groups.flatMap((group, place) =>
      byCells(group, cells[place] || [], seats[place] || 0, chance),
    );
    // What the plan says nothing of fills what is left.
    const taken = new Set(drawn);
    const others = items.filter((item) => !taken.has(item));
    const missing = Math.max(0, Math.min(total, items.length) - drawn.length);
    return Site.shuffled(drawn.concat(Site.shuffled(others, chance).slice(0, missing)), chance);
  };
})();
