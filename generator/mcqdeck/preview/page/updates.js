// Tells of each new snapshot of the bank: `{ run, number, changed }`, where `changed` are the questions
// that a save changed; `{ run, number, early }` with the one card that a save is seen by, before all
// else is known; or `{ isLost }` while there is no server.

export function followUpdates(onUpdate) {
  if (typeof SharedWorker === "undefined") {
    listenAlone(onUpdate);
    return;
  }
  const worker = new SharedWorker("/page/relay.js", "mcqdeck-preview");
  worker.onerror = () => listenAlone(onUpdate);
  worker.port.onmessage = (event) => onUpdate(event.data);
  worker.port.start();
  addEventListener("pagehide", (event) => {
    if (!event.persisted) worker.port.postMessage("farewell");
  });
}

function listenAlone(onUpdate) {
  const stream = new EventSource("/api/updates");
  stream.onmessage = (event) => onUpdate(JSON.parse(event.data));
  stream.onerror = () => {
    onUpdate({ isLost: true });
    if (stream.readyState === EventSource.CLOSED) setTimeout(() => listenAlone(onUpdate), 1000);
  };
}
