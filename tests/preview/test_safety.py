"""What a bank brings can do nothing, and nobody but the author's own page is answered."""

from __future__ import annotations

import http.client
import json
import os
import socket
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from mcqdeck.preview.serving import bound
from tests.conftest import needs_unix
from tests.preview.conftest import BEES, Page, Served, write_bank

Look = Callable[..., Page]
VECTORS = Path(__file__).parents[1] / "vectors"
TEXTS = [
    text
    for name in ("unsafe.txt", "harmless.txt")
    for text in (VECTORS / name).read_text(encoding="utf-8").removesuffix("\n").split("\n----\n")
]
ACTS = '<img src=x onerror="alert(1)"><script>alert(2)</script>'


def ask(
    preview: Served,
    path: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
) -> tuple[int, dict[str, str], bytes]:
    """A request as it is given, and what comes back: status, headers, body."""
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=10)
    own = {"Host": f"127.0.0.1:{preview.port}", **(headers or {})}
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    for name, value in own.items():
        connection.putheader(name, value)
    if body is not None:
        connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body)
    response = connection.getresponse()
    answer = response.read()
    answer_headers = {name.lower(): value for name, value in response.getheaders()}
    connection.close()
    return response.status, answer_headers, answer


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost:80", "127.0.0.1.evil.example:{port}",
     "[::1]:{port}", "0.0.0.0:{port}", "", "127.0.0.1:{port}@evil.example", "demo.local:{port}"],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/api/outline", "/frame", "/api/updates", "/api/fix"])
def test_only_this_machines_own_names_are_answered(resting: Served, host: str, path: str) -> None:
    status, _, body = ask(resting, path, headers={"Host": host.format(port=resting.port)})

    assert status == 403
    assert b"honey" not in body


def test_both_names_of_the_loopback_are_answered(resting: Served) -> None:
    for name in ("127.0.0.1", "localhost", "LOCALHOST"):
        status, _, body = ask(resting, "/api/outline", headers={"Host": f"{name}:{resting.port}"})
        assert status == 200
        assert b"honey" in body


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "https://127.0.0.1:{port}"},
        {"Origin": "http://localhost:{port}"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
    ],
)
@pytest.mark.parametrize(
    "path", ["/", "/api/outline", "/api/question?key=x", "/page/main.js", "/frame"]
)
def test_no_other_page_is_answered(resting: Served, headers: dict[str, str], path: str) -> None:
    own = {name: value.format(port=resting.port) for name, value in headers.items()}

    assert ask(resting, path, headers=own)[0] == 403


def test_a_link_to_the_page_may_be_followed(resting: Served) -> None:
    visit = {
        "Sec-Fetch-Site": "cross-site",
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Dest": "document",
    }

    assert ask(resting, "/", headers=visit)[0] == 200
    assert ask(resting, "/api/outline", headers=visit)[0] == 403
    assert ask(resting, "/frame", headers=visit)[0] == 403


def fix_request(preview: Served, body: bytes, **headers: str) -> int:
    own = {"Content-Type": "application/json", **headers}
    return ask(preview, "/api/fix", method="POST", headers=own, body=body)[0]


def test_only_the_page_may_have_something_fixed(preview: Served) -> None:
    capitals = BEES.replace("[x]", "[X]")
    preview.save("01-bees.md", capitals)
    origin = f"http://127.0.0.1:{preview.port}"

    assert fix_request(preview, b'{"all": true}') == 403
    assert fix_request(preview, b'{"all": true}', Origin="http://evil.example") == 403
    assert fix_request(preview, b'{"all": true}', Origin="null") == 403
    assert (
        fix_request(preview, b'{"all": true}', Origin=origin, **{"Sec-Fetch-Site": "cross-site"})
        == 403
    )
    for method in ("GET", "PUT", "DELETE", "OPTIONS"):
        assert ask(preview, "/api/fix", method=method, headers={"Origin": origin})[0] == 405
    assert fix_request(preview, b"{", Origin=origin) == 400
    assert fix_request(preview, b'{"handle": 3}', Origin=origin) == 400
    assert fix_request(preview, b'"' + b"a" * 10_000 + b'"', Origin=origin) == 413
    assert preview.read("01-bees.md") == capitals


