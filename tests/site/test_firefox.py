"""The same in Firefox: from disk, from a server, and without network."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.site.banks import write_bank
from tests.site.conftest import EXAM, Server, make_site
from tests.site.firefox import Firefox

Serve = Callable[[Path], Server]


@pytest.fixture(params=["disk", "server"])
def address(request: pytest.FixtureRequest, sums: Path, serve: Serve) -> str:
    return f"{sums.as_uri()}/" if request.param == "disk" else serve(sums).url


def show(firefox: Firefox, address: str, view: str) -> None:
    firefox.go(f"{address}index.html#/{view}")
    firefox.wait(f"document.documentElement.dataset.shown === '#/{view}'")


def test_a_learner_does_everything(firefox: Firefox, address: str) -> None:
    show(firefox, address, "practice?chapter=01-chapter")
    assert firefox.run("return Site.learner.isKept()") is True
    firefox.click("#view form [type=submit]")
    firefox.click(".choices [role][data-option=a]")
    firefox.click(".actions .primary")
    assert firefox.text(".verdict p").startswith("✓")
    firefox.reload()
    assert firefox.text(".verdict p").startswith("✓")
    firefox.type(".stem", "f")
    firefox.wait("document.querySelector('[data-flag]').getAttribute('aria-pressed') === 'true'")

    show(firefox, address, "cards?chapter=02-chapter")
    firefox.click("#view form [type=submit]")
    firefox.wait("document.activeElement.matches('.stem')")
    firefox.type(".stem", " ")
    firefox.click(".actions .knew")
    firefox.wait("Site.learner.answers().length === 2")

    show(firefox, address, "exam")
    firefox.click("#view form [type=submit]")
    firefox.click(".choices [role][data-option=b]")
    firefox.click(".strikes .button")
    firefox.wait("document.querySelector('.struck')")
    firefox.wait("Site.learner.session('exam').then(kept => kept.exam.struck[kept.ids[0]])")
    firefox.reload()
    firefox.wait("document.querySelector('.choices [aria-checked=true][data-option=b]')")
    assert firefox.text(".time").startswith(("15:", "16:"))
    firefox.click(".session-tools > .button:last-child")
    firefox.click("#view main .primary")
    firefox.click("dialog .primary")
    assert firefox.text(".score") == "0 of 6 right (0%)"
    firefox.wait("Site.learner.answers().length === 3")

    show(firefox, address, "search")
    firefox.type("[type=search]", '"twice 5"')
    firefox.wait("document.querySelector('mark')")
    assert firefox.text(".found-list a") == "What is 5 + 5?"

    show(firefox, address, "paper?chapter=03-chapter")
    firefox.click("#view form [type=submit]")
    firefox.wait("document.querySelectorAll('.paper-question').length === 4")

    show(firefox, address, "progress")
    seen = firefox.text("#view .figures dd")
    assert seen in ("1 / 12", "2 / 12")  # chance may ask in the exam what was practised
    firefox.click("#view .danger")
    firefox.click("dialog .primary")
    firefox.wait("document.querySelector('#view .figures dd').textContent === '0 / 12'")

    firefox.go(f"{address}q/q7.html")
    firefox.click("summary")
    assert "One too many for 7." in firefox.text(".reveal")


def test_after_one_visit_it_works_without_network(
    firefox: Firefox, tmp_path: Path, serve: Serve
) -> None:
    bank = write_bank(tmp_path / "bank", settings=EXAM, id_="offline")
    server = serve(make_site(bank, tmp_path / "site"))
    show(firefox, server.url, "")
    firefox.wait("document.documentElement.dataset.offline === 'kept'")
    server.stop()

    firefox.reload()
    show(firefox, server.url, "practice?chapter=03-chapter")
    firefox.click("#view form [type=submit]")
    firefox.click(".choices [role][data-option=a]")
    firefox.click(".actions .primary")
    assert firefox.text(".verdict p").startswith("✓")
