"""The comment under a question's heading, and front matter: keys in one order, on one line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

import yaml

from mcqdeck.formatting.width import LINE, width
from mcqdeck.markdown import Block
from mcqdeck.read.comment_keys import CHAPTER_KEYS, QUESTION_KEYS
from mcqdeck.read.metadata import Problem, comment_text, compose
from mcqdeck.read.outline import entry, is_comment

# A plain text that means the same in a flow mapping.
_PLAIN_TEXT = re.compile(
    r"[^\s,\[\]{}:#&*!|>'\"%@`?=<-](?:[^,\[\]{}:#\n]|:(?=[^\s,\[\]{}])|(?<=\S)#)*|-?\d[\d.]*"
)
_REMARK = re.compile(r"(?:^|\s)#", re.MULTILINE)
_EXTRAS = (yaml.AliasToken, yaml.AnchorToken, yaml.DirectiveToken, yaml.TagToken)


def is_metadata(block: Block) -> bool:
    """Whether a block is a comment that says something of a question."""
    if not (is_comment(block) and block.is_closed):
        return False
    text, rest = comment_text(block.lines, "", 1, 1)
    return not rest and entry(text.text) is not None


def comment_lines(block: Block) -> list[str]:
    """The lines of a comment with metadata; as they are where another form might lose something."""
    text = comment_text(block.lines, "", 1, 1)[0].text
    first, _, below = text.partition("\n")
    is_flow = bool(first.strip()) and not below.strip()
    written = _entries(f"{{{text}}}" if is_flow else text, QUESTION_KEYS)
    if written is None or any("--" in line for line in written):
        return [line.rstrip(" \t") for line in block.lines]
    whole = f"<!-- {', '.join(written)} -->"
    return [whole] if width(whole) <= LINE else ["<!--", *written, "-->"]


def front_matter_lines(lines: Sequence[str]) -> list[str]:
    """The lines of front matter, from `---` to `---`."""
    written = _entries("\n".join(lines[1:-1]), CHAPTER_KEYS)
    if written is None or any(width(line) > LINE for line in written):
        return [line.rstrip(" \t") for line in lines]
    return ["---", *written, "---"]


def _entries(text: str, order: Sequence[str]) -> list[str] | None:
    """The entries of a YAML mapping as `key: value`; `None` where it is more than that."""
    node = compose(text)
    if not isinstance(node, yaml.MappingNode) or _REMARK.search(text) or _has_extras(text):
        return None
    values = {key.value: value for key, value in node.value if isinstance(key, yaml.ScalarNode)}
    if len(values) != len(node.value) or not all(map(_is_plain_key, values)):
        return None
    known = [key for key in order if key in values]
    others = [key for key in values if key not in order]
    written = [f"{key}: {_written(values[key])}" for key in (*known, *others)]
    forms = (f"{{ {', '.join(written)} }}", "\n".join(written))
    is_same = all(_said(compose(form)) == _said(node) for form in forms)
    return written if is_same else None


def _has_extras(text: str) -> bool:
    """Whether a YAML text has anchors, aliases, tags or block scalars."""
    return any(
        isinstance(token, _EXTRAS)
        or (isinstance(token, yaml.ScalarToken) and token.style in ("|", ">"))
        for token in yaml.scan(text, Loader=yaml.SafeLoader)
    )


def _is_plain_key(key: str) -> bool:
    return key.isascii() and key.replace("_", "").replace("-", "").isalpha()


def _written(node: yaml.Node) -> str:
    if isinstance(node, yaml.SequenceNode):
        return f"[{', '.join(map(_written, node.value))}]"
    if isinstance(node, yaml.MappingNode):
        pairs = (f"{_written(key)}: {_written(value)}" for key, value in node.value)
        return f"{{{', '.join(pairs)}}}"
    value = str(node.value)
    if isinstance(node, yaml.ScalarNode) and not node.style and _PLAIN_TEXT.fullmatch(value):
        return value.rstrip()
    return json.dumps(value, ensure_ascii=False)


def _said(node: yaml.Node | Problem | None) -> object:
    """What a YAML node says, whatever its form."""
    if isinstance(node, yaml.MappingNode):
        return dict(_pairs(node))
    if isinstance(node, yaml.SequenceNode):
        return [_said(inner) for inner in node.value]
    return node.value if isinstance(node, yaml.ScalarNode) else node


def _pairs(node: yaml.MappingNode) -> Iterator[tuple[str, object]]:
    for key, value in node.value:
        yield str(_said(key)), _said(value)
