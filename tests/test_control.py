"""Which rules a bank, a question and a run are about; baselines, statistics and explanations."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mcqdeck.cli import main
from mcqdeck.project import ADJUSTABLE, CATALOGUE
from tests.conftest import CHAPTER, MakeBank
from tests.test_cases import NAMES

NO_ID = """
## Which color has the sky at noon?

- [x] Blue
- [ ] Green
  > Leaves are, the sky is not.
- [ ] Violet

Of all that we see well, blue light is scattered most.
"""
CONFIG = 'id = "demo"\ntitle = "Demo"\n\n[rules]\n'


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def names(*arguments: str | Path) -> list[tuple[str, str]]:
    """The name and severity of each diagnostic that a check shows."""
    diagnostics = json.loads(run("check", "--format", "json", *arguments).stdout)
    return [(diagnostic["name"], diagnostic["severity"]) for diagnostic in diagnostics]


UNEXPLAINED = {
    "first": ("What gives leaves their green?", "Chlorophyll", "Carotene", "Starch"),
    "second": ("Which metal is liquid at room temperature?", "Mercury", "Lead", "Tin"),
    "third": ("With what do spiders catch flies?", "Webs", "Songs", "Light"),
}


def unexplained(heading: str = "first", comment: str = "") -> str:
    """A question whose fault is that it lacks an explanation; one of two distractors has none."""
    stem, key, *distractors = UNEXPLAINED[heading]
    options = f"- [x] {key}\n- [ ] {distractors[0]}\n  > Not this.\n- [ ] {distractors[1]}\n"
    return f"\n## {heading}\n{comment}\n{stem}\n\n{options}"


def test_a_bank_may_weigh_advice_anew(make_bank: MakeBank) -> None:
    chapter = CHAPTER + unexplained("second")

    for severity in ("error", "warning", "info"):
        bank = make_bank(
            severity, chapter, **{"deck.toml": CONFIG + f'missing-explanation = "{severity}"\n'}
        )
        assert names(bank) == [("missing-explanation", severity)]
    silent = make_bank("silent", chapter, **{"deck.toml": CONFIG + 'missing-explanation = "off"\n'})
    assert names(silent) == []


def test_the_set_strict_makes_errors_of_warnings_and_demands_more(make_bank: MakeBank) -> None:
    chapter = CHAPTER + unexplained("second", "<!-- level: recall -->\n")
    chapter = chapter.replace("level: recall", "objective: nature, level: recall")

    bank = make_bank("bank", chapter, **{"deck.toml": CONFIG + 'set = "strict"\n'})

    assert names(bank) == [("missing-explanation", "error"), ("missing-rationale", "error")]


def test_the_set_off_leaves_the_form(make_bank: MakeBank) -> None:
    chapter = "# Chapter\n" + unexplained() + NO_ID

    bank = make_bank("bank", chapter, **{"deck.toml": CONFIG + 'set = "off"\n'})

    assert names(bank) == [("missing-id", "warning")]


def test_a_rule_of_its_own_wins_over_the_set(make_bank: MakeBank) -> None:
    chapter = "# Chapter\n" + unexplained()

    config = CONFIG + 'set = "off"\nmissing-explanation = "info"\n'

    assert names(make_bank("bank", chapter, **{"deck.toml": config})) == [
        ("missing-explanation", "info")
    ]


def test_an_unknown_set_is_reported_with_what_there_is(make_bank: MakeBank) -> None:
    bank = make_bank(**{"deck.toml": CONFIG + 'set = "harsh"\n'})

    assert 'write `"recommended"`, `"strict"`, `"off"`' in run("check", bank).stdout


def test_what_stops_every_build_can_be_neither_overridden_nor_suppressed(
    make_bank: MakeBank,
) -> None:
    excuse = "<!-- level: recall, allow: {choose-mismatch: no} -->"
    bank = make_bank(
        chapter=CHAPTER.replace("<!-- level: recall -->", excuse),
        **{"deck.toml": CONFIG + 'choose-mismatch = "off"\n'},
    )

    shown = run("check", bank).stdout

    assert "deck.toml:5:1: error[bad-value]: `choose-mismatch` cannot be overridden" in shown
    assert "write the name of a rule that can be suppressed" in shown
    assert "did you mean" not in shown


def test_a_question_may_be_excused_with_a_reason(make_bank: MakeBank) -> None:
    excuse = "<!-- allow: {missing-explanation: the stem says it all} -->\n"
    chapter = CHAPTER + unexplained("second", excuse) + unexplained("third")

    diagnostics = json.loads(run("check", "--format", "json", make_bank(chapter=chapter)).stdout)

    assert [diagnostic["name"] for diagnostic in diagnostics] == ["missing-explanation"]
    assert "third" in chapter.splitlines()[diagnostics[0]["line"] - 1]


def test_an_excuse_for_a_rule_that_is_off_is_no_fault(make_bank: MakeBank) -> None:
    excuse = "<!-- allow: {missing-explanation: the stem says it all} -->\n"
    chapter = "# Chapter\n" + unexplained("first", excuse)

    bank = make_bank(chapter=chapter, **{"deck.toml": CONFIG + 'missing-explanation = "off"\n'})

    assert names(bank) == []


def test_an_excuse_for_what_another_bank_has_is_needed_without_it(make_bank: MakeBank) -> None:
    excuse = "<!-- level: recall, allow: {duplicate-question: both exams ask it} -->"
    one = make_bank("one")
    other = make_bank("other", CHAPTER.replace("<!-- level: recall -->", excuse))

    assert names(one, other) == []
    assert names(other) == []


def test_a_bank_and_its_chapter_by_another_path_are_read_once(
    make_bank: MakeBank, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank = make_bank(chapter="# Chapter\n" + unexplained())
    monkeypatch.chdir(bank.parent)

    reported = names(Path(bank.name) / "01-chapter.md", bank.resolve())

    assert reported == [("missing-explanation", "warning")]


def test_an_excuse_without_a_reason_does_not_count(make_bank: MakeBank) -> None:
    chapter = "# Chapter\n" + unexplained("first", "<!-- allow: {missing-explanation: } -->\n")

    assert ("missing-explanation", "warning") in names(make_bank(chapter=chapter))


def test_select_shows_one_rule_even_if_it_is_off(make_bank: MakeBank) -> None:
    bank = make_bank(chapter="# Chapter\n" + unexplained() + NO_ID)

    assert names("--select", "missing-id", bank) == [("missing-id", "warning")]
    assert [name for name, _ in names("--select", "missing-rationale", bank)] == [
        "missing-rationale",
        "missing-rationale",
    ]


def test_ignore_leaves_a_rule_out(make_bank: MakeBank) -> None:
    bank = make_bank(chapter="# Chapter\n" + unexplained() + NO_ID)

    assert names("--ignore", "missing-id,missing-explanation", bank) == []


def test_what_stops_every_build_shows_whatever_is_selected(make_bank: MakeBank) -> None:
    bank = make_bank(chapter=CHAPTER.replace("[x]", "[ ]"))

    assert names("--select", "missing-id", bank) == [("no-correct-option", "error")]
    refused = run("check", "--ignore", "no-correct-option", bank)
    assert refused.exit_code == 2
    assert "stops every build" in refused.stderr


@pytest.mark.parametrize("option", ["--select", "--ignore", "--explain"])
def test_a_rule_that_is_not_there_is_refused(option: str, make_bank: MakeBank) -> None:
    result = run("check", option, "mising-id", make_bank())

    assert result.exit_code == 2
    assert "Did you mean `missing-id`?" in result.stderr


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.name)
def test_every_rule_explains_itself(rule: object) -> None:
    name: str = rule.name  # type: ignore[attr-defined]

    result = run("check", "--explain", name)

    assert result.exit_code == 0
    assert result.stdout.startswith(f"{name} (")
    if name in NAMES:
        assert "\nBad:\n" in result.stdout
        assert "\nGood:\n" in result.stdout
    if name in ADJUSTABLE and rule.ground:  # type: ignore[attr-defined]
        assert "\nEvidence: " in result.stdout


def test_all_rules_are_listed() -> None:
    lines = run("check", "--list-rules").stdout.splitlines()

    assert [line.split()[0] for line in lines] == sorted(rule.name for rule in CATALOGUE)


def test_statistics_count_by_rule(make_bank: MakeBank) -> None:
    chapter = "# Chapter\n" + unexplained("first") + unexplained("second") + NO_ID
    bank = make_bank(chapter=chapter)

    result = run("check", "--statistics", bank)

    assert [line.split()[:3] for line in result.stdout.splitlines()[:-2]] == [
        ["2", "warning", "missing-explanation"],
        ["1", "warning", "missing-id"],
    ]
    assert json.loads(run("check", "--statistics", "--format", "json", bank).stdout)[0] == {
        "name": "missing-explanation",
        "severity": "warning",
        "count": 2,
    }


class TestBaseline:
    def test_known_faults_are_left_out_and_new_ones_show(
        self, make_bank: MakeBank, tmp_path: Path
    ) -> None:
        bank = make_bank(chapter="# Chapter\n" + unexplained("first") + unexplained("second"))
        file = tmp_path / "faults.json"
        written = run("check", "--write-baseline", file, bank)
        assert written.stdout == f"{file.as_posix()}: 2 faults recorded\n"
        assert written.exit_code == 0

        again = run("check", "--baseline", file, bank)
        assert again.stdout == "2 questions in 1 chapter: no faults found\n"
        assert again.stderr.endswith("\n2 known faults left out: in the baseline\n")

        path = bank / "01-chapter.md"
        text = path.read_text(encoding="utf-8")
        moved = text.replace("# Chapter\n", "# Chapter\n\nMoved down.\n") + unexplained("third")
        path.write_text(moved, encoding="utf-8")
        assert names("--baseline", file, bank) == [("missing-explanation", "warning")]

    def test_fixed_faults_are_told(self, make_bank: MakeBank, tmp_path: Path) -> None:
        bank = make_bank(chapter="# Chapter\n" + unexplained())
        file = tmp_path / "faults.json"
        run("check", "--write-baseline", file, bank)
        path = bank / "01-chapter.md"
        path.write_text(CHAPTER, encoding="utf-8")

        result = run("check", "--baseline", file, bank)

        assert result.stderr.endswith("\n1 fault of the baseline no longer found: write it again\n")

    def test_what_stops_every_build_is_never_known(
        self, make_bank: MakeBank, tmp_path: Path
    ) -> None:
        bank = make_bank(chapter=CHAPTER.replace("[x]", "[ ]"))
        file = tmp_path / "faults.json"

        written = run("check", "--write-baseline", file, bank)

        assert (
            "0 faults recorded; not recorded: 1 error, of the kind that stops every build"
            in written.stdout
        )
        assert names("--baseline", file, bank) == [("no-correct-option", "error")]

    @pytest.mark.parametrize(
        "content", ["", "[]", "{", '{"mcqdeck-baseline": 2, "banks": {}}', "null", "[" * 100_000]
    )
    def test_another_file_is_refused_in_a_line(
        self, content: str, make_bank: MakeBank, tmp_path: Path
    ) -> None:
        file = tmp_path / "faults.json"
        file.write_text(content, encoding="utf-8")

        result = run("check", "--baseline", file, make_bank())

        assert result.exit_code == 2
        assert result.stderr.count("\n") == 1
        assert "no baseline" in result.stderr

    def test_what_was_not_looked_for_is_not_said_to_be_fixed(
        self, make_bank: MakeBank, tmp_path: Path
    ) -> None:
        bank = make_bank(chapter="# Chapter\n" + unexplained())
        file = tmp_path / "faults.json"
        run("check", "--write-baseline", file, bank)

        for arguments in (["--select", "missing-id", bank], [bank / "01-chapter.md"]):
            assert "no more" not in run("check", "--baseline", file, *arguments).stderr

    def test_a_part_makes_no_baseline(self, make_bank: MakeBank, tmp_path: Path) -> None:
        bank = make_bank()
        file = tmp_path / "faults.json"

        for arguments in (["--ignore", "missing-id", bank], [bank / "01-chapter.md"]):
            assert run("check", "--write-baseline", file, *arguments).exit_code == 2
        assert not file.exists()

    def test_no_other_file_is_overwritten(self, make_bank: MakeBank) -> None:
        bank = make_bank()
        chapter = bank / "01-chapter.md"

        result = run("check", "--write-baseline", chapter, bank)

        assert result.exit_code == 2
        assert chapter.read_text(encoding="utf-8") == CHAPTER

    def test_a_missing_file_is_refused_in_a_line(self, make_bank: MakeBank, tmp_path: Path) -> None:
        result = run("check", "--baseline", tmp_path / "none.json", make_bank())

        assert result.exit_code == 2
        assert "No such file" in result.stderr
