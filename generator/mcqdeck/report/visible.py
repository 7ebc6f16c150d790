"""Text that others wrote, made harmless where it is printed: shown, and never taken for a command.

A terminal obeys what follows an escape character, and the logs of build servers obey lines that
begin with `::` or hold `##[`. Names of files and texts out of packages come from anyone.
"""

from __future__ import annotations

import re
from unicodedata import category

_UNSHOWN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINERS = "\u200c\u200d"  # Persian, Hindi and emoji are written with them
_SHORT = {"\t": r"\t", "\n": r"\n", "\r": r"\r"}
_BYTES = range(0xDC80, 0xDD00)  # how Python writes bytes of a file's name that are not UTF-8

# https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs, and the same
# of Azure Pipelines (`##vso[`) and TeamCity (`##teamcity[`)
_BRACKETED_COMMAND = re.compile(r"##(?=[A-Za-z]*\[)")
_LOG_COMMAND = re.compile(rf"^(\s*):|{_BRACKETED_COMMAND.pattern}")


def visible(text: str) -> str:
    r"""Text on one line, with what cannot be seen written as Python does: `\x1b`, `\u202e`.

    Bytes of a name that are not UTF-8 become `\xff`. Where the text would be a command in a log,
    its first sign is written so too.
    """
    if not text.isprintable():
        text = "".join(map(_shown, text))
    return _LOG_COMMAND.sub(_broken, text) if ":" in text or "##" in text else text


def json_escaped(text: str) -> str:
    r"""JSON with what cannot be seen as `\u` escapes, which mean the same to who reads JSON.

    A half of a character has no meaning in JSON and becomes U+FFFD.
    """
    text = _BRACKETED_COMMAND.sub(r"\\u0023#", text) if "##" in text else text
    if text.isascii() and "\x7f" not in text:
        return text
    return "".join(
        character if character.isprintable() else _json_shown(character) for character in text
    )


def _shown(character: str) -> str:
    if character in _SHORT:
        return _SHORT[character]
    if character in _JOINERS or category(character) not in _UNSHOWN:
        return character
    code = ord(character)
    if code in _BYTES:
        return f"\\x{code - _BYTES.start + 0x80:02x}"
    if code > 0xFFFF:
        return f"\\U{code:08x}"
    return f"\\u{code:04x}" if code > 0xFF else f"\\x{code:02x}"


def _json_shown(character: str) -> str:
    kind = category(character)
    if kind == "Cs":
        return r"\ufffd"
    if kind not in _UNSHOWN or character in "\n":
        return character
    halves = character.encode("utf-16-be")
    return "".join(
        f"\\u{halves[place]:02x}{halves[place + 1]:02x}" for place in range(0, len(halves), 2)
    )


def _broken(match: re.Match[str]) -> str:
    return rf"{match[1]}\x3a" if match[0].endswith(":") else r"\x23#"
