"""What changed between two texts, word by word, as `git diff --word-diff` marks it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_MOST_WORDS = 20_000  # of both texts: the comparison costs their product
_MOST_SAME = 60  # signs of what stayed between two changes

# Scripts that have no spaces between words count by signs: Thai, Lao, Khmer, kana and Han.
_BY_SIGN = r"\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"\s+|[{_BY_SIGN}]|[^\s{_BY_SIGN}]+")


def word_diff(old: str, new: str) -> str:
    """`Which [-step-]{+move+} is next?`; long stretches that stayed are cut short.

    Texts of tens of thousands of words are only said to differ.
    """
    was, now = _words(old), _words(new)
    if len(was) + len(now) > _MOST_WORDS:
        return f"[-{len(was):,} words-]{{+{len(now):,} words+}}"
    pieces = list(_pieces(was, now))
    last = len(pieces) - 1
    return "".join(
        _marked(gone, come) if is_change else _short(gone, place == 0, place == last)
        for place, (is_change, gone, come) in enumerate(pieces)
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(" ".join(text.split()))


def _pieces(was: Sequence[str], now: Sequence[str]) -> Iterator[tuple[bool, str, str]]:
    """Stretches in turn that stayed and that changed: whether it changed, what went, what came."""
    from rapidfuzz.distance import Indel  # noqa: PLC0415 (few runs show changes)

    gone = come = ""
    for step in Indel.opcodes(was, now):
        if step.tag == "equal":
            if gone or come:
                yield True, gone, come
                gone = come = ""
            yield False, "".join(was[step.src_start : step.src_end]), ""
        elif step.tag == "delete":
            gone += "".join(was[step.src_start : step.src_end])
        else:
            come += "".join(now[step.dest_start : step.dest_end])
    if gone or come:
        yield True, gone, come


def _marked(gone: str, come: str) -> str:
    return (f"[-{gone}-]" if gone else "") + (f"{{+{come}+}}" if come else "")


def _short(text: str, is_first: bool, is_last: bool) -> str:
    """What stayed, without the middle where it is long, and without the far end at an end."""
    if len(text) <= _MOST_SAME:
        return text
    half = _MOST_SAME // 2
    return ("" if is_first else text[:half]) + "…" + ("" if is_last else text[-half:])
