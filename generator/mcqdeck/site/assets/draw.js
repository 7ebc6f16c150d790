// Drawing by chance: an order, and an exam in proportion to the plan.
(function () {
  "use strict";

  // A copy in a fresh order, each as likely as any other (Fisher and Yates).
  Site.shuffled = function (list, random) {
    var chance = random || Math.random;
    var copy = list.slice();
    for (var last = copy.length - 1; last > 0; last--) {
      var place = Math.floor(chance() * (last + 1));
      var held = copy[last];
      copy[last] = /** @type {any} */ (copy[place]);
      copy[place] = /** @type {any} */ (held);
    }
    return copy;
  };

  // How many of `total` seats each part gets: in proportion to its weight by the largest remainder,
  // chance deciding between equal ones, and no more than it has room for.
  Site.seats = function (weights, room, total, random) {
    var chance = random || Math.random;
    var given = weights.map(function () {
      return 0;
    });
    var left = total;
    while (left > 0) {
      var open = given.flatMap(function (count, part) {
        return (weights[part] || 0) > 0 && count < (room[part] || 0) ? [part] : [];
      });
      var sum = open.reduce(function (all, part) {
        return all + (weights[part] || 0);
      }, 0);
      if (!open.length) break;
      var shares = open.map(function (part) {
        var exact = (left * (weights[part] || 0)) / sum;
        return { part: part, whole: Math.floor(exact + 1e-9), rest: exact % 1, lot: chance() };
      });
      var spare = left;
      shares.forEach(function (share) {
        spare -= share.whole;
      });
      shares.sort(function (one, two) {
        return Math.abs(two.rest - one.rest) > 1e-9 ? two.rest - one.rest : two.lot - one.lot;
      });
      shares.forEach(function (share, place) {
        var seats = share.whole + (place < spare ? 1 : 0);
        var free = (room[share.part] || 0) - (given[share.part] || 0);
        var got = Math.min(seats, free);
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
    var groups = cells.map(function (cell) {
      return items.filter(function (item) {
        return isOf(item, cell);
      });
    });
    var weights = cells.map(function (cell) {
      return weight(cell, items.length);
    });
    var room = groups.map(function (group) {
      return group.length;
    });
    var seats = Site.seats(weights, room, total, random);
    return groups.flatMap(function (group, place) {
      return Site.shuffled(group, random).slice(0, seats[place]);
    });
  }

  // An exam of `total` questions: objectives in proportion to the plan, and levels within each as
  // the plan has them. Without rows for objectives, levels; without a plan, whatever chance gives.
  Site.drawExam = function (items, plan, total, random) {
    var chance = random || Math.random;
    var rows = plan.filter(function (cell) {
      return cell.objective;
    });
    var all = rows.length ? rows : plan;
    /** @type {Map<string, PlanCell[]>} */
    var parts = new Map();
    all.forEach(function (cell) {
      var key = cell.objective || cell.level;
      parts.set(key, (parts.get(key) || []).concat(cell));
    });
    var cells = Array.from(parts.values());
    var groups = cells.map(function (part) {
      return items.filter(function (item) {
        return part.some(function (cell) {
          return isOf(item, cell);
        });
      });
    });
    var weights = cells.map(function (part) {
      return part.reduce(function (sum, cell) {
        return sum + weight(cell, items.length);
      }, 0);
    });
    var room = groups.map(function (group) {
      return group.length;
    });
    var seats = Site.seats(weights, room, Math.min(total, items.length), chance);
    var drawn = groups.flatMap(function (group, place) {
      return byCells(group, cells[place] || [], seats[place] || 0, chance);
    });
    // What the plan says nothing of fills what is left.
    var taken = new Set(drawn);
    var others = items.filter(function (item) {
      return !taken.has(item);
    });
    var missing = Math.max(0, Math.min(total, items.length) - drawn.length);
    return Site.shuffled(drawn.concat(Site.shuffled(others, chance).slice(0, missing)), chance);
  };
})();
