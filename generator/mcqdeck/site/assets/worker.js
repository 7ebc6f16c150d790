// Files are kept under their digests, so a new version fetches only what has changed, and a page
// never gets a part of another version.
var CACHE = "mcqdeck-" + BANK;
var FILES = Object.assign({}, FIRST, LATER);

/** @param {string} path */
function key(path) {
  return new Request(new URL(path + "?v=" + FILES[path], self.registration.scope).href);
}

// The server may have a newer release by now, of which nothing is kept as if it were this one's.
/** @param {Response} answer @param {string} path */
async function isOurs(answer, path) {
  var hash = await crypto.subtle.digest("SHA-256", await answer.arrayBuffer());
  var digits = Array.from(new Uint8Array(hash), function (byte) {
    return byte.toString(16).padStart(2, "0");
  });
  return digits.join("").startsWith(FILES[path]);
}

/** @param {string} path */
async function fetched(path) {
  var cache = await caches.open(CACHE);
  var request = key(path);
  var kept = await cache.match(request);
  if (kept) return kept;
  var answer = await fetch(request, { cache: "no-cache" });
  if (answer.ok && (await isOurs(answer.clone(), path))) await cache.put(request, answer.clone());
  return answer;
}

/** @param {Record<string, string>} files */
async function keep(files) {
  var cache = await caches.open(CACHE);
  for (var path of Object.keys(files)) {
    await fetched(path);
    if (!(await cache.match(key(path)))) throw new Error(path + " is not of this release");
  }
}

self.addEventListener("install", function (event) {
  event.waitUntil(keep(FIRST));
});

self.addEventListener("activate", function (event) {
  event.waitUntil(
    (async function () {
      var cache = await caches.open(CACHE);
      var wanted = new Set(
        Object.keys(FILES).map(function (path) {
          return key(path).url;
        }),
      );
      for (var request of await cache.keys()) {
        var isHere = request.url.startsWith(self.registration.scope);
        var isPage = new URL(request.url).search === "";
        if (isHere && !isPage && !wanted.has(request.url)) await cache.delete(request);
      }
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("message", function (event) {
  if (event.data === "take over") self.skipWaiting();
  if (event.data !== "keep all") return;
  event.waitUntil(
    keep(LATER).then(
      function () {
        event.source.postMessage("kept");
      },
      function () {
        event.source.postMessage("not kept");
      },
    ),
  );
});

// A page of a question or a chapter comes from the network, and as it was last where there is none.
// What was never opened the app shows.
/** @param {Request} request @param {string} path */
async function page(request, path) {
  var cache = await caches.open(CACHE);
  try {
    var answer = await fetch(request);
    if (answer.ok) await cache.put(request.url.split(/[?#]/)[0], answer.clone());
    return answer;
  } catch (offline) {
    var kept = await cache.match(request.url.split(/[?#]/)[0]);
    if (kept) return kept;
    var way = path.replace(/^q/, "question").replace(/^c/, "chapter").replace(/\.html$/, "");
    return Response.redirect(new URL("index.html#/" + way, self.registration.scope).href);
  }
}

self.addEventListener("fetch", function (event) {
  var url = new URL(event.request.url);
  if (event.request.method !== "GET" || !url.href.startsWith(self.registration.scope)) return;
  var path = url.href.slice(self.registration.scope.length).split(/[?#]/)[0] || "index.html";
  if (Object.prototype.hasOwnProperty.call(FILES, path)) event.respondWith(fetched(path));
  else if (/^[qc]\/.*\.html$/.test(path)) event.respondWith(page(event.request, path));
});
