"""QTI: packages as other programs pack them, and ours as other programs read them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

import mcqdeck
from mcqdeck import conversion, exchange
from mcqdeck.exchange.archive import Archive
from mcqdeck.exchange.item import Contents, Item, Option, Text
from mcqdeck.model import Bank
from tests.exchange.banks import CONFIG, FILES, WHERE, banks, there_and_back, written
from tests.exchange.packages import read, zipped

ROOT = Path(__file__).parents[2]
CASES = Path(__file__).parent / "cases" / "qti"
SHIPPED = ROOT / "source" / "12-core-functions"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(8)
PAIR = (Option(Text("a"), is_correct=True), Option(Text("b"), is_correct=False))
ITEM = (CASES / "item21.xml").read_text(encoding="utf-8")
CANVAS = (CASES / "canvas.xml").read_text(encoding="utf-8")
WITH_PICTURE = CANVAS.replace(
    "Escaped twice: which?&amp;lt;/p&amp;gt;",
    '&amp;lt;img src="$IMS-CC-FILEBASE$/Uploaded%20Media/the%20moon.png?canvas_download=1"&amp;gt;',
)
CC_COPY = CANVAS.replace("Escaped twice", "The poorer copy")
META = '<quiz xmlns="http://canvas.instructure.com/xsd/cccv1p0"><title>A title</title></quiz>'
MANIFEST = """<m:manifest xmlns:m="http://www.imsglobal.org/xsd/imscp_v1p1"><m:resources>
<m:resource identifier="b" type="imsqti_item_xmlv2p1" href="b.xml"/>
<m:resource identifier="a" type="imsqti_item_xmlv2p1"><m:file href="a.xml"/></m:resource>
</m:resources></m:manifest>"""


def stems(contents: Contents) -> list[str]:
    return [item.stem.markdown.partition("\n")[0] for item in contents.items]


def test_a_file_of_canvas_is_found_by_its_base_and_its_query() -> None:
    data = zipped({"q/q.xml": WITH_PICTURE, "web_resources/Uploaded Media/the moon.png": PICTURE})

    contents = read(data)

    assert contents.items[1].stem.markdown.startswith("![](media/the-moon.png)")
    assert [file.data for file in contents.files] == [PICTURE]


def test_what_canvas_wrote_in_full_counts_and_not_the_copy_of_the_cartridge() -> None:
    data = zipped(
        {
            "g1/assessment_qti.xml": CC_COPY,
            "g1/assessment_meta.xml": META,
            "non_cc_assessments/g1.xml.qti": CANVAS,
        }
    )

    contents = read(data)

    assert contents.count == 5
    assert "Escaped twice: which?" in stems(contents)


def test_a_package_without_a_manifest_in_a_folder_of_its_own_is_read() -> None:
    contents = read(zipped({"exam/items/one.xml": ITEM, "__MACOSX/exam/items/._one.xml": "junk"}))

    assert contents.count == 1


def test_the_manifest_gives_the_order_whatever_prefix_it_has() -> None:
    other = ITEM.replace("What does it say?", "The second?")
    data = zipped({"x/a.xml": other, "x/b.xml": ITEM, "x/imsmanifest.xml": MANIFEST})

    contents = read(data)

    assert [item.stem.markdown.rpartition("\n")[2] for item in contents.items] == [
        "What does it say?",
        "The second?",
    ]


def test_a_test_gives_order_and_chapters_of_its_items() -> None:
    test = """<assessmentTest xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="t"
      title="Exam"><testPart><assessmentSection title="One"><assessmentItemRef href="items/b.xml"/>
      </assessmentSection><assessmentSection title="Two"><assessmentItemRef href="items/a.xml"/>
      </assessmentSection></testPart></assessmentTest>"""
    files = {"t.xml": test, "items/a.xml": ITEM, "items/b.xml": ITEM.replace("sign", "board")}

    contents = read(zipped(files))

    assert [item.category for item in contents.items] == [("Exam", "One"), ("Exam", "Two")]
    assert "board" in contents.items[0].stem.markdown


def test_an_object_bank_is_a_chapter() -> None:
    bank = CANVAS.replace('<assessment ident="g1" title="Sky quiz">', """<objectbank ident="b">
      <qtimetadata><qtimetadatafield><fieldlabel>bank_title</fieldlabel>
      <fieldentry>Stars</fieldentry></qtimetadatafield></qtimetadata>""")  # fmt: skip
    bank = bank.replace('<section ident="root_section">', "", 1).replace(
        "</section>\n  </assessment>", "</objectbank>"
    )

    contents = read(zipped({"b.xml": bank}))

    assert {item.category for item in contents.items} == {("Stars",)}


def test_a_group_may_draw_from_a_bank_in_the_package() -> None:
    bank = """<questestinterop><objectbank ident="g77"><item ident="i"
      title="31ee229d-b1c0-4b0c-8cd3-a634beca44a4"><presentation>
      <material><mattext>Is ice cold?</mattext></material></presentation></item>
      </objectbank></questestinterop>"""
    missing = "a group draws from a question bank that is not in the package"

    assert missing in read(zipped({"q.xml": CANVAS})).remarks
    assert missing not in read(zipped({"b.xml.qti": bank, "q.xml": CANVAS})).remarks


def test_a_number_of_a_machine_is_no_id() -> None:
    title = 'title="31ee229d-b1c0-4b0c-8cd3-a634beca44a4"'

    contents = read(zipped({"q.xml": CANVAS.replace('title="Two"', title)}))

    assert [item.id for item in contents.items] == [""] * len(contents.items)


def by_text2qti(quiz: Path) -> bytes:
    """The package that text2qti makes of a quiz."""
    program = "from text2qti.cmdline import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, quiz.name],
        cwd=quiz.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    package = quiz.with_suffix(".zip")
    assert package.exists(), done.stderr
    return package.read_bytes()


def test_text2qti_reads_our_export_and_we_read_what_it_makes_of_it(tmp_path: Path) -> None:
    bank = mcqdeck.load(SHIPPED).bank
    quiz = tmp_path / "quiz.txt"
    quiz.write_bytes(conversion.export(bank, exchange.format_named("text2qti")).data)
    (tmp_path / "media").symlink_to(SHIPPED / "media")

    made = by_text2qti(quiz)

    contents = read(made)
    assert len(contents.items) == len(bank.questions)
    assert [[o.is_correct for o in item.options] for item in contents.items] == [
        [option.is_correct for option in question.options] for question in bank.questions
    ]


def test_text2qti_finds_files_whose_address_is_not_their_path(tmp_path: Path) -> None:
    """It opens the path as it stands."""
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "a picture (%41).png").write_bytes(PICTURE)
    (tmp_path / "deck.toml").write_text('id = "a"\ntitle = "A"\n')
    address = "media/a%20picture%20(%2541).png"
    (tmp_path / "1.md").write_text(
        f"# One\n\n## q\n\n![p]({address}) ![r](<https://example.org/%41.png>)\n"
        f"`![c]({address})`\n\n- [x] a\n- [ ] b\n"
    )
    bank = mcqdeck.load(tmp_path).bank
    quiz = tmp_path / "quiz.txt"
    quiz.write_bytes(conversion.export(bank, exchange.format_named("text2qti")).data)

    made = by_text2qti(quiz)

    assert [file.data for file in read(made).files] == [PICTURE]
    assert f"`![c]({address})`" in quiz.read_text(encoding="utf-8")
    assert "https://example.org/%41.png" in quiz.read_text(encoding="utf-8")


# What stands in what, and the values of attributes, after the schema of QTI 2.1 of the year 2012.
CONTENT = """
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.imsglobal.org/xsd/imsqti_v2p1"
  datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
