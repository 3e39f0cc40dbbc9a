"""What a person points at on a page: a figure by selector, path or expression; a section's entries."""

from datetime import UTC, datetime

import pytest

from audit.model.company import PointedFigure, PointedSection
from audit.model.exchange import Kind, Page, Request
from audit.model.facts import DataPage, FeedPage, FigureReading, PageFacts
from audit.model.metric import Unit
from audit.model.value import Known, Reason, Unknown
from scrapers.page import pointed
from scrapers.site.reading import read_answer
from tests.analysed import HOME, NOW, rules

ABOUT = f"{HOME}about/"


def read(
    html: str | bytes,
    *figures: PointedFigure,
    section: PointedSection | None = None,
    kind: Kind = Kind.PAGE,
    truncated: bool = False,
) -> object:
    """What a page is read as, with what a person points at on it."""
    page = Page(
        url=ABOUT,
        requested_url=ABOUT,
        status=200,
        headers=(("content-type", "text/html; charset=utf-8"),),
        body=html if isinstance(html, bytes) else html.encode(),
        fetched_at=NOW,
        record="f#1",
        truncated=truncated,
    )
    return read_answer(
        rules(), page, Request(url=ABOUT, kind=kind, section=section, figures=figures)
    )


def figure(
    html: str, *, css: str = "", json: str = "", regex: str = "", unit: str = "count"
) -> FigureReading:
    """What becomes of one figure on a page."""
    pointed_at = PointedFigure(
        name="F", url=ABOUT, css=css, json=json, regex=regex, unit=Unit(unit)
    )
    facts = read(html, pointed_at)
    assert isinstance(facts, PageFacts)
    (reading,) = facts.readings
    return reading


def value(reading: FigureReading) -> float:
    """The number of a reading, which is known and has the page as its proof."""
    assert isinstance(reading.value, Known), reading.value
    (proof,) = reading.value.evidence
    assert (proof.url, proof.record, proof.rule) == (ABOUT, "f#1", "config.figure")
    return reading.value.value


def why(reading: FigureReading) -> Unknown:
    """Why there is no number."""
    assert isinstance(reading.value, Unknown), reading.value
    return reading.value


def test_a_selector_reads_the_number_of_its_element_with_the_words_around_it_as_proof() -> None:
    reading = figure("<p class=k><b>12,400</b> happy customers</p>", css=".k b")
    assert value(reading) == 12_400
    assert isinstance(reading.value, Known)
    assert reading.value.evidence[0].excerpt == "12,400 happy customers"


@pytest.mark.parametrize(
    ("html", "proof"),
    [
        ("<div><p>12.400 Kunden<p class=n>37 Länder<p>4,6 von 5</div>", "37 Länder"),
        ("<p>Kunder: 300, maskiner: <b class=n>3</b></p>", "3"),
        ("<p><b class=n>37</b> Länder</p>", "37 Länder"),
        (
            f"<p>{'avant ' * 10}<b class=n>12 400</b> clients</p>",
            f"{('avant ' * 10)[-40:]}12 400 clients",
        ),
        (f"<p><b class=n>12,400</b> {'word ' * 40}</p>", "12,400"),
    ],
)
def test_the_proof_of_a_number_is_what_stands_beside_it_and_no_other_number(
    html: str, proof: str
) -> None:
    reading = figure(f"<html lang=de>{html}", css=".n")
    assert isinstance(reading.value, Known)
    assert reading.value.evidence[0].excerpt == proof.strip()


def test_the_first_of_several_matches_counts_and_the_proof_says_so() -> None:
    reading = figure("<p><b>1</b><p><b>2</b><p><b>3</b>", css="b")
    assert value(reading) == 1
    assert isinstance(reading.value, Known)
    assert reading.value.evidence[0].excerpt.endswith("(the first of 3 matches)")


@pytest.mark.parametrize(
    ("language", "number"), [("de", 1234), ("pt-BR", 1234), ("en", 1.234), ("ja", 1.234)]
)
def test_the_page_says_how_its_numbers_are_written(language: str, number: float) -> None:
    html = f"<html lang={language}><p id=n>1.234 kg</p>"
    assert value(figure(html, css="#n", unit="rate")) == number


def test_an_element_in_another_language_says_how_its_numbers_are_written() -> None:
    html = "<html lang=de><section lang=en><p id=n>1.234 kg</p></section>"
    assert value(figure(html, css="#n", unit="rate")) == 1.234


