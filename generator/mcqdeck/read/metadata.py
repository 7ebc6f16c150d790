"""From a comment or front matter, which is YAML, to typed values with their places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import yaml

from mcqdeck.diagnostic import Collector, RuleNames
from mcqdeck.markdown.excerpt import cut_indent
from mcqdeck.model import Allowance, Config, Place
from mcqdeck.read import source_mistakes
from mcqdeck.read.closest import closest
from mcqdeck.read.comment_keys import CHAPTER_KEYS, KEY_NAMED, QUESTION_KEYS, CommentKey, Shape

# Nodes are asked for their texts alone, so no loader need tell which of them are numbers.
_FAST = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_LONGEST_FAST = 2_000
_LONGEST = 50_000


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
    """What a comment says. A key that is absent or wrong keeps its default."""

    id: str | None = None
    objective: str | None = None
    level: str | None = None
    difficulty: int | None = None
    tags: tuple[str, ...] = ()
    shuffle: bool | None = None
    pinned: tuple[int, ...] = ()
    """Numbers of options, of which 0 stands for the last one."""

    flashcard: bool | None = None
    choose: int | None = None
    retired: str | None = None
    allow: tuple[Allowance, ...] = ()
    places: dict[str, Place] = field(default_factory=dict)
    """The place of each key's value."""

    choose_end: Place | None = None
    """The place behind the value of `choose`."""

    first: Place | None = None
    """The place of the first key, before which another one followed by `joint` may be put."""

    joint: str = ", "
    is_damaged: bool = False
    """Whether anything about the comment was reported."""

    is_unread: bool = False
    """Whether the comment could not be read."""


class YamlMapping:
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
            collector.report(source_mistakes.bad_yaml, place, composed.text, advice)
            self.is_unread = True
        elif composed is not None:
            self._enter(composed)

    def _enter(self, node: yaml.Node) -> None:
        if not isinstance(node, yaml.MappingNode):
            self.collector.report(
                source_mistakes.bad_yaml,
                self.start(node),
                "no `key: value` in it",
                "write `key: value`",
            )
            return
        self.is_flow = node.flow_style
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else "?"
            if name in self.entries:
                self.collector.report(
                    source_mistakes.bad_yaml,
                    self.start(key),
                    f"`{name}` stands here twice",
                    "keep one",
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
                    source_mistakes.bad_yaml,
                    where,
                    f"`{name}` has no value",
                    "put a text that has a comma in quotes; write a list as `[first, second]`",
                )
            else:
                self.collector.report(
                    source_mistakes.unknown_key, where, name, known, closest(name, known)
                )

    def values(self, config: Config, rules: RuleNames) -> dict[str, Any]:
        """What each known key says, if it says what it may; `allow` may name one of `rules`.

        A key of a list or of reasons is there even if all in it is wrong.
        """
        values: dict[str, Any] = {}
        for name, (_, node) in self.entries.items():
            key = KEY_NAMED.get(name)
            if key is None:
                continue
            if key.shape is Shape.LIST:
                values[name] = tuple(self.members(key, node))
            elif key.shape is Shape.REASONS:
                values[name] = tuple(self.reasons(key, node, rules))
            elif (value := self.one(key, node, key.names(config))) is not None:
                values[name] = value
        return values

    def one(self, key: CommentKey, node: yaml.Node, names: Sequence[str]) -> object:
        """The value of a key that has one text; `names` are the values that there are, if any."""
        text = node.value if isinstance(node, yaml.ScalarNode) else ""
        value = key.read(text) if text and (not names or text in names) else None
        if value is None:
            allowed = key.allowed
            if names:
                allowed = "one of " + ", ".join(f"`{name}`" for name in names)
                meant = closest(text, names) if isinstance(node, yaml.ScalarNode) else None
                allowed += f"; did you mean `{meant}`?" if meant else ""
            comma = "; keys on lines of their own have no comma between them"
            self.reject(key.name, node, allowed + (comma if text.endswith(",") else ""))
        return value

    def members(self, key: CommentKey, node: yaml.Node) -> Iterator[object]:
        """The values of a key that has a list of texts, or one of them."""
        for member in node.value if isinstance(node, yaml.SequenceNode) else [node]:
            value = key.read(member.value) if isinstance(member, yaml.ScalarNode) else None
            if value is None:
                self.reject(key.name, member, key.allowed)
            else:
                yield value

    def reasons(self, key: CommentKey, node: yaml.Node, rules: RuleNames) -> Iterator[Allowance]:
        """The rules that are suppressed, each with the reason."""
        if not isinstance(node, yaml.MappingNode):
            self.reject(key.name, node, key.allowed)
            return
        for rule, why in node.value:
            if not isinstance(rule, yaml.ScalarNode) or not rules.get(rule.value):
                name = str(getattr(rule, "value", "?"))
                meant = None if name in rules else closest(name, [*rules])
                can_be = "the name of a rule that can be suppressed"
                self.reject(key.name, rule, f"`{meant}`" if meant and rules[meant] else can_be)
                continue
            reason = key.read(why.value) if isinstance(why, yaml.ScalarNode) else None
            if reason is None:
                self.reject(key.name, why, f"the reason: `{rule.value}: why`")
            else:
                yield Allowance(rule.value, str(reason), self.start(rule))

    def reject(self, key: str, node: yaml.Node, allowed: str) -> None:
        """Reports the value of `key`."""
        shown, length = _shown(node)
        self.collector.report(
            source_mistakes.bad_value, self.start(node), key, shown, allowed, length=length
        )


