// One stream for all tabs of a browser, which allows six connections to a server and no more.
// Runs as a shared worker: each tab is a port.
"use strict";
const pages = new Set();
let last = null, isListening = false;

function tell(message) {
  if (!message.early) last = message; // what follows it says all
  for (const page of pages) page.postMessage(message);
}

function listen() {
  const stream = new EventSource("/api/updates");
  stream.onmessage = (event) => tell(JSON.parse(event.data));
  stream.onerror = () => {
    tell({ isLost: true });
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
  };
}

onconnect = (event) => {
  const page = event.ports[0];
  pages.add(page);
  page.onmessage = () => pages.delete(page); // it says farewell
  if (last) page.postMessage(last);
  if (!isListening) listen();
  isListening = true;
};