<start><element name="assessmentItem"><ref name="id"/><attribute name="title"/>
  <attribute name="adaptive"><value>false</value></attribute>
  <attribute name="timeDependent"><value>false</value></attribute>
  <optional><attribute name="xsi:schemaLocation" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/></optional>
  <element name="responseDeclaration"><ref name="id"/><ref name="variable"/>
    <element name="correctResponse"><oneOrMore><element name="value"><data type="NCName"/></element></oneOrMore></element>
  </element>
  <oneOrMore><element name="outcomeDeclaration"><ref name="id"/><ref name="variable"/>
    <optional><element name="defaultValue"><element name="value"><text/></element></element></optional></element></oneOrMore>
  <element name="itemBody"><oneOrMore><choice><ref name="block"/>
    <element name="choiceInteraction"><attribute name="responseIdentifier"><data type="NCName"/></attribute>
      <attribute name="shuffle"><data type="boolean"/></attribute>
      <attribute name="maxChoices"><data type="nonNegativeInteger"/></attribute>
      <oneOrMore><element name="simpleChoice"><ref name="id"/><ref name="flow"/></element></oneOrMore>
    </element></choice></oneOrMore></element>
  <element name="responseProcessing"><oneOrMore><ref name="any"/></oneOrMore></element>
  <zeroOrMore><element name="modalFeedback"><attribute name="outcomeIdentifier"/><ref name="id"/>
    <attribute name="showHide"><value>show</value></attribute><ref name="flow"/></element></zeroOrMore>
