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

  /** @param {ServiceWorker} worker */
  const offer = (worker) => {
    const reload = Site.button(
      Site.say("reload"),
      () => {
        navigator.serviceWorker.addEventListener("controllerchange", () => location.reload());
        worker.postMessage("take over");
      },
      "primary",
    );
    Site.notice("version", Site.say("new_version"), [reload]);
  };

  /** @param {ServiceWorkerRegistration} registration */
  const watch = (registration) => {
    if (registration.waiting && navigator.serviceWorker.controller) offer(registration.waiting);
    registration.addEventListener("updatefound", () => {
      const worker = registration.installing;
      if (!worker) return;
      worker.addEventListener("statechange", () => {
        if (worker.state === "installed" && navigator.serviceWorker.controller) offer(worker);
      });
    });
  };

  const register = async () => {
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
