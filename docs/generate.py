"""Writes the pages about diagnostics, the tables of keys, and the examples that `--explain` shows.

All comes from the tables of rules and of keys, what was measured of rules, and the cases that the
tests run.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import chdir
from itertools import pairwise
from pathlib import Path

from mcqdeck import check, pack, read, render
from mcqdeck.diagnostic import Rule
from mcqdeck.project import CATALOGUE
from mcqdeck.read.comment_keys import COMMENT_KEYS
from mcqdeck.read.settings import SETTINGS, Setting
from mcqdeck.report.explain import (
    Interval,
    default_of,
    evidence_of,
    grounds,
    readings,
    why_and_what,
)
from mcqdeck.rules import ADVICE_RULES, BANK_RULES, FORM_RULES, UNUSED_ALLOW, Selection
from mcqdeck.words import (
    COUNTED,
    Alerts,
    Card,
    Exam,
    Practice,
    Progress,
    Site,
    words_for,
)

FIRST_VERSION = "1.0.0"
SINCE: Mapping[str, str] = {}
"""The versions of the rules that came later."""

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests" / "cases"
_LANGUAGES = {".md": "markdown", ".toml": "toml", ".css": "css"}
BANKWIDE = tuple(rule for rule in BANK_RULES if rule.ground)
FORM: tuple[tuple[str, tuple[Rule, ...]], ...] = (
    ("The form of a source", read.MISTAKES),
    ("Questions", FORM_RULES),
    ("Banks", (*(rule for rule in BANK_RULES if not rule.ground), UNUSED_ALLOW)),
    ("Markdown, media and safety", render.MISTAKES),
    ("What was released before", pack.MISTAKES),
)
QUALITY: tuple[tuple[str, tuple[Rule, ...]], ...] = (
    ("Questions", ADVICE_RULES),
    ("Banks", BANKWIDE),
)
FORM_HEAD = """# Diagnostics

What `mcqdeck check` may say about the form of a source; [rules](../rules/index.md) has what it
may say about the quality of questions. A diagnostic reads `path:line:column: severity[name]:
message`. Lines and columns count from 1, a column is a character, and both mean the file as you
saved it. An error stops a build, a warning does not. `make docs` writes this page from the code and
its tests.
"""
QUALITY_HEAD = """# Rules for good questions

What `mcqdeck check` may say about the quality of questions. [Checking](../checking.md) shows how to
choose rules for a bank and how to suppress one for a question. `make docs` writes this page from
the code, its tests, and what `benchmarks/rules.py` measured.

A rule is on as a warning only if it is true by construction, or was right in at least nine of ten
of its findings on items that people had labelled, or if its findings in quizzes in use were read
one by one. The others are an `info` or off: their pages say how often they are wrong.
Precision is the share of a rule's findings that were right, recall the share of the faults that it
found; the intervals are those of Wilson at 95 %. The rules were tuned on the same labels, so expect
somewhat less elsewhere. The last column counts findings of every severity.
"""


WORDS_HEAD = """# Words

All that a learner reads which no author wrote, in English, and when it is said. A bank may say each
otherwise, under its key in `[words]` of `deck.toml`; [languages.md](languages.md) shows how. `make
docs` writes this page from the code.

What stands in braces is filled in. Where two texts stand, the first is for one, the second for
more. What is marked with † may be given by kind of number.
"""
CODE_HEAD = """# The code, file by file