</element></start>
<define name="id"><attribute name="identifier"><data type="NCName"/></attribute></define>
<define name="variable">
  <attribute name="cardinality"><choice><value>single</value><value>multiple</value></choice></attribute>
  <attribute name="baseType"><choice><value>identifier</value><value>float</value></choice></attribute></define>
<define name="any"><element><anyName/><zeroOrMore><choice><attribute><anyName/></attribute><text/><ref name="any"/></choice></zeroOrMore></element></define>
<define name="body"><optional><attribute name="class"/></optional>
  <optional><attribute name="label"><ref name="short"/></attribute></optional>
  <optional><attribute name="xml:lang"><data type="language"/></attribute></optional></define>
<define name="short"><data type="string"><param name="maxLength">256</param></data></define>
<define name="number"><data type="integer"/></define>
<define name="size"><data type="string"><param name="pattern">[0-9]+%?</param></data></define>
<define name="flow"><zeroOrMore><choice><text/><ref name="block"/><ref name="inline"/></choice></zeroOrMore></define>
<define name="inlines"><zeroOrMore><choice><text/><ref name="inline"/></choice></zeroOrMore></define>
<define name="block"><choice>
  <element><choice><name>p</name><name>h1</name><name>h2</name><name>h3</name><name>h4</name><name>h5</name><name>h6</name><name>pre</name></choice><ref name="body"/><ref name="inlines"/></element>
  <element name="div"><ref name="body"/><ref name="flow"/></element>
  <element name="blockquote"><ref name="body"/><zeroOrMore><choice><ref name="block"/></choice></zeroOrMore></element>
  <element><choice><name>ul</name><name>ol</name></choice><ref name="body"/><zeroOrMore><element name="li"><ref name="body"/><ref name="flow"/></element></zeroOrMore></element>
  <element name="dl"><ref name="body"/><zeroOrMore><choice><element name="dt"><ref name="body"/><ref name="inlines"/></element><element name="dd"><ref name="body"/><ref name="flow"/></element></choice></zeroOrMore></element>
  <element name="hr"><ref name="body"/></element>
  <element name="table"><ref name="body"/><optional><element name="caption"><ref name="body"/><ref name="inlines"/></element></optional>
    <choice><zeroOrMore><ref name="column"/></zeroOrMore><zeroOrMore><element name="colgroup"><ref name="columns"/><zeroOrMore><ref name="column"/></zeroOrMore></element></zeroOrMore></choice>
    <optional><element name="thead"><ref name="rows"/></element></optional>
    <optional><element name="tfoot"><ref name="rows"/></element></optional>
    <oneOrMore><element name="tbody"><ref name="rows"/></element></oneOrMore></element>
