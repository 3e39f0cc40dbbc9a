"""Feeds of edits: of a wiki's recent changes, whatever its software."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from audit.model.facts import FeedPage, PageFacts
from audit.model.kinds import ActivityKind
from audit.model.result import Window
from audit.model.site import State
from scrapers.parse.feeds import read_feed
from scrapers.site.conclusion import conclude
from scrapers.site.look import Look
from scrapers.sources.source import sources
from tests.analysed import ACME, HOME, NOW, answer, page, rules

ANSWERS = Path(__file__).parents[1] / "sources"
WINDOW = Window(as_of=NOW, lookback_days=365, timezone="UTC")
NEWEST = datetime(2026, 11, 20, 9, tzinfo=UTC)
FEED = f"{HOME}changes.xml"
DOKUWIKI = f'<meta name="generator" content="DokuWiki"><link rel="alternate" type="application/rss+xml" href="{FEED}">'


def rdf(pattern: str, title: str = "Pump notes", count: int = 6) -> FeedPage:
    rows = "".join(
        f"<item><title>pump:{n}</title><link>{HOME}{pattern.format(n=n)}</link>"
        f"<dc:date>{NEWEST - timedelta(days=n):%Y-%m-%dT%H:%M:%S+00:00}</dc:date></item>"
        for n in range(count)
    )
    body = (
        '<?xml version="1.0"?><rdf:RDF xmlns="http://purl.org/rss/1.0/" '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>{title}</title><link>{HOME}</link></channel>{rows}</rdf:RDF>"
    )
    feed = read_feed(answer(body, FEED, "application/rdf+xml"))
    assert feed is not None
    return feed


def told(start: PageFacts, feed: FeedPage) -> tuple[set[str], dict[ActivityKind, object]]:
    """Return the sections of a site, and the activity of its wiki."""
    concluded = conclude(rules(), Look(company=ACME, pages=(start,), feeds=(feed,)), WINDOW)
    wikis = [f for f in concluded.features if f.feature == "wiki" and f.state is State.KNOWN]
    return (
        {section.channel for section in concluded.sections},
        {activity.kind: activity.value for wiki in wikis for activity in wiki.activity},
    )


EDITS = [
    "pump:{n}?rev=179{n}&amp;do=diff",
    "doku.php?id=pompe:{n}&amp;do=revisions",
    "w/index.php?title=Pumpe_{n}&amp;diff=9{n}&amp;oldid=8{n}",
    "notes/pump-{n}/_compare/4...5",
]


@pytest.mark.parametrize("pattern", EDITS)
def test_the_feed_of_a_wikis_edits_is_its_activity_and_no_blog(pattern: str) -> None:
    sections, activity = told(page("<p>Pumps</p>"), rdf(pattern))
    assert sections == set()
    assert activity == {ActivityKind.LAST_CHANGE: NEWEST}


def test_a_feed_that_a_wikis_software_names_is_of_its_changes_though_entries_do_not_say_so() -> (
    None
):
    sections, activity = told(page(f"<head>{DOKUWIKI}</head><p>Pumps</p>"), rdf("pump:{n}"))
    assert sections == set()
    assert activity == {ActivityKind.LAST_CHANGE: NEWEST}


def test_a_blog_beside_the_pages_of_a_wiki_stays_a_blog() -> None:
    start = page(f"<head>{DOKUWIKI}</head><p>Pumps</p>")
    sections, _ = told(start, rdf("blog:{n}", title="Blog"))
    assert sections == {"blog"}


@pytest.mark.parametrize("pattern", ["story-{n}", "revised/{n}", "history-of-pumps/{n}"])
def test_a_feed_of_articles_is_no_feed_of_edits(pattern: str) -> None:
    sections, activity = told(page("<p>Pumps</p>"), rdf(pattern))
    assert sections == {"blog"}
    assert activity == {}


def test_an_edit_after_the_last_new_page_is_the_last_change_of_a_wiki() -> None:
    listed = sources()["dokuwiki"].read(
        answer((ANSWERS / "dokuwiki.xml").read_text("utf-8"), f"{HOME}feed.php?onlynewpages=1")
    )
    assert listed is not None
    look = Look(company=ACME, pages=(page(DOKUWIKI),), feeds=(rdf(EDITS[0]),), sources=(listed,))
    concluded = conclude(rules(), look, WINDOW)
    (wiki,) = [each for each in concluded.features if each.feature == "wiki"]
    assert [activity.value for activity in wiki.activity] == [NEWEST]
    (section,) = concluded.sections
    assert (section.channel, len(section.posts), section.truncated) == ("wiki", 2, True)
