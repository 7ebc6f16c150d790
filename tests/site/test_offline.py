"""From a server: an app that works without network, and takes a new version when asked."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from tests.site.banks import write_bank
from tests.site.conftest import Server, make_site
from tests.site.learner import Learner

Visit = Callable[..., Learner]
Serve = Callable[[Path], Server]


def kept(learner: Learner) -> None:
    """Waits until the worker has fetched all there is."""
    learner.page.wait_for_selector("html[data-offline=kept]", state="attached", timeout=30_000)


def cut(learner: Learner, server: Server) -> None:
    """Stops the server, and waits until a connection that was open already is used up too."""
    server.stop()
    learner.wait(
        lambda: learner.page.evaluate(
            "fetch('sw.js', { cache: 'no-store' }).then(() => false, () => true)"
        )
    )


def test_after_one_visit_everything_works_without_network(
    visit: Visit, sums: Path, serve: Serve
) -> None:
    server = serve(sums)
    learner = visit(server.url)
    learner.go()
    kept(learner)
    cut(learner, server)

    learner.go("practice?chapter=03-chapter")
    learner.start()
    learner.answer("a")
    learner.go("search?q=double")
    learner.sees("12 questions found")
    learner.go("exam")
    learner.start()
    learner.page.reload()
    learner.page.wait_for_selector(".choices [role=radio]")
    learner.said.clear()  # that the manifest or a page is out of reach


def test_pages_that_were_never_opened_are_shown_by_the_app(
    visit: Visit, sums: Path, serve: Serve
) -> None:
    server = serve(sums)
    learner = visit(server.url)
    learner.go("q/q1.html")
    learner.go()
    kept(learner)
    learner.page.reload()
    learner.page.wait_for_selector("html.ready")
    learner.go("q/q2.html")
    cut(learner, server)

    learner.go("q/q2.html")
    assert learner.stem() == "What is 2 + 2?"
    learner.go("q/q9.html")
    learner.sees("What is 9 + 9?")
    learner.sees("Question 1 of 4")
    assert learner.page.locator(".verdict, .explanation").count() == 0
    learner.act("Show answer")
    learner.sees("Twice 9 is 18")
    assert learner.answers() == []
    learner.act("Next")
    learner.sees("What is 10 + 10?")
    learner.go("c/02-chapter.html")
    learner.sees("02 Chapter 2")
    assert learner.page.locator(".stems a").all_inner_texts() == [
        f"What is {number} + {number}?" for number in (5, 6, 7, 8)
    ]
    learner.page.locator(".stems a").last.click()
    learner.sees("What is 8 + 8?")
    learner.page.locator(".actions").get_by_role("link", name="Practice").click()
    learner.sees("1 question")
    learner.said.clear()


def test_a_page_whose_name_is_not_its_questions_id_is_found_too(
    visit: Visit, tmp_path: Path, serve: Serve
) -> None:
    """No system has a file `con.html`, and names of files end somewhere."""
    bank = write_bank(tmp_path / "bank", chapters=1)
    chapter = bank / "01-chapter.md"
    long_id = "-".join(["very"] * 30) + "-long"
    text = chapter.read_text(encoding="utf-8")
    text = text.replace("## q1\n", "## con\n").replace("## q2\n", f"## {long_id}\n")
    chapter.write_text(text, encoding="utf-8")
    site = make_site(bank, tmp_path / "site")
    server = serve(site)
    learner = visit(server.url)
    learner.go()
    kept(learner)
    learner.page.reload()
    learner.page.wait_for_selector("html.ready")
    cut(learner, server)
    names = sorted(path.name for path in (site / "q").iterdir())
    assert len(names) == 4
    stems = set()
    for name in names:
        learner.go(f"q/{name}")
        learner.page.wait_for_selector(".card-box .stem")
        stems.add(learner.stem())

    assert stems == {f"What is {number} + {number}?" for number in (1, 2, 3, 4)}
    learner.said.clear()


def test_a_new_version_is_offered_and_taken_with_the_progress_kept(
    visit: Visit, tmp_path: Path, serve: Serve
) -> None:
    bank = write_bank(tmp_path / "bank")
    site = make_site(bank, tmp_path / "site")
    learner = visit(serve(site).url)
    learner.go("practice?question=q1")
    learner.start()
    learner.answer("a")
    kept(learner)
    chapter = bank / "01-chapter.md"
    text = chapter.read_text(encoding="utf-8")
    chapter.write_text(text.replace("What is 1 + 1?", "How much is 1 + 1?"), encoding="utf-8")
    make_site(bank, site)

    learner.go()
    learner.page.reload()
    learner.sees("There is a new version of these questions.")
    learner.go("practice?question=q1")
    learner.start()
    assert learner.stem() == "What is 1 + 1?"  # nothing changes until it is asked for
    learner.page.locator("#notices").get_by_role("button", name="Reload").click()
    learner.page.wait_for_load_state()
    learner.page.wait_for_selector(".stem")
    learner.wait(lambda: learner.stem() == "How much is 1 + 1?")
    assert len(learner.answers()) == 1


def test_in_other_tabs_a_version_that_took_over_is_offered_too(
    visit: Visit, tmp_path: Path, serve: Serve
) -> None:
    bank = write_bank(tmp_path / "bank", chapters=1)
    site = make_site(bank, tmp_path / "site")
    learner = visit(serve(site).url)
    learner.go()
    kept(learner)
    other = learner.new_page()
    learner.go("practice", other)
    write_bank(bank, chapters=1, questions=5)
    make_site(bank, site)

    learner.page.reload()
    learner.page.locator("#notices").get_by_role("button", name="Reload").click()
    other.locator("#notices").get_by_role("button", name="Reload").wait_for()
    learner.said.clear()


def test_a_file_of_a_newer_release_is_not_kept_as_one_of_this(
    visit: Visit, tmp_path: Path, serve: Serve
) -> None:
    """A release may come out while a browser still fetches the files of the one before."""
    site = make_site(write_bank(tmp_path / "bank", chapters=1), tmp_path / "site")
    data = site / "data/01-chapter.js"
    data.write_bytes(data.read_bytes().replace(b"1 + 1", b"9 + 9"))
    learner = visit(serve(site).url)
    learner.go()
    learner.page.wait_for_selector("html[data-offline='not kept']", state="attached")

    names = learner.page.evaluate(
        """async () => (await (await caches.open("mcqdeck-sums")).keys()).map(each => each.url)"""
    )
    assert [name for name in names if "assets/practice.js" in name] != []
    assert [name for name in names if "data/01-chapter.js" in name] == []
    learner.go("practice?question=q1")  # and it works all the same
    learner.start()
    assert "9 + 9" in learner.stem()


def test_the_manifest_makes_it_an_app(visit: Visit, sums: Path, serve: Serve) -> None:
    server = serve(sums)
    learner = visit(server.url)
    learner.go()
    manifest = json.loads((sums / "manifest.webmanifest").read_text(encoding="utf-8"))

    assert manifest["name"] == "Sums"
    assert manifest["display"] == "standalone"
    assert all((sums / icon["src"]).exists() for icon in manifest["icons"])
    session = learner.context.new_cdp_session(learner.page)
    assert session.send("Page.getAppManifest")["errors"] == []
    errors = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [error["errorId"] for error in errors] == ["in-incognito"]  # as the test's browser is


def test_from_disk_there_is_neither(visit: Visit, sums: Path) -> None:
    learner = visit(sums)
    learner.go()
    learner.page.wait_for_timeout(1_300)

    assert learner.page.locator("link[rel=manifest]").count() == 0
    assert learner.said == []
