"""The footnotes of a field of our cards: a rule at its end, and a list that goes on counting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcqdeck.exchange.markup.tree import tag

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def take_footnotes(element: HtmlElement) -> dict[str, HtmlElement]:
    """Takes the footnotes off a field; each under the number by which the text refers to it."""
    rule, last = element[-2:] if len(element) > 1 else (None, None)
    if rule is None or last is None or tag(rule) != "hr" or tag(last) != "ol":
        return {}
    start = last.get("start") or "1"
    if set(last.attrib) - {"start"} or not start.isdecimal():
        return {}
    if (rule.tail or "").strip() or (last.tail or "").strip():
        return {}
    if not all(tag(item) == "li" and not item.attrib and len(item) for item in last):
        return {}
    if any((item.text or "").strip() for item in last):
        return {}
    footnotes = {str(number): item for number, item in enumerate(last, start=int(start))}
    named = {sup.text for sup in element.iter("sup") if not len(sup) and not sup.attrib}
    if not footnotes.keys() <= named:
        return {}
    element.remove(rule)
    element.remove(last)
    return footnotes
