"""From questions to a package of QTI 2.1: an item a file, a test with a section a chapter."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from urllib.parse import quote
from xml.sax.saxutils import quoteattr

from mcqdeck.exchange.archive import packed
from mcqdeck.exchange.item import Contents, Item, Written
from mcqdeck.exchange.losses import Part, losses
from mcqdeck.exchange.outgoing import AS_FEEDBACK, explained
from mcqdeck.exchange.qti.manifest import files_listed
from mcqdeck.exchange.qti.names import ident
from mcqdeck.exchange.qti.xhtml import body_xhtml, xhtml
from mcqdeck.exchange.tags import AS_TAGS, all_tags
from mcqdeck.identity import option_letter

HOLDS = frozenset(
    {Part.RATIONALE, Part.EXPLANATION, Part.ID, Part.CHAPTER, Part.TAGS, Part.ORDER, Part.FILES}
)
_ITEMS, _TEST = "items", "test.xml"
_NAMESPACE = (
    'xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://www.imsglobal.org/xsd/imsqti_v2p1 '
    'http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"'
)
_MANIFEST = (
    'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" '
    'xmlns:imsmd="http://ltsc.ieee.org/xsd/LOM" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
_GENERAL = "general_feedback"  # what Canvas takes for feedback on all answers begins so
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def write(contents: Contents) -> Written:
    """The questions as a zip, images and sounds inside; objectives and tags are keywords."""
    said = losses(contents, HOLDS | AS_TAGS.keys() | {Part.REFERENCES}, AS_TAGS | AS_FEEDBACK)
    files = {"imsmanifest.xml": _lines(_manifest(contents)), _TEST: _lines(_test(contents))}
    for item in contents.items:
        files[f"{_ITEMS}/{item.id}.xml"] = _lines(_item(item))
    for file in contents.files:
        files[f"{_ITEMS}/{file.path}"] = file.data
    return Written(packed(files), said)


def _lines(lines: Iterator[str]) -> bytes:
    return ("\n".join((_HEAD, *lines)) + "\n").encode()


def _manifest(contents: Contents) -> Iterator[str]:
    bank = contents.config.id if contents.config else "bank"
    yield f'<manifest {_MANIFEST} identifier="{ident(bank, "manifest")}">'
    yield "  <metadata>"
    yield "    <schema>QTIv2.1 Package</schema>"
    yield "    <schemaversion>1.0.0</schemaversion>"
    yield "  </metadata>"
    yield "  <organizations/>"
    yield "  <resources>"
    yield f'    <resource identifier="test" type="imsqti_test_xmlv2p1" href="{_TEST}">'
    yield f'      <file href="{_TEST}"/>'
    for item in contents.items:
        yield f'      <dependency identifierref="q-{item.id}"/>'
    yield "    </resource>"
    for item in contents.items:
        yield from _resource(item, contents)
    yield from files_listed(f"{_ITEMS}/{file.path}" for file in contents.files)
    yield "  </resources>"
    yield "</manifest>"


def _resource(item: Item, contents: Contents) -> Iterator[str]:
    href = f"{_ITEMS}/{item.id}.xml"
    yield f'    <resource identifier="q-{item.id}" type="imsqti_item_xmlv2p1" href="{href}">'
    if tags := all_tags(item):
        yield "      <metadata><imsmd:lom><imsmd:general>"
        for tag in tags:
            word = f"<imsmd:string>{escape(tag)}</imsmd:string>"
            yield f"        <imsmd:keyword>{word}</imsmd:keyword>"
        yield "      </imsmd:general></imsmd:lom></metadata>"
    yield f'      <file href="{href}"/>'
    html = "".join(text.html for text in item.texts)
    for number, file in enumerate(contents.files):
        if file.path in html or quote(file.path) in html:
            yield f'      <dependency identifierref="file-{number}"/>'
    yield "    </resource>"


def _test(contents: Contents) -> Iterator[str]:
    config = contents.config
    title = quoteattr(config.title if config else "Test")
    yield f'<assessmentTest {_NAMESPACE} identifier="test" title={title}>'
    yield '  <testPart identifier="part" navigationMode="nonlinear" submissionMode="simultaneous">'
    category: tuple[str, ...] | None = None
    for number, item in enumerate(contents.items):
        if item.category != category:
            if category is not None:
                yield "    </assessmentSection>"
            category = item.category
            name = quoteattr(" – ".join(category) or "Questions")
            section = f'identifier="section-{number}" title={name} visible="true"'
            yield f"    <assessmentSection {section}>"
        href = f"{_ITEMS}/{item.id}.xml"
        yield f'      <assessmentItemRef identifier="q-{item.id}" href="{href}"/>'
    if category is not None:
        yield "    </assessmentSection>"
    yield "  </testPart>"
    yield "</assessmentTest>"


def _item(item: Item) -> Iterator[str]:
    """An item; its identifier begins with a letter, as XML wants it, its title is the id."""
    several = item.right > 1
    explanation = xhtml(explained(item).html)
    has_rationales = any(option.rationale for option in item.options)
    cardinality = "multiple" if several else "single"
    yield (
        f'<assessmentItem {_NAMESPACE} identifier="q-{item.id}" title="{item.id}" '
        'adaptive="false" timeDependent="false">'
    )
    yield (
        f'  <responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" '
        'baseType="identifier">'
    )
    yield "    <correctResponse>"
    for number, option in enumerate(item.options):
        if option.is_correct:
            yield f"      <value>{option_letter(number).upper()}</value>"
    yield "    </correctResponse>"
    yield "  </responseDeclaration>"
    yield (
        '  <outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float">'
        "<defaultValue><value>0</value></defaultValue></outcomeDeclaration>"
    )
    if has_rationales:
        yield (
            f'  <outcomeDeclaration identifier="FEEDBACK" cardinality="{cardinality}" '
            'baseType="identifier"/>'
        )
    if explanation:
        yield (
            '  <outcomeDeclaration identifier="GENERAL" cardinality="single" '
            'baseType="identifier"/>'
        )
    yield "  <itemBody>"
    yield f"    {body_xhtml(item.stem.html)}"
    shuffle = str(not item.keeps_order).lower()
    most = item.right if several else 1
    yield (
        f'    <choiceInteraction responseIdentifier="RESPONSE" shuffle="{shuffle}" '
        f'maxChoices="{most}">'
    )
    for number, option in enumerate(item.options):
        name = option_letter(number).upper()
        yield f'      <simpleChoice identifier="{name}">{xhtml(option.text.html)}</simpleChoice>'
    yield "    </choiceInteraction>"
    yield "  </itemBody>"
    yield from _processing(has_rationales=has_rationales, is_explained=bool(explanation))
    for number, option in enumerate(item.options):
        if rationale := xhtml(option.rationale.html):
            yield _feedback("FEEDBACK", option_letter(number).upper(), rationale)
    if explanation:
        yield _feedback("GENERAL", _GENERAL, explanation)
    yield "</assessmentItem>"


def _processing(*, has_rationales: bool, is_explained: bool) -> Iterator[str]:
    yield "  <responseProcessing>"
    yield "    <responseCondition>"
    yield (
        '      <responseIf><match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/>'
        '</match><setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue>'
        "</setOutcomeValue></responseIf>"
    )
    yield "    </responseCondition>"
    if has_rationales:
        yield (
            '    <setOutcomeValue identifier="FEEDBACK"><variable identifier="RESPONSE"/>'
            "</setOutcomeValue>"
        )
    if is_explained:
        yield (
            '    <setOutcomeValue identifier="GENERAL"><baseValue baseType="identifier">'
            f"{_GENERAL}</baseValue></setOutcomeValue>"
        )
    yield "  </responseProcessing>"


def _feedback(outcome: str, identifier: str, content: str) -> str:
    return (
        f'  <modalFeedback outcomeIdentifier="{outcome}" identifier="{identifier}" showHide="show">'
        f"{content}</modalFeedback>"
    )
