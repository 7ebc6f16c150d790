// The one name that the site's scripts have in common; what is under it, types.d.ts says.
window.Site = /** @type {any} */ ({});
