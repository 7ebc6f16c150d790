"""Whether the card speaks the language of its bank."""

from __future__ import annotations

from mcqdeck.diagnostic import Collector, Diagnostic
from mcqdeck.model import Place, RenderedBank
from mcqdeck.pack import package_mistakes
from mcqdeck.words import english_name, spoken_language


def check_language(bank: RenderedBank) -> tuple[Diagnostic, ...]:
    """Tells of a language in which there are no words, so that English ones are taken.

    A bank with words of its own knows.
    """
    config = bank.config
    collector = Collector(package_mistakes.MISTAKES)
    if not config.words and spoken_language(config.language) is None:
        where = dict(config.places).get("language", Place(config.path))
        collector.report(
            package_mistakes.language_without_words, where, english_name(config.language)
        )
    return tuple(collector.diagnostics)