</choice></define>
<define name="column"><element name="col"><ref name="columns"/></element></define>
<define name="columns"><ref name="body"/><optional><attribute name="span"><ref name="number"/></attribute></optional></define>
<define name="rows"><ref name="body"/><oneOrMore><ref name="row"/></oneOrMore></define>
<define name="row"><element name="tr"><ref name="body"/><zeroOrMore><element><choice><name>td</name><name>th</name></choice><ref name="body"/>
  <optional><attribute name="colspan"><ref name="number"/></attribute></optional><optional><attribute name="rowspan"><ref name="number"/></attribute></optional>
  <optional><attribute name="scope"><choice><value>row</value><value>col</value><value>rowgroup</value><value>colgroup</value></choice></attribute></optional><ref name="flow"/></element></zeroOrMore></element></define>
<define name="inline"><choice>
  <element><choice><name>em</name><name>strong</name><name>code</name><name>span</name><name>sub</name><name>sup</name><name>kbd</name><name>b</name><name>i</name><name>q</name><name>small</name><name>samp</name><name>var</name><name>cite</name><name>abbr</name><name>dfn</name><name>tt</name></choice><ref name="body"/><ref name="inlines"/></element>
  <element name="a"><ref name="body"/><attribute name="href"><data type="anyURI"/></attribute><ref name="inlines"/></element>
  <element name="br"><ref name="body"/></element>
  <element name="img"><ref name="body"/><attribute name="src"><data type="anyURI"/></attribute><attribute name="alt"><ref name="short"/></attribute>
    <optional><attribute name="width"><ref name="size"/></attribute></optional><optional><attribute name="height"><ref name="size"/></attribute></optional></element>
  <element name="object"><ref name="body"/><attribute name="data"><data type="anyURI"/></attribute><attribute name="type"/><text/></element>
</choice></define>
</grammar>
"""  # noqa: E501


@pytest.mark.parametrize(
    "source",
    [SHIPPED, ROOT / "tests" / "banks" / "everything", ROOT / "generator" / "mcqdeck" / "starter"],
    ids=lambda path: path.name,
)
def test_our_items_have_the_content_that_qti_allows(source: Path) -> None:
    bank = mcqdeck.load(source).bank

    items = valid_items(bank)

    assert len(items) == len(bank.questions)


@given(contents=banks(pictures=True))
@settings(max_examples=10, suppress_health_check=list(HealthCheck))
def test_so_have_those_of_any_bank(contents: Contents) -> None:
    with written(contents) as folder:
        valid_items(mcqdeck.load(folder).bank)


def valid_items(bank: Bank) -> list[etree._Element]:
    """The items of a bank in QTI 2.1, each of which is as the schema wants it."""
    schema = etree.RelaxNG(etree.fromstring(CONTENT))
    archive = Archive("x", conversion.export(bank, exchange.format_named("qti")).data)
    names = [name for name in archive.names if name.startswith("items/") and name.endswith(".xml")]
    items = [etree.fromstring(archive.read(name)) for name in names]
    for name, item in zip(names, items, strict=True):
        assert schema.validate(item), (name, schema.error_log.last_error)
    return items


def test_a_stem_stands_in_paragraphs_or_in_one_div() -> None:
    """Canvas takes no list, table or code that stands in an item's body by itself."""
    for item in valid_items(mcqdeck.load(ROOT / "tests" / "banks" / "everything").bank):
        body = item.find("{*}itemBody")
        assert body is not None
        *stem, interaction = [etree.QName(element).localname for element in body]
        assert set(stem) <= {"p"} or stem == ["div"]
        assert interaction == "choiceInteraction"


