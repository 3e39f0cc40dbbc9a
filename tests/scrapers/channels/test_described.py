"""Whose the profiles are that structured data name: the site's, another organisation's, a person's."""

import json

import pytest

from tests.scrapers.channels.owned import HOME, own

FOOT = '<footer><a href="https://www.facebook.com/boreapumps">Facebook</a></footer>'
FACEBOOK = "facebook boreapumps"
BOREA = {"@type": "Organization", "name": "Borea Pumps AS", "url": HOME}
WELLS = "https://www.youtube.com/@wellworks"


def data(*things: object) -> str:
    """Return a script of JSON-LD; several objects are a graph."""
    content: object = things[0] if len(things) == 1 else {"@graph": list(things)}
    return f'<script type="application/ld+json">{json.dumps(content)}</script>'


def wells(**more: object) -> dict[str, object]:
    """Return an organisation that is not the company."""
    return {"@type": "Organization", "name": "Well Works", "sameAs": [WELLS], **more}


@pytest.mark.parametrize(
    "thing",
    [
        {"@type": "Article", "publisher": BOREA, "citation": wells()},
        {"@type": "Service", "provider": BOREA, "audience": wells()},
        {"@type": "Course", "name": "Schweißen", "provider": wells(name="Brunnenbau Süd e. V.")},
        {"@type": "Offer", "seller": BOREA, "itemOffered": {"@type": "Thing", "brand": wells()}},
        {**BOREA, "alumni": [wells()], "award": "Best pump"},
        {**BOREA, "parentOrganization": wells(name="Vannverk Gruppen")},
        {"@type": "WebPage", "significantLink": HOME, "mentions": {"offers": [wells()]}},
        {"@type": "ItemList", "itemListElement": [{"position": 1, "item": wells()}]},
    ],
)
def test_an_organisation_that_hangs_on_another_object_is_somebody_elses(thing: object) -> None:
    assert own(data(thing) + FOOT, data(thing)) == [FACEBOOK]


@pytest.mark.parametrize(
    "things",
    [
        ({"@type": "Article", "about": {"@id": "#w"}}, wells(**{"@id": "#w"}), BOREA),
        (BOREA, wells()),
        (BOREA, wells(url=f"{HOME}members/well-works/")),
        (wells(), wells(name="Deep Wells", sameAs="https://www.tiktok.com/@deepwells")),
        (wells(url="https://wells.example/"),),
    ],
)
def test_one_that_stands_in_the_graph_beside_the_companys_is_somebody_elses(
    things: tuple[object, ...],
) -> None:
    assert own(data(*things) + FOOT, data(*things)) == [FACEBOOK]


@pytest.mark.parametrize(
    "things",
    [
        # By what it publishes, directly or by its name within the page.
        ({"@type": "WebSite", "publisher": wells()},),
        ({"@type": "BlogPosting", "publisher": {"@id": "#w"}}, wells(**{"@id": "#w"})),
        # By its address: the start page, also of a language.
        (wells(url=HOME), {"@type": "Product", "brand": {"@type": "Brand", "name": "Z"}}),
        ({"@type": "AboutPage", "mainEntity": wells(url=f"{HOME}nb/")},),
        # By the name of the company, wherever it hangs.
        ({"@type": "JobPosting", "hiringOrganization": wells(name="Borea Pumps AS")},),
        ({"@type": "Event", "organizer": wells(name="Borea Pumps Norge")},),
        # As the only organisation of the page, by whatever types.
        (wells(),),
        (wells(), wells(**{"@type": "Bakery"})),
        ({"@type": "WebSite", "url": HOME, "name": "Welcome"}, wells()),
    ],
)
def test_the_sites_own_organisation_is_believed_whatever_its_profiles_are_called(
    things: tuple[object, ...],
) -> None:
    assert own(data(*things) + FOOT) == [FACEBOOK, "youtube wellworks"]


def test_the_name_of_another_organisation_is_no_name_of_the_companys() -> None:
    sold = {"@type": "Product", "name": "P1", "brand": {"@type": "Brand", "name": "Well Works"}}
    html = f'{data(sold)}<main><a href="{WELLS}">Video</a></main>'
    assert own(html + FOOT, html) == [FACEBOOK]


ANNA = {"@type": "Person", "name": "Anna Wells", "sameAs": ["https://x.com/anna_w"]}
BOXES = {
    "plain": '<article><p>…</p></article><div><b>Anna Wells</b> <a href="https://x.com/anna_w">X</a></div>',
    "icons": '<article><div class="post-author"><a href="https://x.com/anna_w">X</a> '
    '<a href="https://www.tiktok.com/@anna_w">T</a> <a href="https://vimeo.com/annaw">V</a></div></article>',
    "norsk": '<aside><h4>Om forfatteren</h4><a rel="me" href="https://x.com/anna_w">Følg Anna</a></aside>',
    "foot": '<footer class="author-info"><a href="https://x.com/anna_w">X</a></footer>',
}  # fmt: skip


@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)
def test_a_person_of_the_data_with_a_box_in_the_page_is_not_the_company(box: str) -> None:
    written = data({"@type": "Article", "author": ANNA, "publisher": BOREA}) + box + FOOT
    assert "x anna_w" not in own(data(BOREA, ANNA) + FOOT, written, written)


@pytest.mark.parametrize(
    "html",
    [
        # Who writes as the company, whose site it is, and what stands in the site's foot.
        data({**ANNA, "name": "Borea Pumps"}) + '<div><a href="https://x.com/anna_w">X</a></div>',
        data({"@type": "WebSite", "publisher": ANNA}),
        data(ANNA) + '<footer class="follow"><a href="https://x.com/anna_w">X</a></footer>',
    ],
)
def test_a_person_who_is_the_site_keeps_the_profile_as_the_sites(html: str) -> None:
    assert own(html) == ["x anna_w"]


@pytest.mark.parametrize(
    "thing",
    [
        {"@type": "Organization", "sameAs": None, "name": ["x", {"@type": "Thing"}], "url": 7},
        {"@type": [], "@id": [], "publisher": [[[[]]], {"@id": None}, None], "sameAs": "x"},
        {"@type": "Organization", "@id": "#a", "publisher": {"@id": "#a"}, "sameAs": "//"},
    ],
)
def test_odd_data_are_no_trouble(thing: object) -> None:
    assert own(data(thing) + FOOT) == [FACEBOOK]
