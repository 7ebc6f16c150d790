r"""MathML as TeX, for formulas between dollar signs.

A formula that brings its TeX along (`<annotation encoding="application/x-tex">`) gives that; the
elements of MathML Core (https://www.w3.org/TR/mathml-core/) are translated one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

LOSS = "formulas in MathML that has no TeX are left as text"

_TEX = "application/x-tex"
# fmt: off
_SIGNS = {
    "α": r"\alpha", "β": r"\beta", "γ": r"\gamma", "δ": r"\delta", "ε": r"\varepsilon",
    "θ": r"\theta", "λ": r"\lambda", "μ": r"\mu", "π": r"\pi", "ρ": r"\rho", "σ": r"\sigma",
    "τ": r"\tau", "φ": r"\varphi", "χ": r"\chi", "ψ": r"\psi", "ω": r"\omega", "Γ": r"\Gamma",
    "Δ": r"\Delta", "Θ": r"\Theta", "Λ": r"\Lambda", "Π": r"\Pi", "Σ": r"\Sigma", "Φ": r"\Phi",
    "Ψ": r"\Psi", "Ω": r"\Omega", "∞": r"\infty", "∑": r"\sum", "∏": r"\prod", "∫": r"\int",
    "±": r"\pm", "×": r"\times", "÷": r"\div", "·": r"\cdot", "⋅": r"\cdot", "≤": r"\le",
    "≥": r"\ge", "≠": r"\ne", "≈": r"\approx", "→": r"\to", "⇒": r"\Rightarrow", "∈": r"\in",
    "∉": r"\notin", "⊂": r"\subset", "∪": r"\cup", "∩": r"\cap", "∀": r"\forall",
    "∃": r"\exists", "∂": r"\partial", "∇": r"\nabla", "√": r"\surd", "…": r"\ldots",
    "−": "-", "⁢": "", "⁡": "", "⁣": "", "%": r"\%", "#": r"\#", "&": r"\&",
    "{": r"\{", "}": r"\}", "$": r"\$", "_": r"\_",
}
_FUNCTIONS = frozenset({
    "arccos", "arcsin", "arctan", "cos", "cot", "det", "exp", "gcd", "inf", "lim", "ln", "log",
    "max", "min", "sin", "sup", "tan",
})
# fmt: on
_BIG = frozenset({"∑", "∏", "∫", "lim", "max", "min"})


def tex_of(element: _Element) -> str:
    """The TeX of a `math` element; empty where it has none and holds an unknown element."""
    for inner in element.iter():
        if _name(inner) == "annotation" and inner.get("encoding") == _TEX and inner.text:
            return str(inner.text).strip()
    try:
        return " ".join(_row(element).split())
    except (KeyError, IndexError):
        return ""


def _name(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()


def _tex(element: _Element) -> str:
    return _ELEMENTS[_name(element)](element)


def _row(element: _Element) -> str:
    return "".join(_tex(child) for child in element)


def _group(element: _Element) -> str:
    tex = _tex(element)
    return tex if len(tex) == 1 else f"{{{tex}}}"


def _token(element: _Element) -> str:
    text = " ".join("".join(map(str, element.itertext())).split())
    if text in _FUNCTIONS:
        return f"\\{text} "
    tex = "".join(_sign(character) for character in text)
    return rf"\mathrm{{{tex}}}" if _name(element) == "mi" and len(text) > 1 else tex


def _sign(character: str) -> str:
    """A character as TeX; a command is parted from a letter after it."""
    tex = _SIGNS.get(character, character)
    return f"{tex} " if tex.startswith("\\") and tex[-1].isalpha() else tex


def _text(element: _Element) -> str:
    return rf"\text{{{''.join(map(str, element.itertext()))}}}"


def _scripts(sign: str) -> Callable[[_Element], str]:
    return lambda element: f"{_group(element[0])}{sign}{_group(element[1])}"


def _over(element: _Element) -> str:
    base = "".join(map(str, element[0].itertext())).strip()
    if base in _BIG:
        return f"{_tex(element[0])}^{_group(element[1])}"
    accent = {"¯": "overline", "‾": "overline", "^": "hat", "→": "vec", "˙": "dot", "~": "tilde"}
    mark = "".join(map(str, element[1].itertext())).strip()
    if mark in accent:
        return rf"\{accent[mark]}{{{_tex(element[0])}}}"
    return rf"\overset{{{_tex(element[1])}}}{{{_tex(element[0])}}}"


def _under(element: _Element) -> str:
    base = "".join(map(str, element[0].itertext())).strip()
    if base in _BIG:
        return f"{_tex(element[0])}_{_group(element[1])}"
    return rf"\underset{{{_tex(element[1])}}}{{{_tex(element[0])}}}"


def _both(element: _Element) -> str:
    return f"{_tex(element[0])}_{_group(element[1])}^{_group(element[2])}"


def _table(element: _Element) -> str:
    rows = r" \\ ".join(" & ".join(_row(cell) for cell in row) for row in element)
    return rf"\begin{{matrix}} {rows} \end{{matrix}}"


def _fenced(element: _Element) -> str:
    begin, end = element.get("open", "("), element.get("close", ")")
    inner = ",".join(_tex(child) for child in element)
    return rf"\left{_SIGNS.get(begin, begin) or '.'} {inner} \right{_SIGNS.get(end, end) or '.'}"


def _root(element: _Element) -> str:
    return rf"\sqrt[{_tex(element[1])}]{{{_tex(element[0])}}}"


def _fraction(element: _Element) -> str:
    return rf"\frac{{{_tex(element[0])}}}{{{_tex(element[1])}}}"


def _nothing(_: _Element) -> str:
    return ""


_ELEMENTS: Mapping[str, Callable[[_Element], str]] = {
    "math": _row,
    "mrow": _row,
    "mstyle": _row,
    "mpadded": _row,
    "mphantom": _nothing,
    "semantics": lambda element: _tex(element[0]),
    "annotation": _nothing,
    "annotation-xml": _nothing,
    "mi": _token,
    "mn": _token,
    "mo": _token,
    "ms": _text,
    "mtext": _text,
    "mspace": lambda _: r"\, ",
    "mfrac": _fraction,
    "msqrt": lambda element: rf"\sqrt{{{_row(element)}}}",
    "mroot": _root,
    "msup": _scripts("^"),
    "msub": _scripts("_"),
    "msubsup": _both,
    "munder": _under,
    "mover": _over,
    "munderover": _both,
    "mtable": _table,
    "mfenced": _fenced,
}
