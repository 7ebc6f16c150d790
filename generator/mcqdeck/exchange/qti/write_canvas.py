"""From questions to a package of QTI 1.2 as Canvas imports it: a quiz for each chapter.

Canvas reads `imsmanifest.xml`, the QTI of each quiz, and `assessment_meta.xml` beside it, and finds
files by `$IMS-CC-FILEBASE$`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from urllib.parse import quote, unquote
from xml.sax.saxutils import escape, quoteattr

from mcqdeck.exchange.archive import packed
from mcqdeck.exchange.item import Contents, Item, Text, Written
from mcqdeck.exchange.losses import Part, losses
from mcqdeck.exchange.outgoing import AS_FEEDBACK, NOT_IN_XML, SOURCE, explained, is_plain_pair
from mcqdeck.exchange.qti.manifest import files_listed
from mcqdeck.exchange.qti.names import ident

HOLDS = frozenset({Part.RATIONALE, Part.EXPLANATION, Part.ID, Part.CHAPTER, Part.FILES})
_FILES = "web_resources"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
_QTI = (
    f'xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2" {_XSI} '
    'xsi:schemaLocation="http://www.imsglobal.org/xsd/ims_qtiasiv1p2 '
    'http://www.imsglobal.org/xsd/ims_qtiasiv1p2p1.xsd"'
)
_CANVAS = (
    f'xmlns="http://canvas.instructure.com/xsd/cccv1p0" {_XSI} '
    'xsi:schemaLocation="http://canvas.instructure.com/xsd/cccv1p0 '
    'https://canvas.instructure.com/xsd/cccv1p0.xsd"'
)
_MANIFEST = (
    f'xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1" {_XSI} '
    'xsi:schemaLocation="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1 '
    'http://www.imsglobal.org/xsd/imscp_v1p1.xsd"'
)


def write(contents: Contents) -> Written:
    """The questions as a zip that Canvas takes under *Import Course Content, QTI .zip file*."""
    said = losses(contents, HOLDS | {Part.REFERENCES}, AS_FEEDBACK)
    bank = contents.config.id if contents.config else "bank"
    paths = {file.path: f"{_FILES}/{file.path}" for file in contents.files}
    files: dict[str, bytes] = {}
    quizzes: list[tuple[str, list[Item]]] = []
    for category, group in groupby(contents.items, key=lambda item: item.category):
        title = " – ".join(category) or "Questions"
        name = ident(bank, "quiz", title, str(len(quizzes)))
        quizzes.append((name, list(group)))
        files[f"{name}/{name}.xml"] = _lines(_quiz(name, title, quizzes[-1][1], paths))
        files[f"{name}/assessment_meta.xml"] = _lines(_meta(name, title, len(quizzes[-1][1])))
    manifest = _lines(_manifest(bank, [name for name, _ in quizzes], list(paths.values())))
    files = {"imsmanifest.xml": manifest, **files}
    files.update({paths[file.path]: file.data for file in contents.files})
    return Written(packed(files), said)


def _lines(lines: Iterator[str]) -> bytes:
    return ("\n".join((_HEAD, *lines)) + "\n").encode()


def _manifest(bank: str, quizzes: list[str], paths: list[str]) -> Iterator[str]:
    yield f'<manifest identifier="{ident(bank, "manifest")}" {_MANIFEST}>'
    yield "  <metadata>"
    yield "    <schema>IMS Content</schema>"
    yield "    <schemaversion>1.1.3</schemaversion>"
    yield "  </metadata>"
    yield "  <organizations/>"
    yield "  <resources>"
    for name in quizzes:
        meta = f"{name}/assessment_meta.xml"
        yield f'    <resource identifier="{name}" type="imsqti_xmlv1p2">'
        yield f'      <file href="{name}/{name}.xml"/>'
        yield f'      <dependency identifierref="{name}_meta"/>'
        yield "    </resource>"
        yield (
            f'    <resource identifier="{name}_meta" '
            f'type="associatedcontent/imscc_xmlv1p1/learning-application-resource" href="{meta}">'
        )
        yield f'      <file href="{meta}"/>'
        yield "    </resource>"
    yield from files_listed(paths)
    yield "  </resources>"
    yield "</manifest>"


def _meta(name: str, title: str, points: int) -> Iterator[str]:
    """What Canvas keeps of a quiz; for practice, in an order of its own each time."""
    yield f'<quiz identifier="{name}" {_CANVAS}>'
    yield f"  <title>{_escaped(title)}</title>"
    yield "  <description></description>"
    yield "  <shuffle_answers>true</shuffle_answers>"
    yield "  <scoring_policy>keep_highest</scoring_policy>"
    yield "  <quiz_type>practice_quiz</quiz_type>"
    yield f"  <points_possible>{points}.0</points_possible>"
    yield "  <show_correct_answers>true</show_correct_answers>"
    yield "  <allowed_attempts>-1</allowed_attempts>"
    yield "  <available>false</available>"
    yield "</quiz>"


def _quiz(name: str, title: str, items: list[Item], paths: Mapping[str, str]) -> Iterator[str]:
    yield f"<questestinterop {_QTI}>"
    yield f'  <assessment ident="{name}" title={quoteattr(NOT_IN_XML.sub("", title))}>'
    yield "    <qtimetadata>"
    yield from _fields("    ", cc_maxattempts="1")
    yield "    </qtimetadata>"
    yield '    <section ident="root_section">'
    for item in items:
        yield from _item(name, item, paths)
    yield "    </section>"
    yield "  </assessment>"
    yield "</questestinterop>"


def _item(quiz: str, item: Item, paths: Mapping[str, str]) -> Iterator[str]:
    names = [str(1000 + number) for number in range(len(item.options))]
    kind = "multiple_choice_question" if item.right == 1 else "multiple_answers_question"
    if is_plain_pair(item):
        kind = "true_false_question"
    yield f'      <item ident="{ident(quiz, item.id)}" title={quoteattr(item.id)}>'
    yield "        <itemmetadata>"
    yield "          <qtimetadata>"
    yield from _fields(
        "          ",
        question_type=kind,
        points_possible="1.0",
        original_answer_ids=",".join(names),
        assessment_question_identifierref=ident(quiz, item.id, "question"),
    )
    yield "          </qtimetadata>"
    yield "        </itemmetadata>"
    yield "        <presentation>"
    yield f"          {_material(item.stem, paths)}"
    cardinality = "Single" if item.right == 1 else "Multiple"
    yield f'          <response_lid ident="response1" rcardinality="{cardinality}">'
    yield "            <render_choice>"
    for name, option in zip(names, item.options, strict=True):
        content = _material(option.text, paths)
        yield f'              <response_label ident="{name}">{content}</response_label>'
    yield "            </render_choice>"
    yield "          </response_lid>"
    yield "        </presentation>"
    yield from _processing(item, names)
    general = explained(item)
    if general:
        yield _feedback("general_fb", general, paths)
    for name, option in zip(names, item.options, strict=True):
        if option.rationale:
            yield _feedback(f"{name}_fb", option.rationale, paths)
    yield "      </item>"


def _processing(item: Item, names: list[str]) -> Iterator[str]:
    yield "        <resprocessing>"
    yield "          <outcomes>"
    yield '            <decvar maxvalue="100" minvalue="0" varname="SCORE" vartype="Decimal"/>'
    yield "          </outcomes>"
    if explained(item):
        yield _condition("<other/>", "general_fb")
    for name, option in zip(names, item.options, strict=True):
        if option.rationale:
            yield _condition(_equal(name), f"{name}_fb")
    pairs = list(zip(names, item.options, strict=True))
    if item.right == 1:
        key = next(_equal(name) for name, option in pairs if option.is_correct)
    else:
        parts = (
            _equal(name) if option.is_correct else f"<not>{_equal(name)}</not>"
            for name, option in pairs
        )
        key = f"<and>{''.join(parts)}</and>"
    yield (
        f'          <respcondition continue="No"><conditionvar>{key}</conditionvar>'
        '<setvar action="Set" varname="SCORE">100</setvar></respcondition>'
    )
    yield "        </resprocessing>"


def _equal(name: str) -> str:
    return f'<varequal respident="response1">{name}</varequal>'


def _condition(test: str, feedback: str) -> str:
    return (
        f'          <respcondition continue="Yes"><conditionvar>{test}</conditionvar>'
        f'<displayfeedback feedbacktype="Response" linkrefid="{feedback}"/></respcondition>'
    )


def _feedback(name: str, text: Text, paths: Mapping[str, str]) -> str:
    return (
        f'        <itemfeedback ident="{name}"><flow_mat>{_material(text, paths)}</flow_mat>'
        "</itemfeedback>"
    )


def _material(text: Text, paths: Mapping[str, str]) -> str:
    def source(match: re.Match[str]) -> str:
        address = unquote(match[1].replace("&amp;", "&"))
        known = address in paths
        return f'src="$IMS-CC-FILEBASE$/{escape(quote(address))}"' if known else match[0]

    html = SOURCE.sub(source, text.html) if "src=" in text.html else text.html
    return f'<material><mattext texttype="text/html">{_escaped(html)}</mattext></material>'


def _fields(margin: str, **fields: str) -> Iterator[str]:
    for name, value in fields.items():
        yield (
            f"{margin}  <qtimetadatafield><fieldlabel>{name}</fieldlabel>"
            f"<fieldentry>{_escaped(value)}</fieldentry></qtimetadatafield>"
        )


def _escaped(text: str) -> str:
    return escape(NOT_IN_XML.sub("", text))
