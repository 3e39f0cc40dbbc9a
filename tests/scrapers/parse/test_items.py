"""The entries of index pages, in the forms in which sites list them."""

import pytest

from scrapers.parse.items import read_items
from tests.scrapers.parse.pages import NOW, document, style

LISTS = {
    "articles": '<article><h2><a href="/news/{n}">Title {n} of many</a></h2><time datetime="2026-0{n}-01"></time></article>',
    "flat, title first": '<h2><a href="/news/{n}">Title {n} of many</a></h2><time datetime="2026-0{n}-01">x</time>',
    "flat, date first": '<time datetime="2026-0{n}-01">x</time><h2><a href="/news/{n}">Title {n} of many</a></h2>',
    "table": "<tr><td>0{n}.0{n}.2026</td><td><a href='/news/{n}'>Title {n} of many</a></td></tr>",
    "list": "<li><span class='date'>{n} May 2026</span> <a href='/news/{n}'>Title {n} of many</a></li>",
    "questions": "<div><h2><a href='/news/{n}'>Title {n} of many</a></h2><abbr title='2026-0{n}-01 07:00:00+00:00'>2 hours ago</abbr></div>",
    "cards": "<div class='card'><a href='/news/{n}'><img alt=''><h3>Title {n} of many</h3></a><p>0{n}/12/2025</p></div>",
}


@pytest.mark.parametrize("name", LISTS)
def test_entries_of_an_index_are_read_with_their_dates(name: str) -> None:
    rows = "".join(LISTS[name].format(n=n) for n in (1, 2, 3, 4))
    rows = f"<table>{rows}</table>" if name == "table" else rows
    rows = f"<ul>{rows}</ul>" if name == "list" else rows
    html = f"<nav><a href='/about'>About us today</a></nav><main>{rows}</main>"
    items = read_items(document(html), NOW, style())
    dated = {item.url.rpartition("/")[2]: item for item in items if item.published is not None}
    assert set(dated) == {"1", "2", "3", "4"}
    assert dated["2"].title == "Title 2 of many"
    assert len({item.published.at for item in dated.values() if item.published}) == 4


def test_an_entry_whose_link_says_little_takes_the_heading_of_its_block() -> None:
    block = "<div><h3>A heading of its own</h3><a href='/news/1'>Read more</a><i class=date>1 May 2026</i></div>"
    items = read_items(document(f"<main>{block}</main>"), NOW, style())
    assert [item.title for item in items] == ["A heading of its own"]


def test_lists_and_persons_are_no_entries_and_threads_are() -> None:
    links = "".join(
        f"<li><a href='{path}'>A link of some words</a> <time datetime='2026-05-0{day}'></time>"
        for day, path in enumerate(("/author/ann", "/tag/pumps", "/topic/17/a", "/topics"), start=1)
    )
    items = read_items(document(f"<main><ul>{links}</ul></main>"), NOW, style())
    assert [item.url for item in items] == ["https://www.acme.example/topic/17/a"]


def test_entries_of_json_ld_are_read_where_there_are_several() -> None:
    article = '{"@type": "BlogPosting", "url": "/news/%d", "headline": "Post %d"}'
    script = '<script type="application/ld+json">[%s]</script>'
    both = document(script % f"{article % (1, 1)}, {article % (2, 2)}")
    single = document(script % article % (1, 1))
    assert [item.title for item in read_items(both, NOW, style())] == ["Post 1", "Post 2"]
    assert read_items(single, NOW, style()) == ()


@pytest.mark.parametrize(
    ("card", "title"),
    [
        ("<h3>Neue Halle in Kiruna</h3><p>Ab Mai wird hier gebaut.</p>", "Neue Halle in Kiruna"),
        (
            "<img alt='x'><h5>Company</h5><h3>New hall opens in May</h3><span>By Ann 3 May 2026</span>",
            "New hall opens in May",
        ),
        (
            "<div class='card-title'>Un nouveau hall ouvre</div><div class='card-text'>En mai.</div>",
            "Un nouveau hall ouvre",
        ),
        (
            "<p class='subtitle'>Werk</p><p class='teaser__title'>Neue Halle eröffnet</p><p>Im Mai.</p>",
            "Neue Halle eröffnet",
        ),
        (
            "<strong>Award for the quiet valve</strong><p>It won again.</p>",
            "Award for the quiet valve",
        ),
        ("Pumps <b>and</b> valves in the north", "Pumps and valves in the north"),
        ("<span>Spring fair dates are out</span>", "Spring fair dates are out"),
    ],
)
def test_the_title_of_a_card_is_its_heading_alone(card: str, title: str) -> None:
    html = f"<article><a href='/news/1'>{card}</a><time datetime='2026-05-03'></time></article>"
    items = read_items(document(f"<main>{html}</main>"), NOW, style())
    assert [item.title for item in items] == [title]