def question_metadata(
    passage: YamlText, config: Config, rules: RuleNames, collector: Collector
) -> Metadata:
    """What a question's comment says; `passage` is the text between `<!--` and `-->`."""
    first, _, below = passage.text.partition("\n")
    mapping = YamlMapping(passage, collector, is_flow=bool(first.strip()) and not below.strip())
    mapping.reject_unknown(QUESTION_KEYS)
    metadata = Metadata(
        **mapping.values(config, rules),
        places={key: mapping.start(node) for key, (_, node) in mapping.entries.items()},
        is_unread=mapping.is_unread,
    )
    if "choose" in mapping.entries:
        metadata.choose_end = mapping.end(mapping.entries["choose"][1])
    if mapping.entries:
        metadata.first = mapping.start(next(iter(mapping.entries.values()))[0])
        metadata.joint = ", " if mapping.is_flow else "\n" + " " * _indentation(passage)
    known = [name for name, _ in config.objectives]
    if metadata.objective is not None and known and metadata.objective not in known:
        where = metadata.places["objective"]
        meant = closest(metadata.objective, known)
        collector.report(
            source_mistakes.unknown_objective, where, metadata.objective, meant, config.path
        )
    return metadata


def _indentation(passage: YamlText) -> int:
    """The spaces before each key of a comment of several lines."""
    rows = enumerate(passage.text.split("\n")[1:], 1)
    return next((passage.columns[row] - 1 for row, text in rows if text.strip()), 0)


def file_tags(passage: YamlText, collector: Collector) -> tuple[str, ...]:
    """The tags that a chapter's front matter gives to all its questions."""
    mapping = YamlMapping(passage, collector, is_flow=False)
    mapping.reject_unknown(CHAPTER_KEYS)
    if "tags" not in mapping.entries:
        return ()
    return tuple(map(str, mapping.members(KEY_NAMED["tags"], mapping.entries["tags"][1])))


@lru_cache(maxsize=10_000)
def compose(text: str) -> yaml.Node | Problem | None:
    """The YAML node of a text, `None` for an empty one. Banks repeat their comments: hence a cache.

    The C parser recurses without limit, so longer texts go through the Python one.
    """
    if len(text) > _LONGEST:
        return Problem(f"longer than {_LONGEST:,} characters", 0, 0)
    loader = _FAST if len(text) <= _LONGEST_FAST else yaml.BaseLoader
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
            nodes += [inner for pair in here.value for inner in pair]
        elif isinstance(here, yaml.SequenceNode):
            nodes += here.value
    return None


def _shown(node: yaml.Node) -> tuple[str, int]:
    if not isinstance(node, yaml.ScalarNode):
        return ("a list" if isinstance(node, yaml.SequenceNode) else "a mapping"), 1
    if not node.value:
        return "empty", 1
    text = node.value if len(node.value) <= 40 else node.value[:39] + "…"
    is_one_line = node.start_mark.line == node.end_mark.line
    length = node.end_mark.column - node.start_mark.column if is_one_line else 1
    return f"`{text}`", length
