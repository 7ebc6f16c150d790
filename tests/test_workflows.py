"""What runs on GitHub: pinned, with the least rights, and a release that nobody loses by."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from mcqdeck import __version__
from tests.conftest import CHAPTER, MakeBank
from tests.test_cli import run

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
CONSTRAINTS = (ROOT / "constraints.txt").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
ISSUES = ROOT / ".github" / "ISSUE_TEMPLATE"


def load(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return document


def steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def test_there_are_the_workflows() -> None:
    assert [path.stem for path in WORKFLOWS] == ["codeql", "pages", "release", "test"]


@pytest.mark.parametrize("path", [*WORKFLOWS, ROOT / "action.yml"], ids=lambda path: path.stem)
def test_each_action_is_pinned_by_its_digest_and_says_its_version(path: Path) -> None:
    used = re.findall(r"uses: (.*)", path.read_text(encoding="utf-8"))

    assert used
    pinned = r"[\w-]+(/[\w-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+"
    assert [action for action in used if not re.fullmatch(pinned, action)] == []


def test_an_action_has_one_version_everywhere() -> None:
    texts = [path.read_text(encoding="utf-8") for path in [*WORKFLOWS, ROOT / "action.yml"]]
    pins = {tuple(pin.split("@")) for text in texts for pin in re.findall(r"uses: (.*)", text)}
    versions = {(re.sub(r"(codeql-action)/.*", r"\1", name), pin) for name, pin in pins}

    assert len(versions) == len({name for name, _ in versions})


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_rights_are_given_job_by_job(path: Path) -> None:
    workflow = load(path)

    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert job["permissions"]
        assert job["timeout-minutes"] <= 60
    for step in steps(workflow):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_what_a_workflow_runs_is_there(path: Path) -> None:
    commands = "\n".join(step["run"] for step in steps(load(path)) if "run" in step)

    for target in re.findall(r"\bmake ([a-z-]+)", commands):
        assert re.search(rf"^{target}:", MAKEFILE, re.MULTILINE), target
    for script in re.findall(r"python (\S+\.py)", commands):
        assert (ROOT / script).is_file()
    for module in re.findall(r"python -m (tests\.\S+)", commands):
        assert (ROOT / f"{module.replace('.', '/')}.py").is_file()


def test_who_can_write() -> None:
    writers = {
        (path.stem, name, right)
        for path in WORKFLOWS
        for name, job in load(path)["jobs"].items()
        for right, how in job["permissions"].items()
        if how == "write"
    }

    assert writers == {
        ("codeql", "analyze", "security-events"),
        ("pages", "deploy", "id-token"),
        ("pages", "deploy", "pages"),
        ("release", "pypi", "id-token"),
        ("release", "github", "attestations"),
        ("release", "github", "contents"),
        ("release", "github", "id-token"),
    }


def test_nothing_is_published_before_it_was_tested_and_tried() -> None:
    jobs = load(ROOT / ".github" / "workflows" / "release.yml")["jobs"]
    commands = [step["run"].partition("\n")[0] for step in jobs["build"]["steps"] if "run" in step]

    assert commands.index("make test") < commands.index("make dist")
    assert any("release.py" in command for command in commands)
    assert jobs["pypi"]["needs"] == "build"
    assert jobs["github"]["needs"] == ["build", "pypi"]


def test_who_reports_a_mistake_in_a_question_is_asked_for_its_id() -> None:
    fields = {field.get("id"): field for field in load(ISSUES / "1-question.yml")["body"]}

    assert fields["question"]["validations"]["required"]


def test_there_is_no_placeholder() -> None:
    tracked = subprocess.run(
        ("git", "ls-files", "-z", "*.yml", "*.yaml", "*.md", "*.toml", "*.cff"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if tracked.returncode:
        pytest.skip("no repository here")

    for name in filter(None, tracked.stdout.split("\0")):
        text = (ROOT / name).read_text(encoding="utf-8", errors="replace")
        assert not re.search(r"\bOWNER\b|\bYOUR[-_ ]|<owner>|example/mcqdeck", text), name


class Releases:
    """A repository with one bank, which releases."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.git("init", "-q")

    def git(self, *arguments: str) -> None:
        identity = ("-c", "user.name=A", "-c", "user.email=a@localhost", "-c", "tag.gpgSign=false")
        command = ("git", *identity, "-c", "commit.gpgSign=false", *arguments)
        subprocess.run(command, cwd=self.folder, check=True, capture_output=True)

    def tag(self, name: str) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", name)
        self.git("tag", name)

    def build(self, *options: str) -> None:
        done = run("build", self.folder / "demo", "-o", self.folder / "decks", *options)
        assert done.exit_code == 0, done.output

    def rewrite(self, old: str, new: str) -> None:
        path = self.folder / "demo" / "01-chapter.md"
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    def release(self, tag: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, ROOT / ".github" / "release.py", tag, "notes.md"],
            cwd=self.folder,
            env={**os.environ, "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def releases(make_bank: MakeBank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Releases:
    """A repository that made one release, v0.0.1."""
    pytest.importorskip("anki")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    make_bank(chapter=CHAPTER)
    made = Releases(tmp_path)
    (tmp_path / "README.md").write_text("# Bees\n")
    made.build()
    old = "## [0.0.1] - 2026-01-01\n\nOld.\n"
    (tmp_path / "CHANGELOG.md").write_text(f"## [Unreleased]\n\n{old}")
    made.tag("v0.0.1")
    new = f"## [{__version__}] - 2026-02-02\n\n- Bees.\n"
    (tmp_path / "CHANGELOG.md").write_text(f"## [Unreleased]\n\n{new}\n{old}")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1710000000")
    return made


def test_a_release_tells_what_changed(releases: Releases) -> None:
    releases.rewrite("What do bees make", "Say: what do bees make")
    releases.build()
    releases.tag(f"v{__version__}")

    done = releases.release(f"v{__version__}")

    assert done.returncode == 0, done.stderr
    notes = (releases.folder / "notes.md").read_text(encoding="utf-8")
    package = (releases.folder / "decks" / "demo.apkg").read_bytes()
    assert notes.startswith("- Bees.\n\n## demo.apkg\n")
    assert hashlib.sha256(package).hexdigest() in notes
    assert "Say: what do bees make" in notes
    assert "no learner loses anything" in done.stdout


def test_the_notes_and_the_readme_lead_to_the_files_of_the_project(
    releases: Releases, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A relative link would lead nowhere from the page of a release or that of PyPI."""
    changelog = releases.folder / "CHANGELOG.md"
    told = "- [Bees](docs/bees.md#honey), [on the web](https://example.org/a), [here](#top)."
    changelog.write_text(changelog.read_text().replace("- Bees.", told))
    readme = "| [Bees](docs/bees.md) | ![A *card*](docs/a.png) | ![B](https://b.example/b.png) |\n"
    (releases.folder / "README.md").write_text(readme)
    releases.tag(f"v{__version__}")
    monkeypatch.setenv("GITHUB_SERVER_URL", "https://git.example")
    monkeypatch.setenv("GITHUB_REPOSITORY", "bees/cards")

    done = releases.release(f"v{__version__}")

    assert done.returncode == 0, done.stderr
    notes = (releases.folder / "notes.md").read_text(encoding="utf-8")
    files = f"https://git.example/bees/cards/blob/v{__version__}"
    assert notes.startswith(told.replace("docs/bees.md", f"{files}/docs/bees.md"))
    raw = files.replace("blob", "raw")
    whole = readme.replace("docs/bees.md", f"{files}/docs/bees.md")
    assert (releases.folder / "README.md").read_text() == whole.replace("docs/a", f"{raw}/docs/a")


def test_the_pages_know_where_the_repository_is() -> None:
    """What `docs/conf.py` needs, so that links to files beside the docs lead somewhere."""
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "pages.yml").read_text("utf-8"))
    (environment,) = [
        step["env"]
        for step in workflow["jobs"]["build"]["steps"]
        if step.get("run") == "make pages"
    ]

    assert environment == {
        "REPOSITORY_URL": "${{ github.server_url }}/${{ github.repository }}",
    }
    assert '"REPOSITORY_URL"' in (ROOT / "docs" / "conf.py").read_text(encoding="utf-8")


def test_the_first_release_has_nothing_to_compare_with(releases: Releases) -> None:
    releases.git("tag", "-d", "v0.0.1")
    releases.tag(f"v{__version__}")

    done = releases.release(f"v{__version__}")

    assert done.returncode == 0, done.stderr
    assert "The first release of this package." in (releases.folder / "notes.md").read_text()


def test_a_package_by_which_learners_lose_does_not_go_out(releases: Releases) -> None:
    (releases.folder / "decks" / "demo.apkg").unlink()
    releases.rewrite("## first", "## other")
    releases.build("--previous", "none")
    releases.tag(f"v{__version__}")

    done = releases.release(f"v{__version__}")

    assert done.returncode == 1
    assert "decks/demo.apkg must not go out" in done.stderr
    assert not (releases.folder / "notes.md").exists()


@pytest.mark.parametrize(
    ("tag", "changelog", "said"),
    [
        ("v9.9.9", None, f"the tag is v9.9.9, but the version is {__version__}"),
        (f"v{__version__}", "## [Unreleased]\n\n- x\n", "CHANGELOG.md has no section"),
        (f"v{__version__}", f"## [{__version__}] - 2026-02-02\n\n## [0.0.1]\n", "has no section"),
    ],
)
def test_tag_version_and_changelog_must_agree(
    tag: str, changelog: str | None, said: str, releases: Releases
) -> None:
    if changelog:
        (releases.folder / "CHANGELOG.md").write_text(changelog)
    releases.tag(tag)

    done = releases.release(tag)

    assert done.returncode == 1
    assert said in done.stderr


def test_a_package_that_is_missing_stops_the_release(releases: Releases) -> None:
    (releases.folder / "decks" / "demo.apkg").unlink()
    releases.tag(f"v{__version__}")

    done = releases.release(f"v{__version__}")

    assert done.returncode == 1
    assert "demo.apkg of v0.0.1 is not in decks/ any more" in done.stderr


def test_a_commit_is_held_to_what_make_runs_without_the_network() -> None:
    config = load(ROOT / ".pre-commit-config.yaml")
    runs = [line.strip().removeprefix("$(BIN)/") for line in MAKEFILE.splitlines()]

    assert [repo["repo"] for repo in config["repos"]] == ["local"]
    for hook in config["repos"][0]["hooks"]:
        command = hook["entry"].removeprefix(".venv/bin/")
        assert hook["language"] == "system"
        assert any(run.startswith(command.removesuffix(" format")) for run in runs), command
        assert not hook.get("pass_filenames", True) or hook["entry"].startswith(".venv/bin/ruff ")


def test_what_only_we_need_is_no_extra_of_the_package() -> None:
    """Tools stand in groups, which a package does not publish; pip must be new enough for them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    pip = re.search(r"^pip==(\d+)\.(\d+)", CONSTRAINTS, re.MULTILINE)

    assert set(project["project"]["optional-dependencies"]) == {"exchange", "preview", "verify"}
    assert set(project["dependency-groups"]) == {"docs", "test", "dev"}
    assert pip is not None
    assert (int(pip[1]), int(pip[2])) >= (25, 1)
    for text in (MAKEFILE, (ROOT / ".github/workflows/test.yml").read_text(encoding="utf-8")):
        for at in (match.start() for match in re.finditer("--group", text)):
            assert re.search(r"-c \S*constraints\.txt pip$", text[:at], re.MULTILINE)


def test_the_map_for_contributors_names_every_file_and_folder_of_the_package() -> None:
    tour = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    package = ROOT / "generator" / "mcqdeck"
    names = [
        f"{path.name}/" if path.is_dir() else path.name
        for path in package.iterdir()
        if path.name[0] != "_" and (path.is_dir() or path.suffix == ".py")
    ]

    assert [name for name in names if name not in tour] == []
    assert [
        name for name in re.findall(r"^  (\w+\.py) ", tour, re.MULTILINE) if name not in names
    ] == ["__init__.py"]