def test_entries_that_each_stand_beside_two_dates_in_one_element_are_read() -> None:
    row = "<li><a href='/news/{n}'>Title {n} of many</a> 0{n}.05.2026 <br> 0{n}.06.2026</li>"
    html = f"<main><ul>{''.join(row.format(n=n) for n in (1, 2, 3))}</ul></main>"
    items = read_items(document(html), NOW, style())
    assert [item.title for item in items] == [f"Title {n} of many" for n in (1, 2, 3)]


CARDS = {
    "heading": "<h3>Ein neues Werk</h3><p>Mehr Platz für Pumpen.</p><i>Presse</i>",
    "category above it": "<h4>Presse</h4><h3>Ein neues Werk</h3><p>Von Ann 3. Juni 2024</p>",
    "class": "<span class='card__title title'>Ein neues Werk</span><span>By Ann</span>",
    "headline": "<b itemprop='headline'>Ein neues Werk</b><p>Text of some words</p>",
    "subtitle first": "<i class='subtitle'>Presse</i><b class='post-title'>Ein neues Werk</b>",
}


@pytest.mark.parametrize("name", CARDS)
def test_the_title_of_a_card_is_what_it_calls_its_title(name: str) -> None:
    rows = "".join(
        f"<div><a href='/news/{n}'>{CARDS[name]}</a><time datetime='2026-05-0{n}'></time></div>"
        for n in (1, 2)
    )
    items = read_items(document(f"<main>{rows}</main>"), NOW, style())
    assert {item.title for item in items} == {"Ein neues Werk"}


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("Continue reading about pumps", "A heading"),
        ("Lire la suite de l'article", "A heading"),
        ("See Rome and its pumps", "See Rome and its pumps"),
    ],
)
def test_a_link_that_leads_on_has_the_title_beside_it(words: str, title: str) -> None:
    block = (
        f"<div><h3>A heading</h3><a href='/news/1'>{words}</a><i class=date>1 May 2026</i></div>"
    )
    items = read_items(document(f"<main>{block}</main>"), NOW, style())
    assert [item.title for item in items] == [title]


def test_a_card_below_the_page_is_a_teaser_and_one_elsewhere_may_be_goods() -> None:
    card = "<article><a href='{path}'><h3>Of pumps and men</h3><p>Text</p></a></article>"
    below = document(card.format(path="/news/men"))
    elsewhere = document(card.format(path="/shop/men"))
    assert [item.title for item in read_items(below, NOW, style())] == ["Of pumps and men"]
    assert read_items(elsewhere, NOW, style()) == ()


OWN = "https://www.acme.example/2026/quiet-valves/"


def test_the_post_itself_among_related_ones_keeps_its_date_from_its_neighbours() -> None:
    box = "".join(
        f"<article><h4><a href='{path}'>{name}</a></h4><time datetime='{day}'></time></article>"
        for path, name, day in (
            (OWN, "Quiet valves for the north", "2026-05-04"),
            ("/2025/old-pumps/", "Old pumps live longer", "2025-10-13"),
            ("/2025/new-hall/", "A new hall for Kiruna", "2025-09-01"),
        )
    )
    head = (
        "<h1>Quiet valves for the north</h1><time datetime='2026-05-04'></time>"
        "<a href='/files/2026/quiet-valves.jpg'><img alt=''></a>"
    )
    items = read_items(document(f"<main>{head}<p>Text</p>{box}</main>", url=OWN), NOW, style())
    assert {
        item.url[24:]: item.published and f"{item.published.at:%Y-%m-%d}" for item in items
    } == {
        "/2025/old-pumps/": "2025-10-13",
        "/2025/new-hall/": "2025-09-01",
    }