PATHS = [
    *("/media/x", "/media/", "/media/../deck.toml", "/page/../app.py", "/page/%2e%2e/app.py"),
    *(
        "/page/..%2fapp.py",
        "/page/frame.js",
        "/page/frame.html",
        "/../../etc/passwd",
        "//etc/passwd",
    ),
    *(
        "/page/%00",
        "/page/main.js%00.html",
        "/page/..%5capp.py",
        "http://evil.example/api/rule/no-rule",
        "/page/",
        "/api/",
        "/api/rule/no-rule",
        "/api/rule/..%2f..",
        "/source/deck.toml",
    ),
]


@pytest.mark.parametrize("path", PATHS)
def test_no_other_file_is_served(resting: Served, path: str) -> None:
    assert ask(resting, path)[0] == 404


def media_of(preview: Served, key: str) -> list[str]:
    """The paths of the images of a question's cards."""
    answer = json.loads(ask(preview, f"/api/question?key={quote(key, safe='')}")[2])
    back = answer["cards"][0]["back"]
    return [urlsplit(piece.split('"')[0]).path for piece in back.split('src="')[1:]]


def test_only_the_media_that_a_card_shows_are_served(preview: Served, tmp_path: Path) -> None:
    (tmp_path / "secret.svg").write_text("<svg>secret</svg>", encoding="utf-8")
    (preview.folder / "media" / "other.svg").write_text("<svg>other</svg>", encoding="utf-8")
    [path] = media_of(preview, "02-spiders.md#webs")
    folder = path.rpartition("/")[0]

    status, headers, body = ask(preview, path, headers={"Origin": "null"})
    assert status == 200
    assert headers["content-type"] == "image/svg+xml"
    assert "sandbox" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert b"<circle" in body
    for name in (
        *("other.svg", "media/web.svg", "web.svg", "../deck.toml", "..%2fdeck.toml", "%2e%2e/x"),
        *("....//deck.toml", "..%5cdeck.toml", "%00", "", ".", "demo-web-0000000000.svg"),
    ):
        assert ask(preview, f"{folder}/{name}")[0] == 404, name
    assert ask(preview, f"/media/wrong/{path.rpartition('/')[2]}")[0] == 404


