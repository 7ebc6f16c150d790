"""Only regular files inside the bank are read, and what is there and cannot be read is named."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from unicodedata import normalize

import pytest
from click.testing import CliRunner, Result

import mcqdeck
from mcqdeck.cli import main
from tests.conftest import CHAPTER, DECK_TOML, MakeBank, needs_linux, needs_unix
from tests.releases import Author

SECRET = "# Secret\n\n## my-secret-token\n\nNothing\n"
NOBODY = 65534
SECONDS = 30


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def run_apart(*arguments: object) -> subprocess.CompletedProcess[str]:
    """In a process of its own, which may hang."""
    return subprocess.run(
        [sys.executable, "-m", "mcqdeck", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


def names(result: Result) -> list[str]:
    """The names of the diagnostics, with the file of each."""
    return [
        f"{line.partition(':')[0].rpartition('/')[2]}: {line.partition('[')[2].partition(']')[0]}"
        for line in result.output.splitlines()
        if ": error[" in line or ": warning[" in line
    ]


def pipe(path: Path) -> None:
    os.mkfifo(path)


def plug(path: Path) -> None:
    """A socket; its path must be short."""
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as end:
            end.bind(path.name)
    finally:
        os.chdir(here)


def dangling(path: Path) -> None:
    path.symlink_to("not-fetched")


def loop(path: Path) -> None:
    path.symlink_to(path.name)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def pipe_by_link(path: Path) -> None:
    os.mkfifo(path.with_name(".pipe"))
    path.symlink_to(".pipe")


ODD: dict[str, Callable[[Path], None]] = {
    "pipe": pipe,
    "socket": plug,
    "dangling": dangling,
    "loop": loop,
    "device": device,
    "pipe by link": pipe_by_link,
}


@needs_unix
@pytest.mark.parametrize("make", ODD.values(), ids=ODD)
@pytest.mark.parametrize("name", ["deck.toml", "style.css", "02-other.md", "dot.png"])
def test_what_is_no_regular_file_is_named_and_not_read(
    name: str, make: Callable[[Path], None], make_bank: MakeBank
) -> None:
    bank = make_bank()
    (bank / name).unlink(missing_ok=True)
    make(bank / name)

    done = run_apart("check", bank)

    assert done.returncode == 1, done.stderr
    assert f"{bank}/{name}:1:1: error[irregular-file]: this is a" in done.stdout
    assert "deck-toml-missing" not in done.stdout


@pytest.mark.parametrize("name", ["deck.toml", "style.css", "02-other.md"])
def test_a_link_out_of_the_bank_is_neither_read_nor_rewritten(
    name: str, make_bank: MakeBank, tmp_path: Path
) -> None:
    bank = make_bank()
    secret = tmp_path / "secret"
    secret.write_text(SECRET)
    (bank / name).unlink(missing_ok=True)
    (bank / name).symlink_to(secret)

    for arguments in (["check"], ["check", "--fix"], ["check", "--diff"], ["build"]):
        result = run(*arguments, bank)
        assert "secret-token" not in result.output
        if "--diff" not in arguments:
            assert names(result)[0] == f"{name}: file-outside-bank"
            assert result.exit_code == 1
    assert secret.read_text() == SECRET
    assert (bank / name).is_symlink()
    assert "my-secret-token" not in str(mcqdeck.load(bank))


def test_a_chapter_that_is_named_itself_may_not_lead_out_either(
    make_bank: MakeBank, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    secret = tmp_path / "elsewhere" / "secret.md"
    secret.write_text(SECRET)
    alone = tmp_path / "alone"
    alone.mkdir()
    for folder in (make_bank(), alone):
        (folder / "02-link.md").symlink_to(secret)
        result = run("check", "--fix", folder / "02-link.md")

        assert names(result) == ["02-link.md: file-outside-bank"]
        assert "secret-token" not in result.output
    assert secret.read_text() == SECRET


def test_a_link_within_the_bank_is_followed(make_bank: MakeBank) -> None:
    bank = make_bank()
    (bank / ".texts").mkdir()
    (bank / "01-chapter.md").rename(bank / ".texts" / "one.md")
    (bank / "01-chapter.md").symlink_to(".texts/one.md")

    assert names(run("check", bank)) == []


def test_a_bank_that_is_reached_by_a_link_is_a_bank(make_bank: MakeBank, tmp_path: Path) -> None:
    bank = make_bank("real/demo", CHAPTER.replace("nectar?", "nectar? ![dot](dot.svg)"),
                     **{"dot.svg": "<svg/>"})  # fmt: skip
    (tmp_path / "link").symlink_to(bank)

    assert names(run("check", tmp_path / "link")) == []
    assert run("build", tmp_path / "link", "-o", tmp_path / "decks").exit_code == 0


def test_folders_that_are_linked_are_not_searched(make_bank: MakeBank) -> None:
    bank = make_bank()
    (bank / "again").symlink_to(bank)
    (bank / "media.png").symlink_to(bank)

    assert names(run("check", bank)) == ["again: not-compiled", "media.png: not-compiled"]


@needs_unix
@pytest.mark.parametrize("make", ODD.values(), ids=ODD)
def test_odd_paths_on_the_command_line_are_one_line(
    make: Callable[[Path], None], make_bank: MakeBank, tmp_path: Path
) -> None:
    bank, odd = make_bank(), tmp_path / "odd.md"
    make(odd)

    for arguments in (["check", odd], ["build", odd], ["diff", odd, odd], ["init", odd],
                      ["build", bank, "--previous", odd], ["check", bank, "--baseline", odd],
                      ["check", bank, "--write-baseline", odd]):  # fmt: skip
        done = run_apart(*arguments)
        assert done.returncode == 2, done.stdout
        assert "Traceback" not in done.stderr
        assert done.stderr.startswith((f"mcqdeck: {odd}", "Usage:")), done.stderr


# What is at the package's place


@pytest.fixture(params=ODD.values(), ids=list(ODD))
def odd_package(request: pytest.FixtureRequest, author: Author) -> Author:
    """An author in whose output folder something odd stands at the package's place."""
    if os.name != "posix":
        pytest.skip("only Unix has such files")
    author.output.mkdir()
    request.param(author.package)
    return author