def test_a_recording_may_be_an_entry_of_a_podcast() -> None:
    rows = "".join(
        f"<li><a href='/files/{n}.mp3'>Episode {n}: pumps and people</a> <i>{n} May 2026</i></li>"
        for n in (1, 2, 3)
    )
    items = read_items(document(f"<main><ul>{rows}</ul></main>"), NOW, style())
    assert [item.url[-5:] for item in items] == ["1.mp3", "2.mp3", "3.mp3"]


LONG = "Geschrieben am 3. Mai 2026 von Ann, die seit langem Pumpen baut und " + "viel " * 40


def test_a_date_belongs_to_the_card_that_holds_it_and_not_to_the_one_before() -> None:
    card = (
        '<article><h3><a href="/news/{n}">Title {n} of many</a></h3>'
        '<p class="date">{text}</p></article>'
    )
    pairs = (
        card.format(n=n, text=LONG) + card.format(n=n + 1, text=f"{n + 1}. Mai 2026")
        for n in (1, 3)
    )
    html = "".join(f'<div class="row">{pair}</div>' for pair in pairs)
    items = read_items(document(f"<main>{html}</main>"), NOW, style("de"))
    dated = {item.url[-1]: item.published.at.day for item in items if item.published}
    assert dated == {"2": 2, "4": 4}


def test_a_date_before_a_long_list_of_places_is_that_of_its_card() -> None:
    places = "Museum of Archaeology and Anthropology and of the History of Science at Kiruna"
    rows = "".join(
        f'<li><a href="/blog/{n}"><hgroup><h3>Title {n} of many</h3>'
        f"<h4>0{n}th March 2026 | {places if n == 5 else 'Library'}</h4></hgroup></a></li>"
        for n in range(4, 8)
    )
    items = read_items(document(f"<main><ul>{rows}</ul></main>"), NOW, style("en"))
    assert {item.url[-1]: item.published.at.day for item in items if item.published} == {
        "4": 4,
        "5": 5,
        "6": 6,
        "7": 7,
    }


def test_a_heading_within_a_text_takes_no_date_from_the_entry_around_it() -> None:
    entry = (
        '<h2><a href="/blog/{n}">Title {n} of many</a></h2><div class="entry"><p>Words.</p>'
        '<h3><a href="/premium/">Premium support</a></h3><p class="date">{n} May 2026</p></div>'
    )
    rows = "".join(f"<div>{entry.format(n=n)}</div>" for n in (3, 4, 5))
    items = read_items(document(f"<main>{rows}</main>"), NOW, style("en"))
    dated = {item.url: item.published.at.day for item in items if item.published}
    assert {url[-1]: day for url, day in dated.items() if "/blog/" in url} == {
        "3": 3,
        "4": 4,
        "5": 5,
    }


def _front(printed: int, addressed: int, address: str) -> int:
    """Return how many dated entries a front page has, of which some print their day."""
    links = [
        f"<div><h3><a href='{address.format(n=n)}'>Article number {n} of today</a></h3>"
        f"{'<small>0' + str(n % 9 + 1) + '.05.2026</small>' if n < printed else ''}</div>"
        for n in range(printed + addressed)
    ]
    shown = document(f"<main>{''.join(links)}</main>", "https://www.acme.example/")
    return sum(item.published is not None for item in read_items(shown, NOW, style()))


@pytest.mark.parametrize(
    "address",
    [
        "/local/20260509/artikler/7120{n}/1265",
        "/2026/05/09/nachricht-{n}",
        "/sport/2026-05-09/titre-{n}.html",
        "/{n}-storia/20260509/",
    ],
)
def test_the_front_of_a_paper_has_the_days_of_its_addresses(address: str) -> None:
    assert _front(3, 30, address) == 33


def test_a_box_of_older_posts_beside_a_list_that_prints_its_days_is_none_of_it() -> None:
    listed = "".join(LISTS["articles"].format(n=n) for n in range(1, 9))
    box = "".join(f"<li><a href='/2019/05/0{n}/x'>An old post {n}</a></li>" for n in range(1, 6))
    shown = document(f"<main>{listed}<div><p>Popular</p><ul>{box}</ul></div></main>")
    assert len(read_items(shown, NOW, style())) == 8
