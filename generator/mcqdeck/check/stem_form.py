"""Rules about the form of a stem: whether it asks something, and where it leaves a gap."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mcqdeck.check.item import Item, prose
from mcqdeck.check.pointing import span, whole
from mcqdeck.diagnostic import Finding

_GAP = "\ue000"
_HAS_GAP = re.compile(r"__|\\_|(?<!\S)_|\.{5}")
_GAP_IN = re.compile(
    rf"(?:(?<![\w{_GAP}]){_GAP}{{2,}}+|(?<!{_GAP}){_GAP}{{3,}}+|(?<!\S){_GAP}|(?<!\.)\.{{5,}}+)(?![\w{_GAP}])"
)
_LETTER = re.compile(rf"[^\W{_GAP}]")
_BARE = re.compile(
    r"\W*which\b[^.!?:;,\n]*\s(?:is|are)\s+(?:(?:not|always|most)\s+)?"
    r"(?:true|false|correct|incorrect|right|wrong)\W*",
    re.IGNORECASE,
)
_ENDS_OPEN = re.compile(r"[?？:…]|\.{3}\s*$")
_ASKS = re.compile(
    r"(?:\A|(?<=[.!,;:)\n]))[^\w.!,;:)\n]{0,12}(?:(?:which|what|who|whom|whose|why)\b"
    r"|(?:when|where|how)\s+(?:is|are|was|were|do|does|did|can|could|should|would|will|must|many"
    r"|much|long|often|likely)\b"
    r"|(?:please\s+)?(?:add|arrange|calculate|choose|compare|complete|compute|consider|convert"
    r"|create|decide|define|describe|determine|estimate|evaluate|explain|fill|find|give|identify"
    r"|indicate|list|mark|match|name|order|pick|point|put|replace|select|simplify|solve|sort"
    r"|state|tell|translate|write)\b)",
    re.IGNORECASE,
)


def blank_in_stem(item: Item) -> Iterator[Finding]:
    """A gap inside a sentence must be held in mind while every option is tried in it.

    Ask a question, or put the gap at the end.
    """
    markdown = item.question.stem.text
    if not _HAS_GAP.search(markdown):
        return
    text = prose(markdown.replace("\\_", 2 * _GAP).replace("_", _GAP))
    start = 0
    for line in text.split("\n"):
        gap = _GAP_IN.search(line)
        if gap and _LETTER.search(line, gap.end()):
            where, length = span(item.question.stem, start + gap.start(), start + gap.end())
            yield Finding(
                where,
                "the gap stands inside the sentence",
                "ask a question, or put the gap at the end",
                length,
            )
            return
        start += len(line) + 1


def unfocused_stem(item: Item) -> Iterator[Finding]:
    """Where the stem asks nothing, a learner must read all options to find out what is wanted.

    Ask a question that could be answered before the options are seen.
    """
    stem = item.stem
    if _BARE.fullmatch(stem):
        message = "the stem asks only which option is true"
    elif not (_ENDS_OPEN.search(stem) or _ASKS.search(stem) or "_" in item.question.stem.text):
        message = "the stem asks nothing"
    else:
        return
    where, length = whole(item.question.stem)
    yield Finding(where, message, "ask what can be answered before the options are seen", length)
