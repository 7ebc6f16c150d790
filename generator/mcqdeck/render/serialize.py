"""From the tree of blocks to HTML, in the form in which nh3 writes it."""

from __future__ import annotations

from typing import cast
from xml.etree.ElementTree import Element

from mcqdeck.render import math
from mcqdeck.render.block import Block
from mcqdeck.render.code import code_block

# Blocks that hold text; `tight` is a paragraph in a list that is shown without `<p>`.
TEXT_BLOCKS = frozenset({"p", "tight", "h1", "h2", "h3", "h4", "h5", "h6", "th", "td"})


def serialize(root: Element) -> str:
    """The HTML of a tree."""
    output: list[str] = []
    _write_all(root, output)
    return "".join(output)


def _write_all(parent: Element, output: list[str]) -> None:
    for element in parent:
        _write(cast(Block, element), output)


def _write(block: Block, output: list[str]) -> None:
    tag = block.tag
    if tag == "p":
        output.append(f"<p>{block.text}</p>\n")
    elif tag in {"tight", "html"}:
        output.append(f"{block.text}\n")
    elif tag in TEXT_BLOCKS:
        side = f' align="{block.get("align")}"' if block.get("align") else ""
        output.append(f"<{tag}{side}>{block.text}</{tag}>\n")
    elif tag in {"code", "math"}:
        output.append(_verbatim(block))
    elif tag == "hr":
        output.append("<hr>\n")
    elif tag == "li":
        _write_item(block, output)
    else:
        start = f' start="{block.number}"' if tag == "ol" and block.number != 1 else ""
        output.append(f"<{tag}{start}>\n")
        _write_all(block, output)
        output.append(f"</{tag}>\n")


def _verbatim(block: Block) -> str:
    if block.tag == "code" and block.info != "math":
        return code_block(block.source + "\n" if block.lines else "", block.info)
    formula = block.source.strip()
    if block.tag == "math":
        formula = formula.removeprefix("$$").removesuffix("$$")
    return f"<p>{math.display(formula)}</p>\n"


def _write_item(block: Block, output: list[str]) -> None:
    output.append("<li>")
    if len(block) and block[0].tag != "tight":
        output.append("\n")
    _write_all(block, output)
    if len(block) and block[-1].tag == "tight":
        output[-1] = output[-1].removesuffix("\n")
    output.append("</li>\n")
