"""QTI 2.1, 2.2 and 3.0: an `assessmentItem` a question, an `assessmentTest` for their order.

Version 3 writes the same names in kebab case with `qti-` before them; they are read as the others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from mcqdeck.exchange.bank.chapter import words_of
from mcqdeck.exchange.item import NOTHING, Item, Kind, LeftOut, Option, Text
from mcqdeck.exchange.moodle.grades import Grades, judge
from mcqdeck.exchange.qti.package import beside
from mcqdeck.exchange.qti.texts import Texts
from mcqdeck.exchange.xmltree import child, children, descendants, has, local, text, tree, written
from mcqdeck.identity import SLUG
from mcqdeck.markdown.raw_html import ANY_TAG
from mcqdeck.model import Place
from mcqdeck.stock_options import are_true_and_false

if TYPE_CHECKING:
    from lxml.etree import _Element

_KINDS: Mapping[str, Kind] = {
    "associateInteraction": Kind.MATCHING,
    "customInteraction": Kind.OTHER,
    "drawingInteraction": Kind.OTHER,
    "extendedTextInteraction": Kind.ESSAY,
    "gapMatchInteraction": Kind.DRAG_AND_DROP,
    "graphicAssociateInteraction": Kind.MATCHING,
    "graphicGapMatchInteraction": Kind.DRAG_AND_DROP,
    "graphicOrderInteraction": Kind.ORDERING,
    "hotspotInteraction": Kind.HOTSPOT,
    "hottextInteraction": Kind.HOTSPOT,
    "inlineChoiceInteraction": Kind.CLOZE,
    "matchInteraction": Kind.MATCHING,
    "mediaInteraction": Kind.OTHER,
    "orderInteraction": Kind.ORDERING,
    "portableCustomInteraction": Kind.OTHER,
    "positionObjectInteraction": Kind.HOTSPOT,
    "selectPointInteraction": Kind.HOTSPOT,
    "sliderInteraction": Kind.NUMERIC,
    "textEntryInteraction": Kind.FILL_IN,
    "uploadInteraction": Kind.ESSAY,
}
_FEEDBACK = frozenset(
    {"feedbackInline", "feedbackBlock", "modalFeedback", "rubricBlock", "stylesheet"}
)
_INLINE_FEEDBACK = ("feedbackInline", "feedbackBlock")
_VOID = frozenset({"br", "col", "hr", "img"})
_LANGUAGE_CLASS = re.compile(r"(?:^|\s)(language-\S+)")
_NAMESPACE = re.compile(r'(</?)[\w.-]+:|\sxmlns(?::\w+)?="[^"]*"')
_CLASSED = re.compile(r"(?:^|\s)mcqdeck-([a-z][a-z0-9]*)(?:-(\S*))?(?=\s|$)")
# Elements that mean the same in HTML, where they have no attributes; others may be in none of them.
_SAME_IN_HTML = frozenset({"code", "em", "li", "ol", "p", "strong", "sub", "sup", "ul"})
_SAME_TAG = rf"</?(?:{'|'.join(sorted(_SAME_IN_HTML))})>"
_OUTER_TAG = re.compile(
    r'<([a-z]+)(?: xmlns(?::\w+)?="[^"<>]*")*+>'
    rf"((?:[^<&]++|&(?:amp|lt|gt);|{_SAME_TAG})*+)\Z"
)
_NO_PASSAGE = "a passage that questions are about is not in the package"
_HIDDEN = frozenset({"printedVariable", "templateInline", "templateBlock", "templateProcessing"})


def normal(root: _Element) -> _Element:
    """A document whose names are those of version 2."""
    if local(root).startswith("qti-"):
        for element in root.iter("{*}*"):
            name = local(element)
            if name.startswith("qti-"):
                element.tag = _camel(name.removeprefix("qti-"))
                for key, value in list(element.attrib.items()):
                    if "-" in str(key) and not str(key).startswith(("data-", "aria-")):
                        element.set(_camel(str(key)), value)
    return root


class Reader:
    """Reads items of these versions."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._passages: dict[str, Text | None] = {}  # by their paths, for many items may share one
        self.losses: set[str] = set()

    def made(self, item: _Element, place: str, category: tuple[str, ...]) -> Item | LeftOut:
        """The question that an item is."""
        where = Place(place, item.sourceline or 1)
        body = next(descendants(item, "itemBody"), None)
        title = item.get("title") or ""
        if body is None:
            return LeftOut(where, Kind.DAMAGED, title, "it has no body")
        interactions = [element for element in body.iter("{*}*")
                        if str(element.tag).endswith("Interaction")
                        and local(element) != "endAttemptInteraction"]  # fmt: skip
        stem = self._stem(body)

        def left(kind: Kind, reason: str) -> LeftOut:
            return LeftOut(where, kind, words_of(stem) or title, reason)

        others = [
            local(interaction)
            for interaction in interactions
            if local(interaction) != "choiceInteraction"
        ]
        if others:
            kinds = {_KINDS.get(other, Kind.OTHER) for other in others}
            kind = kinds.pop() if len(kinds) == 1 else Kind.CLOZE
            return left(kind, f"it has a {others[0]}")
        if not interactions:
            return left(Kind.DESCRIPTION, "nothing is asked")
        if len(interactions) > 1:
            return left(Kind.CLOZE, "it asks several questions at once")
        if has(item, *_HIDDEN):
            return left(Kind.OTHER, "its values are made again for each learner")
        made = self._item(item, where, interactions[0], stem, category)
        if isinstance(made, LeftOut):
            return made
        return replace(made, stem=self._passages_of(item).above(made.stem))

    def _passages_of(self, item: _Element) -> Text:
        """The texts in documents of their own that an item is about."""
        passages = NOTHING
        for reference in descendants(item, "assessmentStimulusRef"):
            address = reference.get("href") or ""
            path = beside(self._texts.document, address)
            if path not in self._passages:
                self._passages[path] = self._passage(address, path)
            passage = self._passages[path]
            if passage is None:
                self.losses.add(_NO_PASSAGE)
            else:
                passages = passages.above(passage)
        return passages

    def _passage(self, address: str, path: str) -> Text | None:
        """The text at an address, whose path is told too; `None` if there is none."""
        data = self._texts.data_at(address)
        root = normal(tree(address, data)) if data else None
        body = next(descendants(root, "stimulusBody"), None) if root is not None else None
        if body is None:
            return None
        own, self._texts.document = self._texts.document, path
        text = self._texts.html(html_of(body))
        self._texts.document = own
        return text

    def _item(
        self,
        item: _Element,
        where: Place,
        interaction: _Element,
        stem: Text,
        category: tuple[str, ...],
    ) -> Item | LeftOut:
        choices = list(descendants(interaction, "simpleChoice"))
        names = [choice.get("identifier", "") for choice in choices]
        judged = _key(item, interaction, names)
        if isinstance(judged, str):
            return LeftOut(where, Kind.PARTIAL_CREDIT, words_of(stem), judged)
        if len(choices) < 2:
            return LeftOut(where, Kind.DAMAGED, words_of(stem), "fewer than two choices")
        modal, general = self._feedback(item, names)
        is_inside = has(interaction, *_INLINE_FEEDBACK)
        options = tuple(
            Option(
                self._texts.html(html_of(choice)),
                is_right,
                (is_inside and self._inline_feedback(choice)) or modal.get(name, NOTHING),
            )
            for choice, is_right, name in zip(choices, judged, names, strict=True)
        )
        is_pair = are_true_and_false([option.text.markdown for option in options])
        fixed = [choice.get("fixed", "").lower() == "true" for choice in choices]
        keeps_order = interaction.get("shuffle", "").lower() != "true" or all(fixed)
        identifier, title = item.get("identifier", ""), item.get("title", "")
        is_ours = SLUG.fullmatch(title) is not None and identifier == f"q-{title}"
        explanation, references = self._texts.parted(general)
        return Item(
            where=where,
            stem=stem,
            options=options,
            explanation=explanation,
            references=references,
            id=title if is_ours else "",
            name="" if is_ours else title or identifier,
            category=category,
            keeps_order=keeps_order,
            is_true_false=is_pair,
        )

    def _stem(self, body: _Element) -> Text:
        """The body without its choices, and their prompt."""
        return self._texts.html(html_of(body))

    def _inline_feedback(self, choice: _Element) -> Text:
        feedback = [
            html_of(element, is_feedback=True) for element in descendants(choice, *_INLINE_FEEDBACK)
        ]
        return self._texts.html("\n".join(feedback)) if feedback else NOTHING

    def _feedback(self, item: _Element, names: list[str]) -> tuple[dict[str, Text], str]:
        """The feedback for each choice, and the HTML of that for all."""
        own: dict[str, Text] = {}
        general: list[str] = []
        shown_for = _shown_for(item, names)
        for element in descendants(item, "modalFeedback", "feedbackBlock"):
            if element.getparent() is not item and _is_in_choice(element):
                continue
            html = html_of(element, is_feedback=True)
            identifier = element.get("identifier", "")
            shown = element.get("showHide", "") != "hide"
            meant = shown_for.get(identifier, identifier) if shown else identifier
            if meant in names and shown:
                own.setdefault(meant, self._texts.html(html))
            elif html.strip() and _is_for_wrong(meant):
                self.losses.add("feedback on wrong answers as a whole is left out")
            elif html.strip() and html not in general:
                general.append(html)
        return own, "\n".join(general)


