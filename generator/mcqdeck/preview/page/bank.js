// The bank in charts. Each is a table that reads well by itself; bars are drawn in its cells.
import { ask, counted, el, severityName, sign } from "./dom.js";

let turn = 0;

export async function showBank(box, openQuestion) {
  const mine = ++turn;
  const answer = await ask("/api/charts");
  if (mine !== turn) return;
  const scroll = box.scrollTop;
  box.replaceChildren(el("div", { class: "column wide" }, ...(answer.problem
    ? [el("p", { class: "notice" }, answer.problem)] : parts(answer, openQuestion))));
  box.scrollTop = scroll;
}

function parts(answer, openQuestion) {
  return [
    el("h2", {}, "The bank in charts"),
    el("p", { class: "soft" }, `${counted(answer.questions, "question")}; retired ones are left out.`),
    coverage(answer.coverage),
    lengths(answer.lengths, openQuestion),
    places(answer.places),
    findings(answer.findings),
  ];
}

/** A bar that is `share` of its cell; the number beside it says the same. */
function bar(share, kind = "") {
  const drawn = el("span", { class: `bar ${kind}`, "aria-hidden": "true" });
  drawn.style.setProperty("--share", String(Math.max(0, Math.min(1, share))));
  return drawn;
}

function figure(title, note, ...content) {
  return el("section", { class: "figure" }, el("h3", {}, title), note ? el("p", { class: "soft" }, note) : null, ...content);
}

function table(caption, head, rows, kind = "") {
  return el("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": caption },
    el("table", { class: kind, role: "table" }, el("caption", { class: "unseen" }, caption),
      el("thead", { role: "rowgroup" }, row(head.map((name) => el("th", { scope: "col", role: "columnheader" }, name)))),
      el("tbody", { role: "rowgroup" }, rows)));
}

/** A row, which stays one for screen readers where a narrow page lays it out as a block. */
function row(cells, kind) {
  return el("tr", { class: kind, role: "row" }, cells);
}

function rowName(...content) {
  return el("th", { scope: "row", role: "rowheader", dir: "auto" }, ...content);
}

/** A cell with a number, and a bar as long as it is of the highest. */
function bars(number, highest, kind) {
  return el("td", { class: "bars", role: "cell" }, el("b", { class: number ? "" : "zero" }, String(number)), bar(number / highest, kind));
}

function coverage({ levels, rows, sums, has_plan: hasPlan }) {
  const most = Math.max(1, ...rows.flatMap((row) => row.cells.map(([number, plan]) => Math.max(number, plan ?? 0))));
  const mostInRow = Math.max(1, ...rows.map((row) => Math.max(row.sum[0], row.sum[1] ?? 0)));
  const title = "Objectives and levels";
  const note = hasPlan ? "How many questions there are, of how many the plan wants." : "How many questions there are. A [plan] in deck.toml says how many there should be.";
  const names = [...levels.map((level) => level || "no level"), "All levels"];
  const body = rows.map(({ objective, text, cells, sum }) => row([
    rowName(el("span", { class: "code" }, objective || "none"), text ? el("span", { class: "soft", dir: "auto" }, ` ${text}`) : null),
    ...cells.map((pair, at) => cell(pair, most, "heat", names[at])),
    cell(sum, mostInRow, "bars", "All")]));
  body.push(row([rowName("All"), ...sums.map((pair, at) => cell(pair, 0, "plain", names[at])),
    cell(total(sums), 0, "plain", "All")], "sum"));
  return figure(title, note, table(title, ["Objective", ...names], body, "coverage"));
}

function total(pairs) {
  const isPlanned = pairs.length && pairs.every(([, plan]) => plan !== null && plan !== undefined);
  return [pairs.reduce((all, [number]) => all + number, 0), isPlanned ? pairs.reduce((all, [, plan]) => all + plan, 0) : null];
}