LONG = "long " * 60
# HTML that our cards show and the schema of QTI has no room for as it stands.
AWKWARD = {
    "a head without a body": "| a | b |\n| - | - |",
    "a foot behind the body": (
        "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>1</td></tr></tbody>"
        "<tfoot><tr><td>2</td></tr></tfoot></table>"
    ),
    "a foot before the body": (
        "<table><tfoot><tr><td>2</td></tr></tfoot><tbody><tr><td>1</td></tr></tbody></table>"
    ),
    "a table without rows": "<table><caption>c</caption><tbody></tbody></table>",
    "spanned columns": (
        '<table><colgroup><col span="2"></colgroup><tbody><tr><td>1</td></tr></tbody></table>'
    ),
    "a block in a term": "<dl><dt><p>a</p></dt><dd>b</dd></dl>",
    "a block in code": "<pre>a <div>b</div></pre>",
    "a block in a mark": "<b>\n\na\n\n</b>",
    "a text in a list": "<ul>stray<li>a</li></ul>",
    "a list in a list": "<ol><ol><li>a</li></ol></ol>",
    "a term outside a list": "<dt>a</dt>\n\nb",
    "more than a label holds": f'![{LONG}](media/p.png "{LONG}") [a](https://example.org "{LONG}")',
    "no language": '<span lang="x y">a</span> <span lang="">b</span> <span lang="de_DE">c</span>',
    "no size": '<img src="media/p.png" width="50px" height="auto">',
    "no address": "[a](https://example.org/?q=%zz[b]|#c#d)",
    "a title of words": '<abbr title="World Health Organization">WHO</abbr>',
}


@pytest.mark.parametrize("markdown", AWKWARD.values(), ids=AWKWARD)
def test_html_that_qti_lacks_is_written_so_that_it_comes_back(
    markdown: str, tmp_path: Path
) -> None:
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "p.png").write_bytes(PICTURE)
    (tmp_path / "deck.toml").write_text('id = "a"\ntitle = "A"\n')
    quoted = "".join(f"  > {line}\n" for line in markdown.split("\n"))
    (tmp_path / "1.md").write_text(
        f"# One\n\n## q\n\nA stem?\n\n{markdown}\n\n- [x] a\n\n{quoted}- [ ] b\n\n"
        f"  {markdown.replace(chr(10), chr(10) + '  ')}\n"
    )
    bank = mcqdeck.load(tmp_path).bank

    valid_items(bank)

    form = exchange.format_named("qti")
    stem = there_and_back(bank, form).questions[0].stem
    as_others = exchange.format_named("canvas")
    assert stem == there_and_back(bank, as_others).questions[0].stem


def test_the_paths_in_a_manifest_are_addresses(tmp_path: Path) -> None:
    (tmp_path / "media").mkdir()
    name = "a [b] %41 1+1#.png"
    (tmp_path / "media" / name).write_bytes(PICTURE)
    (tmp_path / "deck.toml").write_text('id = "a"\ntitle = "A"\n')
    (tmp_path / "1.md").write_text(
        f"# One\n\n## q\n\n![p](<media/{name.replace('%', '%25').replace('#', '%23')}>)\n\n"
        "- [x] a\n- [ ] b\n"
    )
    bank = mcqdeck.load(tmp_path).bank

    for form in (exchange.format_named("qti"), exchange.format_named("canvas")):
        data = conversion.export(bank, form).data
        manifest = etree.fromstring(Archive("x", data).read("imsmanifest.xml"))
        listed = {str(file.get("href")) for file in manifest.iter("{*}file")}
        assert all(re.fullmatch(r"(?:[\w./-]|%[0-9A-F]{2})+", href) for href in listed)
        assert {unquote(href) for href in listed} == {*Archive("x", data).names} - {
            "imsmanifest.xml"
        }
        assert [file.data for file in read(data).files] == [PICTURE]
    assert manifest.findall(".//{*}dependency")


