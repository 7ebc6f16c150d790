"""What the header of a table says: which column is the stem, which an option, which the key.

Our own names come first; the others are those of Kahoot, Quizizz, Blooket, Gimkit, Moodle plugins
and of people. Letter case, white space, punctuation and remarks in brackets do not count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

# fmt: off
_NAMES: Mapping[str, str] = {
    name: column
    for column, names in {
        "stem": "stem|question|question text|questiontext|question stem|question title|prompt|"
                "frage|fragetext|pregunta|domanda|vraag|pergunta|enunciado|вопрос|问题|题目|질문|問題",
        "key": "answer|answers|key|correct|correct answer|correct answers|correct option|"
               "correct options|right answer|right answers|correct choice|solution|"
               "answer key|correct answer index|correct index|answer index|correctanswer|"
               "correctindex|lösung|richtige antwort|respuesta correcta|bonne réponse|"
               "réponse correcte|risposta corretta|resposta correta|"
               "答案|正确答案|정답|right option|richtig|"
               "correct answer letter",
        "explanation": "explanation|answer explanation|general feedback|feedback|rationale|comment|"
                       "comments|explanation text|justification|erklärung|explicación|explication|"
                       "spiegazione|explicação|解析|해설|reason|solution explanation",
        "references": "references|reference|source|sources|quelle|quellen|referencia|fuente",
        "tags": "tags|tag|labels|keywords|schlagwörter",
        "chapter": "chapter|category|topic|subject|section|kapitel|kategorie|thema|deck|unit|"
                   "module|categoría|catégorie|tema|domain",
        "id": "id|question id|slug",
        "name": "name|question name",
        "objective": "objective|learning objective|lernziel",
        "level": "level|bloom|bloom level",
        "difficulty": "difficulty|schwierigkeit",
        "shuffle": "shuffle",
        "flashcard": "flashcard",
        "retired": "retired",
        "type": "type|question type|questiontype|typ|fragetyp",
        "format": "format|text format",
        "image": "image|image link|image url|picture|media|bild|media file",
    }.items()
    for name in names.split("|")
}
# fmt: on
_OPTION = re.compile(
    r"(?:(?P<kind>(?:wrong |incorrect |false )?(?:answer|option|choice|answer option|antwort|"
    r"opción|respuesta|réponse|risposta|resposta|opt|opcion|choix|alternative|alternativa|選択肢|选项|ответ)"
    r"|distractor|distraktor|wrong|incorrect|falsche antwort|(?:respuesta|réponse) incorrect[ae]"
    r"|mauvaise réponse|risposta (?:errata|sbagliata)|resposta (?:errada|incorreta)"
    r") ?)?(?P<mark>[a-z]|\d{1,2})"
)
_RATIONALE = re.compile(
    r"(?:rationale|feedback|explanation|comment) (?:for )?(?:option |answer |choice )?"
    r"(?P<mark>[a-z]|\d{1,2})"
    r"|(?:option|answer|choice)? ?(?P<other>[a-z]|\d{1,2}) (?:rationale|feedback|explanation)"
)
_WRONG = re.compile(r"wrong|incorr|fals|distra|mauvaise|errat|sbagliat|errad")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


@dataclass(slots=True)
class Header:
    """What the columns of a table are, by their numbers from 0.

    `options` are in the order of their marks, `rationales` by the option's position in that order.
    `are_wrong` says that the options are only the wrong ones, the key being a text of its own.
    `has_letters` says that options are called by letters. `key_name` is what the key's column is
    called.
    """

    columns: dict[str, int] = field(default_factory=dict)
    options: list[int] = field(default_factory=list)
    rationales: dict[int, int] = field(default_factory=dict)
    are_wrong: bool = False
    has_letters: bool = False
    key_name: str = ""

    @property
    def is_enough(self) -> bool:
        """Whether there are a stem, options, and a key."""
        least = 1 if self.are_wrong else 2
        return "stem" in self.columns and len(self.options) >= least and "key" in self.columns

    @property
    def score(self) -> int:
        """How much of the row is understood."""
        return len(self.columns) + len(self.options) + len(self.rationales)


def folded(cell: str) -> str:
    """A name of a column as it is compared."""
    text = _BRACKETS.sub(" ", unicodedata.normalize("NFKC", cell).casefold())
    text = re.sub(r"(?<=\w) ?#$", " number", text.strip())
    text = re.sub(r" [-–:] (?:max|choose|only|required|optional)\b.*", "", " ".join(text.split()))
    return " ".join(re.sub(r"[^\w']+|_", " ", text).split())


def header(row: Sequence[str]) -> Header:
    """What the cells of a row say if they are the names of columns."""
    found = Header()
    options: dict[str, int] = {}
    wrong: dict[str, int] = {}
    rationales: dict[str, int] = {}
    for number, cell in enumerate(row):
        name = folded(cell)
        if not name:
            continue
        if (column := _NAMES.get(name)) and column not in found.columns:
            found.columns[column] = number
            if column == "key":
                found.key_name = name
        elif rationale := _RATIONALE.fullmatch(name):
            rationales.setdefault(rationale["mark"] or rationale["other"], number)
        elif option := _OPTION.fullmatch(name):
            is_wrong = _WRONG.search(option["kind"] or "") is not None
            (wrong if is_wrong else options).setdefault(option["mark"], number)
    if not options and wrong:
        found.are_wrong, options = True, wrong
    elif len(options) == 1 and wrong:  # `Answer 1` beside `Wrong answer 1` …: the right one
        found.columns.setdefault("key", next(iter(options.values())))
        found.are_wrong, options = True, wrong
    _order(found, options, rationales)
    return found


def _order(found: Header, options: Mapping[str, int], rationales: Mapping[str, int]) -> None:
    marks = sorted(
        options, key=lambda mark: (mark.isalpha(), int(mark) if mark.isdigit() else mark)
    )
    letters = [mark for mark in marks if mark.isalpha()]
    if letters and len(letters) < len(marks):  # `1 … 4` and a stray `x`: what there are more of
        marks = letters if len(letters) * 2 > len(marks) else [m for m in marks if m.isdigit()]
    found.has_letters = bool(marks) and marks[0].isalpha()
    found.options = [options[mark] for mark in marks]
    for position, mark in enumerate(marks):
        if mark in rationales:
            found.rationales[position] = rationales[mark]
