"""From a comment or front matter, which is YAML, to typed values with their places."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

import yaml

from mcqdeck.diagnostic import Collector
from mcqdeck.diagnostic import RuleNames as Rules
from mcqdeck.markdown.excerpt import cut_indent
from mcqdeck.model import Allowance, Config, Place
from mcqdeck.read import mistakes

T = TypeVar("T")

QUESTION_KEYS = (
    "id",
    "objective",
    "level",
    "difficulty",
    "tags",
    "shuffle",
    "pinned",
    "flashcard",
    "choose",
    "retired",
    "allow",
)
FILE_KEYS = ("tags",)
_FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LAST = "last"
_MOST_OPTIONS = 99
PINNED = "`last`, the number of an option as you wrote them, or a list of such numbers: `[3, 4]`"
_LONGEST_FAST = 2_000
_LONGEST = 50_000
_TRUE, _FALSE = ("true", "yes", "on"), ("false", "no", "off")


@dataclass(frozen=True, slots=True)
class YamlText:
    """YAML cut out of a file. Line `i` stands on line `line + i`, from column `columns[i]` on."""

    text: str
    path: str
    line: int
    columns: tuple[int, ...]

    @property
    def where(self) -> Place:
        """The place of the first character that is not white space."""
        before = self.text[: len(self.text) - len(self.text.lstrip())]
        row = min(before.count("\n"), len(self.columns) - 1)
        offset = len(before) - (before.rfind("\n") + 1)
        return Place(self.path, self.line + row, self.columns[row] + offset)


def comment_text(lines: Sequence[str], path: str, line: int, column: int) -> tuple[YamlText, str]:
    """What stands between `<!--` and `-->`, less common indentation, and what comes after.

    `lines` are those of the comment, of which the first begins on `line` at `column`.
    """
    texts = list(lines)
    opening = texts[0].index("<!--") + 4
    texts[0] = texts[0][opening:]
    head, mark, rest = texts[-1].partition("-->")
    if mark:
        texts[-1] = head
    columns = [column + opening] + [1] * (len(texts) - 1)
    if len(texts) > 1:
        widths = [len(text) - len(text.lstrip(" \t")) for text in texts[1:] if text.strip()]
        common = min(widths, default=0)
        for row in range(1, len(texts)):
            texts[row], taken = cut_indent(texts[row], common)
            columns[row] += taken
        stripped = texts[0].lstrip()
        columns[0] += len(texts[0]) - len(stripped)
        texts[0] = stripped
    return YamlText("\n".join(texts), path, line, tuple(columns)), rest.strip()


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a text is not YAML; `line` and `column` count from 0."""

    text: str
    line: int
    column: int


@dataclass(slots=True)
class Metadata:
    """What a comment says. A key that is absent or wrong keeps its default.

    `pinned` are numbers of options, of which 0 stands for the last one. `first` is the place of the
    first key, before which another one followed by `joint` may be put; `is_unread` says that the
    comment could not be read, `is_damaged` that something about it was reported.
    """

    id: str | None = None
    objective: str | None = None
    level: str | None = None
    difficulty: int | None = None
    tags: tuple[str, ...] = ()
    shuffle: bool | None = None
    pinned: tuple[int, ...] = ()
    flashcard: bool | None = None
    choose: int | None = None
    retired: str | None = None
    allow: tuple[Allowance, ...] = ()
    places: dict[str, Place] = field(default_factory=dict)
    choose_end: Place | None = None
    first: Place | None = None
    joint: str = ", "
    is_damaged: bool = False
    is_unread: bool = False


def closest(word: str, words: Iterable[str]) -> str | None:
    """The one of `words` that an author most likely meant, if one is near enough."""
    by_case = {other.casefold(): other for other in words}
    if word.casefold() in by_case:
        return by_case[word.casefold()]
    found = difflib.get_close_matches(word.casefold()[:100], list(by_case), n=1, cutoff=0.6)
    return by_case[found[0]] if found else None


