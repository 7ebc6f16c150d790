r"""GIFT's escapes: `\~ \= \# \{ \} \:` are the signs themselves, `\n` is a line end.

While a question is cut into its parts, an escaped sign is a character of its own.
"""

from __future__ import annotations

import re

_SIGNS = {"~": "\ue010", "=": "\ue011", "#": "\ue012", "{": "\ue013", "}": "\ue014",
          ":": "\ue015", "n": "\ue016", "\\": "\ue017"}  # fmt: skip
_CODE = re.compile("[\ue010-\ue017]")
# That no backslash stands before what is looked for is asked once it is found: so a search is fast.
_FORMULA = re.compile(
    r"\$\$.+?\$\$|\\\((?<!\\\\\().+?(?<!\\)\\\)|\\\[(?<!\\\\\[).+?(?<!\\)\\\]", re.DOTALL
)
_COMMAND = re.compile(r"\\(?<!\\\\)(?=n[a-z])")
_NEEDS_ESCAPE = re.compile(r"[~=#{}:\\]")


def hidden(text: str) -> str:
    r"""The text with a character of its own for each escaped sign.

    In a formula `\neq` and `\nu` are TeX, whatever Moodle makes of them.
    """
    if "\\" not in text:
        return text
    if _COMMAND.search(text):
        text = _FORMULA.sub(lambda match: _COMMAND.sub(_SIGNS["\\"], match[0]), text)
    text = text.replace("\\\\", _SIGNS["\\"])
    for sign, code in _SIGNS.items():
        text = text.replace(f"\\{sign}", code)
    return text


def shown(text: str) -> str:
    """The text with each hidden sign as what it means."""
    if text.isascii() or not _CODE.search(text):
        return text
    for sign, code in _SIGNS.items():
        text = text.replace(code, "\n" if sign == "n" else sign)
    return text


def escaped(text: str) -> str:
    """The text as GIFT writes it, on one line."""
    return _NEEDS_ESCAPE.sub(r"\\\g<0>", text).replace("\n", r"\n")