def test_something_odd_is_no_first_release(odd_package: Author) -> None:
    before = sorted(odd_package.output.iterdir())
    done = run_apart("build", odd_package.folder, "-o", odd_package.output)

    assert done.returncode == 2
    assert done.stderr.startswith(f"mcqdeck: {odd_package.package}: not a file but a")
    assert "--previous none" in done.stderr
    assert done.stderr.count("\n") == 1
    assert sorted(odd_package.output.iterdir()) == before
    assert not odd_package.package.is_file()


def test_something_odd_is_not_replaced_either(odd_package: Author, tmp_path: Path) -> None:
    """A link that leads nowhere is, since `none` says that the last release is lost."""
    odd_package.output = tmp_path / "first"
    assert odd_package.build().exit_code == 0
    odd_package.output = odd_package.package.parent
    for previous in (tmp_path / "first" / "demo.apkg", "none"):
        is_link = odd_package.package.is_symlink() and not odd_package.package.exists()
        options = ["-o", odd_package.output, "--previous", previous]
        done = run_apart("build", odd_package.folder, *options)
        if is_link:
            assert done.returncode == 0, done.stderr
            return
        assert done.returncode == 2
        assert "not a file but a" in done.stderr
        assert not odd_package.package.is_file()


def test_a_folder_is_no_first_release(author: Author) -> None:
    author.package.mkdir(parents=True)
    result = author.build()

    assert result.exit_code == 2
    assert f"{author.package}: not a file but a folder" in result.stderr
    assert not list(author.package.iterdir())


def test_of_several_packages_none_is_written_if_one_has_no_place(
    make_bank: MakeBank, tmp_path: Path
) -> None:
    banks = [make_bank(name) for name in ("one", "two")]
    (tmp_path / "decks" / "two.apkg").mkdir(parents=True)
    other = banks[1] / "01-chapter.md"
    other.write_text(CHAPTER.replace("bees", "wasps").replace("Bees", "Wasps"))
    result = run("build", *banks, "-o", tmp_path / "decks", "--previous", "none")

    assert result.exit_code == 2, result.output
    assert [path.name for path in (tmp_path / "decks").iterdir()] == ["two.apkg"]


@needs_unix
@pytest.mark.parametrize("what", ["the package", "the folder", "the bank", "a chapter", "media"])
def test_without_permission_there_is_one_line(what: str, author: Author, tmp_path: Path) -> None:
    author.chapter("## one\n\nWhich? ![x](x.svg)\n\n- [x] Yes\n- [ ] No\n\nSo.\n")
    (author.folder / "x.svg").write_text("<svg/>")
    author.release()
    before = author.package.read_bytes()
    path = {
        "the package": author.package,
        "the folder": author.output,
        "the bank": author.folder,
        "a chapter": author.folder / "01-first.md",
        "media": author.folder / "x.svg",
    }[what]
    reachable(tmp_path)
    path.chmod(0)
    with without_privileges():
        result = author.build()
    path.chmod(0o755)

    assert result.exit_code == 2, result.output
    assert result.stderr.count("\n") == 1
    assert "cannot be read: Permission denied" in result.stderr
    assert author.package.read_bytes() == before


@contextmanager
def without_privileges() -> Iterator[None]:
    """As root, to whom nothing is forbidden, becomes nobody for a while."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)


def reachable(path: Path) -> None:
    """Lets everybody walk to a folder of the test's."""
    for folder in (path, *path.parents):
        with suppress(OSError):
            folder.chmod(folder.stat().st_mode | 0o055)