class Mapping:
    """A YAML mapping whose keys are read one by one; what is wrong goes to the collector."""

    def __init__(self, passage: YamlText, collector: Collector, *, is_flow: bool) -> None:
        self.passage = passage
        self.collector = collector
        self.shift = 1 if is_flow else 0
        self.is_flow = is_flow
        self.entries: dict[str, tuple[yaml.Node, yaml.Node]] = {}
        self.is_unread = False
        composed = compose("{" + passage.text + "}" if is_flow else passage.text)
        if isinstance(composed, Problem):
            place = self.place(composed.line, composed.column)
            advice = "write `key: value`" + (
                ", separated by commas; put a value with `:`, `,` or `#` in quotes"
                if is_flow
                else ", one a line; put a value with `:` or `#` in quotes"
            )
            collector.report(mistakes.bad_yaml, place, composed.text, advice)
            self.is_unread = True
        elif composed is not None:
            self._enter(composed)

    def _enter(self, node: yaml.Node) -> None:
        if not isinstance(node, yaml.MappingNode):
            self.collector.report(
                mistakes.bad_yaml, self.start(node), "no `key: value` in it", "write `key: value`"
            )
            return
        self.is_flow = node.flow_style
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else "?"
            if name in self.entries:
                self.collector.report(
                    mistakes.bad_yaml, self.start(key), f"`{name}` stands here twice", "keep one"
                )
            else:
                self.entries[name] = (key, value)

    def place(self, line: int, column: int) -> Place:
        """The place in the file of a line and column of the YAML, both from 0."""
        row = min(line, len(self.passage.columns) - 1)
        column = max(0, column - (self.shift if line == 0 else 0))
        return Place(self.passage.path, self.passage.line + row, self.passage.columns[row] + column)

    def start(self, node: yaml.Node) -> Place:
        """The place where a node begins."""
        return self.place(node.start_mark.line, node.start_mark.column)

    def end(self, node: yaml.Node) -> Place:
        """The place after a node."""
        return self.place(node.end_mark.line, node.end_mark.column)

    def reject_unknown(self, known: Sequence[str]) -> None:
        """Reports each key that is not in `known`."""
        for name, (key, node) in self.entries.items():
            if name in known:
                continue
            where = self.start(key)
            is_bare = isinstance(node, yaml.ScalarNode) and not node.value
            if self.shift and is_bare:
                self.collector.report(
                    mistakes.bad_yaml,
                    where,
                    f"`{name}` has no value",
                    "put a text that has a comma in quotes; write a list as `[first, second]`",
                )
            else:
                self.collector.report(
                    mistakes.unknown_key, where, name, known, closest(name, known)
                )

    def get(
        self,
        key: str,
        read: Callable[[str], T | None],
        allowed: str,
        names: Sequence[str] = (),
    ) -> T | None:
        """The value of a scalar key through `read`, which returns `None` for a wrong one.

        `names` are the values that there are, if they are names, of which one may be meant.
        """
        if key not in self.entries:
            return None
        node = self.entries[key][1]
        value = read(node.value) if isinstance(node, yaml.ScalarNode) and node.value else None
        if value is None:
            if names and isinstance(node, yaml.ScalarNode):
                meant = closest(node.value, names)
                allowed += f"; did you mean `{meant}`?" if meant else ""
            ends_in_comma = isinstance(node, yaml.ScalarNode) and node.value.endswith(",")
            comma = "; keys on lines of their own have no comma between them"
            self.reject(key, node, allowed + (comma if ends_in_comma else ""))
        return value

    def reject(self, key: str, node: yaml.Node, allowed: str) -> None:
        """Reports the value of `key`."""
        shown, length = _shown(node)
        self.collector.report(
            mistakes.bad_value, self.start(node), key, shown, allowed, length=length
        )

    def tags(self) -> tuple[str, ...]:
        """The list of tags, or one tag; Anki parts tags by white space, so none may hold any."""
        if "tags" not in self.entries:
            return ()
        node = self.entries["tags"][1]
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        tags = []
        for each in nodes:
            if isinstance(each, yaml.ScalarNode) and re.fullmatch(r"[^\s\"]+", each.value):
                tags.append(each.value)
            else:
                self.reject("tags", each, "tags without white space or quotes: `[first, second]`")
        return tuple(tags)

    def pinned(self) -> tuple[int, ...]:
        """The numbers of options, from 1, that stay last; 0 stands for the last one."""
        if "pinned" not in self.entries:
            return ()
        node = self.entries["pinned"][1]
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        found = []
        for each in nodes:
            text = each.value if isinstance(each, yaml.ScalarNode) else ""
            number = 0 if text == _LAST else _number(text, 1, _MOST_OPTIONS)
            if number is None:
                self.reject("pinned", each, PINNED)
            else:
                found.append(number)
        return tuple(found)

    def allow(self, rules: Rules) -> tuple[Allowance, ...]:
        """The rules that are silenced, each with the reason."""
        if "allow" not in self.entries:
            return ()
        node = self.entries["allow"][1]
        if not isinstance(node, yaml.MappingNode):
            self.reject("allow", node, "a rule and the reason: `allow: {rule-name: why}`")
            return ()
        allowed = []
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode) or not rules.get(key.value):
                name = str(getattr(key, "value", "?"))
                meant = None if name in rules else closest(name, [*rules])
                can_be = "the name of a rule that can be silenced"
                advice = f"`{meant}`" if meant and rules[meant] else can_be
                self.reject("allow", key, advice)
            elif not isinstance(value, yaml.ScalarNode) or not value.value.strip():
                self.reject("allow", value, f"the reason: `{key.value}: why`")
            else:
                allowed.append(Allowance(key.value, value.value.strip(), self.start(key)))
        return tuple(allowed)


