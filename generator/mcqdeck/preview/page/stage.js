// The card in its frame: as a client lays it out, at a size, by day or night, one side after the other.
import { byId, el, kept } from "./dom.js";

// What each client keeps from the front to the back: docs/preview.md tells where this is from.
const CLIENTS = {
  desktop: { name: "Anki desktop", style: "desktop" },
  droid: { name: "AnkiDroid", style: "android" },
  classic: { name: "AnkiDroid, older: a page per side", style: "android", isPagePerSide: true },
  ios: { name: "AnkiMobile", style: "ios" },
  web: { name: "AnkiWeb", style: "web" },
  alone: { name: "A back without its front", style: "desktop", isPagePerSide: true, isAlone: true },
  scriptless: { name: "No JavaScript", style: "desktop", isScriptless: true },
};
const SIZES = {
  phone: { name: "Phone", width: 390, height: 780 },
  tablet: { name: "Tablet", width: 820, height: 1100 },
  desktop: { name: "Desktop", width: 1100, height: 0 },
};
const TYPES = ["Multiple choice", "Flashcard"];

export class Stage {
  constructor({ onKey, onFault, onSide, onShown }) {
    Object.assign(this, { onKey, onFault, onSide, onShown });
    this.fault = "";
    this.answer = null;
    this.frameKey = "";
    this.isReady = false;
    this.steps = []; // what the frame is to show, one after the other
    this.awaited = false; // whether it has not shown the last of them yet
    this.stored = {}; // what the card keeps for its session, as the frame told last
    this.isFramesOwn = false; // whether the frame has it, and perhaps something newer
    this.scroll = 0;
    const saved = kept.read("sessionStorage", "stage");
    this.side = saved?.side === "back" ? "back" : "front";
    this.type = TYPES.includes(saved?.type) ? saved.type : "Multiple choice";
    this.seed = saved?.seed ?? fresh();
    this.last = saved; // to go on where a reload interrupted
    const look = { client: "desktop", size: "phone", letters: "100", isNight: false, ...kept.read("localStorage", "look") };
    this.look = look;
    if (!(look.client in CLIENTS)) look.client = "desktop";
    if (!(look.size in SIZES)) look.size = "phone";
    this.frame = byId("frame");
    addEventListener("message", (event) => {
      if (event.source === this.frame.contentWindow) this.hear(event.data ?? {});
    });
    addEventListener("resize", () => this.fit());
    this.controls();
  }

  controls() {
    const { look } = this;
    byId("client").append(...Object.entries(CLIENTS).map(([id, client]) => el("option", { value: id }, client.name)));
    byId("sizes").append(...Object.entries(SIZES).map(([id, size]) => el("button", { "data-size": id,
      onclick: () => this.set({ size: id }) }, size.name)));
    byId("types").append(...TYPES.map((type) => el("button", { "data-type": type,
      onclick: () => this.pickType(type) }, type)));
    for (const button of byId("sides").children) {
      button.addEventListener("click", () => this.turn(button.dataset.side));
    }
    byId("client").value = look.client;
    byId("letters").value = look.letters;
    byId("client").addEventListener("change", () => {
      this.forget();
      this.load();
      this.set({ client: byId("client").value });
    });
    byId("letters").addEventListener("change", () => this.set({ letters: byId("letters").value }));
    byId("night").addEventListener("click", () => this.set({ isNight: !this.look.isNight }));
    byId("shuffle").addEventListener("click", () => this.shuffle());
    this.mark();
  }

  get client() {
    return CLIENTS[this.look.client];
  }

  get isBack() {
    return this.side === "back";
  }

  get card() {
    const cards = this.answer?.cards ?? [];
    return cards.find((card) => card.template === this.type) ?? cards[0];
  }

  set(change) {
    Object.assign(this.look, change);
    kept.write("localStorage", "look", this.look);
    this.mark();
    this.fit();
    this.post({ keeps: true });
  }

  mark() {
    const { look } = this;
    press(byId("sizes"), "size", look.size);
    press(byId("sides"), "side", this.side);
    press(byId("types"), "type", this.card?.template ?? this.type);
    for (const button of byId("types").children) {
      button.disabled = Boolean(this.answer) && !this.answer.cards?.some((card) => card.template === button.dataset.type);
    }
    byId("shuffle").disabled = this.card?.template === "Flashcard";
    byId("night").setAttribute("aria-pressed", String(look.isNight));
    byId("device").dataset.size = look.size;
    byId("stage").classList.toggle("night", look.isNight);
  }

  /** Another question comes: it begins with its front, unless backs are looked at. */
  leave() {
    if (!this.answer) return; // the first one, which may go on where a reload interrupted
    this.last = null;
    this.forget();
    this.scroll = 0;
    this.seed = fresh();
  }

  /** The card's session begins again, or with what was `stored` once. */
  forget(stored = {}) {
    this.stored = stored;
    this.isFramesOwn = false;
  }

  /** Whether all that it was given is shown. */
  get isIdle() {
    return !this.awaited;
  }

  show(answer) {
    if (this.answer && looks(this.answer) === looks(answer)) {
      this.answer = answer;
      return; // a card that is played, read or selected in stays as it is
    }
    const isSame = this.answer?.key === answer.key;
    const goesOn = this.last?.key === answer.key;
    this.answer = answer;
    this.fault = "";
    byId("stage").classList.remove("empty");
    if (goesOn) {
      this.forget(this.last.stored ?? {});
      this.scroll = this.last.scroll ?? 0;
    }
    this.last = null;
    if (answer.frame !== this.frameKey) {
      this.frameKey = answer.frame;
      this.load();
    }
    this.mark();
    this.fit();
    this.post({ keeps: isSame || goesOn, isOther: !isSame });
  }

