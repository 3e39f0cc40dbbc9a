"""The parts of a site behind its doors: by phrases, by addresses, on other hosts."""

import pytest

from audit.model.company import Company
from audit.model.facts import PageFacts
from audit.model.result import Window
from audit.model.site import Section, State
from scrapers.site.features import decide_features
from scrapers.site.look import Look
from scrapers.site.sections import find_sections
from tests.analysed import ACME, HOME, NOW, page, rules

WINDOW = Window(as_of=NOW, lookback_days=365, timezone="UTC")
PROJECT = Company(name="Acme Pumps", website="https://acmepumps.foundation.example/")


def known(html: str, company: Company = ACME) -> set[str]:
    pages = (page(f'<html lang="en"><body>{html}</body></html>', company.website),)
    features = decide_features(Look(company=company, pages=pages), (), rules())
    return {feature.feature for feature in features if feature.state is State.KNOWN}


def sections(*pages: PageFacts, company: Company = ACME) -> dict[str, Section]:
    listed = find_sections(company, pages, (), (), rules().catalogue, WINDOW)
    return {section.channel: section for section in listed}


DOORS = [
    ('<nav><a href="/letters">Newsletters</a></nav>', "newsletter"),
    ('<footer><a href="/join-mail.html">Sign up for our emails</a></footer>', "newsletter"),
    ('<footer><a href="/x">Email sign-up</a></footer>', "newsletter"),
    ('<nav><a href="/help-faqs/">Frequently Asked Questions</a></nav>', "knowledge-base"),
    ('<nav><a href="/p-Pump-FAQ.aspx">Before you buy</a></nav>', "knowledge-base"),
    ('<nav><a href="/wiki/Pump_care">care</a></nav>', "wiki"),
    ('<nav><a href="/acme-wiki">Acme Pumps Wiki</a></nav>', "wiki"),
    ('<nav><a href="/x/"><b>Answers Forum</b><span>Share ideas</span></a></nav>', "forum"),
    ('<nav><a href="https://www.acmepumps.example/community/topics">Ask</a></nav>', "forum"),
    ('<nav><a href="/aktuell/">Unser Newsletter</a></nav>', "newsletter"),
    ('<nav><a href="/category/radio/pumps/">The Pump Podcast</a></nav>', "podcast"),
    ('<nav><a href="/p/pumpcast"><i class="icon-podcast"></i></a></nav>', "podcast"),
    ('<footer><a href="https://acmepumps.desk.example/">Help</a></footer>', "knowledge-base"),
    ('<nav><a href="https://wikis.parent.example/acmepumps/">Wiki</a></nav>', "wiki"),
]
NO_DOORS = [
    ('<nav><a href="/evaluations/">Evaluations</a></nav>', "reviews"),
    ('<nav><a href="/termine/">Termine</a></nav>', "events"),
    ('<nav><a href="/aid/">Help for schools</a></nav>', "knowledge-base"),
    ('<nav><a href="/aide/">Aide pour écoles</a></nav>', "knowledge-base"),
    ('<nav><a href="/c/wiki/12">Wiki posts</a></nav>', "wiki"),
    ('<main><a href="/support/what-is-a-wiki/">What is a wiki?</a></main>', "wiki"),
    ('<nav><a href="/account/new">Sign up with email</a></nav>', "newsletter"),
    ('<nav><a href="/category/reviews/">Reviews</a></nav>', "reviews"),
    ('<nav><a href="https://boards.jobs.example/acmepumps">Careers</a></nav>', "forum"),
    ('<main><a href="https://acmepumps.desk.example/">Help</a></main>', "knowledge-base"),
    ('<nav><a href="https://desk.example/rival/">Help</a></nav>', "knowledge-base"),
    ('<footer><a href="https://work.example/acmepumps/">Reviews</a></footer>', "reviews"),
]


@pytest.mark.parametrize(("html", "feature"), DOORS)
def test_a_door_is_known_by_a_phrase_an_address_or_an_account(html: str, feature: str) -> None:
    assert feature in known(html)


@pytest.mark.parametrize(("html", "feature"), NO_DOORS)
def test_what_speaks_of_something_else_is_no_door(html: str, feature: str) -> None:
    assert feature not in known(html)


EVENTS = '<nav><a href="https://www.foundation.example/events/">Events</a></nav>'


def test_the_pages_of_a_foundation_are_not_its_projects() -> None:
    assert "events" not in known(EVENTS, PROJECT)
    assert "events" in known(EVENTS.replace("events/", "acmepumps/events/"), PROJECT)
    assert "events" in known('<nav><a href="/events/">Events</a></nav>', PROJECT)


@pytest.mark.parametrize("part", ["shop", "forum", "de"])
def test_a_part_of_a_site_has_no_parent(part: str) -> None:
    company = Company(name="Foundation Forum", website=f"https://{part}.foundation.example/")
    assert "events" in known(EVENTS, company)


SECTIONS = {
    '<nav><a href="/letters/">Our Blog</a></nav>': "blog",
    '<nav><a href="/x/">Newsroom 2026</a></nav>': "news",
    '<nav><a href="/x/"><span>Latest</span><span>News</span></a></nav>': "news",
    '<nav><a href="/x/">Unsere Neuigkeiten</a></nav>': "news",
    '<nav><a href="/dev-blog/">Engineering</a></nav>': "blog",
    '<main><a href="/blog">Visit the blog of ours</a></main>': "blog",
    '<footer><a href="https://medium.com/@acmepumps">Blog</a></footer>': "blog",
    '<footer><a href="https://devblog.parent.example/acmepumps/">Blog</a></footer>': "blog",
    '<footer><a href="https://acmepumps.tumblr.com/">Blog</a></footer>': "blog",
}
NO_SECTIONS = [
    '<nav><a href="https://www.facebook.com/acmepumps">News</a></nav>',
    '<nav><a href="https://devblog.parent.example/rival/">Blog</a></nav>',
    '<main><a href="https://devblog.parent.example/acmepumps/">Blog</a></main>',
    '<nav><a href="/start">Start a blog</a></nav>',
    '<nav><a href="/articles/">Articles</a></nav>',
    '<nav><a href="/articulos/">Artículos</a></nav>',
    '<main><a href="/tags/podcast">podcast</a></main>',
    '<main><a href="/why-pumps">A look at the newest blog</a></main>',
]


@pytest.mark.parametrize("html", SECTIONS)
def test_a_section_that_was_not_read_is_promised_by_its_door(html: str) -> None:
    assert set(sections(page(html))) == {SECTIONS[html]}


@pytest.mark.parametrize("html", NO_SECTIONS)
def test_what_only_sounds_like_a_section_promises_none(html: str) -> None:
    assert sections(page(html)) == {}


def lessons(dated: str) -> PageFacts:
    rows = "".join(
        f'<article><h2><a href="/articles/{n}">How to mend a pump {n}</a></h2>{dated.format(n=n)}</article>'
        for n in range(1, 5)
    )
    return page(f"<main>{rows}</main>", f"{HOME}articles/", "menu: Articles")


def test_articles_without_dates_are_lessons_and_with_dates_a_blog() -> None:
    start = page('<nav><a href="/articles/">Articles</a></nav>')
    assert sections(start, lessons("")) == {}
    dated = sections(start, lessons('<time datetime="2026-0{n}-02"></time>'))
    assert len(dated["blog"].posts) == 4
