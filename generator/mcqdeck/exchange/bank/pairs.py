"""True and False in the language of a bank."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mcqdeck.exchange.item import Contents, Item, Text

# fmt: off
_PAIRS: Mapping[str, tuple[str, str]] = {
    "ca": ("Cert", "Fals"), "cs": ("Pravda", "Nepravda"), "da": ("Sandt", "Falsk"),
    "de": ("Wahr", "Falsch"), "es": ("Verdadero", "Falso"), "fi": ("Tosi", "Epätosi"),
    "fr": ("Vrai", "Faux"), "it": ("Vero", "Falso"), "nb": ("Sant", "Usant"),
    "nl": ("Waar", "Onwaar"), "no": ("Sant", "Usant"), "pl": ("Prawda", "Fałsz"),
    "pt": ("Verdadeiro", "Falso"), "ru": ("Верно", "Неверно"), "sv": ("Sant", "Falskt"),
    "tr": ("Doğru", "Yanlış"), "uk": ("Правда", "Неправда"),
}
# fmt: on


def in_language(contents: Contents, language: str) -> Contents:
    """The contents with True and False in that language, as far as they are known in it."""
    pair = _PAIRS.get(language.split("-", maxsplit=1)[0].lower())
    if pair is None or not any(item.is_true_false for item in contents.items):
        return contents
    words = {"True": pair[0], "False": pair[1]}
    return replace(contents, items=tuple(_in_words(item, words) for item in contents.items))


def _in_words(item: Item, words: Mapping[str, str]) -> Item:
    if not item.is_true_false:
        return item
    options = tuple(
        replace(option, text=Text(words.get(option.text.markdown, option.text.markdown)))
        for option in item.options
    )
    return replace(item, options=options, is_true_false=False, keeps_order=True)
