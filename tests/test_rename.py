"""`mcqdeck rename`: another id, the same question to learners, and all else as it was."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

import mcqdeck
from mcqdeck import pack, renaming
from mcqdeck.building import build
from mcqdeck.cli import main
from mcqdeck.renaming.settings import with_history
from tests.conftest import CHAPTER, DECK_TOML, OTHER_CHAPTER, MakeBank

OTHER = OTHER_CHAPTER.replace("## first", "## other-one")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["rename", *map(str, arguments)])


def text_of(bank: Path, name: str = "01-chapter.md") -> str:
    return (bank / name).read_text(encoding="utf-8")


def history(bank: Path) -> dict[str, str]:
    settings = tomllib.loads(text_of(bank, "deck.toml"))
    renamed: dict[str, str] = settings.get("history", {}).get("renamed", {})
    return renamed


def guids(bank: Path) -> dict[str, str]:
    """The GUID of each note by the id of its question."""
    checked = mcqdeck.check([bank])
    assert not checked.has_errors
    return {note.fields[0]: note.guid for note in pack.notes_of(checked.banks[0])}


def test_learners_keep_a_renamed_question(make_bank: MakeBank, tmp_path: Path) -> None:
    bank, decks = make_bank(), tmp_path / "decks"
    build(mcqdeck.check([bank]), decks, environment={}, clock=1_700_000_000)
    [guid] = guids(bank).values()

    result = run(bank, "first", "what-bees-make")

    assert result.exit_code == 0, result.output
    assert guids(bank) == {"what-bees-make": guid}
    assert text_of(bank) == CHAPTER.replace("## first", "## what-bees-make")
    assert history(bank) == {"what-bees-make": "first"}
    build(mcqdeck.check([bank]), decks, environment={}, clock=1_800_000_000)


@pytest.mark.parametrize(
    ("comment", "wanted"),
    [
        ("<!-- id: first, level: recall -->", "<!-- id: new-id, level: recall -->"),
        ('<!-- level: recall, id: "first" -->', '<!-- level: recall, id: "new-id" -->'),
        ("<!--\nlevel: recall\nid: 'first'\n-->", "<!--\nlevel: recall\nid: 'new-id'\n-->"),
    ],
)
def test_an_id_in_the_comment(make_bank: MakeBank, comment: str, wanted: str) -> None:
    chapter = CHAPTER.replace("## first\n<!-- level: recall -->", f"## What is it?\n{comment}")
    bank = make_bank(chapter=chapter)
    before = guids(bank)["first"]

    assert run(bank, "first", "new-id").exit_code == 0
    assert text_of(bank) == chapter.replace(comment, wanted)
    assert guids(bank) == {"new-id": before}


def test_an_id_in_heading_and_comment(make_bank: MakeBank) -> None:
    bank = make_bank(chapter=CHAPTER.replace("level: recall", "id: first"))

    assert run(bank, "first", "new-id").exit_code == 0
    assert "## new-id\n<!-- id: new-id -->\n" in text_of(bank)


@pytest.mark.parametrize(
    ("heading", "wanted"),
    [
        ("## What is it?\n", "## What is it?\n<!-- id: new-id -->\n"),
        ("What is it?\n---\n", "What is it?\n---\n<!-- id: new-id -->\n"),
        (
            "## What is it?\n<!-- level: recall -->\n",
            "## What is it?\n<!-- id: new-id, level: recall -->\n",
        ),
        (
            '## What is it?\n<!--\n  level: "recall"\n  tags: [a]\n-->\n',
            '## What is it?\n<!--\n  id: new-id\n  level: "recall"\n  tags: [a]\n-->\n',
        ),
    ],
)
def test_an_id_that_was_derived_is_written_down(
    make_bank: MakeBank, heading: str, wanted: str
) -> None:
    chapter = CHAPTER.replace("## first\n<!-- level: recall -->\n", heading)
    bank = make_bank(chapter=chapter)
    [(derived, guid)] = guids(bank).items()

    assert run(bank, derived, "new-id").exit_code == 0
    assert text_of(bank) == chapter.replace(heading, wanted)
    assert guids(bank) == {"new-id": guid}


def test_the_id_that_an_older_version_derived(make_bank: MakeBank) -> None:
    chapter = CHAPTER.replace("## first\n<!-- level: recall -->\n", "## Was ist größer?\n")
    bank = make_bank(chapter=chapter)
    [entry] = mcqdeck.check([bank]).banks[0].entries
    assert entry.former_id != entry.id

    assert run(bank, entry.former_id, "new-id").exit_code == 0
    assert history(bank) == {"new-id": entry.former_id}


LINKS = """
[here](#first) and [there](01-chapter.md#first), [far](https://example.org/demo/01-chapter.md#first)
and [not here](#first-one), [nor](02-other.md#first), `#first`.

[by name]: 01-chapter.md#first "Title"

```
[x](#first)
```
"""


def test_links_follow_and_mentions_are_told(make_bank: MakeBank) -> None:
    retired = OTHER.replace("level: recall", 'retired: "superseded by `first`"')
    bank = make_bank(
        chapter=CHAPTER + LINKS,
        **{"02-other.md": retired + "\nSee [it](01-chapter.md#first).\n", "README.md": LINKS},
    )

    result = run(bank, "first", "new-id")

    assert result.exit_code == 0, result.output
    assert "[here](#new-id) and [there](01-chapter.md#new-id)" in text_of(bank)
    assert "(https://example.org/demo/01-chapter.md#new-id)" in text_of(bank)
    assert "[by name]: 01-chapter.md#new-id" in text_of(bank)
    assert "[not here](#first-one), [nor](02-other.md#first), `#first`" in text_of(bank)
    assert "```\n[x](#first)\n```" in text_of(bank)
    assert "[it](01-chapter.md#new-id)" in text_of(bank, "02-other.md")
    readme = text_of(bank, "README.md")
    assert "[here](#first) and [there](01-chapter.md#new-id)" in readme
    assert "02-other.md:4:" in result.stdout
    assert "names `first`" in result.stdout


def test_diff_writes_nothing(make_bank: MakeBank) -> None:
    bank = make_bank()

    result = run("--diff", bank, "first", "new-id")

    assert "+## new-id" in result.stdout.splitlines()
    assert '+new-id = "first"' in result.stdout.splitlines()
    assert text_of(bank) == CHAPTER
    assert text_of(bank, "deck.toml") == DECK_TOML


HISTORY = '[history]\ndropped = { gone = "wrong" }\nrenamed = { first = "oldest" }\n'


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("frist", "new-id", "no question has the id `frist`; did you mean `first`?"),
        ("nothing-like-it", "new-id", "no question has the id `nothing-like-it`\n"),
        ("first", "New Id!", "`New Id!` is no id: lower-case letters a to z, digits"),
        ("first", "New Id!", "did you mean `new-id`?"),
        ("first", "first", "is the id that the question has already"),
        ("first", "other-one", "`other-one` is taken, by the question at "),
        ("first", "gone", "a question of this id was dropped (wrong)"),
        ("other-one", "oldest", "[history] says that a question had this id"),
    ],
)
def test_what_cannot_be_is_refused(make_bank: MakeBank, old: str, new: str, said: str) -> None:
    bank = make_bank(**{"02-other.md": OTHER, "deck.toml": DECK_TOML + HISTORY})
    before = {path: path.read_bytes() for path in bank.iterdir()}

    result = run(bank, old, new)

    assert result.exit_code == 2
    assert said in result.stderr
    assert {path: path.read_bytes() for path in bank.iterdir()} == before


def test_an_id_that_two_questions_have(make_bank: MakeBank) -> None:
    result = run(make_bank(**{"02-other.md": OTHER_CHAPTER}), "first", "new-id")

    assert result.exit_code == 2
    assert "two questions have the id `first`" in result.stderr


def test_a_chapter_is_no_bank(make_bank: MakeBank) -> None:
    assert run(make_bank() / "01-chapter.md", "first", "new-id").exit_code == 2


def test_renames_follow_one_another_and_lead_back(make_bank: MakeBank) -> None:
    bank = make_bank(**{"deck.toml": DECK_TOML + HISTORY})
    guid = guids(bank)["first"]

    for old, new in (("first", "second"), ("second", "third")):
        assert run(bank, old, new).exit_code == 0
    assert history(bank) == {"first": "oldest", "second": "first", "third": "second"}
    assert guids(bank) == {"third": guid}
    assert run(bank, "third", "first").exit_code == 0
    assert history(bank) == {"first": "oldest"}
    assert run(bank, "first", "oldest").exit_code == 0
    assert history(bank) == {}
    assert guids(bank) == {"oldest": guid}


def test_a_read_only_file_means_that_none_is_written(make_bank: MakeBank) -> None:
    bank = make_bank()
    (bank / "01-chapter.md").chmod(0o444)

    result = run(bank, "first", "new-id")

    assert result.exit_code == 2
    assert "it is read-only" in result.stderr
    assert text_of(bank, "deck.toml") == DECK_TOML


@pytest.mark.parametrize(
    ("settings", "wanted"),
    [
        ('id = "a"', 'id = "a"\n\n[history.renamed]\nnew = "old"\n'),
        ('id = "a"\n', 'id = "a"\n\n[history.renamed]\nnew = "old"\n'),
        (
            '[history.renamed]\nx = "y"  # why\n\n# Rules\n[rules]\n',
            '[history.renamed]\nx = "y"  # why\nnew = "old"\n\n# Rules\n[rules]\n',
        ),
        ('[history]\nrenamed.x = "y"\n', '[history]\nrenamed.x = "y"\nrenamed.new = "old"\n'),
        (
            '[history]\ndropped = {a = "b"}\n',
            '[history]\ndropped = {a = "b"}\nrenamed = {new = "old"}\n',
        ),
        ('\ufeffid = "a"\r\n', '\ufeffid = "a"\r\n\r\n[history.renamed]\r\nnew = "old"\r\n'),
    ],
)
def test_settings_keep_their_form(settings: str, wanted: str) -> None:
    assert with_history("deck.toml", settings.encode(), {"new": "old"}).decode() == wanted


SLUGS = st.from_regex(r"[a-z0-9]{1,4}(-[a-z0-9]{1,3})?", fullmatch=True)


@given(st.dictionaries(SLUGS, SLUGS), SLUGS, SLUGS, st.sampled_from(["table", "inline", "dotted"]))
def test_any_history_gets_just_the_entry(
    entries: dict[str, str], new: str, old: str, form: str
) -> None:
    pairs = [f'{key} = "{value}"' for key, value in entries.items()]
    forms = {
        "table": "\n".join(["[history.renamed]", *pairs]),
        "inline": f"[history]\nrenamed = {{{', '.join(pairs)}}}",
        "dotted": "\n".join(["[history]", *(f"renamed.{pair}" for pair in pairs)]),
    }
    text = f'id = "a" # b\n\n{forms[form]}\n\n# remark\n[rules]\nset = "off"\n'

    after = with_history("deck.toml", text.encode(), {new: old}).decode()

    wanted = tomllib.loads(text)
    wanted.setdefault("history", {}).setdefault("renamed", {})[new] = old
    assert tomllib.loads(after) == wanted
    assert "# b" in after
    assert "# remark" in after


def questions_with_links(*names: str) -> dict[str, str]:
    """A chapter for each name, which leads to the question `first` of the first chapter."""
    link = "\nSee [it](01-chapter.md#first).\n\n## "
    return {
        f"{n}.md": OTHER.replace("## other-one", f"{link}q-{n}").replace("?", f" in {n} {n[::-1]}?")
        for n in names
    }


def contents(bank: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in bank.iterdir()}


@pytest.mark.parametrize("fault", [OSError(13, "Permission denied"), KeyboardInterrupt()])
@pytest.mark.parametrize("at", [1, 2, 3, 4])
def test_where_one_file_cannot_be_written_none_is(
    make_bank: MakeBank, monkeypatch: pytest.MonkeyPatch, at: int, fault: BaseException
) -> None:
    bank = make_bank(**questions_with_links("02", "03"))
    before = contents(bank)
    replace, times = Path.replace, 0

    def failing(path: Path, target: Path) -> Path:
        nonlocal times
        times += 1
        if times == at:
            raise fault
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", failing)
    result = run(bank, "first", "new-id")

    assert result.exit_code == (2 if isinstance(fault, OSError) else 130)
    assert contents(bank) == before


@pytest.mark.parametrize(
    ("settings", "old", "new"),
    [
        ("", "first", "new-id"),
        ('[history.renamed]\nfirst = "oldest" # why\n', "first", "new-id"),
        ('[history.renamed]\nfirst = "second"\nsecond = "oldest"\n', "first", "oldest"),
    ],
)
@pytest.mark.parametrize("written", range(4))
def test_a_rename_that_was_killed_is_brought_to_its_end(
    make_bank: MakeBank, settings: str, old: str, new: str, written: int
) -> None:
    """Whatever is written by then, the question has its GUID, and a second run does the rest."""
    bank = make_bank(**questions_with_links("02", "03"), **{"deck.toml": DECK_TOML + settings})
    renamed = renaming.rename(bank, old, new)
    before = guids(bank)

    for path in list(renamed.after)[:written]:
        Path(path).write_bytes(renamed.after[path])
    meanwhile = {note.guid for note in pack.notes_of(mcqdeck.check([bank]).banks[0])}
    result = run(bank, old, new)

    assert meanwhile == set(before.values())
    assert result.exit_code == 0, result.output
    assert {path: Path(path).read_bytes() for path in renamed.after} == renamed.after


def test_a_rename_that_is_done_is_not_done_again(make_bank: MakeBank) -> None:
    bank = make_bank()
    run(bank, "first", "new-id")
    before = contents(bank)

    result = run(bank, "first", "new-id")

    assert result.exit_code == 2
    assert "`first` is called `new-id` already" in result.stderr
    assert contents(bank) == before


def test_a_link_in_a_file_that_is_not_utf_8_is_told(make_bank: MakeBank) -> None:
    bank = make_bank()
    (bank / "README.md").write_bytes(b"Caf\xe9: [x](01-chapter.md#first)\n")

    result = run(bank, "first", "new-id")

    assert result.exit_code == 0, result.output
    assert "README.md:1:" in result.stdout
    assert "names `first`" in result.stdout
