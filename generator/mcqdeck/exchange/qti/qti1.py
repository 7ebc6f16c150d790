"""QTI 1.2: `questestinterop` with assessments, sections, object banks and items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mcqdeck.exchange.bank.chapter import words_of
from mcqdeck.exchange.bank.names import is_random
from mcqdeck.exchange.item import (
    BLANK_OPTIONS,
    NOTHING,
    Item,
    Kind,
    LeftOut,
    Option,
    Text,
    filled,
)
from mcqdeck.exchange.moodle.grades import Grades, judge
from mcqdeck.exchange.qti.texts import Texts
from mcqdeck.exchange.xmltree import (
    by_name,
    child,
    children,
    descendants,
    first,
    has,
    local,
    text,
)
from mcqdeck.identity import SLUG
from mcqdeck.model import Place
from mcqdeck.stock_options import are_true_and_false

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHOICES = frozenset(
    {"multiple_choice_question", "multiple_answers_question", "true_false_question"}
    | {"cc.multiple_choice.v0p1", "cc.multiple_response.v0p1", "cc.true_false.v0p1"}
    | {"multiple choice", "multiple answer", "true/false", "multiple response", "truefalse"}
    | {"multi-select"}
)
_KINDS: Mapping[str, Kind] = {
    "arithmetic": Kind.NUMERIC,
    "calculated_question": Kind.NUMERIC,
    "cc.essay.v0p1": Kind.ESSAY,
    "cc.fib.v0p1": Kind.FILL_IN,
    "cc.pattern_match.v0p1": Kind.SHORT_ANSWER,
    "essay": Kind.ESSAY,
    "essay_question": Kind.ESSAY,
    "file_upload_question": Kind.ESSAY,
    "fill in the blank": Kind.FILL_IN,
    "fill in the blank plus": Kind.FILL_IN,
    "fill in the blanks": Kind.FILL_IN,
    "fill_in_multiple_blanks_question": Kind.FILL_IN,
    "file upload": Kind.ESSAY,
    "hot spot": Kind.HOTSPOT,
    "hot_spot_question": Kind.HOTSPOT,
    "likert": Kind.POLL,
    "long answer": Kind.ESSAY,
    "matching": Kind.MATCHING,
    "matching_question": Kind.MATCHING,
    "multi-short answer": Kind.SHORT_ANSWER,
    "multiple_dropdowns_question": Kind.CLOZE,
    "numerical_question": Kind.NUMERIC,
    "opinion scale": Kind.POLL,
    "ordering": Kind.ORDERING,
    "ordering_question": Kind.ORDERING,
    "short answer": Kind.SHORT_ANSWER,
    "short_answer_question": Kind.SHORT_ANSWER,
    "significant figures": Kind.NUMERIC,
    "text_only_question": Kind.DESCRIPTION,
}
_BLANK = re.compile(r"(?:<(?!img\b|audio\b)[^<>]*>|&nbsp;|[\s\xa0])*+")
_NUMBER = re.compile(r"\s*(-?\d+(?:[.,]\d+)?)\s*")
_GENERAL = ("general_fb", "general_feedback", "general")
_RIGHT = ("correct_fb", "correct", "correct_feedback", "general_correct_fb")
_BRIGHTSPACE_OPTION = re.compile(r"_A(\d+)\Z")
_WRONG = ("general_incorrect_fb", "incorrect_fb", "incorrect", "incorrect_feedback")
_ON_THE_WHOLE = frozenset({*_GENERAL, *_RIGHT, *_WRONG})


class Reader:
    """Reads documents of this version."""

    def __init__(self, texts: Texts, place: str) -> None:
        self._texts = texts
        self._place = place
        self.losses: set[str] = set()
        self.banks: set[str] = set()  # the names of the question banks that were read
        self.drawn: set[str] = set()  # the names of those that groups draw from

    def made(self, root: _Element, title: str) -> Iterator[Item | LeftOut]:
        """The questions of a document; `title` is what the package calls it."""
        for part in root:
            if not isinstance(part.tag, str):
                continue
            name = local(part)
            if name == "item":
                yield self._made(part, (title,) if title else ())
            elif name in {"assessment", "section", "objectbank"}:
                self.banks.add(part.get("ident") or "")
                own = part.get("title") or _title(part) or title
                yield from self._part(part, (own,) if own else ())

    def _part(self, part: _Element, category: tuple[str, ...]) -> Iterator[Item | LeftOut]:
        for inner in part:
            if not isinstance(inner.tag, str):
                continue
            name = local(inner)
            if name == "item":
                yield self._made(inner, category)
            elif name == "section":
                title = inner.get("title") or ""
                is_root = inner.get("ident") == "root_section" or not title or title in category
                yield from self._part(inner, category if is_root else (*category, title))
            elif name == "selection_ordering":
                self.drawn.update(_drawn(inner))

    def _made(self, item: _Element, category: tuple[str, ...]) -> Item | LeftOut:
        where = Place(self._place, item.sourceline or 1)
        parts = by_name(item)
        presentation = first(parts, "presentation")
        kind = _type(item)
        self._texts.trusts_plain = kind.endswith("_question")  # Canvas shows it as it stands
        if presentation is None:
            return LeftOut(where, Kind.DAMAGED, item.get("title") or "", "it has no presentation")
        stem = self._stem(presentation)

        def left(kind: Kind, reason: str) -> LeftOut:
            return LeftOut(where, kind, words_of(stem) or item.get("title") or "", reason)

        lists = [element for element in descendants(presentation, "response_lid")
                 if has(element, "response_label")]  # fmt: skip
        other = _KINDS.get(kind) or (None if kind in _CHOICES else _other(presentation, lists))
        if other or len(lists) != 1:
            reason = f"the type is {kind}" if kind else "it is not one list of choices"
            return left(other or Kind.OTHER, reason)
        labels = list(descendants(lists[0], "response_label"))
        names = [label.get("ident") or "" for label in labels]
        is_single = (lists[0].get("rcardinality") or "Single").lower() != "multiple"
        conditions = tuple(map(_condition, descendants(item, "respcondition")))
        judged = _key(conditions, names, is_single=is_single)
        if isinstance(judged, str):
            return left(Kind.PARTIAL_CREDIT, judged)
        if len(labels) < 2:
            return left(Kind.DAMAGED, "fewer than two choices")
        feedback = {inner.get("ident") or "": inner for inner in parts.get("itemfeedback", ())}
        options, used = self._options(labels, judged, feedback, _links(conditions))
        rest = {name: texts for name, texts in feedback.items() if name not in used}
        return self._item(item, where, stem, options, rest, category)

    def _options(
        self,
        labels: list[_Element],
        judged: tuple[bool, ...],
        feedback: Mapping[str, _Element],
        links: Mapping[str, list[str]],
    ) -> tuple[tuple[Option, ...], set[str]]:
        """The options, and the names of the feedback that belongs to one of them."""
        options = []
        used: set[str] = set()
        for label, is_right in zip(labels, judged, strict=True):
            ident = label.get("ident") or ""
            names = [*links.get(ident, ()), f"{ident}_fb", f"{ident}_feedback"]
            names.append(_BRIGHTSPACE_OPTION.sub(r"_IF\1", ident))
            name = next((n for n in names if n in feedback and n not in _GENERAL), None)
            why = self._texts.material(feedback[name]) if name else NOTHING
            used.add(name or "")
            options.append(Option(self._texts.material(label), is_right, why))
        kept = filled(tuple(options))
        if len(kept) < len(options):
            self.losses.add(BLANK_OPTIONS)
        return kept, used

    def _item(
        self,
        item: _Element,
        where: Place,
        stem: Text,
        options: tuple[Option, ...],
        feedback: Mapping[str, _Element],
        category: tuple[str, ...],
    ) -> Item:
        is_pair = are_true_and_false([option.text.markdown for option in options])
        title = item.get("title") or ""
        is_slug = SLUG.fullmatch(title) is not None and "-" in title and not is_random(title)
        shuffle = {
            (render.get("shuffle") or "").lower() for render in descendants(item, "render_choice")
        }
        head, references = self._explanation(feedback, item)
        return Item(
            where=where,
            stem=stem,
            options=options,
            explanation=head,
            references=references,
            id=title if is_slug else "",
            name="" if is_slug else title,
            category=category,
            keeps_order=is_pair or shuffle == {"no"},
            is_true_false=is_pair,
        )

    def _stem(self, presentation: _Element) -> Text:
        """What stands before the choices, or around them."""
        parts = [self._texts.material(material).markdown for material in _materials(presentation)]
        return Text("\n\n".join(part for part in parts if part))

    def _explanation(self, feedback: Mapping[str, _Element], item: _Element) -> tuple[Text, Text]:
        """The general feedback, or else that on a right answer; and the references in it."""
        said = {name for name, element in feedback.items() if _is_said(element)}
        own = item.get("label") or ""  # Brightspace calls general feedback as the question
        general, right = (
            next((name for name in names if name in said), None)
            for names in ((*_GENERAL, own), _RIGHT)
        )
        if general and right:
            self.losses.add(
                "feedback on the answer as a whole is left out where there is a general one"
            )
        if said - {*_GENERAL, *_RIGHT, own}:
            self.losses.add("feedback on wrong answers as a whole is left out")
        if any(_is_said(hint) for hint in children(item, "hint")):
            self.losses.add("hints are left out")
        name = general or right
        return self._texts.explained(feedback[name]) if name else (NOTHING, NOTHING)


def _is_said(element: _Element) -> bool:
    """Whether feedback shows anything: some programs write an empty line for none."""
    if has(element, "matimage", "mataudio"):
        return True
    return _BLANK.fullmatch(text(element)) is None


def _drawn(selection: _Element) -> Iterator[str]:
    """The banks that a group takes its questions from; some programs name none."""
    for inner in descendants(selection, "sourcebank_ref"):
        if name := text(inner).strip():
            yield name


def _title(part: _Element) -> str:
    """The title that the metadata of a bank give, its items' aside."""
    metadata = child(part, "qtimetadata")
    return _fields(metadata).get("bank_title", "") if metadata is not None else ""