def test_a_package_behind_a_link_is_read(author: Author, tmp_path: Path) -> None:
    first = author.release()
    kept = tmp_path / "kept.apkg"
    author.package.rename(kept)
    author.package.symlink_to(kept)

    assert author.build().stdout.endswith("nothing changed\n")
    assert first


# Sizes


def grow(path: Path, size: int) -> None:
    """A file of so many zeros that takes no room."""
    with path.open("ab") as file:
        file.truncate(size)


def check_in(memory: int, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Runs a command that may use so many bytes of memory."""
    code = (
        f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))\n"
        f"from mcqdeck.cli import main; main({[str(argument) for argument in arguments]!r})"
    )
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=SECONDS, check=False
    )


@needs_linux
@pytest.mark.parametrize("name", ["deck.toml", "style.css", "02-other.md", "huge.png"])
def test_a_file_of_gigabytes_is_named_and_not_read(name: str, make_bank: MakeBank) -> None:
    bank = make_bank(chapter=CHAPTER.replace("nectar?", "nectar? ![x](huge.png)"))
    (bank / "huge.png").write_bytes(b"x")
    grow(bank / name, 8 << 30)
    for command in ("check", "build"):
        done = check_in(1 << 30, command, bank)

        assert done.returncode == 1, done.stderr
        assert "Traceback" not in done.stderr
        output = done.stdout + done.stderr
        assert f"{bank}/{name}:1:1: error[file-too-large]: the file is larger than" in output
        assert output.count(": error[") == 1


@needs_linux
def test_memory_that_runs_out_is_one_line(make_bank: MakeBank, tmp_path: Path) -> None:
    bank = make_bank(chapter=CHAPTER.replace("nectar?", "nectar? ![x](big.png) ![y](other.png)"))
    for number, name in enumerate(("big.png", "other.png")):
        (bank / name).write_bytes(bytes([number]))
        grow(bank / name, 100 << 20)
    done = check_in(300 << 20, "build", bank, "-o", tmp_path / "decks")

    assert done.returncode == 2, done.stdout
    assert done.stderr == "mcqdeck: there is not enough memory for this\n"
    assert not list((tmp_path / "decks").glob("*"))


# Names


def test_the_name_of_a_chapter_that_is_not_utf_8_is_an_error(
    make_bank: MakeBank, tmp_path: Path
) -> None:
    bank = make_bank()
    shutil.copy(bank / "01-chapter.md", os.fsdecode(os.fsencode(bank) + b"/02-\xff.md"))

    assert names(run("check", bank)) == ["02-\\xff.md: bad-file-name"]
    assert run("build", bank, "-o", tmp_path / "decks").exit_code == 1


def test_the_name_of_a_folder_or_an_image_may_be_anything(
    make_bank: MakeBank, tmp_path: Path
) -> None:
    bank = make_bank("x\udcff", **{"deck.toml": DECK_TOML, "y\udcfe.png": "", "y\n.svg": ""})

    for arguments in (["check"], ["check", "--format", "json"], ["check", "--format", "sarif"],
                      ["build", "-o", tmp_path / "z\udcff"]):  # fmt: skip
        result = run(*arguments, bank)
        assert result.exit_code == 0, result.output
        result.output.encode()


FORMS = (normalize("NFC", "é.png"), normalize("NFD", "é.png"))


@pytest.mark.parametrize(
    ("one", "two", "difference"),
    [
        (*FORMS, "the form of an accent"),
        ("Star.png", "star.png", "letter case"),
        ("media/a.png", "Media/a.png", "letter case"),
        ("STRASSE.png", "straße.png", "letter case"),
        ("02-b.md", "02-B.md", "letter case"),
    ],
)
def test_two_files_of_one_name_on_another_system_are_told(
    one: str, two: str, difference: str, make_bank: MakeBank
) -> None:
    bank = make_bank(**{one: "1", two: "2"})
    if len({file for file in bank.rglob("*") if file.is_file()}) < 4:
        pytest.skip("this file system does not tell them apart")
    result = run("check", bank)

    assert f"only in {difference}" in result.output
    assert [name for name in names(result) if "clashing" in name] == [
        f"{sorted((one, two))[1].rpartition('/')[2]}: clashing-file-names"
    ]


def test_each_of_two_forms_is_the_file_that_is_meant(make_bank: MakeBank, tmp_path: Path) -> None:
    one, two = FORMS
    chapter = CHAPTER.replace("nectar?", f"nectar? ![one]({one}) ![two]({two})")
    bank = make_bank(chapter=chapter, **{one: "1", two: "2"})
    if len([*bank.glob("*.png")]) < 2:
        pytest.skip("this file system does not tell them apart")
    [built] = mcqdeck.build(mcqdeck.check([bank]), tmp_path / "decks")

    assert built.media == 2


def test_a_file_in_one_form_is_found_by_the_other(make_bank: MakeBank) -> None:
    one, two = FORMS
    bank = make_bank(chapter=CHAPTER.replace("nectar?", f"nectar? ![x]({one})"), **{two: "1"})

    assert names(run("check", bank)) == []
