// The one name that the site's scripts have in common; what is under it, types.d.ts says.
window.Site = /** @type {any} */ ({
  // What a table has under a name, and not what every object has: a question may be called
  // `constructor`.
  /** @param {{[name: string]: unknown}} table @param {string} name */
  own: (table, name) =>
    Object.prototype.hasOwnProperty.call(table, name) ? table[name] : undefined,
});
