// The list of chapters and questions, with their findings and a filter.
import { badges, byId, counted, el, kept, severityName, sign } from "./dom.js";

const MOST_OPEN = 600; // questions of a bank whose chapters are all open at first
const MOST_FOUND = 300; // questions that a filter shows

export class List {
  constructor(onPick) {
    this.onPick = onPick;
    this.outline = null;
    this.marked = "";
    this.filesAreOpen = null; // as the author left them; at first open if there is an error
    this.severities = new Set();
    this.drawn = new Map(); // a chapter's section by its path, with what it shows
    this.closed = new Set(kept.read("sessionStorage", "closed") ?? []);
    this.isFresh = !kept.read("sessionStorage", "closed");
    byId("filter").addEventListener("input", () => this.render());
    byId("filter").addEventListener("keydown", (event) => {
      if (event.key === "Enter" && this.inOrder().length) this.onPick(this.inOrder()[0].key);
    });
    for (const chip of document.querySelectorAll(".chip")) {
      chip.addEventListener("click", () => this.toggle(chip));
    }
  }

  toggle(chip) {
    const severity = Number(chip.dataset.severity);
    const isOn = !this.severities.delete(severity);
    if (isOn) this.severities.add(severity);
    chip.setAttribute("aria-pressed", String(isOn));
    this.render();
  }

  use(outline) {
    this.outline = outline;
    const number = outline.chapters.reduce((sum, chapter) => sum + chapter.questions.length, 0);
    if (this.isFresh && number > MOST_OPEN) {
      this.closed = new Set(outline.chapters.map((chapter) => chapter.path));
    }
    this.isFresh = false;
  }

  /** Marks the question in view, and brings it into sight if it is another one. */
  mark(key) {
    const isOther = key !== this.marked;
    this.marked = key;
    const chapter = this.chapterOf(key);
    if (isOther && chapter && this.closed.delete(chapter.path)) this.render();
    this.isAway = this.isAway || isOther;
    this.point();
  }

  point() {
    const link = this.link(this.marked);
    for (const other of byId("list").querySelectorAll("a[aria-current]")) {
      if (other !== link) other.removeAttribute("aria-current");
    }
    if (!link) return;
    link.setAttribute("aria-current", "true");
    if (this.isAway) this.bringIn(link);
    this.isAway = false;
  }

  /** Heights of what was not drawn yet are estimates, so the place is looked at again when drawn. */
  bringIn(link, looks = 4) {
    link.scrollIntoView({ block: "nearest" });
    if (looks > 0) {
      requestAnimationFrame(() => {
        if (link.isConnected && link.hasAttribute("aria-current")) this.bringIn(link, looks - 1);
      });
    }
  }

  chapterOf(key) {
    return this.outline?.chapters.find((chapter) =>
      chapter.questions.some((question) => question.key === key));
  }

  link(key) {
    return byId("list").querySelector(`a[data-key="${CSS.escape(key)}"]`);
  }

  get words() {
    return byId("filter").value.trim().toLocaleLowerCase();
  }

  get isFiltered() {
    return this.words !== "" || this.severities.size > 0;
  }

  /** The questions that the filter leaves, in the order of the bank. */
  inOrder() {
    if (!this.outline) return [];
    return this.outline.chapters.flatMap((chapter) =>
      chapter.questions.filter((question) => this.fits(question, chapter)));
  }

  fits(question, chapter) {
    const { severities, words } = this;
    if (severities.size && ![...severities].some((severity) => question.counts[severity])) return false;
    if (!words) return true;
    return [question.id, question.stem, chapter.title].some((text) => text.toLocaleLowerCase().includes(words));
  }

  render() {
    if (!this.outline) return;
    const box = byId("list");
    const focused = document.activeElement?.dataset?.key;
    const scroll = box.scrollTop;
    let left = MOST_FOUND;
    const parts = [];
    for (const chapter of this.outline.chapters) {
      const fitting = this.isFiltered
        ? chapter.questions.filter((question) => this.fits(question, chapter)) : chapter.questions;
      if (this.isFiltered && !fitting.length) continue;
      parts.push(this.chapter(chapter, fitting.slice(0, this.isFiltered ? Math.max(left, 0) : undefined)));
      left -= fitting.length;
    }
    if (this.isFiltered && left < 0) {
      parts.push(el("p", { class: "hint" }, `${counted(-left, "more question")}; narrow the filter to see them.`));
    }
    if (this.isFiltered && left === MOST_FOUND) parts.push(el("p", { class: "hint" }, "No question fits."));
    const isSame = parts.length === box.childElementCount && parts.every((node, at) => node === box.children[at]);
    if (!isSame) box.replaceChildren(...parts);
    box.scrollTop = scroll;
    this.point();
    if (focused) this.link(focused)?.focus();
    this.renderFiles();
    this.renderChips();
  }

  renderChips() {
    const names = ["error", "warning", "info"];
    for (const chip of document.querySelectorAll(".chip")) {
      const at = Number(chip.dataset.severity);
      const number = this.outline.chapters.reduce((sum, chapter) =>
        sum + chapter.questions.filter((question) => question.counts[at]).length, 0);
      chip.replaceChildren(sign(names[at]), ` ${number} `,
        el("span", { class: "unseen" }, `${number === 1 ? "question" : "questions"} with ${severityName(names[at])}s`));
      chip.title = `${counted(number, "question")} with ${severityName(names[at])}s`;
    }
  }