def test_an_element_without_words_gives_the_number_of_its_attribute() -> None:
    assert (
        value(figure("<meta itemprop=ratingValue content='4.6'>", css="meta", unit="rate")) == 4.6
    )
    assert value(figure("<input id=n value=77>", css="#n")) == 77


def test_an_expression_alone_reads_the_source_of_the_page() -> None:
    html = "<p class=counter data-count='8200'>0</p>"
    assert value(figure(html, regex=r"data-count='([0-9]+)'")) == 8200


def test_an_expression_with_a_selector_reads_the_words_of_the_element() -> None:
    html = "<p>7 offices</p><p class=t>Serving <b>310</b> cities in <b>24</b> countries</p>"
    assert value(figure(html, css=".t", regex=r"(\d+) countries")) == 24
    assert value(figure(html, css=".t", regex=r"\d+ cities")) == 310


def test_the_proof_of_an_expression_shows_words_and_no_tags() -> None:
    reading = figure(
        "<ul><li>seit 1998</li><li><b>37</b> Filialen</li></ul>", regex=r"<b>(\d+)</b> F"
    )
    assert isinstance(reading.value, Known)
    assert reading.value.evidence[0].excerpt.startswith("seit 1998")
    assert "<" not in reading.value.evidence[0].excerpt


def test_a_path_reads_the_json_of_a_script() -> None:
    html = '<script id=state type="application/json">{"s": {"users": [4, 5]}}</script>'
    assert value(figure(html, css="#state", json="s.users[1]")) == 5


def test_a_path_alone_reads_an_answer_for_programs() -> None:
    pointed_at = PointedFigure(name="F", url=ABOUT, json="repo.stars")
    facts = read(b'{"repo": {"stars": 812}}', pointed_at, kind=Kind.DATA)
    assert isinstance(facts, DataPage)
    assert value(facts.readings[0]) == 812


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"repo": {"stars": null}}', b"[1]", b"\xff{"])
def test_an_answer_that_does_not_hold_the_path_says_why(body: bytes) -> None:
    pointed_at = PointedFigure(name="F", url=ABOUT, json="repo.stars")
    facts = read(body, pointed_at, kind=Kind.DATA)
    assert isinstance(facts, DataPage)
    assert why(facts.readings[0]).reason is Reason.BAD_CONTENT


def test_a_selector_that_matches_nothing_names_what_the_page_has_of_a_like_name() -> None:
    reading = figure("<p class=customers>12</p>", css=".customer b")
    expected = "no element matches `.customer b`; the page has `.customers`"
    assert why(reading) == Unknown(reason=Reason.BAD_CONTENT, detail=expected)


def test_a_number_that_cannot_be_read_is_unknown_and_never_zero() -> None:
    reading = figure("<p class=k>bientôt disponible</p>", css=".k")
    assert why(reading).detail == "no number in “bientôt disponible”"


def test_a_page_that_scripts_draw_may_still_hold_the_figure() -> None:
    shell = "<noscript>Enable JavaScript</noscript><div id=root></div><script src=/a.js></script>"
    assert why(figure(shell, css=".k")).reason is Reason.BROWSER


def test_a_page_that_broke_off_may_still_hold_the_figure() -> None:
    pointed_at = PointedFigure(name="F", url=ABOUT, css=".k")
    facts = read("<p>The beginning", pointed_at, truncated=True)
    assert isinstance(facts, PageFacts)
    assert why(facts.readings[0]).reason is Reason.TOO_LARGE


def test_an_expression_that_goes_astray_costs_its_figure_and_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # An expression that would run until the end of time shows the deadline as well at once.
    monkeypatch.setattr(pointed, "EXPRESSION_SECONDS", 0.05)
    endless = PointedFigure(name="F", url=ABOUT, regex=r"(a|aa)+$")
    good = PointedFigure(name="G", url=ABOUT, css="b")
    facts = read(f"<b>7</b><p>{'a' * 5_000}!", endless, good)
    assert isinstance(facts, PageFacts)
    assert why(facts.readings[0]).reason is Reason.TIMEOUT
    assert value(facts.readings[1]) == 7