@needs_unix
def test_a_picture_that_becomes_a_link_to_elsewhere_is_not_served(
    preview: Served, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text("<svg>secret</svg>", encoding="utf-8")
    [path] = media_of(preview, "02-spiders.md#webs")
    picture = preview.folder / "media" / "web.svg"
    picture.unlink()
    picture.symlink_to(secret)

    assert ask(preview, path)[0] == 404
    picture.unlink()
    os.mkfifo(picture)
    assert ask(preview, path)[0] == 404


def test_a_chapter_that_links_out_of_the_bank_is_not_read(preview: Served, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("# Secret\n\n## secret-key\n\nWhat?\n\n- [x] a\n- [ ] b\n", encoding="utf-8")
    (preview.folder / "09-secret.md").symlink_to(secret)
    preview.waits_until(lambda: preview.session.snapshot.has_errors)

    assert b"secret-key" not in ask(preview, "/api/outline")[2]


def test_sounds_are_served_in_parts(preview: Served) -> None:
    preview.save("media/buzz.mp3", bytes(range(256)))
    preview.replace("02-spiders.md", "![A web](media/web.svg)", "![Buzz](media/buzz.mp3)")
    question = "/api/question?key=02-spiders.md%23webs"
    preview.waits_until(lambda: b"buzz" in ask(preview, question)[2])
    [path] = media_of(preview, "02-spiders.md#webs")

    def part(asked: str) -> tuple[int, str | None, bytes]:
        status, headers, body = ask(preview, path, headers={"Range": asked})
        return status, headers.get("content-range"), body

    whole = bytes(range(256))
    assert part("bytes=0-9") == (206, "bytes 0-9/256", whole[:10])
    assert part("bytes=250-") == (206, "bytes 250-255/256", whole[250:])
    assert part("bytes=-6") == (206, "bytes 250-255/256", whole[250:])
    assert part("bytes=200-9999") == (206, "bytes 200-255/256", whole[200:])
    assert part("bytes=256-") == (416, "bytes */256", b"")
    for odd in ("bytes=-", "bytes=1-2,4-5", "lines=1-2", "bytes=x-y", "bytes=" + "9" * 99 + "-"):
        assert part(odd)[0] == 200
    assert part("bytes=9-2")[0] == 416


def test_every_answer_has_a_policy_and_is_not_stored(resting: Served) -> None:
    for path in ("/", "/page/main.js", "/frame", "/api/outline", "/nothing"):
        headers = ask(resting, path)[1]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store"
        assert "server" not in headers
    page = ask(resting, "/")[1]["content-security-policy"]
    assert "unsafe" not in page
    assert "frame-ancestors 'none'" in page
    frame = ask(resting, "/frame")[1]["content-security-policy"]
    assert "sandbox allow-scripts" in frame
    assert "allow-same-origin" not in frame
    assert "unsafe-inline'" not in frame.replace("style-src 'unsafe-inline'", "")


def test_only_the_loopback_address_listens() -> None:
    with bound(8765) as listener:
        host, port = listener.getsockname()
        assert host == "127.0.0.1"
        own = socket.gethostbyname(socket.gethostname())
        with socket.socket() as other:
            other.settimeout(1)
            is_reached = other.connect_ex((own, port)) == 0
        assert not is_reached or own.startswith("127.")


def test_the_frame_reaches_nothing(look: Look) -> None:
    page = look(hears=False).go("01-bees.md#honey")
    page.card.locator("main.live").wait_for()
    card = page.page.frames[1]

    assert card.evaluate("origin") == "null"
    for script in (
        "parent.document.title",
        "top.location.href",
        "document.cookie",
        "localStorage.length",
        "indexedDB.open('x') && 'opened'",
        "top.location = 'https://example.org'",
    ):
        outcome = card.evaluate(
            f"() => {{ try {{ return ({script}) ?? '' }} catch (e) {{ return e.name }} }}"
        )
        assert outcome in ("SecurityError", ""), script
    assert page.page.url.startswith(page.url)
    for script in (
        "fetch('/api/outline').then(() => 'reached')",
        "fetch('https://example.org').then(() => 'reached')",
        "new Promise((yes, no) => { const i = new Image(); i.onload = () => yes('reached');"
        " i.onerror = no; i.src = '/page/icon.svg' })",
        "new Promise((yes) => { const s = document.createElement('script');"
        " s.textContent = 'window.acted = 1'; document.body.append(s);"
        " yes(window.acted ?? 'not') })",
        "import('data:text/javascript,1').then(() => 'reached')",
    ):
        outcome = card.evaluate(f"() => ({script}).catch(() => 'refused')")
        assert outcome in ("refused", "not"), script


def test_the_card_hears_the_page_only_and_tells_it_little(look: Look) -> None:
    page = look(hears=False).go("01-bees.md#honey")
    page.card.locator("main.live").wait_for()
    card = page.page.frames[1]
    for message in (
        "{ type: 'stored', stored: null }",
        "{ type: 'stored', stored: { mcqdeck: '{' } }",
        "{ type: 'scrolled', scroll: {} }",
        "{ type: 'fault', text: '<img src=x onerror=alert(1)>' }",
        "{ type: 'key', key: '__proto__' }",
        "{ type: 'key', key: 'constructor' }",
        "{ type: 'shown', number: 'x' }",
        "null",
        "'text'",
    ):
        card.evaluate(f"() => parent.postMessage({message}, '*')")
    page.says("#notes", "<img src=x onerror=alert(1)>")

    page.press("Space")
    page.card.locator("main.back.live").wait_for()
    page.press("Space", "j")
    page.waits_for_key("01-bees.md#dance")


def noting(acted: list[str]) -> Callable[[Any], None]:
    """Notes what dialogs say, and closes them."""

    def note(dialog: Any) -> None:
        acted.append(dialog.message)
        dialog.dismiss()

    return note


def refusing(asked: list[str]) -> Callable[[Any], None]:
    """Notes what is asked for, and lets none through."""

    def refuse(route: Any) -> None:
        asked.append(route.request.url)
        route.abort()

    return refuse


def test_texts_of_a_bank_are_texts_on_the_page(look: Look, preview: Served) -> None:
    acted: list[str] = []
    page = look(hears=False)
    page.page.on("dialog", noting(acted))
    hostile = BEES.replace("What do bees", f"{ACTS} What do bees").replace(
        "# 1 Bees", f"# {ACTS} Bees"
    )
    hostile = hostile.replace("tags: [insects]", "tags: ['<img src=x onerror=alert(3)>']")
    preview.save("01-bees.md", hostile.replace("level: recall", "level: '<b onclick=alert(4)>'"))
    title = json.dumps(f"{ACTS} title")
    preview.save("deck.toml", preview.read("deck.toml").replace('"Demo bank"', title))
    preview.save("style.css", "</style><script>alert(5)</script><style>")
    for path in ("", "#/release", "#/bank", "#/q/01-bees.md%23honey"):
        page.open(path)
        page.settles()
    page.waits_for_key("01-bees.md#honey")

    assert acted == []
    assert page.page.evaluate("document.querySelectorAll('body img, #source b').length") == 0
    assert "<script>alert(2)" in page.page.locator("#title").inner_text()


def test_no_vector_acts_in_the_preview(look: Look, preview: Served, browser: Any) -> None:
    context = browser.new_context()
    context.set_default_timeout(60_000)
    acted: list[str] = []
    page = look(context=context, hears=False)
    page.page.on("dialog", noting(acted))
    context.on("page", lambda other: acted.append(f"page {other.url}"))

    def watch(route: Any) -> None:
        if not route.request.url.startswith(preview.url):
            acted.append(f"request {route.request.url}")
            route.abort()
        else:
            route.continue_()

    context.route("**/*", watch)
    acted.clear()
    indented = ["\n".join(f"  {line}" for line in text.split("\n")).strip() for text in TEXTS]
    for number, (text, inside) in enumerate(zip(TEXTS, indented, strict=True)):
        options = f"- [x] {inside}\n- [ ] no"
        question = f"## v{number}\n\n{text}\n\n{options}\n\n### Explanation\n\n{text}\n"
        write_bank(preview.folder, {f"v{number:03}.md": f"# Vector {number}\n\n{question}"})
    last = f"v{len(TEXTS) - 1:03}.md#v{len(TEXTS) - 1}"
    preview.waits_until(lambda: preview.session.snapshot.find(last) and preview.is_done())
    shown = [
        question.entry.id
        for chapter in preview.session.snapshot.chapters
        for question in chapter.questions
    ]
    assert set(shown) >= {f"v{number}" for number in range(len(TEXTS))}
    page.open("#/q/v000.md%23v0")
    page.waits_for_key("v000.md#v0")
    page.press("Space")
    for _ in range(len(TEXTS)):
        page.press("j")
        page.page.wait_for_function(
            """() => document.querySelector("#list a[aria-current]").dataset.key ===
              document.getElementById("stage").dataset.key"""
        )
    assert page.key() == last
    page.page.wait_for_timeout(300)  # in which nothing may happen

    assert acted == []
    context.close()


def test_remote_pictures_are_not_asked_for(look: Look, preview: Served, browser: Any) -> None:
    context = browser.new_context()
    context.set_default_timeout(60_000)
    asked: list[str] = []
    context.route("https://**", refusing(asked))
    preview.replace(
        "01-bees.md", "What do bees", "![Bee](https://example.org/bee.png) What do bees"
    )
    preview.save(
        "style.css",
        "@import url(https://example.org/a.css);\n"
        ".mcq { background: url(https://example.org/b.png) }",
    )
    page = look(context=context, hears=False).go("01-bees.md#honey")
    page.sees("What do bees")
    page.page.wait_for_timeout(300)  # in which nothing may happen

    assert asked == []
    context.close()
