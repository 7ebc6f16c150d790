"""What every page of a practice site says: navigation, questions, search, paper."""

from __future__ import annotations

from dataclasses import dataclass

from mcqdeck.words._message import Counted


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Site:
    """Names of pages, and words that more than one of them has."""

    practice: str
    """Name of the page where questions are answered one by one."""
    flashcards: str
    """Name of the page where cards are turned over."""
    exam: str
    """Name of the page with a test against the clock."""
    questions: str
    """Name of the list of all questions."""
    progress: str
    """Name of the page that shows what was right and wrong so far."""
    search: str
    """Name of the search, and of its button."""
    paper_test: str
    """Name of the page that makes a test to print."""
    about: str
    """Name of the page about the bank: its authors, its licence."""
    home: str
    """Name of the first page."""
    skip: str
    """Link for keyboards and screen readers, past the navigation."""
    menu: str
    """For screen readers: the navigation."""
    start: str
    """Button: begins."""
    next: str
    """Button: to what comes next."""
    previous: str
    """Button: to what came before."""
    cancel: str
    """Button: leaves everything as it is."""
    close: str
    """Button: closes what was opened."""
    appearance: str
    """Choice between light and dark."""
    light: str
    """Dark text on a light page."""
    dark: str
    """Light text on a dark page."""
    system: str
    """Light or dark as the device has it."""
    chapter: str
    """Label: part of the bank."""
    objective: str
    """Label: what a learner should be able to do."""
    level: str
    """Label: how deep a question goes."""
    difficulty: str
    """Label: how hard a question is, from 1 to 5."""
    tag: str
    """Label: a keyword that questions share."""
    everything: str
    """In a list to choose from: no restriction."""
    question_number: str
    """Where in a series one is."""
    question_count: Counted
    """A number of questions, by itself."""
    minute_count: Counted
    """A number of minutes, by itself."""
    percent: str
    """A share of 100, as the language writes it."""
    show_answer: str
    """Button: shows the answer and all that explains it."""
    link: str
    """A question's own address."""
    source: str
    """Link to the text from which the page was made."""
    report_hint: str
    """Below what is said about the bank: how a mistake in a question is told of."""
    search_label: str
    """For screen readers and in the empty field: what can be searched."""
    result_count: Counted
    """How many questions a search found."""
    nothing_found: str
    """A search found nothing; `{query}` is what was searched."""
    answer_key: str
    """Heading of the right answers at the end of a paper test."""
    with_explanations: str
    """Choice: explanations are printed with the answers."""
    name: str
    """On paper, before a line to write on: who takes the test."""
    date: str
    """On paper, before a line to write on: the day."""
    print: str
    """Button: prints."""
    anki_offer: str
    """Link: downloads the package for the program Anki."""
    anki_difference: str
    """What Anki does that this site does not."""
    keyboard: str
    """Heading of the list of keys."""
    needs_script: str
    """Where a browser runs no script."""
    offline: str
    """The site is saved on the device."""
    install: str
    """Button: installs the site as an app."""
    new_version: str
    """The bank has changed since the page was opened."""
    reload: str
    """Button: opens the page again, in its new version."""
    not_loaded: str
    """A part of the site could not be fetched."""
