"""Raw HTML is cut where a browser cuts it."""

from __future__ import annotations

import pytest

from mcqdeck.markdown.raw_html import pieces


@pytest.mark.parametrize(
    "name", ["script", "STYLE", "textarea", "title", "xmp", "iframe", "noembed", "noframes"]
)
def test_what_stands_in_an_element_of_text_is_no_tag(name: str) -> None:
    html = f"<{name} a='>'><b>x</b><!-- y --></{name} ><i>"

    assert [text for _, text in pieces(html)] == [f"<{name} a='>'>", f"</{name} >", "<i>"]


def test_an_element_of_text_without_an_end_takes_all_the_rest() -> None:
    assert [text for _, text in pieces("<i><plaintext><b></i>")] == ["<i>", "<plaintext>"]


def test_what_ends_an_element_of_text_begins_none() -> None:
    assert [text for _, text in pieces("</script><b>")] == ["</script>", "<b>"]