def test_an_item_depends_on_the_files_that_it_names() -> None:
    """Also where their address is not their path."""
    contents = Contents(
        (Item(WHERE, Text("![](<media/a picture.png>)"), PAIR, id="q"),), files=FILES, config=CONFIG
    )
    with written(contents) as folder:
        data = conversion.export(mcqdeck.load(folder).bank, exchange.format_named("qti")).data

    manifest = etree.fromstring(Archive("x", data).read("imsmanifest.xml"))
    item = next(
        resource for resource in manifest.iter("{*}resource") if resource.get("identifier") == "q-q"
    )
    assert [dependency.get("identifierref") for dependency in item.iter("{*}dependency")] == [
        "file-0"
    ]


@pytest.mark.parametrize("name", ["qti", "canvas"])
def test_a_manifest_lists_just_the_files_of_its_package(name: str) -> None:
    bank = mcqdeck.load(SHIPPED).bank
    archive = Archive("x", conversion.export(bank, exchange.format_named(name)).data)
    manifest = etree.fromstring(archive.read("imsmanifest.xml"))

    listed = {unquote(file.get("href") or "") for file in manifest.iter("{*}file")}
    identifiers = {resource.get("identifier") for resource in manifest.iter("{*}resource")}
    wanted = {dependency.get("identifierref") for dependency in manifest.iter("{*}dependency")}

    assert listed == {*archive.names} - {"imsmanifest.xml"}
    assert wanted <= identifiers


_WORDS = ["words", " ", "a &lt; b", "&amp;amp;", "é", "\n", "<br/>", "5 &gt; 4", "]]&gt;"]
_INSIDE = st.recursive(
    st.sampled_from(_WORDS),
    lambda inner: st.builds(
        lambda name, parts: f"<{name}>{''.join(parts)}</{name}>",
        st.sampled_from(["p", "em", "strong", "code", "ul", "li", "sub", "div", "prompt", "math"]),
        st.lists(inner, max_size=3),
    ),
    max_leaves=6,
)


@given(st.lists(_INSIDE, min_size=1, max_size=3).map("".join))
def test_what_lxml_writes_whole_comes_out_as_piece_by_piece(inside: str) -> None:
    before, body, after = ITEM.partition("<q:itemBody>")
    assert body

    whole = read(f"{before}{body}<p>Begin {inside}</p>{after}")
    in_pieces = read(f'{before}{body}<p id="no-part-of-html">Begin {inside}</p>{after}')

    assert stems(whole)[0].startswith("Begin")
    assert [item.stem for item in whole.items] == [item.stem for item in in_pieces.items]


def test_a_paragraph_that_is_escaped_around_elements_that_are_not_is_one() -> None:
    text = "Escaped twice: which?&amp;lt;/p&amp;gt;"
    assert text in CANVAS
    start = CANVAS.rindex("<mattext", 0, CANVAS.index(text))
    end = CANVAS.index("</mattext>", start)
    half = '<mattext texttype="text/html">&lt;p&gt;What does <code>&lt;b&gt;</code> do?&lt;/p&gt;'

    contents = read(zipped({"q.xml": CANVAS[:start] + half + CANVAS[end:]}))

    assert "What does `<b>` do?" in stems(contents)


@pytest.mark.parametrize(
    ("interaction", "kind"),
    [
        ("<q:customInteraction><portableCustomInteraction/></q:customInteraction>", "other"),
        ("<q:gapMatchInteraction/><q:textEntryInteraction/>", "cloze"),
        ("<q:textEntryInteraction/><q:textEntryInteraction/>", "fill-in"),
    ],
)
def test_what_is_left_out_is_called_what_it_is(interaction: str, kind: str) -> None:
    item = re.sub(
        r"<q:choiceInteraction.*</q:choiceInteraction>", interaction, ITEM, count=1, flags=re.DOTALL
    )

    contents = read(item.encode(), "item.xml")

    assert [left.kind for left in contents.left_out] == [kind]
