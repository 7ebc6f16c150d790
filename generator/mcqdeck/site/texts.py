"""What goes from fields of cards onto pages: files at their addresses, formulas as MathML."""

from __future__ import annotations

from collections.abc import Mapping

from mcqdeck.model import Place
from mcqdeck.pack.faces import with_addresses
from mcqdeck.render.mathml import typeset
from mcqdeck.site.media import with_sizes, without_remote_images


class Texts:
    """Makes HTML of fields ready for pages, and gathers the formulas that stayed as their source.

    `sizes` are those of images by their names in the package. `unread` pairs a formula with the
    place of its question, each formula of a question once.
    """

    def __init__(self, sizes: Mapping[str, tuple[int, int]]) -> None:
        self._sizes = sizes
        self.unread: dict[tuple[str, Place], None] = {}

    def ready(self, html: str, addresses: Mapping[str, str], where: Place) -> str:
        """The HTML of a field for a page from which media have these `addresses`."""
        if any(sign in html for sign in ("<img", "<audio", "<video", "[sound:")):
            html = with_addresses(
                with_sizes(without_remote_images(html), self._sizes),
                lambda name: addresses.get(name, name),
            )
        typeset_html = typeset(html)
        for formula in typeset_html.unread:
            self.unread.setdefault((formula, where))
        return typeset_html.html