  empty(text) {
    this.answer = null;
    byId("stage").classList.add("empty");
    byId("stage").dataset.text = text;
    this.mark();
  }

  /** A new document in the frame. */
  load() {
    this.isReady = false;
    this.isFramesOwn = false;
    this.frame.src = `/frame?${this.frameKey}-${Math.random().toString(36).slice(2)}`;
  }

  turn(side = this.isBack ? "front" : "back") {
    if (!this.answer) return;
    const goes = side !== this.side;
    this.side = side;
    this.scroll = 0;
    if (side === "front") this.forget();
    if (goes && side === "front") this.seed = fresh();
    this.mark();
    this.post({ isOther: true });
  }

  pickType(type) {
    if (type === this.card?.template) return;
    this.type = type;
    this.forget();
    this.scroll = 0;
    this.mark();
    this.post({ isOther: true });
  }

  otherType() {
    const other = this.answer?.cards?.find((card) => card !== this.card);
    if (other) this.pickType(other.template);
  }

  shuffle() {
    if (!this.answer || byId("shuffle").disabled) return;
    this.seed = fresh();
    this.forget();
    this.side = "front";
    this.mark();
    this.post({ isOther: true });
  }

  /** Lets the frame show the card, once its document is there. */
  post({ keeps = false, isOther = false }) {
    const { answer, card, client, look } = this;
    if (!card) return;
    const isNewPage = isOther && Boolean(client.isPagePerSide);
    const step = {
      type: "show",
      number: answer.number,
      html: this.isBack ? card.back : card.front,
      isBack: this.isBack,
      ord: answer.cards.indexOf(card) + 1,
      style: answer.style,
      client: client.style,
      isScriptless: Boolean(client.isScriptless),
      letters: Number(look.letters),
      night: look.isNight,
      seed: this.seed,
      keeps,
      scroll: this.scroll,
    };
    this.steps = [[step, isNewPage]];
    // In Anki a back follows its front, which shuffles the options.
    const hasFront = this.isBack && !client.isAlone && card.template !== "Flashcard";
    if (hasFront && !client.isPagePerSide) {
      step.before = card.front; // if the frame has not shown it
    } else if (hasFront && !this.stored.mcqdeck) {
      const front = { ...step, html: card.front, isBack: false, keeps: false };
      this.steps = [[front, isNewPage], [step, true]];
    }
    this.awaited = true;
    this.advance();
    this.keep();
  }

  advance() {
    if (!this.isReady || !this.steps.length) return;
    const [step, isNewPage] = this.steps[0];
    if (isNewPage) {
      this.steps[0] = [step, false];
      this.load();
      return;
    }
    this.steps.shift();
    this.frame.title = `Card, ${step.isBack ? "back" : "front"}`;
    const stored = this.isFramesOwn ? null : { ...this.stored };
    this.isFramesOwn = !this.client.isAlone;
    this.frame.contentWindow.postMessage({ ...step, stored: this.client.isAlone ? {} : stored }, "*");
  }

  keep() {
    const { side, type, seed, stored, scroll } = this;
    kept.write("sessionStorage", "stage", { key: this.answer?.key, side, type, seed, stored, scroll });
    this.onSide();
  }

  hear(message) {
    if (message.type === "ready") {
      this.isReady = true;
      this.advance();
    } else if (message.type === "stored" && typeof message.stored === "object") {
      this.stored = message.stored;
      this.keep();
    } else if (message.type === "scrolled") {
      this.scroll = Number(message.scroll) || 0;
      this.keep();
    } else if (message.type === "fault") {
      this.fault = String(message.text);
      this.onFault();
    } else if (message.type === "key") {
      this.onKey(String(message.key), Boolean(message.shift));
    } else if (message.type === "shown") {
      byId("stage").dataset.shown = `${Number(message.number)}`;
      byId("stage").dataset.key = this.answer?.key ?? "";
      byId("stage").dataset.turns = String((this.turns = (this.turns ?? 0) + 1));
      this.awaited = this.steps.length > 0;
      this.advance();
      if (this.isIdle) this.onShown();
    }
  }

  /** Lays the device out at its own width, and scales it down where there is no room for that. */
  fit() {
    const stage = byId("stage"), device = byId("device");
    const size = SIZES[this.look.size];
    const scale = Math.min(1, (stage.clientWidth - 24) / size.width);
    const isPage = getComputedStyle(stage).overflowY === "visible"; // the page scrolls, not the stage
    const room = isPage ? innerHeight * 0.8 : stage.clientHeight - 56;
    const height = Math.max(300, Math.min(size.height || Infinity, room / scale));
    device.style.width = `${size.width}px`;
    device.style.height = `${height}px`;
    device.style.transform = scale < 1 ? `scale(${scale})` : "";
    device.style.marginBottom = `${(scale - 1) * height}px`;
    device.style.marginInlineEnd = scale < 1 ? `${(scale - 1) * size.width}px` : "";
    device.style.marginInlineStart = scale < 1 ? "0" : "";
    device.dataset.label = `${size.width} × ${Math.round(height)}${scale < 1 ? `, at ${Math.round(scale * 100)} %` : ""}`;
  }
}

/** All of an answer by which a card looks and acts as it does. */
function looks({ key, frame, style, cards }) {
  return JSON.stringify([key, frame, style, cards]);
}

function fresh() {
  return 1 + Math.floor(Math.random() * 0x7ffffffe);
}

function press(group, name, value) {
  for (const button of group.children) button.setAttribute("aria-pressed", String(button.dataset[name] === value));
}
