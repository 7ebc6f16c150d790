r"""Which commands MathJax may get: it is a second interpreter behind the cleaner.

`\href` makes a link that runs a script, `\style` sends a request, `\def` changes what later cards
show. So the commands of ordinary mathematics are allowed by name, and every other is reported. The
names are those in MathJax 3's own packages base, ams, amscd, boldsymbol, braket, cancel, cases,
centernot, color, enclose, extpfeil, gensymb, mathtools, mhchem, textcomp, upgreek and verb
(https://docs.mathjax.org/en/v3.2/input/tex/extensions.html), less those that define something, act,
take attributes, or number formulas across cards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from mcqdeck.markdown.pattern import pattern

_COMMAND = pattern(
    r"\\(?:(?P<frame>begin|end)(?P<environment>\s*\{[^{}\\]*\})?|(?P<name>[A-Za-z]+)|.)", re.DOTALL
)
# fmt: off
_DEFINES = frozenset({
    "def", "let", "gdef", "edef", "newcommand", "renewcommand", "newenvironment",
    "renewenvironment", "DeclareMathOperator", "DeclarePairedDelimiter", "DeclarePairedDelimiterX",
    "DeclarePairedDelimiterXPP", "Newextarrow", "definecolor", "newtagform", "renewtagform",
    "mathtoolsset", "require", "label",
})
# fmt: on


class UnsafeCommand(NamedTuple):
    """A command that a formula may not hold, at an offset of the formula."""

    offset: int
    text: str
    defines: bool
    """Whether it changes what other formulas mean."""


def unsafe_commands(formula: str) -> Iterator[UnsafeCommand]:
    """The commands and environments of a formula that are not ordinary mathematics."""
    if "\\" not in formula:
        return
    for match in _COMMAND.finditer(formula):
        if match["frame"]:
            name = (match["environment"] or "").strip("{} \t\n")
            is_allowed = match["frame"] == "end" or name in _names("math_environments.txt")
        else:
            name = match["name"] or ""
            is_allowed = not name or name in _names("math_commands.txt")
        if not is_allowed:
            yield UnsafeCommand(match.start(), match[0], name in _DEFINES)


@cache
def _names(file: str) -> frozenset[str]:
    text = files("mcqdeck.render").joinpath(file).read_text(encoding="utf-8")
    return frozenset(text.split())
