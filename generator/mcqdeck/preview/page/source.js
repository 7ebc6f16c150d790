// What the file says of a question, line by line, with what is wrong beside it.
import { byId, counted, el, severityName, sign } from "./dom.js";

export class Source {
  constructor({ fix, ask }) {
    Object.assign(this, { fix, ask });
    this.address = "";
    this.key = "";
  }

  open() {
    if (this.address) byId("source").querySelector(".open-editor")?.click();
  }

  show(answer, outline) {
    const box = byId("source");
    const said = answer && { ...answer, number: 0, frame: "", cards: [], style: "" };
    const says = JSON.stringify([said, outline?.fixable]);
    if (says === this.says) return; // what was opened or focused in it stays so
    this.says = says;
    const scroll = this.key === answer?.key ? box.scrollTop : 0;
    this.key = answer?.key;
    this.address = answer?.address ?? "";
    box.replaceChildren(...(answer ? this.parts(answer, outline) : []));
    box.scrollTop = scroll;
  }

  parts(answer, outline) {
    const facts = [answer.objective, answer.level, answer.difficulty && `difficulty ${answer.difficulty}`, ...answer.tags];
    const beside = new Map();
    const above = [];
    for (const finding of answer.findings) {
      const row = finding.line - answer.line;
      if (row < 0 || row >= answer.lines.length) above.push(finding);
      else beside.set(row, [...(beside.get(row) ?? []), finding]);
    }
    return [
      el("header", { class: "source-head" },
        el("div", {},
          el("h2", { class: "id" }, answer.id || "(no id)"),
          el("p", { class: "soft" }, `${answer.path}:${answer.line}`)),
        answer.address ? el("a", { class: "plain open-editor", href: answer.address, title: "Open in the editor (e)" }, "Open") : null),
      el("ul", { class: "facts" }, facts.filter(Boolean).map((fact) => el("li", {}, fact))),
      this.fixAll(outline),
      el("div", { class: "findings" }, answer.of_chapter.map((finding) => this.finding(finding, "About the chapter: "))),
      el("div", { class: "findings" }, above.map((finding) => this.finding(finding))),
      answer.lines.length ? el("ol", { class: "lines", style: null },
        answer.lines.map((line, row) => this.line(line, answer.line + row, beside.get(row) ?? []))) : null,
    ].filter(Boolean);
  }

  fixAll(outline) {
    if (!outline || outline.fixable < 2) return null;
    const said = el("span", { class: "soft", role: "status" });
    return el("p", { class: "fix-all" }, el("button", { class: "plain", onclick: async (event) => {
      event.target.disabled = true;
      said.textContent = await this.fix({ all: true });
      event.target.disabled = false;
    } }, `Fix all ${counted(outline.fixable, "certain mistake")} of the bank`), said);
  }

  line(text, number, findings) {
    const worst = ["error", "warning", "info"].find((severity) =>
      findings.some((finding) => finding.severity === severity));
    return el("li", { class: worst ? `line ${worst}` : "line" },
      el("span", { class: "number", "aria-hidden": "true" }, String(number)),
      el("code", { dir: "auto" }, ...marked(text, findings), text ? "" : "\u200b"),
      findings.length ? el("div", { class: "findings" }, findings.map((finding) => this.finding(finding))) : null);
  }

  finding(finding, about = "") {
    const said = el("p", { class: "soft", role: "status" });
    const fix = finding.can_be_fixed ? el("button", { class: "main small", onclick: async (event) => {
      event.target.disabled = true;
      said.textContent = await this.fix({ handle: finding.handle });
      event.target.disabled = false;
    } }, "Fix") : null;
    return el("div", { class: `finding ${finding.severity}` },
      el("p", {}, sign(finding.severity), el("span", { class: "unseen" }, `${severityName(finding.severity)}: `),
        el("strong", {}, about + finding.message)),
      finding.help ? el("p", { class: "help" }, finding.help) : null,
      el("div", { class: "actions" }, fix,
        finding.address ? el("a", { href: finding.address }, `Line ${finding.line}`) : null,
        this.why(finding.name)),
      said);
  }

  /** The rule's page, asked for when it is opened. */
  why(name) {
    const text = el("pre", {}, "…");
    return el("details", { class: "why", ontoggle: async (event) => {
      if (!event.target.open || text.dataset.known) return;
      text.dataset.known = "yes";
      const answer = await this.ask(`/api/rule/${encodeURIComponent(name)}`);
      text.textContent = answer.lines ? answer.lines.slice(2).join("\n") : answer.problem;
    } }, el("summary", {}, name), text);
  }
}

/** A line with the characters marked that findings point at. Columns count characters, not UTF-16. */
function marked(text, findings) {
  const characters = Array.from(text);
  const marks = findings
    .map((finding) => [finding.column - 1, Math.min(finding.column - 1 + Math.max(finding.length, 1), characters.length)])
    .filter(([start, end]) => start < end)
    .sort(([one], [other]) => one - other);
  const parts = [];
  let done = 0;
  for (const [start, end] of marks) {
    if (start < done) continue;
    parts.push(characters.slice(done, start).join(""), el("mark", {}, characters.slice(start, end).join("")));
    done = end;
  }
  parts.push(characters.slice(done).join(""));
  return parts.filter((part) => part !== "");
}