function cell([number, plan], most, kind, level) {
  const off = plan === null || plan === undefined ? "" : number + 0.999 < plan ? "short" : number > plan + 0.999 ? "over" : "met";
  const words = { short: "too few", over: "too many", met: "as planned" };
  const wanted = off ? el("span", { class: "plan" }, ` of ${Math.round(plan)}`) : null;
  const node = el("td", { class: `${kind} ${off}`, role: "cell", title: off ? words[off] : null, "data-level": level });
  if (kind === "heat") node.style.setProperty("--share", String(most ? number / most : 0));
  node.append(el("b", { class: number ? "" : "zero" }, String(number)), wanted ?? "",
    off && off !== "met" ? el("span", { class: "off" }, ` ${off === "short" ? "−" : "+"}${Math.max(1, Math.round(Math.abs(number - plan)))}`,
      el("span", { class: "unseen" }, ` ${words[off]}`)) : "");
  if (kind === "bars") node.append(bar(number / most, off));
  return node;
}

function lengths(groups, openQuestion) {
  const rows = groups.map(({ name, width, bars, median, longest, longest_id: id }) => {
    const most = Math.max(1, ...bars);
    const columns = bars.map((number, at) => {
      const range = at === bars.length - 1 ? `${at * width} or more` : `${at * width} to ${(at + 1) * width - 1}`;
      const column = el("li", { title: `${range} characters: ${number}` },
        el("span", { class: "unseen" }, `${range} characters: ${number}`), el("span", { class: "column-bar", "aria-hidden": "true" }));
      column.style.setProperty("--share", String(number / most));
      return column;
    });
    return el("div", { class: "histogram" },
      el("h4", {}, `Length of ${name}`),
      el("ol", { class: "columns" }, columns),
      el("p", { class: "axis", "aria-hidden": "true" }, el("span", {}, "0"), el("span", {}, `${width * (bars.length - 1)} +`)),
      el("p", { class: "soft" }, `Half have up to ${Math.round(median)} characters; the longest has ${longest}${id ? ": " : "."}`,
        id ? el("button", { class: "link", onclick: () => openQuestion(id) }, id) : null));
  });
  return figure("Lengths", "A right option that stands out by its length gives itself away.", el("div", { class: "histograms" }, rows));
}

function places(rows) {
  const most = Math.max(0, ...rows.map((row) => Math.max(row.kept.length, row.shuffled.length)));
  const letters = Array.from({ length: most }, (_, at) => String.fromCharCode(65 + at));
  const part = (kind) => {
    const used = rows.filter((row) => row[kind].some(Boolean));
    if (!used.length) return null;
    const highest = Math.max(...used.flatMap((row) => row[kind]));
    const body = used.map((chapter) => row([rowName(chapter.chapter),
      ...letters.map((_, at) => bars(chapter[kind][at] ?? 0, highest))]));
    const title = kind === "kept" ? "Options that keep their order" : "Options that are shuffled";
    return el("div", {}, el("h4", {}, title), table(title, ["Chapter", ...letters], body));
  };
  return figure("Places of the right option", "Learners see the place where the order is kept; where options are shuffled they do not.",
    part("kept"), part("shuffled"));
}

function findings({ chapters, rules }) {
  const names = ["error", "warning", "info"];
  const most = Math.max(1, ...chapters.flatMap((chapter) => chapter.counts));
  const body = chapters.map(({ name, counts }) => row([rowName(name),
    ...counts.map((number, at) => bars(number, most, names[at]))]));
  const highest = Math.max(1, ...rules.map((rule) => rule.number));
  const byRule = rules.map((rule) => row([rowName(sign(rule.severity), " ", el("code", {}, rule.name)),
    bars(rule.number, highest, rule.severity)]));
  return figure("Findings", "",
    table("Findings by chapter", ["Chapter", ...names.map((name) => `${severityName(name)}s`)], body),
    rules.length ? table("The rules that speak most", ["Rule", "Findings"], byRule) : el("p", { class: "notice" }, "Nothing was found."));
}
