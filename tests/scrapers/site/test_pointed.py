"""A visit with what a person points at: sections, figures, further sites of the company."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from audit.crew.company import window_for
from audit.model.company import (
    BrowserMode,
    Company,
    Competitors,
    Ignored,
    Overrides,
    PointedFigure,
    PointedSection,
    Settings,
)
from audit.model.site import Section, State
from audit.model.value import Known, Reason, Unknown
from audit.model.visit import Visit
from audit.plan import plan, settings_of
from tests.fake_session import HOME, WINDOW, FakeSession, planned, visited

ACME = Company(name="Acme", website=HOME)
BLOG = PointedSection(
    kind="blog",
    url=f"{HOME}logg/",
    item=".rad",
    title=".namn",
    date=".dag",
    next="a.mer",
    place="c.yaml:5",
)
LINKED = '<nav><a href="/logg/">Loggen</a></nav><p>Pumps since 1961'


def rows(*days: str, more: str = "") -> str:
    """A page of entries in a shape that no rule knows: no link, no heading, no date marked up."""
    entries = "".join(
        f"<div class=rad><b class=namn>Anteckning {day}</b><i class=dag>{day}</i></div>"
        for day in days
    )
    onward = f'<a class=mer href="{more}">bläddra</a>' if more else ""
    return f"<html lang=sv><title>Loggen</title>{entries}{onward}"


async def brought(company: Company, answers: Mapping[str, str | int], pages: int = 40) -> Visit:
    """What a visit to a company brings home."""
    settings = Settings(profiles=False, max_pages_per_site=pages)
    return await visited(FakeSession(answers), planned(company, settings))


def blog(visit: Visit) -> Section | None:
    """The blog of a visit; None for none."""
    return next((section for section in visit.sections if section.channel == "blog"), None)


ANSWERS: dict[str, str | int] = {
    HOME: LINKED,
    f"{HOME}logg/": rows("2026-11-02", "2026-10-19", "2026-10-05", more="/logg/b"),
    f"{HOME}logg/b": rows("2026-09-21", "2026-09-07", more="/logg/c"),
    f"{HOME}logg/c": rows("2024-05-05", "2024-04-04", more="/logg/d"),
    f"{HOME}logg/d": rows("2023-01-01"),
}


@pytest.mark.parametrize(
    ("days", "more", "faults"),
    [
        (("2026-11-02", "2026-10-19"), "", ["next"]),
        (("2026-11-02",), "", ["next"]),
        # Beyond the window nobody needs older entries.
        (("2026-11-02", "2024-05-05"), "", []),
        (("2026-11-02", "2026-10-19"), "/logg/b", []),
    ],
)
async def test_a_link_to_older_entries_that_is_not_there_is_told_and_the_list_is_a_part(
    days: tuple[str, ...], more: str, faults: list[str]
) -> None:
    answers = {**ANSWERS, f"{HOME}logg/": rows(*days, more=more)}
    section = blog(await brought(replace(ACME, sections=(BLOG,)), answers))
    assert section is not None
    assert [name for name, _ in section.faults] == faults
    assert section.truncated is bool(faults)
    for _, why in section.faults:
        assert why.detail.startswith("`a.mer` leads to no older entries; where there are none")
        assert why.detail.endswith("(c.yaml:5)")


async def test_a_blog_that_no_rule_finds_is_read_as_it_is_pointed_at() -> None:
    assert blog(await brought(ACME, ANSWERS)) is None
    visit = await brought(replace(ACME, sections=(BLOG,)), ANSWERS)
    section = blog(visit)
    assert section is not None
    assert section.url == f"{HOME}logg/"
    assert [post.title for post in section.posts[:2]] == [
        "Anteckning 2026-11-02",
        "Anteckning 2026-10-19",
    ]
    # The next page is asked for while entries lie within the window, and no further.
    assert len(section.posts) == 7
    assert section.truncated is False
    assert section.evidence[0].rule == "config.section"
    feature = next(each for each in visit.features if each.feature == "blog")
    assert feature.state is State.KNOWN


async def test_a_list_that_the_budget_cuts_is_truncated() -> None:
    section = blog(await brought(replace(ACME, sections=(BLOG,)), ANSWERS, pages=2))
    assert section is not None
    assert len(section.posts) == 3
    assert section.truncated is True


async def test_a_section_stands_in_place_of_what_the_rules_take_for_it() -> None:
    teasers = "".join(
        f"<article><h2><a href=/blog/{n}>An older post {n}</a></h2>"
        f"<time datetime=2026-01-0{n}>x</time></article>"
        for n in range(1, 6)
    )
    answers = ANSWERS | {HOME: LINKED + '<nav><a href="/blog/">Blog</a></nav>'}
    answers[f"{HOME}blog/"] = teasers
    by_rules = blog(await brought(ACME, answers))
    assert by_rules is not None
    assert by_rules.url == f"{HOME}blog/"
    pointed = blog(await brought(replace(ACME, sections=(BLOG,)), answers))
    assert pointed is not None
    assert pointed.url == f"{HOME}logg/"
    assert all("Anteckning" in post.title for post in pointed.posts)


async def test_a_feed_of_the_whole_site_adds_only_what_lies_below_the_section() -> None:
    items = "".join(
        f"<item><title>{title}</title><link>{HOME}{path}</link>"
        "<pubDate>Mon, 05 Oct 2026 10:00:00 GMT</pubDate></item>"
        for title, path in (
            ("Ur loggen", "logg/ur"),
            ("Ur loggen igen", "logg/igen"),
            ("Pris", "p"),
        )
    )
    feed = f"<rss version='2.0'><channel><title>Allt</title>{items}</channel></rss>"
    answers = ANSWERS | {HOME: f'{LINKED}<a href="/allt">Allt</a>', f"{HOME}allt": feed}
    section = blog(await brought(replace(ACME, sections=(BLOG,)), answers))
    assert section is not None
    titles = {post.title for post in section.posts}
    assert {"Ur loggen", "Ur loggen igen"} <= titles
    assert "Pris" not in titles


async def test_two_sections_of_one_kind_are_one() -> None:
    other = replace(BLOG, url=f"{HOME}logg/c", place="c.yaml:6")
    section = blog(await brought(replace(ACME, sections=(BLOG, other)), ANSWERS))
    assert section is not None
    assert len({post.title for post in section.posts}) == len(section.posts) == 7


async def test_a_page_that_is_only_named_is_read_by_the_rules() -> None:
    teasers = "".join(
        f"<article><h2><a href=/x/{n}>A story of pumps {n}</a></h2>"
        f"<time datetime=2026-01-0{n}>x</time></article>"
        for n in range(1, 6)
    )
    answers = {HOME: "<p>Welcome", f"{HOME}geschichten/": teasers}
    named = PointedSection(kind="news", url=f"{HOME}geschichten/")
    visit = await brought(replace(ACME, sections=(named,)), answers)
    (section,) = visit.sections
    assert (section.channel, len(section.posts)) == ("news", 5)


async def test_a_selector_that_matches_nothing_leaves_no_posts_and_says_which() -> None:
    wrong = replace(BLOG, item=".rader")
    section = blog(await brought(replace(ACME, sections=(wrong,)), ANSWERS))
    assert section is not None
    assert section.posts == ()
    detail = "no element matches `.rader`; the page has `.rad` (item, c.yaml:5)"
    assert section.unreadable == Unknown(reason=Reason.BAD_CONTENT, detail=detail)


async def test_dates_that_are_not_where_they_are_pointed_at_are_told() -> None:
    wrong = replace(BLOG, date=".namnlös")
    section = blog(await brought(replace(ACME, sections=(wrong,)), ANSWERS))
    assert section is not None
    assert section.unreadable is None
    assert [name for name, _ in section.faults] == ["date"]
    assert "gives no date in any of" in section.faults[0][1].detail


async def test_a_section_whose_page_does_not_come_says_why() -> None:
    answers = ANSWERS | {f"{HOME}logg/": 410}
    section = blog(await brought(replace(ACME, sections=(BLOG,)), answers))
    assert section is not None
    assert section.unreadable == Unknown(reason=Reason.HTTP_410, detail="HTTP 410")
    assert section.evidence[0].record == "c.yaml:5"


CUSTOMERS = PointedFigure(name="Kunder", url=f"{HOME}om/", css=".k", place="c.yaml:7")
OFFICES = PointedFigure(name="Kontor", url=HOME, css="#n")


async def test_figures_are_read_from_their_pages_and_from_the_start_page() -> None:
    company = replace(ACME, figures=(CUSTOMERS, OFFICES))
    answers = {HOME: "<p id=n>14</p>", f"{HOME}om/": "<html lang=sv><p class=k>12 400 kunder</p>"}
    visit = await brought(company, answers)
    values = [reading.value for reading in visit.figures]
    assert [value.value for value in values if isinstance(value, Known)] == [12_400, 14]


async def test_the_start_page_is_asked_for_once_however_its_address_is_written() -> None:
    office = replace(OFFICES, url=HOME.rstrip("/"))
    session = FakeSession({HOME: "<p id=n>14</p>"})
    visit = await visited(session, planned(replace(ACME, figures=(office,))))
    assert [url.rstrip("/") for url in session.asked].count(HOME.rstrip("/")) == 1
    assert isinstance(visit.figures[0].value, Known)


async def test_a_page_with_several_figures_is_asked_for_once() -> None:
    second = replace(CUSTOMERS, name="Andra", css="b")
    session = FakeSession({HOME: "<p>x", f"{HOME}om/": "<p class=k>1</p><b>2</b>"})
    visit = await visited(session, planned(replace(ACME, figures=(CUSTOMERS, second))))
    assert session.asked.count(f"{HOME}om/") == 1
    assert all(isinstance(reading.value, Known) for reading in visit.figures)


async def test_a_figure_whose_page_does_not_come_says_why() -> None:
    visit = await brought(replace(ACME, figures=(CUSTOMERS,)), {HOME: "<p>x"})
    assert visit.figures[0].value == Unknown(reason=Reason.HTTP_404, detail="HTTP 404")


async def test_a_figure_beyond_the_budget_says_so() -> None:
    company = replace(ACME, figures=(CUSTOMERS,), also=("https://acme-blogg.example/",))
    answers = {HOME: "<p>x", "https://acme-blogg.example/": "<p>y", f"{HOME}om/": "<p class=k>1"}
    visit = await brought(company, answers, pages=2)
    assert isinstance(visit.figures[0].value, Unknown)
    assert visit.figures[0].value.reason is Reason.BUDGET


async def test_behind_a_start_page_that_does_not_come_nothing_is_asked_for() -> None:
    company = replace(ACME, figures=(CUSTOMERS,), sections=(BLOG,), also=("https://a.example/",))
    session = FakeSession(ANSWERS | {HOME: 503})
    visit = await visited(session, planned(company))
    assert session.asked == [HOME]
    assert visit.figures[0].value == Unknown(reason=Reason.HTTP_503, detail="HTTP 503")
    assert visit.sections == ()


ALSO = "https://www.acme-blogg.example/"
THERE: dict[str, str | int] = {
    HOME: '<p>Pumps <a href="https://other.example/blog/">Blog</a>',
    ALSO: '<nav><a href="/blog/">Blogg</a></nav>'
    '<footer><a href="https://bsky.app/profile/acme.bsky.social">Bluesky</a></footer>',
    f"{ALSO}blog/": "".join(
        f"<article><h2><a href=/blog/{n}>A story of pumps {n}</a></h2>"
        f"<time datetime=2026-01-0{n}>x</time></article>"
        for n in range(1, 6)
    ),
}


async def test_a_further_site_is_walked_and_what_is_there_is_the_companys_own() -> None:
    without = await brought(ACME, THERE)
    assert blog(without) is None
    visit = await brought(replace(ACME, also=(ALSO,)), THERE)
    section = blog(visit)
    assert section is not None
    assert (section.url, len(section.posts)) == (f"{ALSO}blog/", 5)
    assert [channel.candidate for channel in visit.channels] == [False]


@pytest.mark.parametrize("answer", [404, 410, 503, 403])
async def test_a_further_site_that_cannot_be_read_makes_the_company_incomplete(
    answer: int,
) -> None:
    visit = await brought(replace(ACME, also=(ALSO,)), {**THERE, ALSO: answer})
    (note,) = [note for note in visit.notes if note.what == "further site"]
    assert note.incomplete
    assert note.reason == f"http-{answer}"
    assert note.detail.startswith(ALSO)


async def test_a_page_of_a_further_site_that_cannot_be_read_does_not() -> None:
    visit = await brought(replace(ACME, also=(ALSO,)), {**THERE, f"{ALSO}blog/": 404})
    assert not any(note.incomplete for note in visit.notes)


@pytest.mark.parametrize(
    "feed",
    [
        "<rss><channel><title>N</title><item><title>Ny pump</title></item></channel></rss>",
        "<feed><title>N</title><entry><title>Neue Pumpe</title></entry></feed>",
    ],
)
async def test_a_figure_whose_address_gives_a_feed_says_so_and_no_budget(feed: str) -> None:
    answers = {HOME: "<p>x", f"{HOME}om/": feed}
    visit = await brought(replace(ACME, figures=(CUSTOMERS,)), answers)
    (reading,) = visit.figures
    assert isinstance(reading.value, Unknown)
    assert reading.value.reason is Reason.BAD_CONTENT
    assert "gives a feed" in reading.value.detail


async def test_a_further_site_keeps_to_the_budget_and_to_what_is_excluded() -> None:
    company = replace(ACME, also=(ALSO,), exclude=(f"{ALSO}blog/",))
    session = FakeSession(THERE)
    await visited(session, planned(company))
    assert ALSO in session.asked
    assert not any(url.startswith(f"{ALSO}blog/") for url in session.asked)


async def test_what_is_ignored_is_ignored_on_a_further_site_too() -> None:
    ignored = Ignored(finding="channel.bluesky", note="", place="")
    visit = await brought(replace(ACME, also=(ALSO,), ignore=(ignored,)), THERE)
    assert visit.channels == ()


async def test_of_a_part_of_somebodys_host_nothing_beyond_is_read() -> None:
    group = "https://group.example/acme/"
    answers: dict[str, str | int] = {
        HOME: "<p>x",
        group: '<nav><a href="/acme/blog/">Blog</a><a href="/other/news/">News</a></nav>',
        "https://group.example/acme/blog/": "<p>ours",
        "https://group.example/other/news/": "<p>theirs",
    }
    session = FakeSession(answers)
    await visited(session, planned(replace(ACME, also=(group,))))
    assert "https://group.example/acme/blog/" in session.asked
    assert "https://group.example/other/news/" not in session.asked


def test_a_company_has_its_own_settings_in_its_plan() -> None:
    own = Overrides(max_pages_per_site=3, delay_seconds=0, browser=BrowserMode.NEVER)
    listed = Competitors(
        path=Path("c.yaml"),
        companies=(replace(ACME, overrides=own), Company(name="B", website="https://b.example/")),
        settings=Settings(max_pages_per_site=9, lookback_days=90),
    )
    first, second = plan(listed).companies
    assert (first.pages, first.browser, first.settings.delay_seconds) == (3, BrowserMode.NEVER, 0)
    assert first.settings.lookback_days == 90
    assert (second.pages, second.settings) == (9, listed.settings)
    assert settings_of(ACME, listed.settings) == listed.settings


def test_a_company_may_look_further_back_than_the_others() -> None:
    own = planned(replace(ACME, overrides=Overrides(lookback_days=730)))
    assert window_for(own, WINDOW) == replace(WINDOW, lookback_days=730)
    assert window_for(planned(ACME), WINDOW) == WINDOW