def _materials(element: _Element) -> Iterator[_Element]:
    """The materials in an element that belong to no choice."""
    for inner in element.iterchildren("{*}*"):
        name = local(inner)
        if name == "material":
            yield inner
        elif name != "response_label":
            yield from _materials(inner)


def _type(item: _Element) -> str:
    """The type of a question: Canvas's, or that of the cartridge's profile."""
    fields = _fields(item)
    kinds = [fields.get(name, "") for name in ("question_type", "cc_profile")]
    if not any(kinds):
        kinds.append(fields.get("qmd_questiontype", ""))
        names = ("qmd_itemtype", "bbmd_questiontype")
        kinds += [text(next(descendants(item, name), None)).strip() for name in names]
    return next((kind.lower() for kind in kinds if kind), "")


def _fields(element: _Element) -> dict[str, str]:
    """The fields of an element's metadata."""
    fields = map(by_name, descendants(element, "qtimetadatafield", "qti_metadatafield"))
    return {
        text(first(field, "fieldlabel")).strip(): text(first(field, "fieldentry")).strip()
        for field in fields
    }


def _other(presentation: _Element, lists: list[_Element]) -> Kind | None:
    """What a question is that says nothing of its type, by what answers it."""
    if has(presentation, "render_hotspot"):
        return Kind.HOTSPOT
    if has(presentation, "render_slider", "response_num"):
        return Kind.NUMERIC
    if has(presentation, "response_grp") or len(lists) > 1:
        return Kind.MATCHING
    if any((response.get("rcardinality") or "").lower() == "ordered" for response in lists):
        return Kind.ORDERING
    if lists:
        return None
    if has(presentation, "response_str", "response_lid"):
        return Kind.SHORT_ANSWER if has(presentation, "response_label") else Kind.ESSAY
    return Kind.DESCRIPTION


