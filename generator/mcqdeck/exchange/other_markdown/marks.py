"""How people mark the right option in a list: in bold, with a star, a tick, or a word."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORD = (
    r"(?:correct|right|richtige?|korrekte?|correcta|correcte|answer|верно|正确|bonne|juiste?"
    r"|(?:respuesta|opción|resposta|opção|risposta|réponse) corr?ec?t[aeo]?|risposta corretta)"
    r"(?: answer| option| antwort| réponse| antwoord)?"
)
_AT_END = re.compile(
    rf"(?<![ \t])[ \t]*(?:[*_]{{0,2}}[(\[{{][*_]*(?:{_WORD}|✓|✔|✅|☑|x)[*_!]*[)\]}}][*_]{{0,2}}"
    rf"|(?:<?(?<!-)-++|←|=>?|–)[ \t]*[*_]*{_WORD}[*_!]*"
    r"|[✓✔✅☑]️?|\*{1,2}(?:correct|right)\*{1,2}|(?<=[^\s*][ \t])\*{1,3})[ \t.]*$",
    re.IGNORECASE,
)
_AT_BEGIN = re.compile(r"^(?:[✓✔✅☑]️?[ \t]*|\*(?![*\s]))(?=\S)")
_BOLD = re.compile(r"(\*\*|__|==)(?=\S)(.+?)(?<=\S)\1(?:\\?[.!])?$", re.DOTALL)
_STAR = re.compile(r"(?<![*\s\\])\*(?!\*)")
_LETTER = re.compile(r"^(?:\*\*|__)?\(?([a-zA-Z])(?:\\?[.):]|[ \t]*$)(?:\*\*|__)?(?:[ \t]+|$)")


def marked(texts: Sequence[str]) -> tuple[list[str], list[bool]]:
    """The texts of options without what marks some of them as right, and which are marked.

    What marks all marks none.
    """
    for take in (_tail, _head, _bold):
        taken = [take(text) for text in texts]
        marks = [mark is not None for mark in taken]
        if any(marks) and not all(marks):
            return [
                text if new is None else new for text, new in zip(texts, taken, strict=True)
            ], marks
    return list(texts), [False] * len(texts)


def have_signs(texts: Sequence[str]) -> bool:
    """Whether ticks or words, more than bold letters, mark some of the texts."""
    marks = [_AT_END.search(text.partition("\n")[0]) is not None for text in texts]
    return any(marks) and not all(marks)


def _tail(text: str) -> str | None:
    first, mark, rest = text.partition("\n")
    return _AT_END.sub("", first) + mark + rest if _AT_END.search(first) else None


def _head(text: str) -> str | None:
    match = _AT_BEGIN.match(text)
    if not match:
        return None
    rest = text[match.end() :]
    if match[0] == "*" and _STAR.search(rest):
        return None  # a word in italics
    return rest


def _bold(text: str) -> str | None:
    match = _BOLD.fullmatch(text.strip())
    return None if not match or match[1] in match[2] else match[2]


def without_letters(texts: Sequence[str]) -> list[str]:
    """The texts without the letters A, B, C … before them, if all have theirs."""
    letters = [_LETTER.match(text) for text in texts]
    wanted = [chr(ord("a") + number) for number in range(len(texts))]
    if len(texts) < 2 or [letter[1].lower() if letter else "" for letter in letters] != wanted:
        return list(texts)
    rest = [
        text[letter.end() :] if letter else text
        for text, letter in zip(texts, letters, strict=True)
    ]
    return rest if all(text.strip() for text in rest) else list(texts)
