"""What of a bank's description Anki takes out: it is Markdown below the name of the deck."""

from __future__ import annotations

from mcqdeck.diagnostic import Collector, Diagnostic
from mcqdeck.markdown import excerpt
from mcqdeck.model import Config, Place
from mcqdeck.render import field_mistakes, safety
from mcqdeck.render.marks import Kind, marks_of


def check_description(config: Config) -> tuple[Diagnostic, ...]:
    """What learners would miss in the description: markup that may not act, and images.

    See `sanitize_html_no_images` in
    https://github.com/ankitects/anki/blob/main/rslib/src/text.rs.
    """
    text = config.description.strip().replace("\r\n", "\n")
    if not text:
        return ()
    passage = excerpt(text)
    html, marks = passage.html(), tuple(marks_of(passage))
    collector = Collector(field_mistakes.MISTAKES)
    where = dict(config.places).get("description", Place(config.path))
    too_many = safety.too_many_tags(marks)
    losses = [too_many] if too_many else list(safety.losses(html, safety.clean(html), marks))
    for loss in losses:
        collector.report(
            field_mistakes.unsafe_html, where, f"in the description: {loss.message}", loss.help
        )
    has_image = "<img" in html and not any("<img" in loss.message for loss in losses)
    if has_image or any(mark.kind is Kind.IMAGE for mark in marks):
        collector.report(
            field_mistakes.unsafe_html,
            where,
            "in the description: Anki shows no images below a deck's name",
            "describe it in words, or put the image into a question",
        )
    return tuple(collector.diagnostics)
