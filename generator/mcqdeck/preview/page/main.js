// The page: which question is in view, how, and what happens when a file is saved.
import { ask, badges, byId, counted, el, kept } from "./dom.js";
import { followUpdates } from "./updates.js";
import { List } from "./list.js";
import { Stage } from "./stage.js";
import { Source } from "./source.js";
import { showRelease } from "./release.js";
import { showBank } from "./bank.js";

const view = { follow: true, ...kept.read("sessionStorage", "view") };
const known = { run: "", number: 0, outline: null, isBehind: false, isRefreshing: false };
const list = new List(go);
const stage = new Stage({ onKey, onFault: showNotes, onSide: remember, onShown: tellDrawn });
const source = new Source({ fix, ask });

// Where in the page --------------------------------------------------------------------------------

function place() {
  const [, name = "", ...rest] = location.hash.split("/");
  if (name === "release" || name === "bank") return { name };
  return { name: "cards", key: name === "q" ? decode(rest.join("/")) : "" };
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

function addressOf(key) {
  return `#/q/${encodeURIComponent(key)}`;
}

function go(key, { replaces = false, ready } = {}) {
  if (!key) return;
  if (replaces) history.replaceState(null, "", addressOf(key));
  else history.pushState(null, "", addressOf(key));
  showPlace(ready);
}

function showPlace(ready) {
  const { name, key } = place();
  for (const main of document.querySelectorAll("main.place")) main.hidden = main.id !== name;
  for (const link of document.querySelectorAll(".places a")) {
    if (link.dataset.place === name) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (name === "release") showRelease(byId("release"), openQuestion);
  if (name === "bank") showBank(byId("bank"), openQuestion);
  if (name === "cards" && known.outline) showQuestion(key || view.key || firstKey(), ready);
  if (name === "cards") stage.fit();
}

function openQuestion(id) {
  const found = allQuestions().find((question) => question.id === id);
  if (found) go(found.key);
}

function allQuestions() {
  return known.outline ? known.outline.chapters.flatMap((chapter) => chapter.questions) : [];
}

function firstKey() {
  return allQuestions()[0]?.key ?? "";
}

// The question in view -----------------------------------------------------------------------------

let asked = 0;
let shown = null;

function question(key) {
  return ask(`/api/question?key=${encodeURIComponent(key)}`);
}

async function showQuestion(key, ready) {
  const questions = allQuestions();
  if (!questions.some((question) => question.key === key)) key = nearest(questions);
  const isOther = view.key !== key;
  view.key = key;
  view.at = questions.findIndex((question) => question.key === key);
  if (isOther) stage.leave();
  list.mark(key);
  remember();
  if (!key) {
    shown = null;
    stage.empty("There is no question in this bank yet. Write one, and it shows here.");
    source.show(null, known.outline);
    showNotes();
    return;
  }
  const turn = ++asked;
  let answer = await (ready?.key === key ? ready.answer : question(key));
  while (turn === asked && answer.number < known.number) answer = await question(key);
  if (turn !== asked) return; // another question was asked for since
  if (answer.problem === "gone") {
    refresh();
    return;
  }
  if (answer !== shown && !isOlder(answer)) showCard(answer);
  source.show(answer, known.outline);
  showNotes();
  const name = answer.id || "question";
  document.title = `${name} · ${known.outline.title || known.outline.folder}`;
}

function showCard(answer) {
  shown = answer;
  if (answer.cards) stage.show(answer);
  else stage.empty(answer.problem);
}

/** The question that stands where the one in view stood, if that is gone. */
function nearest(questions) {
  const at = Math.min(Math.max(view.at ?? 0, 0), questions.length - 1);
  return questions[at]?.key ?? "";
}

function showNotes() {
  const notes = [];
  if (shown?.state === "before") {
    notes.push(["As it was before: what the file says now makes no card. The mistakes stand in the source."]);
  } else if (shown?.state === "gone") {
    notes.push(["As it was before: a mistake in the chapter hides this question, or it was taken out."]);
  }
  if (shown?.problem) notes.push([shown.problem, "bad"]);
  if (shown?.unread?.length) {
    const formulas = shown.unread.map((formula) => el("code", {}, formula));
    notes.push([["Only MathJax, which Anki has, can typeset: ",
      ...formulas.flatMap((code, at) => at ? [", ", code] : [code])], "quiet"]);
  }
  if (stage.fault) notes.push([`The card's script failed: ${stage.fault}`, "bad"]);
  const box = byId("notes");
  const nodes = notes.map(([content, kind]) => el("p", { class: kind ?? "" }, content));
  const same = box.childElementCount === nodes.length &&
    nodes.every((node, at) => node.isEqualNode(box.children[at]));
  if (!same) box.replaceChildren(...nodes); // a screen reader tells of what changes only
}

// Saves --------------------------------------------------------------------------------------------

followUpdates((update) => {
  if (update.isLost) {
    showBanner("The preview has ended, or is starting again. This page goes on by itself when it is back.");
    return;
  }
  showBanner(known.outline?.trouble);
  if (known.run && update.run !== known.run) {
    location.reload(); // another server, and perhaps another page
    return;
  }
  if (update.early) {
    showEarly(update.early, update.number);
    return;
  }
  known.newest = update.number;
  if (update.number > known.number) refresh(update.changed);
});

document.addEventListener("visibilitychange", () => {
  if (!document.hidden && known.isBehind) refresh();
});
addEventListener("pageshow", (event) => {
  if (event.persisted) refresh();
});

let early = null; // the question to which the page went before all that the save says was known
let isWaitedFor = false; // the server goes on with a save when the page has drawn what it was told

/** A card that a save changed, before all that the save says is known. */
function showEarly(card, number) {
  if (document.hidden || !shown?.cards || place().name !== "cards") {
    if (!document.hidden) sendDrawn();
    return;
  }
  isWaitedFor = true;
  const isHere = card.key === view.key && card.key === shown.key;
  const at = allQuestions().findIndex((question) => question.key === card.key);
  const follows = view.follow && card.is_changed && card.key !== view.key && at >= 0;
  if (isHere || follows) early = { key: card.key, number, isChanged: card.is_changed };
  if (follows) {
    asked += 1; // what was asked for is overtaken
    history.replaceState(null, "", addressOf(card.key));
    Object.assign(view, { key: card.key, at });
    stage.leave();
    list.mark(card.key);
    remember();
  }
  if (isHere || follows) showCard({ ...shown, state: "now", problem: undefined, ...card });
  if (stage.isIdle) tellDrawn();
}

function tellDrawn() {
  if (!isWaitedFor) return;
  isWaitedFor = false;
  requestAnimationFrame(() => setTimeout(sendDrawn));
}

function sendDrawn() {
  ask("/api/drawn", { method: "POST" });
}

/** Brings the page up to date: first the card, which is waited for, and then the list. */
async function refresh(changed = []) {
  known.isBehind = true;
  if (known.isRefreshing || (document.hidden && known.outline)) return;
  known.isRefreshing = true;
  while (known.isBehind) {
    known.isBehind = false;
    const since = known.number ? `?since=${known.number}` : "";
    const here = place();
    const ready = here.name === "cards" ? await ahead(here.key || view.key, changed) : undefined;
    const answer = await ask(`/api/outline${since}`);
    if (answer.problem) {
      showBanner(answer.problem);
      break;
    }
    if (known.run && answer.outline.run !== known.run) {
      location.reload();
      return;
    }
    accept(answer, ready);
    if ((known.newest ?? 0) > known.number) known.isBehind = true;
    else sendDrawn();
  }
  known.isRefreshing = false;
}

/** The question that will be in view, and its card at once where that is the one in view. */
async function ahead(inView, changed) {
  const isOther = !early && view.follow && changed.length && !changed.includes(inView);
  const key = isOther ? changed[0] : inView;
  if (!key) return undefined;
  const turn = asked;
  const answer = await question(key);
  const isHere = key === inView && key === view.key && turn === asked && !isOlder(answer);
  if (isHere && shown && answer.cards && answer.number >= shown.number) showCard(answer);
  return { key, answer };
}

/** Whether the card of an answer was overtaken by an early one. */
function isOlder(answer) {
  return early !== null && early.key === answer.key && answer.number <= early.number;
}

function accept({ changed, saved, outline }, ready) {
  known.run = outline.run;
  known.number = outline.number;
  known.outline = outline;
  showBanner(outline.trouble);
  showStatus(outline, saved);
  list.use(outline);
  setTimeout(() => list.render()); // after the card, which is waited for
  const { name, key } = place();
  const target = key || view.key;
  const isThere = early?.isChanged && (outline.number <= early.number || changed.includes(early.key));
  if (early && outline.number > early.number) early = null;
  const follows = view.follow && changed.length && name === "cards" && !isThere && !changed.includes(target);
  if (follows) go(changed[0], { replaces: true, ready });
  else showPlace(ready);
}

function showStatus(outline, saved) {
  byId("title").textContent = outline.title || outline.folder;
  const status = byId("status");
  status.dataset.number = outline.number;
  const time = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  if (saved.length) {
    const name = saved[0].split("/").pop();
    view.saved = `${saved.length > 1 ? counted(saved.length, "file") : name} changed ${time}`;
  }
  const counts = badges(outline.counts);
  const hadFocus = document.activeElement?.id === "first";
  status.replaceChildren(
    el("span", { class: "saved" }, view.saved ?? ""),
    counts.length
      ? el("button", { id: "first", title: "Go to the first finding", onclick: () => list.showFirst() }, ...counts)
      : el("span", { class: "badge good" }, "✓ no findings"),
    el("span", { class: `checking${outline.is_complete || outline.trouble ? "" : " on"}` }, "checking"));
  if (hadFocus) byId("first")?.focus();
}

function showBanner(text) {
  const banner = byId("banner");
  banner.hidden = !text;
  if (text && banner.textContent !== text) banner.textContent = text;
}

async function fix(wanted) {
  const answer = await ask("/api/fix", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(wanted),
  });
  return answer.problem ?? "";
}

// Controls -----------------------------------------------------------------------------------------

function remember() {
  kept.write("sessionStorage", "view", view);
}

function step(by) {
  const questions = list.inOrder();
  const at = questions.findIndex((question) => question.key === view.key);
  const next = questions[at < 0 ? 0 : Math.min(Math.max(at + by, 0), questions.length - 1)];
  if (next && next.key !== view.key) go(next.key);
}

function onKey(key, isShifted) {
  const actions = {
    j: () => step(1),
    k: () => step(-1),
    " ": () => stage.turn(),
    Enter: () => stage.turn(),
    c: () => stage.otherType(),
    s: () => stage.shuffle(),
    n: () => byId("night").click(),
    f: () => byId("follow").click(),
    e: () => source.open(),
    "/": () => {
      openList(true);
      byId("filter").focus();
    },
    "?": openHelp,
  };
  if (!(key in actions) || (isShifted && key !== "?" && key !== "/")) return false;
  if (place().name !== "cards" && key !== "?") return false;
  actions[key]();
  return true;
}

document.addEventListener("keydown", (event) => {
  const at = event.target;
  const isTyping = at.closest("input, select, textarea, dialog");
  const acts = /^( |Enter)$/.test(event.key) && at.closest("a, button, summary");
  if (event.key === "Escape" && at.id === "filter") at.blur();
  if (event.key === "Escape") openList(false);
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping || acts) return;
  if (onKey(event.key, event.shiftKey)) event.preventDefault();
});