What each file of `generator/mcqdeck` is for, in the words with which it begins.
[CONTRIBUTING.md](../CONTRIBUTING.md) tells how the
packages hang together. `make docs` writes this page from the code.
"""
WORDS_PARTS = (
    ("Card", "card", Card),
    ("Alerts", "alerts", Alerts),
    ("Site", "site", Site),
    ("Practice and flashcards", "practice", Practice),
    ("Progress", "progress", Progress),
    ("Exam", "exam", Exam),
)


def pages() -> dict[Path, str]:
    """All that is generated, by path."""
    return {
        ROOT / "docs" / "format.md": _format(),
        ROOT / "docs" / "words.md": _words(),
        ROOT / "docs" / "code.md": _code(),
        ROOT / "generator" / "mcqdeck" / "report" / "examples.json": _examples(),
        **_section("diagnostics", FORM_HEAD, FORM),
        **_section("rules", QUALITY_HEAD + "\n" + _figures(), QUALITY),
    }


def _section(name: str, head: str, parts: Sequence[tuple[str, Sequence[Rule]]]) -> dict[Path, str]:
    """A folder of pages, one for each rule, and the list of them."""
    folder = ROOT / "docs" / name
    found = {folder / f"{rule.name}.md": _rule_page(rule) for _, rules in parts for rule in rules}
    return {folder / "index.md": _list(head, parts), **found}


def _format() -> str:
    """The page about the format with the tables of keys as the code has them."""
    page = ROOT / "docs" / "format.md"
    text = page.read_text(encoding="utf-8")
    settings = [
        [_name(each), each.type, each.default, _since(each.effect, each.since)] for each in SETTINGS
    ]
    keys = [[f"`{key.name}`", key.value, _since(key.effect, key.since)] for key in COMMENT_KEYS]
    text = _with_table(text, "keys of deck.toml", ["key", "type", "default", "effect"], settings)
    return _with_table(text, "keys of the comment", ["key", "value", "effect"], keys)


def _name(setting: Setting) -> str:
    """A key as people name it, with the table it stands in."""
    return " ".join(
        f"`{part}`" for part in (setting.table and f"[{setting.table}]", setting.key) if part
    )


def _since(effect: str, version: str) -> str:
    """The effect of a key, and the version that it came with if that is not the first."""
    return effect if version == FIRST_VERSION else f"{effect} (since {version})"


def _with_table(text: str, name: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Puts the table between `<!-- name -->` and `<!-- end -->` of a page."""
    lines = [f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows)]
    table = "\n".join([f"<!-- {name} -->", "", *lines, "", "<!-- end -->"])
    marked = re.compile(rf"<!-- {re.escape(name)} -->.*?<!-- end -->", re.DOTALL)
    page, count = marked.subn(lambda _: table, text)
    assert count == 1, name
    return page


def _words() -> str:
    """A table of the words of each group."""
    parts = [WORDS_HEAD.strip()]
    for title, name, group in WORDS_PARTS:
        spoken = getattr(words_for("en"), name)
        rows = ["| key | in English | when |", "| --- | --- | --- |"]
        for field, said in _documented(group):
            key = field.replace("_", "-")
            message = getattr(spoken, field)
            forms = [message] if isinstance(message, str) else [message.one, message.other]
            shown = " / ".join(f"`{form}`" for form in forms)
            rows.append(f"| `{key}`{' †' if key in COUNTED else ''} | {shown} | {said} |")
        parts += [f"## {title}", "\n".join(rows)]
    return "\n\n".join(parts) + "\n"


def _code() -> str:
    """What each file of each package is for."""
    root = ROOT / "generator" / "mcqdeck"
    parts = [CODE_HEAD.strip()]
    for package in (root, *sorted(path.parent for path in root.rglob("*/__init__.py"))):
        name = package.relative_to(root.parent).as_posix()
        files = [path for path in sorted(package.glob("*.py")) if path.name != "__init__.py"]
        parts += [f"## {name}/", _purpose(package / "__init__.py")]
        if files:
            parts.append("\n".join(f"- `{path.name}`: {_purpose(path)}" for path in files))
        if beside := [f"`{path}`" for path in _beside(package)]:
            parts.append(f"Beside them: {', '.join(beside)}.")
    return "\n\n".join(parts) + "\n"


def _purpose(module: Path) -> str:
    """The first paragraph of a module's docstring, on one line."""
    docstring = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))
    assert docstring, f"{module} does not say what it is for"
    return " ".join(docstring.split("\n\n")[0].split())


def _beside(package: Path) -> Iterator[str]:
    """The files of a package that are no Python, and its folders of such files."""
    for path in sorted(package.iterdir()):
        if path.is_dir() and not path.name.startswith("__") and not list(path.rglob("*.py")):
            yield f"{path.name}/"
        elif path.is_file() and path.suffix not in (".py", ".pyc"):
            yield path.name


def _documented(group: type) -> Iterator[tuple[str, str]]:
    """The fields of a dataclass, each with the text under it."""
    [tree] = ast.parse(inspect.getsource(group)).body
    assert isinstance(tree, ast.ClassDef)
    for field, text in pairwise(tree.body):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            assert isinstance(text, ast.Expr)
            yield field.target.id, str(ast.literal_eval(text.value))


def _list(head: str, parts: Sequence[tuple[str, Sequence[Rule]]]) -> str:
    lists = [
        f"## {title}\n\n"
        + "\n".join(
            f"- [`{rule.name}`]({rule.name}.md): {_first_sentence(why_and_what(rule)[0])}"
            for rule in rules
        )
        for title, rules in parts
    ]
    return "\n\n".join([head.strip(), *lists]) + "\n"


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[.;:]) ", " ".join(text.split()), maxsplit=1)[0].rstrip(".;:")


def _rule_page(rule: Rule) -> str:
    """What a rule does, why, since when, whether it can be fixed, its figures and an example."""
    why, what = why_and_what(rule)
    parts = [f"# {rule.name}", f"*{default_of(rule).capitalize()}.* {why}", what, _facts(rule)]
    return "\n\n".join([*parts, *_example(rule)]) + "\n"