@pytest.mark.parametrize(
    "html", ["", "\x00", "<" * 5_000, "<p class=k>" * 2_000, "<p class=k>\ud800"]
)
def test_odd_pages_give_a_reason(html: str) -> None:
    body = html.encode("utf-8", "surrogatepass")
    facts = read(body, PointedFigure(name="F", url=ABOUT, css=".k"))
    assert isinstance(facts, PageFacts)
    assert why(facts.readings[0]).detail


# ---- sections ----


def section(**selectors: str) -> PointedSection:
    """A section at the page under test."""
    return PointedSection(kind="blog", url=ABOUT, place="c.yaml:4", **selectors)


def entries(html: str, **selectors: str) -> PageFacts:
    """The page as it is read by the selectors of a section."""
    facts = read(html, section=section(**selectors))
    assert isinstance(facts, PageFacts)
    return facts


BOXES = """<html lang=de>
<div class=box><span class=t>Dichtungen tauschen</span><i class=d>3. März 2026</i> <a href=/w/1>mehr</a></div>
<div class=box><span class=t>Pumpen hören</span><i class=d>14. Februar 2026</i></div>
<div class=ad>Jetzt kaufen, nur bis 1. Mai 2026</div>
<p class=more><a href="/about/aelter">Frühere</a></p>"""


def test_entries_have_the_title_and_date_that_are_pointed_at() -> None:
    facts = entries(BOXES, item=".box", title=".t", date=".d", next=".more")
    assert [(item.title, item.published and item.published.at) for item in facts.items] == [
        ("Dichtungen tauschen", datetime(2026, 3, 3, tzinfo=UTC)),
        ("Pumpen hören", datetime(2026, 2, 14, tzinfo=UTC)),
    ]
    assert facts.next_url == f"{ABOUT}aelter"
    assert facts.missed == ()


def test_an_entry_leads_to_its_link_or_to_its_words_on_the_page() -> None:
    facts = entries(BOXES + "<div class=box id=last>Ohne Link</div>", item=".box", title=".t")
    assert [item.url for item in facts.items] == [
        f"{HOME}w/1",
        f"{ABOUT}#:~:text=Pumpen%20h%C3%B6ren",
        f"{ABOUT}#last",
    ]


def test_the_link_may_be_the_entry_its_title_or_around_it() -> None:
    html = "<a class=e href=/1><h3>One</h3></a><a href=/2><div class=e><h3>Two</h3></div></a>"
    html += "<div class=e><a href=/author>Jo</a><h3><a href=/3>Three</a></h3></div>"
    facts = entries(html, item=".e", title="h3")
    assert [item.url for item in facts.items] == [f"{HOME}{number}" for number in (1, 2, 3)]


def test_what_is_not_pointed_at_within_an_entry_is_left_to_the_rules() -> None:
    html = "".join(
        f"<section class=e><h4>Étape {day}</h4><time datetime=2026-03-0{day}>x</time></section>"
        for day in (1, 2)
    )
    facts = entries(html, item=".e")
    assert [(item.title, item.published and item.published.at.day) for item in facts.items] == [
        ("Étape 1", 1),
        ("Étape 2", 2),
    ]


def test_selectors_that_match_nothing_are_named_with_what_is_like_them() -> None:
    assert entries(BOXES, item=".boxes").missed == (("item", ".box"),)
    assert entries(BOXES, item=".box", title="h2", date=".t").missed == (
        ("title", ""),
        ("date", ""),
    )
    assert entries(BOXES, item=".box", next=".mores").missed == (("next", ".more"),)
    assert entries(BOXES, next="a.older").missed == (("next", ""),)


def test_a_section_without_an_entry_selector_is_read_by_the_rules() -> None:
    html = "".join(f"<article><h2><a href=/p/{n}>Post number {n}</a></h2></article>" for n in "123")
    facts = entries(html, next=".nowhere")
    assert len(facts.items) == 3
    assert facts.next_url == ""
    assert facts.section is not None


def test_a_person_may_point_at_a_feed() -> None:
    feed = (
        "<rss version='2.0'><channel><title>x</title><item><title>One</title>"
        "<link>https://cast.example/1</link></item></channel></rss>"
    )
    facts = read(feed, section=section())
    assert isinstance(facts, FeedPage)
    assert facts.section == section()


