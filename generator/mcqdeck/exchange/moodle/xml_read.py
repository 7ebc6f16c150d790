"""From Moodle XML to questions.

`question/format/xml/format.php` of Moodle decides; https://docs.moodle.org/en/Moodle_XML_format.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mcqdeck.diagnostic import McqdeckError
from mcqdeck.exchange.bank.chapter import words_of
from mcqdeck.exchange.item import (
    BLANK_OPTIONS,
    NOTHING,
    Contents,
    Item,
    Kind,
    LeftOut,
    Option,
    Source,
    Text,
    filled,
)
from mcqdeck.exchange.markup import image
from mcqdeck.exchange.moodle.categories import levels
from mcqdeck.exchange.moodle.grades import Grades, judge
from mcqdeck.exchange.moodle.texts import Texts
from mcqdeck.exchange.outgoing import REFERENCES_HTML
from mcqdeck.exchange.tags import described
from mcqdeck.exchange.xmltree import (
    begins_as,
    by_name,
    child,
    children,
    first,
    local,
    text,
    tree,
)
from mcqdeck.identity import SLUG
from mcqdeck.markdown.raw_html import ANY_TAG
from mcqdeck.model import Place

if TYPE_CHECKING:
    from lxml.etree import _Element

    Parts = Mapping[str, Sequence[_Element]]
    """The children of a question, or of an answer, by name."""

_CHOICES = frozenset({"multichoice", "multichoiceset", "oumultiresponse"})
_KINDS: Mapping[str, Kind] = {
    "calculated": Kind.NUMERIC,
    "calculatedmulti": Kind.NUMERIC,
    "calculatedsimple": Kind.NUMERIC,
    "cloze": Kind.CLOZE,
    "ddimageortext": Kind.DRAG_AND_DROP,
    "ddmarker": Kind.DRAG_AND_DROP,
    "ddmatch": Kind.MATCHING,
    "ddwtos": Kind.DRAG_AND_DROP,
    "description": Kind.DESCRIPTION,
    "essay": Kind.ESSAY,
    "essayautograde": Kind.ESSAY,
    "gapfill": Kind.FILL_IN,
    "gapselect": Kind.FILL_IN,
    "matching": Kind.MATCHING,
    "multianswer": Kind.CLOZE,
    "numerical": Kind.NUMERIC,
    "ordering": Kind.ORDERING,
    "order": Kind.ORDERING,
    "randomsamatch": Kind.MATCHING,
    "shortanswer": Kind.SHORT_ANSWER,
}
_ON_OTHERS = ("partiallycorrectfeedback", "incorrectfeedback")
# What Moodle writes itself as feedback for the answer as a whole.
_STOCK = re.compile(
    r"\s*(?:Your answer is (?:partially )?(?:in)?correct"
    r"|Die Antwort ist (?:teilweise )?(?:richtig|falsch)"
    r"|Respuesta (?:parcialmente )?(?:in)?correcta"
    r"|Votre réponse est (?:partiellement )?(?:in)?correcte"
    r"|Risposta (?:(?:parzialmente )?(?:corretta|esatta)|errata)"
    r"|(?:A )?[Ss]ua resposta está (?:parcialmente )?(?:in)?correta"
    r"|Je antwoord is (?:gedeeltelijk )?(?:juist|correct|onjuist|fout))\.?\s*"
)


def recognises(source: Source) -> bool:
    """Whether a file is XML of Moodle's."""
    return begins_as(source.data, "quiz")


def read(source: Source) -> Contents:
    """The questions of a file; what is no multiple-choice question is left out.

    Raises:
        McqdeckError: it is not XML, or not of Moodle's.
    """
    root = tree(source.name, source.data)
    if local(root) != "quiz":
        raise McqdeckError(
            f"{source.name}: not Moodle XML: its root is <{local(root)}>, not <quiz>"
        )
    reader = _Reader(source)
    questions = list(children(root, "question"))
    reader.note_feedback(questions)
    for question in questions:
        reader.take(question)
    return Contents.of(reader.made, reader.texts.files, reader.texts.losses | reader.losses)


