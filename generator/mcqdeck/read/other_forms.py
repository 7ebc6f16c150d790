"""Questions in another form than ours, which would stand unread in an explanation or a preface.

What is found is only reported: `mcqdeck import` turns such files into a bank.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mcqdeck.markdown import Block
from mcqdeck.markdown.pattern import pattern
from mcqdeck.read.options import has_checkbox
from mcqdeck.read.source import Source
from mcqdeck.stock_options import QUESTION_MARKS

# The letters that number options, in their order, by script.
_ALPHABETS = (
    "abcdefghij",
    "абвгдежзик",
    "αβγδεζηθικ",
    "אבגדהוזחטי",
    "أبجدهوزحطي",
    "ابتثجحخدذر",
    "कखगघङचछजझञ",
    "가나다라마바사아자차",
    "甲乙丙丁戊己庚辛壬癸",
    "アイウエオカキクケコ",
    "①②③④⑤⑥⑦⑧⑨⑩",
)
_LETTERS = "".join(_ALPHABETS)
_MARK = r"(?:[.):](?=[ \t*_])|[、．）：])"  # after a number or letter
# Words for a question, behind which a number needs no mark.
_QUESTION = (
    "Q|Qn|Question|Frage|Pregunta|Pergunta|Questão|Domanda|Vraag|Fråga|Pytanie|Otázka|Вопрос|"
    "Питання|Soru|Câu|Soal|Pertanyaan|سؤال|السؤال|پرسش|שאלה|प्रश्न|问题|問題|問|题|題|第|문제|질문"
)
# `**3. Which …?**`, `4. Which …`, `Q5: …`, `Question 6. …`, `3、…`, `問2 …`
_NUMBERED_QUESTION = pattern(
    rf"[ \t>]*+(?:[-*+][ \t]++)?[*_#]*+[ \t]*+\(?(?:(?:{_QUESTION})[ \t]*+\.?[ \t]*+\d{{1,4}}"
    rf"(?:{_MARK}|[题題]?[ \t])|\d{{1,4}}{_MARK})[ \t*_]*+\S",
    re.IGNORECASE,
)
# `A. …`, `b) …`, `(C) …`, `- D: …`, `Б) …`, `A、…`, `- **A** …`, `① …`
_LETTERED_OPTION = pattern(
    rf"[ \t>]*+(?:[-*+][ \t]++)?[*_]*+[(（]?(?P<letter>[{_LETTERS}])"
    rf"(?:{_MARK}|(?<=[①-⑩])|\*\*(?=[ \t]))[*_]*+[ \t]*+\S",
    re.IGNORECASE,
)
# `( ) …`, `(x) …`, `（√） …`
_ROUND_BOX = pattern(r"[ \t>]*+(?:[-*+][ \t]++)?[(（][ \t\u3000xX*√]?[)）][ \t]*+\S")
# `✅ …`, `☐ …`
_TICKED_OPTION = pattern(r"[ \t>]*+(?:[-*+][ \t]++)?(?:[✅❌✔✘☑☒☐⬜🔲🔘⭕])\ufe0f?[ \t]*+\S")
# `- …`, `a) …`
_LIST_ITEM = pattern(r"[ \t>]*+(?:[-*+]|[A-Ja-j][.)])[ \t]++\S")
# `… (correct)`, `… ✓`
_SAID_TO_BE_RIGHT = pattern(
    r"(?:\((?:correct[ao]?|corrett?[ao]|right|answer|richtig|korrekt|bonne|juste|верно|правильно|"
    r"вірно|正确|正解|정답)\)|[✓✔✅]\ufe0f?)\Z",
    re.IGNORECASE,
)
# A line that may be an option, whatever its kind.
_MAY_BE_OPTION = pattern(
    "|".join(kind.pattern for kind in (_LETTERED_OPTION, _ROUND_BOX, _TICKED_OPTION, _LIST_ITEM)),
    re.IGNORECASE,
)
MARKED = "marked in words"
_END_OF_QUESTION = pattern(rf"[{QUESTION_MARKS}][*_]*\Z|___")
_REACH = 8  # lines between a question and its first option
_FEWEST = 2
_LONGEST = 500  # characters of a line that are looked at


@dataclass(frozen=True, slots=True)
class OtherQuestion:
    """A question in another form: where it begins, and what its options look like."""

    row: int
    column: int
    options: str


def other_questions(source: Source, blocks: Iterable[Block]) -> Iterator[OtherQuestion]:
    """The questions in another form among blocks that are not read as questions."""
    lines: list[tuple[int, str]] = []
    for block in blocks:
        if block.tag == "blockquote" and any(has_checkbox(inner) for inner in block.blocks):
            yield OtherQuestion(block.start, block.column, "quoted")
        elif block.tag not in ("code", "formula", "table", "html", "footnote"):
            lines += [(row, source.document.lines[row][:_LONGEST]) for row in _rows(block)]
            lines.append((block.end, ""))
    may_be_option = _MAY_BE_OPTION.match
    if any(may_be_option(line) and _option_kind(line) for _, line in lines):
        yield from _in_lines(lines)


def _rows(block: Block) -> Iterable[int]:
    """The rows of a block but those of code in it."""
    rows = range(block.start, block.end)
    if block.tag == "p":
        return rows
    code = {
        row for leaf in block.leaves() if leaf.tag == "code" for row in range(leaf.start, leaf.end)
    }
    return [row for row in rows if row not in code]


def _in_lines(lines: Sequence[tuple[int, str]]) -> Iterator[OtherQuestion]:
    at = 0
    while at < len(lines):
        row, line = lines[at]
        is_stem = _NUMBERED_QUESTION.match(line) or (
            _END_OF_QUESTION.search(line.rstrip()) and not _option_kind(line)
        )
        options = _options_after(lines, at) if is_stem else None
        if options:
            kind, end = options
            yield OtherQuestion(row, len(line) - len(line.lstrip(" \t>")), kind)
            at = end
        else:
            at += 1


def _options_after(lines: Sequence[tuple[int, str]], at: int) -> tuple[str, int] | None:
    """The kind of the options that follow a stem, and the index after them."""
    first = next(
        (n for n in range(at + 1, min(at + 1 + _REACH, len(lines))) if _option_kind(lines[n][1])),
        None,
    )
    if first is None:
        return None
    kind, letters = _option_kind(lines[first][1]), ""
    if kind == MARKED:
        first = next(n for n in range(at + 1, len(lines)) if _LIST_ITEM.match(lines[n][1]))
    end, count = first, 0
    while end < len(lines):
        line = lines[end][1]
        if not line.strip():
            end += 1
            continue
        if _option_kind(line) != kind and not (kind == MARKED and _LIST_ITEM.match(line)):
            break
        if kind == "lettered":
            match = _LETTERED_OPTION.match(line)
            letter = match["letter"].lower() if match else ""
            if not any((letters + letter) in alphabet for alphabet in _ALPHABETS):
                break
            letters += letter
        count += 1
        end += 1
    starts_well = kind != "lettered" or any(alphabet.startswith(letters) for alphabet in _ALPHABETS)
    return (kind, end) if count >= _FEWEST and starts_well else None


def _option_kind(line: str) -> str:
    if _LETTERED_OPTION.match(line):
        return "lettered"
    if _ROUND_BOX.match(line):
        return "round brackets"
    if _TICKED_OPTION.match(line):
        return "ticked"
    if _LIST_ITEM.match(line) and _SAID_TO_BE_RIGHT.search(line.rstrip()):
        return MARKED
    return ""
