"""What cards, pages and reports say to a learner, by language; and what authors write in each.

`words_for("de-AT")` gives all words of a language, `say` fills one of them with numbers and texts.
"""

from mcqdeck.words._card import Alerts, Card
from mcqdeck.words._exam import Exam
from mcqdeck.words._message import CATEGORIES, Counted, Plural, form_of
from mcqdeck.words._practice import Practice, Progress
from mcqdeck.words._recognising import (
    Others,
    Pair,
    Section,
    others_of,
    pair_of,
    section_names,
    section_of,
)
from mcqdeck.words._saying import category, say
from mcqdeck.words._site import Site
from mcqdeck.words._source import Source
from mcqdeck.words._tags import (
    LANGUAGES,
    Direction,
    direction_of,
    english_name,
    is_language,
    meant_language,
    spoken_language,
)
from mcqdeck.words._words import (
    COUNTED,
    KEYS,
    Override,
    Words,
    closest_words,
    placeholders,
    unfit,
    words_for,
)

__all__ = [
    "CATEGORIES",
    "COUNTED",
    "KEYS",
    "LANGUAGES",
    "Alerts",
    "Card",
    "Counted",
    "Direction",
    "Exam",
    "Others",
    "Override",
    "Pair",
    "Plural",
    "Practice",
    "Progress",
    "Section",
    "Site",
    "Source",
    "Words",
    "category",
    "closest_words",
    "direction_of",
    "english_name",
    "form_of",
    "is_language",
    "meant_language",
    "others_of",
    "pair_of",
    "placeholders",
    "say",
    "section_names",
    "section_of",
    "spoken_language",
    "unfit",
    "words_for",
]