class _Reader:
    """Takes one question after another."""

    def __init__(self, source: Source) -> None:
        self._name = source.name
        self.texts = Texts(source.others)
        self.made: list[Item | LeftOut] = []
        self.losses: set[str] = set()
        self._category: tuple[str, ...] = ()
        self._feedback: Counter[str] = Counter()

    def note_feedback(self, questions: list[_Element]) -> None:
        """Counts the feedback on answers as a whole: what many questions share is a form letter."""
        self._feedback.update(
            text(child(question, name)).strip()
            for question in questions
            for name in ("correctfeedback", *_ON_OTHERS)
        )

    def take(self, question: _Element) -> None:
        """A question, or a category for those that follow."""
        kind = (question.get("type") or "").lower()
        if kind == "category":
            category = child(question, "category")
            name = None if category is None else child(category, "text")
            self._category = levels(text(category if name is None else name))
            return
        where = Place(self._name, question.sourceline or 1)
        parts = by_name(question)
        if kind in _CHOICES:
            self.made.append(self._multiple_choice(kind, parts, where))
        elif kind == "truefalse":
            self.made.append(self._true_false(parts, where))
        else:
            known = _KINDS.get(kind, Kind.OTHER)
            reason = f"the type is {kind or 'missing'}"
            self.made.append(LeftOut(where, known, self._words(parts), reason))

    def _words(self, parts: Parts) -> str:
        whole = first(parts, "questiontext")
        inner = child(whole, "text") if whole is not None else None
        words = ANY_TAG.sub(" ", text(whole if inner is None else inner))
        return words_of(Text(words.strip() or text(first(parts, "name"))))

    def _multiple_choice(self, kind: str, parts: Parts, where: Place) -> Item | LeftOut:
        answers = parts.get("answer", ())
        if len(answers) < 2:
            return LeftOut(where, Kind.DAMAGED, self._words(parts), "fewer than two answers")
        single = text(first(parts, "single")).strip().lower()
        is_single = single not in {"false", "0"} and kind == "multichoice"
        judged = judge(Grades(tuple(map(_share, answers)), is_single=is_single))
        if isinstance(judged, str):
            return LeftOut(where, Kind.PARTIAL_CREDIT, self._words(parts), judged)
        options = tuple(map(self._option, answers, judged))
        if len(filled(options)) < len(options):
            self.losses.add(BLANK_OPTIONS)
            options = filled(options)
        shuffled = text(first(parts, "shuffleanswers")).strip().lower()
        return self._item(parts, where, options, keeps_order=shuffled in {"0", "false"})

    def _option(self, answer: _Element, is_right: bool) -> Option:
        parts = by_name(answer)
        why = first(parts, "feedback")
        return Option(self._text(answer, parts), is_right, self._text(why))

    def _true_false(self, parts: Parts, where: Place) -> Item | LeftOut:
        by_word = {
            text(child(answer, "text")).strip().lower(): answer
            for answer in parts.get("answer", ())
        }
        true, false = by_word.get("true"), by_word.get("false")
        if true is None or false is None:
            return LeftOut(where, Kind.DAMAGED, self._words(parts), "no answers true and false")
        options = (
            Option(Text("True"), _share(true) > 0, self._text(child(true, "feedback"))),
            Option(Text("False"), _share(false) > 0, self._text(child(false, "feedback"))),
        )
        return self._item(parts, where, options, keeps_order=True, is_true_false=True)

    def _item(
        self,
        parts: Parts,
        where: Place,
        options: tuple[Option, ...],
        *,
        keeps_order: bool,
        is_true_false: bool = False,
    ) -> Item:
        idnumber = text(first(parts, "idnumber")).strip()
        is_slug = SLUG.fullmatch(idnumber) is not None
        tags = first(parts, "tags")
        fields = (
            described(text(element) for element in children(tags, "tag"))
            if tags is not None
            else {}
        )
        return Item(
            where=where,
            stem=self._stem(parts),
            options=options,
            id=idnumber if is_slug else "",
            name=idnumber if idnumber and not is_slug else text(first(parts, "name")).strip(),
            category=self._category,
            keeps_order=keeps_order,
            is_true_false=is_true_false,
            **self._explained(parts),
            **fields,
        )

    def _stem(self, parts: Parts) -> Text:
        """The stem, with an image of the old kind that stands beside it."""
        stem = self._text(first(parts, "questiontext"))
        name, data = text(first(parts, "image")), text(first(parts, "image_base64"))
        if not data.strip():
            return stem
        name = name.strip().rpartition("/")[2] or "image.png"
        self._embed(name, data)
        return Text(f"{stem.markdown}\n\n{image(self.texts.path(name))}".strip())

    def _explained(self, parts: Parts) -> dict[str, Any]:
        """The general feedback, and the references in it; or what is said of a right answer."""
        general = first(parts, "generalfeedback")
        html = text(child(general, "text")) if general is not None else ""
        if general is not None and REFERENCES_HTML in html:
            self._embed_files(children(general, "file"))
            head, _, tail = html.partition(REFERENCES_HTML)
            return {
                "explanation": self.texts.text(head, "html"),
                "references": self.texts.text(tail, "html"),
            }
        if any(text(child(hint, "text")).strip() for hint in parts.get("hint", ())):
            self.losses.add("hints are left out")
        if any(self._is_said_here(first(parts, name)) for name in _ON_OTHERS):
            self.losses.add("feedback on wrong answers as a whole is left out")
        explanation = self.texts.explained(self._text(general))
        whole = first(parts, "correctfeedback")
        if not self._is_said_here(whole):
            return explanation
        if explanation["explanation"]:
            self.losses.add(
                "feedback on the answer as a whole is left out where there is a general one"
            )
            return explanation
        return {"explanation": self._text(whole)}

    def _is_said_here(self, whole: _Element | None) -> bool:
        """Whether feedback on the answer as a whole is this question's own, and no form letter."""
        said = text(whole).strip()
        if not said or self._feedback[said] > 2:
            return False
        return _STOCK.fullmatch(ANY_TAG.sub("", said)) is None

    def _text(self, element: _Element | None, parts: Parts | None = None) -> Text:
        """The text in an element of Moodle's: in its format, its files beside it."""
        if element is None:
            return NOTHING
        parts = by_name(element) if parts is None else parts
        inner = first(parts, "text")
        content = text(inner) if inner is not None else (element.text or "")
        if not content.strip():
            return NOTHING
        self._embed_files(parts.get("file", ()))
        return self.texts.text(content, _FORMATS.get(element.get("format") or "html", "moodle"))

    def _embed_files(self, files: Iterable[_Element]) -> None:
        for file in files:
            name = f"{(file.get('path') or '/').lstrip('/')}{file.get('name') or ''}"
            self._embed(name, file.text or "")

    def _embed(self, name: str, data: str) -> None:
        try:
            self.texts.embed(name, base64.b64decode("".join(data.split()), validate=True))
        except (binascii.Error, ValueError):
            self.losses.add(f"the file {name} is damaged and left out: it is not base64")


_FORMATS = {
    "html": "html",
    "markdown": "markdown",
    "plain_text": "plain",
    "plain": "plain",
    "wiki_like": "moodle",
    "moodle_auto_format": "moodle",
}


def _share(answer: _Element) -> float:
    """The per cent of the mark that an answer is worth."""
    try:
        return float((answer.get("fraction") or "0").replace(",", "."))
    except ValueError:
        return 0.0
