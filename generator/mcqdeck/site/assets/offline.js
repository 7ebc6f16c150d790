// Where the site comes from a server: kept for times without network, and installed as an app.
(() => {
  "use strict";
  const isServed = location.protocol === "https:" || location.protocol === "http:";

  const manifest = () => {
    // Not in the page itself: from disk browsers refuse it with an error.
    const link = document.createElement("link");
    link.rel = "manifest";
    link.href = "manifest.webmanifest";
    document.head.append(link);
  };

  let isAskedFor = false;

  /** @param {() => void} take */
  const offer = (take) => {
    const reload = Site.button(Site.say("reload"), take, "primary");
    Site.notice("version", Site.say("new_version"), [reload]);
  };

  /** @param {ServiceWorker} worker */
  const offerOf = (worker) =>
    offer(() => {
      isAskedFor = true;
      worker.postMessage("take over");
    });

  // The new version takes over in all tabs, and only the one that asked for it reloads by itself.
  const takeOver = () => {
    let isNew = navigator.serviceWorker.controller !== null;
    navigator.serviceWorker.addEventListener("controllerchange", () => {
      if (isAskedFor) location.reload();
      else if (isNew) offer(() => location.reload());
      isNew = true;
    });
  };

  /** @param {ServiceWorkerRegistration} registration */
  const watch = (registration) => {
    if (registration.waiting && navigator.serviceWorker.controller) {
      offerOf(registration.waiting);
    }
    registration.addEventListener("updatefound", () => {
      const worker = registration.installing;
      if (!worker) return;
      worker.addEventListener("statechange", () => {
        if (worker.state === "installed" && navigator.serviceWorker.controller) offerOf(worker);
      });
    });
  };

  const register = async () => {
    takeOver();
    const registration = await navigator.serviceWorker.register("sw.js");
    watch(registration);
    const { active } = await navigator.serviceWorker.ready;
    navigator.serviceWorker.addEventListener("message", (event) => {
      if (event.data === "kept") Site.tell(Site.say("offline"));
      document.documentElement.dataset.offline = String(event.data);
    });
    const connection = /** @type {any} */ (navigator).connection;
    if (active && !(connection && connection.saveData)) active.postMessage("keep all");
  };

  const installing = () => {
    const button = document.querySelector("[data-install]");
    if (!(button instanceof HTMLElement)) return;
    addEventListener("beforeinstallprompt", (event) => {
      event.preventDefault();
      button.hidden = false;
      button.onclick = () => {
        button.hidden = true;
        /** @type {any} */ (event).prompt();
      };
    });
  };

  if (isServed) {
    manifest();
    installing();
    // After the page is usable: what is fetched ahead must not slow what is looked at.
    void Site.ready.then(() =>
      setTimeout(() => {
        if ("serviceWorker" in navigator) register().catch(() => {});
      }, 1000),
    );
  }
})();
