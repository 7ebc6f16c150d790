// Elements from values. Texts are set as texts, so that nothing in a bank is ever read as HTML.

/** An element with properties (`class`, `on…`, `data-…`, any attribute) and children. */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

export function byId(id) {
  return document.getElementById(id);
}

export function counted(number, word, more = `${word}s`) {
  return `${number.toLocaleString("en")} ${number === 1 ? word : more}`;
}

const SEVERITIES = ["error", "warning", "info"];
const SIGNS = { error: "✕", warning: "!", info: "i" };
const NAMES = { error: "error", warning: "warning", info: "remark" };

/** Small counts of errors, warnings and remarks; nothing where there are none. */
export function badges(counts) {
  return counts.flatMap((number, at) => number ? [badge(SEVERITIES[at], number)] : []);
}

function badge(severity, number) {
  const words = counted(number, NAMES[severity]);
  return el("span", { class: `badge ${severity}`, title: words },
    el("span", { "aria-hidden": "true" }, `${SIGNS[severity]} ${number}`),
    el("span", { class: "unseen" }, ` ${words}`));
}

export function severityName(severity) {
  return NAMES[severity];
}

export function sign(severity) {
  return el("span", { class: `sign ${severity}`, "aria-hidden": "true" }, SIGNS[severity]);
}

/** Asks the server; a refusal or silence is an answer with `problem`. */
export async function ask(path, options) {
  try {
    const response = await fetch(path, options);
    const answer = await response.json();
    if (!response.ok && !answer.problem) answer.problem = `The server says ${response.status}.`;
    return answer;
  } catch {
    return { problem: "The server does not answer." };
  }
}

/** What a browser keeps; where it keeps nothing, nothing is kept. */
export const kept = {
  read(store, name) {
    try {
      return JSON.parse(window[store].getItem(`mcqdeck-preview-${name}`));
    } catch {
      return null;
    }
  },
  write(store, name, value) {
    try {
      window[store].setItem(`mcqdeck-preview-${name}`, JSON.stringify(value));
    } catch { /* denied or full */ }
  },
};