def test_a_link_in_an_entry_that_is_no_web_address_is_left_out() -> None:
    facts = entries(
        "<div class=e><a href='javascript:alert(1)'>Open the thing</a></div>", item=".e"
    )
    assert facts.items[0].url == f"{ABOUT}#:~:text=Open%20the%20thing"


COUNTERS = [
    ("data-count", '<b class="k" data-count="3417">0</b>'),
    ("data-target", '<div class="k"><span data-target="12.400">0</span></div>'),
    ("data-end-value", '<p data-end-value="98"><b class="k">0</b></p>'),
    ("data-to", '<span class="k" data-from="0" data-to="250" data-speed="900">0</span>'),
    ("data-purecounter-end", '<i class="k" data-purecounter-end="12">0+</i>'),
]


@pytest.mark.parametrize(("name", "html"), COUNTERS)
def test_a_counter_at_its_beginning_is_unknown_and_says_where_the_number_stands(
    name: str, html: str
) -> None:
    reason = why(figure(html, css=".k"))
    assert reason.reason is Reason.BAD_CONTENT
    assert f"`{name}`" in reason.detail
    pattern = reason.detail.partition("regex: '")[2].partition("'")[0]
    assert value(figure(html, regex=pattern)) > 0


def test_a_counter_of_which_nobody_knows_where_it_ends_is_unknown() -> None:
    assert "counter" in why(figure('<span class="odometer k">0</span>', css=".k")).detail


@pytest.mark.parametrize(
    "html",
    [
        '<b class="k">0</b> open tickets',
        '<b class="k count" data-id="3417">0</b>',
        '<b class="k" data-count="0" data-duration="900">0</b>',
        '<b class="k" data-from="3417">0</b>',
        '<section data-total="44"><b class="k">0</b> of many</section>',
    ],
)
def test_a_plain_zero_is_a_zero(html: str) -> None:
    assert value(figure(html, css=".k")) == 0


def days_of(html: str, **selectors: str) -> list[tuple[str, str, str]]:
    """Return title, day and address of each entry that a person points at."""
    facts = read(html, section=PointedSection(kind="news", url=ABOUT, place="c:1", **selectors))
    assert isinstance(facts, PageFacts)
    assert not facts.missed
    days = (f"{item.published.at:%m-%d}" if item.published else "" for item in facts.items)
    return [
        (item.title, day, item.url.removeprefix(HOME))
        for item, day in zip(facts.items, days, strict=True)
    ]


TERMS = "".join(
    f"<dt>2026年{n}月4日</dt><dd class=k>製品</dd><dd><a href='/n/{n}'>新しいポンプ{n}</a></dd>"
    for n in (9, 8, 7)
)
NOTES = "".join(f"<h2>[1.{n}.0] - 2026-0{n}-04</h2><h3>Neu</h3><p>Etwas</p>" for n in (9, 8))


@pytest.mark.parametrize(
    "selectors",
    [
        {"item": "dt", "title": "dt + dd + dd a", "date": "dt"},
        {"item": "dt", "title": "dd a"},
        {"item": "main dt", "title": "a"},
    ],
)
def test_a_term_that_is_pointed_at_is_an_entry_with_its_description(
    selectors: dict[str, str],
) -> None:
    assert days_of(f"<main><h1>お知らせ</h1><dl>{TERMS}</dl></main>", **selectors) == [
        ("新しいポンプ9", "09-04", "n/9"),
        ("新しいポンプ8", "08-04", "n/8"),
        ("新しいポンプ7", "07-04", "n/7"),
    ]


@pytest.mark.parametrize(
    "selectors", [{"item": "main h2", "date": "h2"}, {"item": "h2", "title": "h2"}]
)
def test_a_heading_may_be_an_entry_and_hold_its_date(selectors: dict[str, str]) -> None:
    read_as = days_of(f"<main>{NOTES}{NOTES.replace('2026-0', '2025-0')}</main>", **selectors)
    assert [(title[:7], day) for title, day, _ in read_as] == [
        ("[1.9.0]", "09-04"),
        ("[1.8.0]", "08-04"),
    ] * 2


def test_what_stands_behind_an_entry_that_holds_its_own_is_not_of_it() -> None:
    html = "<li><a href='/a'>Ein Beitrag</a></li><p class=d>4.9.2026</p><li><a href='/b'>Noch einer</a></li>"
    assert days_of(f"<ul>{html}</ul>", item="li")[0][1] == ""