  /** What is wrong with files that are no chapters: it stands above the list, wherever that is scrolled. */
  renderFiles() {
    const findings = this.outline.files.flatMap((file) => file.findings);
    if (!findings.length) this.filesAreOpen = null;
    const told = this.isFiltered ? [] : findings;
    const says = JSON.stringify(told);
    if (this.saysOfFiles === says) return; // its scroll and its focus stay
    this.saysOfFiles = says;
    byId("files").replaceChildren(...(told.length ? [this.files(told)] : []));
  }

  files(told) {
    const hasErrors = told.some((finding) => finding.severity === "error");
    const box = el("details", { ontoggle: () => { this.filesAreOpen = box.open; } },
      el("summary", {}, el("span", {}, "Settings and files"), el("span", { class: "badges" },
        badges(["error", "warning", "info"].map((severity) =>
          told.filter((finding) => finding.severity === severity).length)))),
      el("ul", {}, told.map((finding) => el("li", {}, sign(finding.severity),
        el("span", { class: "unseen" }, `${severityName(finding.severity)}: `),
        el("span", {}, `${finding.path.split("/").pop()}:${finding.line}: ${finding.message}. `,
          el("span", { class: "soft" }, finding.help),
          finding.address ? el("a", { class: "place-link", href: finding.address }, "Open") : null)))));
    box.open = this.filesAreOpen ?? hasErrors;
    return box;
  }

  /** Goes to the first of the worst findings: of the settings and files, else of a question. */
  showFirst() {
    const at = this.outline.counts.findIndex(Boolean);
    const severity = ["error", "warning", "info"][at];
    const chapter = this.outline.chapters.find((one) => this.sum(one)[at]);
    const question = chapter?.questions.find((one) => one.counts[at]);
    const isOfFiles = this.outline.files.some((file) => file.findings.some((one) => one.severity === severity));
    byId("filter").value = "";
    this.severities.clear();
    for (const chip of document.querySelectorAll(".chip")) chip.setAttribute("aria-pressed", "false");
    this.render();
    if (isOfFiles) document.querySelector("#files details").open = true;
    if (isOfFiles || !question) {
      const index = isOfFiles ? -1 : this.outline.chapters.indexOf(chapter);
      document.querySelector(isOfFiles ? "#files summary" : `#list [aria-controls="chapter-${index}"]`)?.focus();
    } else {
      this.onPick(question.key);
    }
  }

  /** A chapter's section, the same as before if it would show the same. */
  chapter(chapter, questions) {
    const isOpen = this.isFiltered || !this.closed.has(chapter.path);
    const at = this.outline.chapters.indexOf(chapter);
    const says = JSON.stringify([at, isOpen, chapter.title, chapter.has_mistakes, this.sum(chapter), isOpen && questions]);
    const before = this.drawn.get(chapter.path);
    if (before?.says === says) return before.section;
    const section = this.section(chapter, questions, isOpen, `chapter-${at}`);
    this.drawn.set(chapter.path, { says, section });
    return section;
  }

  section(chapter, questions, isOpen, id) {
    const name = chapter.path.split("/").pop();
    const head = el("button", {
      class: "chapter", "aria-expanded": String(isOpen), "aria-controls": id,
      onclick: () => this.fold(chapter.path),
    },
    el("span", { class: "chapter-title" }, chapter.title),
    el("span", { class: "soft" }, chapter.has_mistakes ? `${name} is broken` : String(chapter.questions.length)),
    el("span", { class: "badges" }, badges(isOpen ? chapter.counts : this.sum(chapter))));
    const items = isOpen ? questions.map((question) => this.question(question)) : [];
    return el("section", {}, el("h2", {}, head), el("ul", { id }, items));
  }

  sum(chapter) {
    return [0, 1, 2].map((at) => chapter.counts[at] +
      chapter.questions.reduce((sum, question) => sum + question.counts[at], 0));
  }

  question(question) {
    const notes = { before: "broken, shown as it was", gone: "not in the file now" };
    const note = question.is_retired ? "retired" : notes[question.state];
    return el("li", {}, el("a", {
      href: `#/q/${encodeURIComponent(question.key)}`, "data-key": question.key,
      class: question.state === "now" ? "" : "past",
    },
    el("span", { class: "stem", dir: "auto" }, question.stem || "(no stem)"),
    el("span", { class: "under" }, el("span", { class: "id" }, question.id),
      note ? el("span", { class: "note" }, note) : null,
      el("span", { class: "badges" }, badges(question.counts)))));
  }

  fold(path) {
    if (!this.closed.delete(path)) this.closed.add(path);
    kept.write("sessionStorage", "closed", [...this.closed]);
    const index = this.outline.chapters.findIndex((chapter) => chapter.path === path);
    this.render();
    byId("list").querySelector(`[aria-controls="chapter-${index}"]`)?.focus();
  }
}