def _is_in_choice(element: _Element) -> bool:
    return any(
        isinstance(ancestor.tag, str) and local(ancestor) == "simpleChoice"
        for ancestor in element.iterancestors()
    )


def _shown_for(item: _Element, names: list[str]) -> dict[str, str]:
    """What feedback of any name is shown for: a choice, `correct` or `incorrect`."""
    meant: dict[str, str] = {}
    for condition in descendants(item, "responseIf", "responseElseIf", "responseElse"):
        said = _said(condition, names)
        if said:
            for outcome in children(condition, "setOutcomeValue"):
                for value in descendants(outcome, "baseValue"):
                    meant.setdefault(text(value).strip(), said)
    return meant


def _said(condition: _Element, names: list[str]) -> str:
    """What a branch asks for: a choice, `correct` or `incorrect`; empty if it is something else."""
    if local(condition) == "responseElse":
        first = condition.getparent()
        tests = child(first, "responseIf") if first is not None else None
        return "incorrect" if tests is not None and _said(tests, names) == "correct" else ""
    test = next(condition.iterchildren("{*}*"), None)
    if test is None or has(test, "not"):
        return ""
    values = {text(value).strip() for value in descendants(test, "baseValue")}
    chosen = values.intersection(names)
    if len(chosen) == 1:
        return chosen.pop()
    if "incorrect" in values:
        return "incorrect"
    return "correct" if "correct" in values or has(test, "correct") else ""


