"""Parts of a site that a person points at: known by that person's word, with the page as proof."""

from dataclasses import replace

import pytest

from audit.measure.pointed import pointed_notes
from audit.model.company import PointedSection
from audit.model.exchange import Failure, Request
from audit.model.facts import PageFacts
from audit.model.kinds import PARTS
from audit.model.result import Window
from audit.model.site import Feature, Section, State
from audit.model.value import Reason
from scrapers.page.analyse import analyse
from scrapers.site.conclusion import conclude
from scrapers.site.look import Look
from tests.analysed import ACME, HOME, NOW, answer, page, rules

WINDOW = Window(as_of=NOW, lookback_days=365, timezone="UTC")
URL = f"{HOME}treff/"
START = page("<nav><a href='/treff/'>Treff</a></nav><h1>Acme</h1>")
PLAIN = "<title>Der Treff</title><main><h1>Treff</h1><p>Hier trifft man sich.</p></main>"
ENTRIES = "".join(
    f"<p class='e'><a href='/treff/{n}'>Eintrag Nummer {n}</a> <i>2026-0{n}-03</i></p>"
    for n in range(1, 6)
)


def part(kind: str, **selectors: str) -> PointedSection:
    return PointedSection(kind=kind, url=URL, place="c.yaml:7", **selectors)


def read(html: str, pointed: PointedSection) -> PageFacts:
    request = Request(url=URL, why="section of the list", depth=1, section=pointed)
    return analyse(answer(html, URL), request, rules())


def concluded(
    pointed: PointedSection, *pages: PageFacts, failures: tuple[Failure, ...] = ()
) -> tuple[Feature, dict[str, Section]]:
    """Return the finding of the part, and the sections of the site by their kind."""
    company = replace(ACME, sections=(pointed,))
    look = Look(company=company, pages=(START, *pages), failures=failures)
    found = conclude(rules(), look, WINDOW)
    (feature,) = [each for each in found.features if each.feature == pointed.kind]
    return feature, {section.channel: section for section in found.sections}


@pytest.mark.parametrize("kind", PARTS)
def test_a_part_is_known_by_the_word_of_a_person(kind: str) -> None:
    feature, sections = concluded(part(kind), read(PLAIN, part(kind)))
    assert (feature.state, feature.url, feature.vendor) == (State.KNOWN, URL, "")
    assert feature.confidence >= 0.95
    (proof,) = feature.evidence
    assert (proof.rule, proof.url) == ("config.section", URL)
    assert "Der Treff" in proof.excerpt
    assert "c.yaml:7" in proof.excerpt
    assert sections == {}


@pytest.mark.parametrize("kind", ["wiki", "newsletter", "knowledge-base", "reviews"])
def test_dated_entries_of_a_part_are_its_posts(kind: str) -> None:
    pointed = part(kind, item=".e", date="i")
    _, sections = concluded(pointed, read(ENTRIES, pointed))
    assert [post.title for post in sections[kind].posts][:1] == ["Eintrag Nummer 5"]
    assert len(sections[kind].posts) == 5


def test_the_dates_of_events_are_no_posts() -> None:
    _, sections = concluded(part("events"), read(ENTRIES, part("events")))
    assert sections == {}


def test_threads_count_by_a_date_that_a_person_points_at_and_not_by_their_last_reply() -> None:
    told = part("forum", item=".e", date="i")
    _, sections = concluded(told, read(ENTRIES, told))
    assert sum(post.published is not None for post in sections["forum"].posts) == 5
    plain = part("forum")
    rows = ENTRIES.replace("<i>", '<time class="lastpost">').replace("</i>", "</time>")
    _, sections = concluded(plain, read(f"<main>{rows}</main>", plain))
    assert len(sections["forum"].posts) == 5
    assert not any(post.published for post in sections["forum"].posts)


def test_a_part_that_could_not_be_read_says_why_and_makes_the_company_incomplete() -> None:
    gone = Failure(url=URL, reason=Reason.HTTP_404, detail="HTTP 404", failed_at=NOW)
    feature, sections = concluded(part("reviews"), failures=(gone,))
    assert "http-404" in feature.detail
    (note,) = pointed_notes((), tuple(sections.values()))
    assert (note.what, note.reason, note.incomplete) == ("reviews", Reason.HTTP_404, True)


def test_a_selector_that_matches_nothing_is_told() -> None:
    pointed = part("newsletter", item=".entry", date="i")
    _, sections = concluded(pointed, read(ENTRIES, pointed))
    (note,) = pointed_notes((), tuple(sections.values()))
    assert note.reason is Reason.BAD_CONTENT
    assert "`.entry`" in note.detail


def test_a_page_that_scripts_are_to_draw_proves_nothing() -> None:
    shell = "<div id='root'></div><script src='/a.js'></script><noscript>Enable JS</noscript>"
    assert not [mark for mark in read(shell, part("forum")).signals if mark.feature == "forum"]