def question_metadata(
    passage: YamlText, config: Config, rules: Rules, collector: Collector
) -> Metadata:
    """What a question's comment says; `passage` is the text between `<!--` and `-->`."""
    first, _, below = passage.text.partition("\n")
    mapping = Mapping(passage, collector, is_flow=bool(first.strip()) and not below.strip())
    mapping.reject_unknown(QUESTION_KEYS)
    get = mapping.get
    levels = config.levels
    allowed_levels = "one of " + ", ".join(f"`{level}`" for level in levels)
    found = Metadata(
        id=get("id", str, "a slug"),
        objective=get("objective", str, "the name of an objective"),
        level=get(
            "level",
            lambda text: text if text in levels or not levels else None,
            allowed_levels,
            levels,
        ),
        difficulty=get("difficulty", lambda text: _number(text, 1, 5), "a number from 1 to 5"),
        tags=mapping.tags(),
        shuffle=get("shuffle", _boolean, "`true` or `false`"),
        pinned=mapping.pinned(),
        flashcard=get("flashcard", _boolean, "`yes` or `no`"),
        choose=get(
            "choose", lambda text: _number(text, 1, 99), "the number of right options, in digits"
        ),
        retired=get("retired", lambda text: text.strip() or None, "the reason, as text"),
        allow=mapping.allow(rules),
        places={key: mapping.start(node) for key, (_, node) in mapping.entries.items()},
        is_unread=mapping.is_unread,
    )
    if "choose" in mapping.entries:
        found.choose_end = mapping.end(mapping.entries["choose"][1])
    if mapping.entries:
        found.first = mapping.start(next(iter(mapping.entries.values()))[0])
        found.joint = ", " if mapping.is_flow else "\n" + " " * _indentation(passage)
    known = [name for name, _ in config.objectives]
    if found.objective is not None and known and found.objective not in known:
        where = found.places["objective"]
        meant = closest(found.objective, known)
        collector.report(mistakes.unknown_objective, where, found.objective, meant, config.path)
    return found


def _indentation(passage: YamlText) -> int:
    """The spaces before each key of a comment of several lines."""
    rows = enumerate(passage.text.split("\n")[1:], 1)
    return next((passage.columns[row] - 1 for row, text in rows if text.strip()), 0)


def file_tags(passage: YamlText, collector: Collector) -> tuple[str, ...]:
    """The tags that a chapter's front matter gives to all its questions."""
    mapping = Mapping(passage, collector, is_flow=False)
    mapping.reject_unknown(FILE_KEYS)
    return mapping.tags()


@lru_cache(maxsize=10_000)
def compose(text: str) -> yaml.Node | Problem | None:
    """The YAML node of a text, `None` for an empty one. Banks repeat their comments: hence a cache.

    The C parser recurses without limit, so longer texts go through the Python one.
    """
    if len(text) > _LONGEST:
        return Problem(f"longer than {_LONGEST:,} characters", 0, 0)
    loader = _FAST if len(text) <= _LONGEST_FAST else yaml.SafeLoader
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if error.context_mark and mark and mark.line > text.rstrip().count("\n"):
            mark = error.context_mark
        problem = error.problem or error.context or "it cannot be read"
        return Problem(problem, mark.line if mark else 0, mark.column if mark else 0)
    except yaml.YAMLError as error:
        return Problem(str(error).splitlines()[0], 0, 0)
    except RecursionError:
        return Problem("nested too deeply", 0, 0)
    except ValueError:
        return Problem("a number or a character that no text can hold", 0, 0)
    half = _half_character(node) if "\\" in text else None
    if half:
        mark = half.start_mark
        return Problem("half of a character: write the character itself", mark.line, mark.column)
    return node


def _half_character(node: yaml.Node | None) -> yaml.Node | None:
    r"""A scalar with half of a character, such as `"\ud800"`, which no file can hold."""
    nodes, seen = [node], set()
    while nodes:
        here = nodes.pop()
        if here is None or id(here) in seen:
            continue
        seen.add(id(here))
        if isinstance(here, yaml.ScalarNode):
            if any("\ud800" <= character <= "\udfff" for character in here.value):
                return here
        elif isinstance(here, yaml.MappingNode):
            nodes += [each for pair in here.value for each in pair]
        elif isinstance(here, yaml.SequenceNode):
            nodes += here.value
    return None


def _number(text: str, least: int, most: int) -> int | None:
    is_number = text.isascii() and text.isdigit() and len(text) < 4
    return int(text) if is_number and least <= int(text) <= most else None


def _boolean(text: str) -> bool | None:
    word = text.casefold()
    return word in _TRUE if word in _TRUE + _FALSE else None


def _shown(node: yaml.Node) -> tuple[str, int]:
    if not isinstance(node, yaml.ScalarNode):
        return ("a list" if isinstance(node, yaml.SequenceNode) else "a mapping"), 1
    if not node.value:
        return "empty", 1
    text = node.value if len(node.value) <= 40 else node.value[:39] + "…"
    is_one_line = node.start_mark.line == node.end_mark.line
    length = node.end_mark.column - node.start_mark.column if is_one_line else 1
    return f"`{text}`", length
