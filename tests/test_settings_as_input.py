"""Whatever stands in `deck.toml` and in comments: it is read in linear time, and no traceback."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mcqdeck.cli import main
from mcqdeck.model import Config
from mcqdeck.read.config import parse_config
from mcqdeck.read.lines import decode, split
from tests.conftest import CHAPTER, DECK_TOML, MakeBank
from tests.growth import demand_linear

NUMBER = "9" * 5_000
RULES = {"missing-id": True, "no-options": False}
SECONDS = 5


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.mark.parametrize(
    "line",
    [
        f"x = {NUMBER}",
        f"x = -{NUMBER}",
        f"x = [{NUMBER}]",
        f"x = {{ y = {NUMBER} }}",
        f"[plan]\nrecall = {NUMBER}",
        f"[plan]\nrecall = 0x{'f' * 5_000}",
        f"[plan]\nrecall = 0x{'f' * 900}",
        f"[plan]\nrecall = 0b{'1' * 5_000}",
        f"description = 0x{'f' * 999}",
        f"x = 1.{NUMBER}",
        f"x = 1e{NUMBER}",
        f"x = {NUMBER}-01-01",
        f"{'a.' * 5_000}a = 1",
        f"[{'a.' * 5_000}a]",
        f"[[{'a.' * 5_000}a]]",
        f"x = {{ {'a.' * 5_000}a = 1 }}",
        f"x = {'[' * 5_000}",
        f"x = {'{a=' * 5_000}",
        f"authors = {'[' * 300}{']' * 300}",
        f"description = {'[' * 300}{']' * 300}",
        f"license = {{ {'a.' * 90}a = 1 }}",
        'title = "\\ud800"',
        'title = "\\U00110000"',
        "x = 0000-00-00",
        "x = inf",
        "[plan]\nrecall = nan",
        "[plan]\nrecall = 1e308",
        "x = 99:99:99",
    ],
)
def test_what_nobody_can_use_is_a_diagnostic_at_its_place(line: str, make_bank: MakeBank) -> None:
    toml = f'id = "demo"\ntitle = "Demo"\n{line}\n'.replace('title = "Demo"\ntitle', "title")
    bank = make_bank(**{"deck.toml": toml})

    for command in ("check", "build"):
        result = run(command, bank)
        assert result.exit_code == 1, result.output
        assert result.exception is None or isinstance(result.exception, SystemExit)
        assert "deck.toml:" in result.output
        assert max(map(len, result.output.splitlines())) < 10_000


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"x = {NUMBER}", (1, 5)),
        (f"y = 1\nx = [1,\n {NUMBER}]", (3, 2)),
        (f"{'a.' * 100}a = 1", (1, 201)),
    ],
)
def test_what_is_not_parsed_has_its_place(text: str, place: tuple[int, int]) -> None:
    _, diagnostics = parse_config("deck.toml", text.encode())

    where = next(
        diagnostic.where for diagnostic in diagnostics if diagnostic.name == "deck-toml-bad"
    )
    assert (where.line, where.column) == place


@pytest.mark.parametrize(
    ("toml", "places"),
    [
        ('id = "x"\n  title="y"', {"id": (1, 1), "title": (2, 3)}),
        ('[ a . "b" ]\nc = 1', {"a.b": (1, 3), "a.b.c": (2, 1)}),
        ("[[a]]\nb = 1\n[[a]]\nb = 2", {"a": (1, 3), "a.b": (2, 1)}),
        ("a = { b = 1, c = { d = 2 }, e = 3 }",
         {"a": (1, 1), "a.b": (1, 7), "a.c": (1, 14), "a.c.d": (1, 20), "a.e": (1, 29)}),
        ("a = [{ b = 1 }, { c = 2 }]\nd = 1",
         {"a": (1, 1), "a.b": (1, 8), "a.c": (1, 19), "d": (2, 1)}),
        ('a = """\nb = 1\n"""\nc = 2', {"a": (1, 1), "c": (4, 1)}),
        ("a = '''\nb = 1'''\nc = 2", {"a": (1, 1), "c": (3, 1)}),
        ('a = "[b] # c = 1"\nd = 2 # e = 3', {"a": (1, 1), "d": (2, 1)}),
        ('a = [\n  "b = 1",\n  2,\n]\r\nc = 3', {"a": (1, 1), "c": (5, 1)}),
        ('"caf\\u00e9".b = 1', {"café.b": (1, 1)}),
        ("a.b.c = 1\na.d = 2", {"a.b.c": (1, 1), "a.d": (2, 1)}),
        ('a = """x""""\nb = 1', {"a": (1, 1), "b": (2, 1)}),
    ],
)  # fmt: skip
def test_each_key_has_its_place(toml: str, places: dict[str, tuple[int, int]]) -> None:
    config, _ = parse_config("deck.toml", toml.encode())

    assert {name: (at.line, at.column) for name, at in config.places} == places


PIECES = st.sampled_from(
    ["[", "]", "[[", "]]", "{", "}", "=", ",", ".", '"', '"""', "'", "'''", "#", "\n", "\r\n", "\r",
     " ", "\t", "a", "id", "title", "plan", "rules", "history", "renamed", "x = 1\n", "1", "-",
     "\\", "\\u00e9", 'id = "x"\n', "[plan]\n",
     "true", "1979-05-27", "0x", "_", "\ufeff", "é", "\0",
     'missing-id = "off"\n', '"5%"', "recall"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
@example("[a\n]")
@example("a = [\n")
@settings(max_examples=600)
def test_any_text_gives_settings_and_diagnostics_that_lie_in_the_file(text: str) -> None:
    config, diagnostics = parse_config("deck.toml", text.encode(), RULES)

    assert isinstance(config, Config)
    lines = split(decode(text.encode()).text)
    for where in [
        *(diagnostic.where for diagnostic in diagnostics),
        *(place for _, place in config.places),
    ]:
        assert 1 <= where.line <= len(lines)
        assert 1 <= where.column <= len(lines[where.line - 1]) + 1


HOSTILE: dict[str, Callable[[int], str]] = {
    "brackets and spaces": lambda n: "[ " * (n // 2),
    "a bracket and spaces": lambda n: "[" + " " * n,
    "spaces": lambda n: " " * n + "x",
    "headers": lambda n: "".join(f"[a{k}]\n" for k in range(n // 8)),
    "one header": lambda n: "[a]\n" * (n // 4),
    "tables of an array": lambda n: "[[a]]\n" * (n // 6),
    "a long header with keys": lambda n: f"[{'a' * (n // 2)}]\n" + "".join(
        f"b{k} = 1\n" for k in range(n // 20)),
    "a deep header with keys": lambda n: f"[{'.'.join('a' * 90)}]\n" + "".join(
        f"b{k} = 1\n" for k in range(n // 10)),
    "a dotted key": lambda n: "a." * (n // 2) + "a = 1",
    "dots in quotes": lambda n: f'"{"a." * (n // 2)}" = 1',
    "dots in a plan": lambda n: f'[objectives]\nx = "y"\n[plan]\n"{"a." * (n // 2)}" = 1',
    "unknown keys": lambda n: "".join(f"k{k} = 1\n" for k in range(n // 9)),
    "unknown rules": lambda n: "[rules]\n" + "".join(f'k{k} = "off"\n' for k in range(n // 13)),
    "objectives without a plan": lambda n: "[objectives]\n" + "".join(
        f'k{k} = "x"\n' for k in range(n // 11)) + "[plan]\nx = 1\n",
    "a plan of other objectives": lambda n: "[objectives]\n" + "".join(
        f'k{k} = "x"\n' for k in range(n // 22)) + "[plan]\n" + "".join(
        f"m{k} = 1\n" for k in range(n // 22)),
    "a plan of these objectives": lambda n: "[objectives]\n" + "".join(
        f'k{k} = "x"\n' for k in range(n // 22)) + "[plan]\n" + "".join(
        f"k{k} = 1\n" for k in range(n // 22)),
    "levels": lambda n: "[levels]\nnames = [" + "".join(
        f"'k{k}', " for k in range(n // 10)) + "]\n[plan]\nx = { k1 = 1 }",
    "bad values": lambda n: "[objectives]\n" + "".join(f"k{k} = 1\n" for k in range(n // 9)),
    "a list": lambda n: f"authors = [{'1, ' * (n // 3)}]",
    "lists": lambda n: "x = " + "[" * n,
    "inline tables": lambda n: "x = " + "{a = " * (n // 5),
    "quotes": lambda n: 'x = "' * (n // 5),
    "three quotes": lambda n: '"""' * (n // 3),
    "four quotes": lambda n: "x = " + '"' * n,
    "apostrophes": lambda n: "'" * n,
    "a text without end": lambda n: 'x = """' + "\\" * n,
    "escapes": lambda n: 'x = "' + "\\n" * (n // 2) + '"',
    "continued lines": lambda n: 'x = """' + "\\\n" * (n // 2) + '"""',
    "lines in a text": lambda n: 'x = """' + "y = 1\n" * (n // 6) + '"""',
    "comments": lambda n: "#\n" * (n // 2),
    "equals": lambda n: "=" * n,
    "a number": lambda n: "x = " + "1_" * (n // 2) + "1",
    "a share": lambda n: f'[plan]\nx = "1.{"1" * n}%"',
    "a language": lambda n: f'language = "en{"-a" * (n // 2)}"',
    "an id": lambda n: f'id = "{"a-" * (n // 2)}a"',
    "carriage returns": lambda n: "\r" * n,
}  # fmt: skip


@pytest.mark.parametrize("grow", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_settings_take_long(grow: Callable[[int], str]) -> None:
    def read(size: int) -> None:
        data = grow(size).encode()
        _, diagnostics = parse_config("deck.toml", data, RULES)
        assert sum(
            len(diagnostic.message) + len(diagnostic.help) for diagnostic in diagnostics
        ) < 100 * len(data)

    demand_linear(read, 300_000)


COMMENTS: dict[str, Callable[[int], str]] = {
    "unclosed in the text": lambda n: "x <!-- " * (n // 7),
    "closed in the text": lambda n: "x <!-- y --> " * (n // 13),
    "ends": lambda n: "-->" * (n // 3),
    "dashes": lambda n: "<!--" + "-" * n,
    "a key": lambda n: f"<!-- {'a' * n}: 1 -->",
    "keys": lambda n: f"<!-- {', '.join(f'k{k}: 1' for k in range(n // 9))} -->",
    "lines": lambda n: "<!--\n" + "".join(f"k{k}: 1\n" for k in range(n // 8)) + "-->",
    "lists": lambda n: f"<!-- tags: {'[' * n} -->",
    "tags": lambda n: f"<!-- tags: [{'a, ' * (n // 3)}] -->",
    "quotes": lambda n: f"<!-- id: {chr(34) * n} -->",
    "aliases": lambda n: f"<!-- tags: [{'&a x, *a, ' * (n // 10)}] -->",
    "colons": lambda n: f"<!-- {': ' * (n // 2)} -->",
    "allowances": lambda n: f"<!-- allow: {{{', '.join(f'k{k}: x' for k in range(n // 9))}}} -->",
}


@pytest.mark.parametrize("grow", COMMENTS.values(), ids=COMMENTS.keys())
def test_no_comment_takes_long(grow: Callable[[int], str], make_bank: MakeBank) -> None:
    bank = make_bank(chapter=CHAPTER)

    def check(old: str, kept: str, size: int) -> None:
        text = CHAPTER.replace(old, f"{kept}{grow(size)}")
        (bank / "01-chapter.md").write_text(text, encoding="utf-8")
        result = run("check", bank)
        assert result.exception is None or isinstance(result.exception, SystemExit)

    demand_linear(partial(check, "<!-- level: recall -->", ""), 100_000)
    demand_linear(partial(check, "from nectar?", "from nectar? "), 100_000)


@pytest.mark.parametrize(
    "value", [r'"\ud800"', r'"\U00110000"', r'"\uD83D\uDE00"', r'"\xff"', r'"\0"', r'"\U0000DFFF"']
)
@pytest.mark.parametrize("key", ["retired", "objective", "id", "tags", "level", "x", "allow"])
def test_an_escape_in_a_comment_is_no_traceback(
    key: str, value: str, make_bank: MakeBank, tmp_path: Path
) -> None:
    """Long comments go through the other parser of YAML, which takes halves of characters."""
    filler = f"# {'long ' * 500}"
    for name, comment in (("one", f"<!-- {key}: {value} -->"),
                          ("two", f"<!--\n{filler}\n{key}: {value}\n-->"),
                          ("three", f"<!--\n{filler}\n{value}: {key}\n-->")):  # fmt: skip
        bank = make_bank(name, chapter=CHAPTER.replace("<!-- level: recall -->", comment))
        for arguments in (["check"], ["check", "--format", "json"], ["check", "--format", "sarif"],
                          ["build", "-o", tmp_path / name]):  # fmt: skip
            result = run(*arguments, bank)
            assert result.exit_code in (0, 1), result.output
            assert result.exception is None or isinstance(result.exception, SystemExit)
            result.output.encode()


def test_a_chain_of_renames_is_followed_in_linear_time(make_bank: MakeBank) -> None:
    count = 20_000
    chain = "".join(f'q-{k} = "q-{k + 1}"\n' for k in range(count))
    dropped = "".join(f'q-{k} = "x"\n' for k in range(0, count, 2))
    circle = f'c-{count} = "c-0"\n' + "".join(f'c-{k} = "c-{k + 1}"\n' for k in range(count))
    lost = "".join(f'l-{k} = "m-{k}"\n' for k in range(count))
    history = f'[history.renamed]\nfirst = "q-0"\n{chain}{circle}{lost}[history.dropped]\n{dropped}'
    bank = make_bank(**{"deck.toml": DECK_TOML + history})

    start = time.process_time()
    result = run("check", bank)

    assert time.process_time() - start < 2 * SECONDS
    assert result.stdout.count("bad-history") >= 2 * count


def test_what_check_passes_build_can_do(make_bank: MakeBank, tmp_path: Path) -> None:
    """An id that is too long for a file's name was one thing that only a build found."""
    for length, is_good in ((200, True), (201, False)):
        id_ = "a" * length
        bank = make_bank(f"x{length}", **{"deck.toml": f'id = "{id_}"\ntitle = "T"\n'})
        checked, built = run("check", bank), run("build", bank, "-o", tmp_path / "decks")

        assert (checked.exit_code, built.exit_code) == ((0, 0) if is_good else (1, 1))


VALUES = st.one_of(
    st.booleans().map(lambda value: str(value).lower()),
    st.integers().map(str),
    st.text(max_size=15).map(lambda text: '"' + "".join(f"\\U{ord(c):08x}" for c in text) + '"'),
    st.sampled_from(['"en"', '"x-y"', "[]", '["a"]', "{}", '"<script>"', '"{{x}}"', '"[sound:x]"']),
)
KEYS = st.sampled_from(
    ["title", "description", "authors", "license", "language", "cards.flashcards", "cards.shuffle",
     "objectives.GC1", "levels.names", "rules.set", "rules.missing-id", "plan.GC1", "plan.recall",
     "history.dropped.x", "history.renamed.y"]
)  # fmt: skip


@given(st.dictionaries(KEYS, VALUES, max_size=6))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_settings_that_check_passes_can_be_built(
    tmp_path: Path, values: dict[str, str]
) -> None:
    bank = tmp_path / "demo"
    bank.mkdir(exist_ok=True)
    lines = {"title": '"Demo"'} | values
    (bank / "deck.toml").write_text(
        'id = "demo"\n' + "".join(f"{key} = {value}\n" for key, value in lines.items()),
        encoding="utf-8",
    )
    (bank / "01-chapter.md").write_text(CHAPTER)

    checked = run("check", bank)
    built = run("build", bank, "-o", tmp_path / "decks", "--previous", "none")

    assert checked.exit_code in (0, 1)
    assert built.exit_code == checked.exit_code, built.output