def _is_for_wrong(identifier: str) -> bool:
    return any(word in identifier.lower() for word in ("incorrect", "wrong", "falsch"))


def _key(item: _Element, interaction: _Element, names: list[str]) -> tuple[bool, ...] | str:
    """Which choices are right: by the declared response, or else by what each is worth."""
    identifier = interaction.get("responseIdentifier", "")
    declarations = list(descendants(item, "responseDeclaration"))
    declaration = next(
        (
            declaration
            for declaration in declarations
            if declaration.get("identifier", "") == identifier
        ),
        None,
    )
    if declaration is None:
        return (False,) * len(names)
    right = {
        text(value).strip()
        for response in descendants(declaration, "correctResponse")
        for value in descendants(response, "value")
    }
    if right:
        return tuple(name in right for name in names)
    worth = {
        value.get("mapKey", ""): _number(value.get("mappedValue", ""))
        for value in descendants(declaration, "mapEntry")
    }
    is_single = declaration.get("cardinality", "") != "multiple"
    return judge(Grades(tuple(worth.get(name, 0.0) for name in names), is_single=is_single))


def _number(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        return 0.0


def html_of(element: _Element, *, is_feedback: bool = False) -> str:
    """The content of an element as HTML, without choices and, unless it is some, feedback."""
    text = element.text
    pieces = [escape(text, quote=False)] if text else []
    for inner in element:
        if isinstance(inner.tag, str):
            same = _same_in_html(inner)
            pieces.append(_html(inner, is_feedback=is_feedback) if same is None else same)
        if tail := inner.tail:
            pieces.append(escape(tail, quote=False))
    return "".join(pieces)


def _same_in_html(element: _Element) -> str | None:
    """The element with all that is in it as it stands in the XML, where that is the same in HTML.

    To let lxml write that is many times faster than to make it piece by piece.
    """
    name = local(element)
    if name not in _SAME_IN_HTML:
        return None
    if not len(element):
        content = escape(element.text or "", quote=False)
        return f"<{name}>{content}</{name}>" if not element.keys() else None
    match = _OUTER_TAG.match(written(element))
    return f"<{match[1]}>{match[2]}" if match else None


def _content(element: _Element, *, is_feedback: bool) -> str:
    """As `html_of`, for what is within something that is not the same in HTML."""
    pieces = [escape(element.text or "", quote=False)]
    for inner in element:
        if isinstance(inner.tag, str):
            pieces.append(_html(inner, is_feedback=is_feedback))
        if tail := inner.tail:
            pieces.append(escape(tail, quote=False))
    return "".join(pieces)


def _html(element: _Element, *, is_feedback: bool) -> str:
    name = local(element)
    if name == "math":
        return _mathml(element)
    if name == "simpleChoice" or (name in _FEEDBACK and not is_feedback):
        return ""
    inner = _content(element, is_feedback=is_feedback)
    if name == "object":
        return _object(element, inner)
    if name.endswith("Interaction"):
        return f"\n{inner.strip()}" if inner.strip() else ""
    if name in {"prompt", "contentBody", "modalFeedback", "feedbackBlock", "feedbackInline"}:
        return f"<div>{inner}</div>" if name == "prompt" and inner.strip() else inner
    name, attributes = _as_html(element, name)
    tag = f"<{name}{attributes}>"
    return tag if name in _VOID else f"{tag}{inner}</{name}>"


def _as_html(element: _Element, name: str) -> tuple[str, str]:
    """An element's name and attributes in HTML; what QTI has no place for stands in a class."""
    if not element.attrib:
        return name, ""
    pieces = {
        str(key).rpartition("}")[2]: str(value)
        for key, value in element.attrib.items()
        if key not in {"class", "id"}
    }
    if name in {"a", "img"} and "label" in pieces:
        pieces["title"] = pieces.pop("label")
    for match in _CLASSED.finditer(element.get("class") or ""):
        if match[2] is None:
            name = match[1]
        else:
            pieces[match[1]] = unquote(match[2])
    code = _LANGUAGE_CLASS.search(element.get("class") or "")
    if code:
        pieces["class"] = code[1]
    shown = "".join(f' {key}="{escape(value)}"' for key, value in pieces.items())
    return name, shown


def _object(element: _Element, inner: str) -> str:
    """An object of media as HTML has it."""
    address, kind = element.get("data") or "", (element.get("type") or "").lower()
    label = ANY_TAG.sub("", inner).strip()
    if kind.startswith("image/"):
        return f'<img src="{escape(address)}" alt="{label}">'
    if kind.startswith(("audio/", "video/")):
        return f'<audio src="{escape(address)}" title="{label}"></audio>'
    return inner


def _mathml(element: _Element) -> str:
    html = written(element)
    return _NAMESPACE.sub(lambda match: match[1] or "", html)


def _camel(kebab: str) -> str:
    first, *rest = kebab.split("-")
    return first + "".join(word.capitalize() for word in rest)
