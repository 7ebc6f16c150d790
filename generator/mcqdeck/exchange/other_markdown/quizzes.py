"""The quizzes of plugins for MkDocs and Starlight, each question between `<quiz>` and `</quiz>`.

https://github.com/ewels/mkdocs-quiz and those before it, which write `<?quiz?>`, and the oldest
`answer-correct: …`. What stands between two quizzes is text of the page and no explanation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mcqdeck.exchange.other_markdown.row import FENCE, Row

QUIZ = re.compile(r"(?P<margin>[ \t]*)<\??(?P<end>/?)quiz\??>[ \t]*$", re.IGNORECASE)
"""A line that opens or closes a quiz, and nothing else."""

_HEADING = re.compile(r"\s*#{1,6}[ \t]+(?P<title>.*?)[ \t#]*$")
_KEY = re.compile(r"(?P<key>question|answer|answer-correct|content):[ \t]*(?P<text>.*)$")
_BOXES = {"question": "", "content": "", "answer": "- [ ] ", "answer-correct": "- [x] "}


def without_quizzes(all_rows: Sequence[Row]) -> Iterator[Row]:
    """The rows, of which those that open a quiz say that a question begins."""
    fence = ""
    is_inside = is_behind = False
    cut = 0
    for row in all_rows:
        mark = FENCE.match(row.text[cut:])
        if mark:
            fence = "" if fence == mark[1] else fence or mark[1]
        quiz = None if fence or mark else QUIZ.match(row.text)
        heading = None if fence or mark else _HEADING.match(row.text)
        if quiz:
            is_inside, is_behind = not quiz["end"], bool(quiz["end"])
            cut = len(quiz["margin"]) if is_inside else 0
            yield Row(row.number, "", begins=is_inside)
        elif is_inside:
            yield Row(row.number, row.text[cut:] if fence or mark else _inner(row.text[cut:]))
        else:
            is_behind = is_behind and not heading
            yield Row(row.number, "" if is_behind else row.text)


def _inner(text: str) -> str:
    """A row of a quiz: a heading in it titles a part of the explanation, and no chapter."""
    if heading := _HEADING.match(text):
        return f"**{heading['title']}**"
    if key := _KEY.match(text):
        return _BOXES[key["key"]] + key["text"]
    return text
