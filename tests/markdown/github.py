"""GitHub's own engine as the oracle: what it makes of a text, and ours of the same."""

from __future__ import annotations

import re

import cmarkgfm
from cmarkgfm.cmark import Options

from mcqdeck.markdown import Style, parse, to_html

STYLE = Style(formula=("$", "$"), display=("$$", "$$"), box="\u2610", checked_box="\u2611")


def by_github(text: str) -> str:
    """The page that GitHub's engine makes, in the form of `same`."""
    options = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
    html = cmarkgfm.github_flavored_markdown_to_html(text, options)
    html = html.replace('<input type="checkbox" disabled="" />', "\u2610")
    html = html.replace('<input type="checkbox" checked="" disabled="" />', "\u2611")
    return same(html)


def by_us(text: str) -> str:
    """The page that our engine makes, in the form of `same`."""
    return same(to_html(parse(text), style=STYLE))


def same(html: str) -> str:
    """HTML without comments, highlighting, and ways to write the same; white space between blocks
    goes too, but in `<pre>`, where it shows."""
    html = re.sub("<!--.*?-->", "", html, flags=re.DOTALL)
    html = re.sub(r"<pre( lang=[^>]*)?><code( class=[^>]*)?>", "<pre><code>", html)
    html = re.sub(r"</?span[^>]*>", "", html)
    html = re.sub(r' ?<a href="#fnref[^>]*>\u21a9(?:<sup[^>]*>\d+</sup>)?</a>', "", html)
    html = re.sub(
        r'<(sup|section|a|li)( [a-z-]+="(?:#fn|fn|footnote)[^>]*)?( data-[^>]*)?>', _bare, html
    )
    html = html.replace(" />", ">").replace("&quot;", '"').replace("&#x27;", "'")
    html = html.replace("\xa0", "&nbsp;")
    parts = re.split(r"(<pre>.*?</pre>)", html, flags=re.DOTALL)
    block = r"</?(?:p|ul|ol|li|blockquote|table|thead|tbody|tr|th|td|h\d|hr|section)(?: [^>]*)?>"
    for position in range(0, len(parts), 2):
        parts[position] = re.sub(rf"\s*({block})\s*", r"\1", parts[position])
    return re.sub(rf"(\s*)({block})(<pre>)", r"\2\3", "".join(part.strip() for part in parts))


def _bare(match: re.Match[str]) -> str:
    """A tag without what only leads to footnotes and back."""
    return f"<{match[1]}>" if match[2] or match[3] else match[0]
