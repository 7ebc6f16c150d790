// What the next release would do to learners: the same differences that `mcqdeck diff` shows.
import { ask, counted, el, severityName, sign } from "./dom.js";

const KINDS = {
  key: ["Answer key changed", "What was right is now wrong, or the other way round."],
  retired: ["Retired", "Learners get the question once more, with a notice."],
  removed: ["Removed", "Copies that learners have stay."],
  new: ["New", "Learners get these as new cards."],
  reworded: ["Reworded", "The new text arrives; reviews stay."],
  options: ["Options changed", "The new options arrive; reviews stay."],
  explanation: ["Explanation only", ""],
  metadata: ["Tags or metadata only", ""],
  moved: ["Moved", "New cards arrive in the new deck; cards that learners have stay where they are."],
};
const MOST = 200; // changes of a kind that are listed

let turn = 0;

export async function showRelease(box, openQuestion) {
  const mine = ++turn;
  box.setAttribute("aria-busy", "true");
  if (!box.childElementCount) box.replaceChildren(el("p", { class: "hint" }, "Comparing with the last release …"));
  const answer = await ask("/api/release");
  if (mine !== turn) return;
  box.removeAttribute("aria-busy");
  const scroll = box.scrollTop;
  box.replaceChildren(el("div", { class: "column" }, ...parts(answer, openQuestion)));
  box.scrollTop = scroll;
}

function parts(answer, openQuestion) {
  const head = el("h2", {}, "What the next release does to learners");
  if (answer.problem) {
    return [head, el("p", { class: "notice" }, answer.problem),
      ...(answer.errors ?? []).map((each) => finding(each, openQuestion))];
  }
  const compared = el("p", { class: "soft" }, "Compared with ", el("code", {}, answer.path), ", the package that learners have.");
  const told = answer.diagnostics.map((each) => finding(each, openQuestion));
  const warnings = answer.warnings.map((warning) => el("p", { class: "notice" }, warning));
  if (answer.is_first) {
    return [head, el("p", { class: "notice" }, `There is no package at `, el("code", {}, answer.path),
      `: this would be the first release, with ${counted(answer.questions, "question")}.`), ...told, ...warnings];
  }
  const { changes } = answer;
  const groups = Object.keys(KINDS)
    .map((kind) => [kind, changes.changes.filter((change) => change.kind === kind)])
    .filter(([, group]) => group.length);
  const sync = changes.full_sync
    ? "The note type has another schema: learners face a full sync, and corrections do not arrive."
    : changes.note_type_changed ? "The look of the cards changes, without a full sync." : "";
  return [head, compared, ...told, ...warnings,
    el("ul", { class: "tiles" },
      groups.map(([kind, group]) => tile(group.length, KINDS[kind][0], kind)),
      tile(changes.unchanged, "Unchanged", "same")),
    !groups.length && !sync && !changes.decks.length
      ? el("p", { class: "notice" }, answer.is_same ? "Nothing: the package is what the sources give." : "Nothing that learners would see.") : null,
    sync ? el("p", { class: changes.full_sync ? "notice bad" : "notice" }, sync) : null,
    changes.decks.length ? el("section", {}, el("h3", {}, "Decks"),
      el("ul", { class: "parts" }, changes.decks.map((deck) => part(deck)))) : null,
    ...groups.map(([kind, group]) => section(kind, group, openQuestion))].filter(Boolean);
}

function finding({ severity, message, help, place, id }, openQuestion) {
  return el("div", { class: `finding ${severity}` },
    el("p", {}, sign(severity), el("span", { class: "unseen" }, `${severityName(severity)}: `), el("strong", {}, message)),
    el("p", { class: "help" }, help),
    place ? el("p", { class: "actions" }, el("span", { class: "soft" }, place),
      id ? el("button", { class: "link", onclick: () => openQuestion(id) }, id) : null) : null);
}

function tile(number, name, kind) {
  return el("li", { class: `tile ${kind}` }, el("b", {}, number.toLocaleString("en")), el("span", {}, name));
}

function section(kind, group, openQuestion) {
  const [name, note] = KINDS[kind];
  const left = group.length - MOST;
  return el("section", { class: "changes" },
    el("h3", {}, name, " ", el("span", { class: "soft" }, String(group.length))),
    note ? el("p", { class: "soft" }, note) : null,
    el("ul", {}, group.slice(0, MOST).map((change) => el("li", {},
      el("button", { class: "link", onclick: () => openQuestion(change.id) }, change.id),
      el("p", { dir: "auto" }, change.stem),
      change.parts.length ? el("ul", { class: "parts" }, change.parts.map(part)) : null))),
    left > 0 ? el("p", { class: "hint" }, `and ${left.toLocaleString("en")} more`) : null);
}

function part({ name, old, new: now }) {
  const [before, after] = apart(old, now);
  return el("li", {}, el("span", { class: "part-name" }, name),
    old ? el("del", { dir: "auto" }, ...before) : el("span", { class: "soft" }, "nothing"),
    now ? el("ins", { dir: "auto" }, ...after) : el("span", { class: "soft" }, "nothing"),
    old === now ? el("span", { class: "soft" }, "(only its markup changed)") : null);
}

/** Two texts, what is only in one of them marked: all between what both begin and end with. */
function apart(old, now) {
  const one = old.split(/(\s+)/), two = now.split(/(\s+)/);
  let start = 0, end = 0;
  while (start < Math.min(one.length, two.length) && one[start] === two[start]) start++;
  while (end < Math.min(one.length, two.length) - start &&
    one[one.length - 1 - end] === two[two.length - 1 - end]) end++;
  const cut = (words) => [words.slice(0, start).join(""),
    el("mark", {}, words.slice(start, words.length - end).join("")),
    words.slice(words.length - end).join("")].filter((piece) => piece !== "" && piece.textContent !== "");
  return [cut(one), cut(two)];
}
