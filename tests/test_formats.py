"""The formats of `check` say the same, each as its readers want it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import jsonschema
import pytest
from click.testing import CliRunner

from mcqdeck import __version__
from mcqdeck.cli import main
from mcqdeck.project import CATALOGUE
from mcqdeck.report import visible
from tests.conftest import CHAPTER, DECK_TOML, MakeBank

HERE = Path(__file__).parent
CASES = HERE / "cases"
SCHEMA = json.loads((HERE / "vectors/sarif/sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft4Validator(SCHEMA)
BROKEN = CHAPTER.replace("[x]", "[ ]")
UNNAMED = CHAPTER.replace("## first\n", "## Which is right?\n")
COMMAND = re.compile(r"::(?P<command>error|warning|notice) (?P<properties>[^:]*)::(?P<data>.*)")
LEVELS = {"error": "error", "warning": "warning", "info": "note"}
COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def check(form: str, *arguments: str | Path) -> str:
    result = CliRunner().invoke(main, ["check", "--format", form, *map(str, arguments)])

    assert result.exit_code in (0, 1), result.output
    remark = ": not compared with its last release: "
    assert [line for line in result.stderr.splitlines() if remark not in line] == []
    return result.stdout


def sarif(*arguments: str | Path) -> Any:
    """The one run of a log that keeps to the schema."""
    log = json.loads(check("sarif", *arguments))
    assert [error.message for error in VALIDATOR.iter_errors(log)] == []
    (run,) = log["runs"]
    return run


def uris(run: Any) -> list[str]:
    return [
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in run["results"]
    ]


def github(*arguments: str | Path) -> list[tuple[str, dict[str, str], str]]:
    """Command, properties and data of each line that GitHub's runner takes for a command.

    It takes back `%0D`, `%0A` and `%25`, in properties also `%3A` and `%2C`.
    """
    commands = []
    for line in check("github", *arguments).splitlines():
        if match := COMMAND.fullmatch(line):
            properties = dict(pair.split("=", 1) for pair in match["properties"].split(","))
            values = {name: unescaped(value) for name, value in properties.items()}
            commands.append((match["command"], values, unescaped(match["data"])))
    return commands


def unescaped(text: str) -> str:
    signs = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}
    return re.sub("%(0D|0A|3A|2C|25)", lambda match: signs[match[0]], text)


def cases() -> list[str]:
    """Every case that has a diagnostic, a bank or a chapter, as one types it in their folder."""
    return sorted(
        path.name
        for path in CASES.iterdir()
        if path.name != "good" and (path.is_dir() or path.suffix == ".md")
    )


def test_all_formats_say_the_same_of_every_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CASES)
    faults = json.loads(check("json", *cases()))

    *lines, summary = check("text", *cases()).splitlines()
    results = sarif(*cases())["results"]
    commands = github(*cases())

    assert len({fault["name"] for fault in faults}) > 40
    heads = [
        f"{fault['path']}:{fault['line']}:{fault['column']}: "
        f"{fault['severity']}[{fault['name']}]: {visible(fault['message'])}"
        for fault in faults
    ]
    helps = [f"  help: {visible(fault['help'])}" for fault in faults]
    assert lines[0::2] == heads
    assert lines[1::2] == helps
    for fault, result in zip(faults, results, strict=True):
        place = result["locations"][0]["physicalLocation"]
        assert {
            "path": unquote(place["artifactLocation"]["uri"]),
            "line": place["region"]["startLine"],
            "column": place["region"]["startColumn"],
            "level": result["level"],
            "name": result["ruleId"],
            "text": result["message"]["text"],
        } == {
            "path": fault["path"],
            "line": fault["line"],
            "column": fault["column"],
            "level": LEVELS[fault["severity"]],
            "name": fault["name"],
            "text": f"{fault['message']}\nhelp: {fault['help']}",
        }
    assert [command for command, _, _ in commands] == [COMMANDS[f["severity"]] for f in faults]
    assert [data for _, _, data in commands] == [
        f"{head}\n{line}" for head, line in zip(heads, helps, strict=True)
    ]
    for fault, (_, properties, _), result in zip(faults, commands, results, strict=True):
        region = result["locations"][0]["physicalLocation"]["region"]
        assert properties == {
            "file": fault["path"],
            "line": str(fault["line"]),
            "col": str(fault["column"]),
            "endColumn": str(region["endColumn"]),
            "title": fault["name"],
        }
    assert check("github", *cases()).splitlines()[-1] == summary


def test_the_end_column_is_the_first_one_after_the_fault(make_bank: MakeBank) -> None:
    chapter = CHAPTER.replace("What do bees make from nectar?", "日本語 What? **Choose three**")
    bank = make_bank(chapter=chapter)

    (result,) = sarif(bank)["results"]

    region = result["locations"][0]["physicalLocation"]["region"]
    assert region["endColumn"] - region["startColumn"] == len("three")
    line = (bank / "01-chapter.md").read_text(encoding="utf-8").splitlines()[5]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == "three"


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
def test_the_exit_status_is_the_same_in_every_format(form: str, make_bank: MakeBank) -> None:
    good, bad = make_bank("good"), make_bank("bad", BROKEN)

    codes = [
        CliRunner().invoke(main, ["check", "--format", form, str(bank)]).exit_code
        for bank in (good, bad)
    ]

    assert codes == [0, 1]


def test_a_log_without_results_is_a_log_too(make_bank: MakeBank) -> None:
    run = sarif(make_bank())

    assert run["results"] == []
    assert run["columnKind"] == "unicodeCodePoints"


def test_the_log_names_the_tool_and_every_rule_with_its_explanation(make_bank: MakeBank) -> None:
    run = sarif(make_bank(chapter=BROKEN))

    driver = run["tool"]["driver"]
    assert (driver["name"], driver["semanticVersion"]) == ("mcqdeck", __version__)
    assert [rule["id"] for rule in driver["rules"]] == [rule.name for rule in CATALOGUE]
    for rule, row in zip(driver["rules"], CATALOGUE, strict=True):
        assert rule["shortDescription"]["text"]
        assert rule["fullDescription"]["text"]
        assert rule["help"]["text"]
        assert rule["defaultConfiguration"] == {
            "enabled": row.is_on,
            "level": LEVELS[row.severity],
        }
    (result,) = run["results"]
    assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "no-correct-option"


def test_a_result_has_the_level_that_the_bank_gives_it(make_bank: MakeBank) -> None:
    bank = make_bank(chapter=UNNAMED, **{"deck.toml": DECK_TOML + '[rules]\nmissing-id = "info"\n'})

    (result,) = sarif(bank)["results"]

    assert result["level"] == "note"
    assert [command for command, _, _ in github(bank)] == ["notice"]


def test_paths_are_relative_to_where_one_is_and_percent_encoded(
    make_bank: MakeBank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "a:b, 100% #1? häß"
    bank = make_bank(name, BROKEN, **{"deck.toml": DECK_TOML})
    monkeypatch.chdir(tmp_path)

    relative, absolute = sarif(name), sarif(bank)

    (uri,) = uris(relative)
    assert uri == "a%3Ab%2C%20100%25%20%231%3F%20h%C3%A4%C3%9F/01-chapter.md"
    assert uris(absolute) == uris(sarif(f"{name}/../{name}")) == [uri]
    location = relative["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location["uriBaseId"] == "%SRCROOT%"
    (command,) = github(bank)
    assert command[1]["file"] == f"{name}/01-chapter.md"


def test_a_file_outside_has_an_absolute_path(
    make_bank: MakeBank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank = make_bank("my bank", BROKEN, **{"deck.toml": DECK_TOML})
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")

    run = sarif("../my bank")

    (uri,) = uris(run)
    assert urlsplit(uri).scheme == "file"
    assert unquote(urlsplit(uri).path) == str(bank / "01-chapter.md")
    location = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert "uriBaseId" not in location
    assert github("../my bank")[0][1]["file"] == str(bank / "01-chapter.md")


def test_on_github_paths_are_relative_to_the_checkout(
    make_bank: MakeBank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_bank("below/demo", BROKEN)
    monkeypatch.chdir(tmp_path / "below")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))

    assert uris(sarif("demo")) == ["below/demo/01-chapter.md"]
    assert github("demo")[0][1]["file"] == "below/demo/01-chapter.md"
    assert check("text", "demo").startswith("demo/01-chapter.md:")


def test_a_fingerprint_stays_when_lines_move_and_no_two_are_alike(make_bank: MakeBank) -> None:
    second = BROKEN.partition("## ")[2].replace("first", "second")
    broken = f"{BROKEN}\n## {second}\n### Notes\n\n### Remarks\n"
    bank = make_bank(chapter=broken)
    before = sarif(bank)["results"]

    (bank / "01-chapter.md").write_text(broken.replace("\n## ", "\nText.\n\n## "))
    after = sarif(bank)["results"]

    prints = [result["partialFingerprints"] for result in before]
    assert len(prints) == len({json.dumps(fingerprint) for fingerprint in prints}) == 4
    assert prints == [result["partialFingerprints"] for result in after]
    lines = [
        [result["locations"][0]["physicalLocation"]["region"]["startLine"] for result in results]
        for results in (before, after)
    ]
    assert lines[0] != lines[1]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_fixes_of_a_log_do_what_fix_does(line_end: str, make_bank: MakeBank) -> None:
    bank = make_bank(chapter=UNNAMED.replace("<!-- level: recall -->\n", ""))
    file = bank / "01-chapter.md"
    file.write_bytes(file.read_text().replace("\n", line_end).encode())
    (result,) = sarif(bank)["results"]
    (fix,) = result["fixes"]
    (change,) = fix["artifactChanges"]
    (replacement,) = change["replacements"]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    region = {"endLine": replacement["deletedRegion"]["startLine"], **replacement["deletedRegion"]}
    text = file.read_bytes().decode()
    starts = [0, *(match.end() for match in re.finditer(r"\r?\n", text))]
    start = starts[region["startLine"] - 1] + region["startColumn"] - 1
    end = starts[region["endLine"] - 1] + region["endColumn"] - 1
    expected = text[:start] + replacement["insertedContent"]["text"] + text[end:]

    done = CliRunner().invoke(main, ["check", "--fix", str(bank)])

    assert done.exit_code == 0
    assert change["artifactLocation"] == place
    assert file.read_bytes().decode() == expected != text


def test_nothing_in_a_source_makes_a_command_of_its_own(
    make_bank: MakeBank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    evil = "### 100%0A::error::x%25,y: z\n### \x0b::add-mask::a\x85::warning::b\u2028::notice::c"
    make_bank("a,b:c%0A", f"{CHAPTER}\n{evil}\n", **{"deck.toml": DECK_TOML})
    monkeypatch.chdir(tmp_path)

    commands = github("a,b:c%0A")
    lines = check("github", "a,b:c%0A").split("\n")

    assert [properties["file"] for _, properties, _ in commands] == ["a,b:c%0A/01-chapter.md"] * 2
    assert "100%0A::error::x%25,y: z" in commands[0][2]
    assert [line.startswith("::error file=") for line in lines] == [True, True, False, False]
    assert lines[2:] == ["1 question in 1 chapter: 2 errors", ""]


@pytest.mark.parametrize(("number", "is_told"), [(10, False), (11, True)])
def test_what_github_will_not_show_is_told(number: int, is_told: bool, make_bank: MakeBank) -> None:
    question = BROKEN.partition("## ")[2]
    questions = [f"## {question.replace('first', f'q-{index}')}" for index in range(number)]
    bank = make_bank(chapter="# Chapter\n\n" + "\n".join(questions))

    output = check("github", bank)

    assert output.count("::error ") == number
    assert ("GitHub shows 10" in output) == is_told


@pytest.mark.parametrize("form", ["sarif", "github"])
def test_statistics_come_in_no_format_of_places(form: str, make_bank: MakeBank) -> None:
    result = CliRunner().invoke(main, ["check", "--format", form, "--statistics", str(make_bank())])

    assert result.exit_code == 2
    assert "text or json" in result.stderr