@dataclass(frozen=True, slots=True)
class _Condition:
    """A condition on the response: what must be chosen for it, its score, and what it shows."""

    chosen: tuple[str, ...]
    score: float
    shown: tuple[str, ...]


def _condition(element: _Element) -> _Condition:
    chosen: list[str] = []
    scores: list[float] = []
    shown: list[str] = []
    for part in element.iterchildren("{*}*"):
        name = local(part)
        if name == "setvar":
            scores.append(_score(part))
        elif name == "displayfeedback":
            shown.append(part.get("linkrefid") or "")
        if len(part) or name not in {"setvar", "displayfeedback"}:
            chosen += _chosen(part)
    return _Condition(tuple(chosen), max(scores, default=0.0), tuple(shown))


def _key(
    conditions: tuple[_Condition, ...], names: list[str], *, is_single: bool
) -> tuple[bool, ...] | str:
    """Which choices are right; a condition that sets no positive score is feedback and no key."""
    shares = dict.fromkeys(names, 0.0)
    alternatives: list[set[str]] = []
    for condition in conditions:
        if condition.score <= 0:
            continue
        chosen = {name for name in condition.chosen if name in shares}
        if not chosen:
            continue
        if is_single or len(chosen) == 1:
            for name in chosen:
                shares[name] = max(shares[name], condition.score)
        else:
            alternatives.append(chosen)
    if alternatives:
        if len({frozenset(alternative) for alternative in alternatives}) > 1:
            return "several sets of answers are right"
        return tuple(name in alternatives[0] for name in names)
    return judge(Grades(tuple(shares[name] for name in names), is_single=is_single))


def _chosen(condition: _Element) -> Iterator[str]:
    """The choices that a part of a condition asks for; in `<not>` stand those that must be left."""
    left: set[_Element] = set()
    for inner in descendants(condition, "not", "varequal", "varsubset"):
        if local(inner) == "not":
            left.update(descendants(inner, "varequal", "varsubset"))
        elif inner not in left:
            yield from (part.strip() for part in (inner.text or "").split(","))


def _links(conditions: tuple[_Condition, ...]) -> dict[str, list[str]]:
    """The names of the feedback that choosing an option shows, by the option."""
    links: dict[str, list[str]] = {}
    for condition in conditions:
        if len(condition.chosen) == 1:
            links.setdefault(condition.chosen[0], []).extend(
                name for name in condition.shown if name not in _ON_THE_WHOLE
            )
    return links


def _score(setvar: _Element) -> float:
    """What a condition adds to the mark; Brightspace also counts what was chosen wrongly."""
    if "incorrect" in (setvar.get("varname") or "").lower():
        return 0.0
    value = _number(text(setvar))
    return -value if (setvar.get("action") or "").lower() == "subtract" else value


def _number(value: str) -> float:
    match = _NUMBER.fullmatch(value)
    if match:
        return float(match[1].replace(",", "."))
    return 100.0 if value.strip().upper().startswith("SCORE") else 0.0
