"""What is handed out: the wheel holds all that it needs and nothing else, and works by itself."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from email import message_from_bytes
from pathlib import Path
from zipfile import ZipFile

import pytest

import mcqdeck
from tests.test_readme import author_commands

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "generator" / "mcqdeck"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (path,) = folder.iterdir()
    return path


def test_the_wheel_holds_the_package_its_data_and_its_licence(wheel: Path) -> None:
    sources = {
        path.relative_to(PACKAGE.parent).as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }

    with ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
        others = {name.partition("/")[2] for name in set(archive.namelist()) - names}

    assert names == sources
    assert "mcqdeck/py.typed" in names
    assert {"METADATA", "entry_points.txt", "licenses/LICENSE"} <= others


def test_the_wheel_is_small(wheel: Path) -> None:
    assert wheel.stat().st_size < 1_000_000


def test_the_shipped_bank_is_not_in_the_wheel(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        held = b"".join(map(archive.read, archive.namelist()))

    for chapter in sorted((ROOT / "source").glob("*/*.md")):
        _, *questions = re.split(rb"^(?=## )", chapter.read_bytes(), flags=re.MULTILINE)
        assert questions or chapter.name == "README.md"
        assert [question for question in questions if question in held] == []


def test_the_version_is_said_in_one_place(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith("/METADATA")]
        metadata = message_from_bytes(archive.read(name))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    assert metadata["Version"] == mcqdeck.__version__
    assert metadata["License-Expression"] == "MIT"
    assert "version" not in project["project"]
    assert project["project"]["dynamic"] == ["version"]


def test_it_works_from_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    """As an author uses it, by the README's commands, with no file of this repository at hand."""
    ZipFile(wheel).extractall(tmp_path / "installed")
    (tmp_path / "here").mkdir()
    where = "import mcqdeck; print(mcqdeck.__file__)"
    environment = {
        **os.environ,
        "PYTHONPATH": str(tmp_path / "installed"),
        "MCQDECK_CACHE_DIR": str(tmp_path / "cache"),
    }

    for arguments in (["-c", where], *(["-m", "mcqdeck", *words] for words in author_commands())):
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=tmp_path / "here",
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        if arguments[0] == "-c":
            assert Path(done.stdout.strip()).is_relative_to(tmp_path)

    assert (tmp_path / "here" / "decks" / "my-exam.apkg").exists()


def test_saying_the_version_loads_next_to_nothing() -> None:
    """So that it takes a tenth of a second; the modules are counted, for no clock is fair."""
    script = (
        "import sys; from mcqdeck.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: print(*sys.modules)"
    )

    done = subprocess.run(
        [sys.executable, "-c", script, "--version"], capture_output=True, text=True, check=True
    )

    loaded = set(done.stdout.splitlines()[1].split())
    ours = {name for name in loaded if name.partition(".")[0] == "mcqdeck"}
    assert ours == {
        "mcqdeck",
        "mcqdeck.__main__",
        "mcqdeck.cli",
        "mcqdeck.cli.group",
        "mcqdeck.interrupt",
    }
    assert not loaded & {
        "asyncio",
        "genanki",
        "html",
        "logging",
        "markdown",
        "msgspec",
        "rich",
        "yaml",
    }


def test_the_changelog_tells_of_the_version() -> None:
    """The first section is what comes, the next is this version."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    sections = re.findall(r"^## (.*)$", text, re.MULTILINE)
    released = [section for section in sections if section != "[Unreleased]"]

    assert sections[0] == "[Unreleased]"
    assert all(
        re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", heading) for heading in released
    )
    assert released == sorted(released, key=_version, reverse=True)
    assert _version(released[0]) == _version(f"[{mcqdeck.__version__}]")


def test_the_changelog_promises_what_the_page_does() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    page = (ROOT / "docs" / "promises.md").read_text(encoding="utf-8")
    table = page.partition("\n## What stays\n")[2].partition("\n## ")[0]
    (first,) = re.findall(r"^## \[1\.0\.0\] - .*\n((?:(?!## ).*\n)*)", text, re.MULTILINE)
    (promised,) = re.findall(r"^### Promised\n((?:(?!### ).*\n)*)", first, re.MULTILINE)

    rows = re.findall(r"^\| ([^|]+) \| [^|]+ \|$", table, re.MULTILINE)[1:]

    assert "](docs/promises.md)" in promised
    item = r"^- (?:the |from )?([^,:;.]+?)(?: of each command)?[,:;.]"
    assert re.findall(item, promised, re.MULTILINE) == rows


def _version(heading: str) -> tuple[int, ...]:
    return tuple(map(int, heading.partition("]")[0].removeprefix("[").split(".")))