addEventListener("popstate", () => showPlace());

const follow = byId("follow");
function showFollow() {
  follow.setAttribute("aria-pressed", String(view.follow));
}
follow.addEventListener("click", () => {
  view.follow = !view.follow;
  showFollow();
  remember();
});
showFollow();

const themes = ["system", "light", "dark"];
let theme = kept.read("localStorage", "theme") ?? "system";
function showTheme() {
  document.documentElement.dataset.theme = theme;
  byId("theme-name").textContent = `Appearance: ${theme}`;
  byId("theme").title = `Appearance: ${theme}`;
}
byId("theme").addEventListener("click", () => {
  theme = themes[(themes.indexOf(theme) + 1) % themes.length];
  kept.write("localStorage", "theme", theme);
  showTheme();
});
showTheme();

function openHelp() {
  // A frame that gets the focus back may take it from what is focused next.
  if (document.activeElement === byId("frame")) byId("stage").focus();
  byId("help").showModal();
}
byId("open-help").addEventListener("click", openHelp);

function openList(isOpen) {
  document.body.classList.toggle("list-open", isOpen);
  byId("open-list").setAttribute("aria-expanded", String(isOpen));
}
byId("open-list").addEventListener("click", () => {
  openList(true);
  byId("close-list").focus();
});
byId("close-list").addEventListener("click", () => {
  openList(false);
  byId("open-list").focus();
});
byId("list").addEventListener("click", (event) => {
  if (event.target.closest("a")) openList(false);
});

refresh();