def _facts(rule: Rule) -> str:
    facts = [f"- Since version {SINCE.get(rule.name, FIRST_VERSION)}."]
    if _is_fixed(rule.name):
        facts.append("- `mcqdeck check --fix` fixes it, where only one way is right.")
    else:
        facts.append("- To be fixed by hand.")
    if rule.ground:
        facts.append(f"- {grounds(rule)}")
    return "\n".join(facts)


def _is_fixed(name: str) -> bool:
    """Whether the tool offers to fix the bad example."""
    case = _case(name)
    if case is None:
        return False
    with chdir(CASES):
        found = check([case.relative_to(CASES)], selection=Selection(frozenset({name}))).diagnostics
    return any(diagnostic.edits for diagnostic in found if diagnostic.name == name)


def _case(name: str) -> Path | None:
    return next((path for path in (CASES / f"{name}.md", CASES / name) if path.exists()), None)


def _figures() -> str:
    """The table of the rules and their figures."""
    lines = [
        "| rule | default | rests on | precision | recall | labelled | per 100 questions |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    rules: tuple[Rule, ...] = (*ADVICE_RULES, *BANKWIDE)
    for rule in rules:
        found = evidence_of(rule.name)
        ground = rule.ground.value if rule.ground else ""
        cells = [f"[`{rule.name}`]({rule.name}.md)", default_of(rule), ground]
        if found:
            labelled = f"{found.faulty} of {found.items}" if found.items else ""
            per_100 = "" if found.per_100 is None else f"{found.per_100:g}"
            cells += [_share(found.precision), _share(found.recall), labelled, per_100]
        lines.append("| " + " | ".join((*cells, "", "", "", "")[:7]) + " |")
    return "\n".join(lines) + "\n\n" + "\n".join(readings()) + "\n"


def _share(interval: Interval | None) -> str:
    if interval is None:
        return ""
    share, low, high = interval
    return f"{share:.2f} ({low:.2f} to {high:.2f})"


def _example(rule: Rule) -> Iterator[str]:
    if rule in pack.MISTAKES and not (CASES / f"{rule.name}.txt").exists():
        yield "It shows in `mcqdeck build`; see [releasing](../releasing.md)."
    elif not (CASES / f"{rule.name}.txt").exists():
        yield "No example: it is about files that not every system can have."
    else:
        yield "## Bad"
        yield from _fenced(_sources(CASES, rule.name))
        yield f"`mcqdeck check --select {rule.name}` says:"
        yield _block("text", (CASES / f"{rule.name}.txt").read_text(encoding="utf-8"))
        yield "## Good"
        yield from _fenced(_sources(CASES / "good", rule.name))


def _examples() -> str:
    """The bad and the good source of every case."""
    examples = {
        rule.name: {
            kind: _plain(_sources(folder, rule.name))
            for kind, folder in (("bad", CASES), ("good", CASES / "good"))
        }
        for rule in sorted(CATALOGUE, key=lambda each: each.name)
        if (CASES / f"{rule.name}.txt").exists()
    }
    return json.dumps(examples, indent=1, ensure_ascii=False) + "\n"


def _sources(folder: Path, name: str) -> Mapping[str, str | None]:
    """The files of a case by their path in it; `None` for what is no text."""
    chapter = folder / f"{name}.md"
    if chapter.exists():
        return {chapter.name: _text(chapter)}
    files = sorted(file for file in (folder / name).rglob("*") if file.is_file())
    return {file.relative_to(folder / name).as_posix(): _text(file) for file in files}


def _text(file: Path) -> str | None:
    if file.suffix not in _LANGUAGES:
        return None
    return file.read_bytes().decode("utf-8", errors="replace").replace("\r\n", "\n")


def _fenced(sources: Mapping[str, str | None]) -> Iterator[str]:
    for path, text in sources.items():
        if text is None:
            yield f"`{path}` is a file beside them."
            continue
        if len(sources) > 1:
            yield f"`{path}`:"
        yield _block(_LANGUAGES[Path(path).suffix], text)


def _plain(sources: Mapping[str, str | None]) -> str:
    if len(sources) == 1:
        return next(iter(sources.values())) or ""
    return "\n".join(
        f"({path})\n" + ("" if text is None else f"\n{text}") for path, text in sources.items()
    )


def _block(language: str, text: str) -> str:
    return f"~~~~~{language}\n{text.rstrip()}\n~~~~~"


if __name__ == "__main__":
    for folder in ("diagnostics", "rules"):
        shutil.rmtree(ROOT / "docs" / folder, ignore_errors=True)
    for path, text in pages().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
