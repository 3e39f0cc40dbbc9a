"""Whose a rating is: a page's own, or that of the vendor whose widget stands on that page."""

from collections.abc import Mapping

import pytest

from audit.model.kinds import ActivityKind
from audit.model.site import Feature, State
from scrapers.site.activity import activities
from scrapers.site.features import decide_features
from scrapers.site.look import Look
from tests.analysed import ACME, HOME, page, rules
from tests.fake_session import WINDOW

WIDGET = (
    '<div class="trustpilot-widget" data-businessunit-id="4711"></div>'
    '<script src="https://widget.trustpilot.com/bootstrap/v5/tp.widget.bootstrap.min.js"></script>'
)
JSON_LD = (
    '<script type="application/ld+json">{"@type": "Product", "name": "Pumpe P4", '
    '"aggregateRating": {"@type": "AggregateRating", "ratingValue": "4,6", "bestRating": 5, '
    '"ratingCount": 128}}</script>'
)
MICRODATA = (
    "<div itemscope itemtype='https://schema.org/Product'><h1>Pompe P4</h1><div itemscope "
    "itemprop='aggregateRating' itemtype='https://schema.org/AggregateRating'>"
    "<b itemprop='ratingValue'>4.6</b><b itemprop='ratingCount'>128</b></div></div>"
)


def reviews(pages: Mapping[str, str]) -> list[Feature]:
    """The findings of reviews on a site of some pages, by their paths."""
    facts = tuple(page(html, f"{HOME}{path}", "page") for path, html in pages.items())
    look = Look(company=ACME, pages=facts)
    found = decide_features(look, (), rules(), activities(look, (), WINDOW))
    return [each for each in found if each.feature == "reviews" and each.state is State.KNOWN]


def votes(feature: Feature) -> float | None:
    counts = {each.kind: each.value for each in feature.activity}
    value = counts.get(ActivityKind.RATINGS)
    return value if isinstance(value, float | int) else None


@pytest.mark.parametrize("rating", [JSON_LD, MICRODATA])
@pytest.mark.parametrize("path", ["macchine/", "produkte/p4", "製品/"])
def test_a_rating_of_another_page_is_not_the_vendors(path: str, rating: str) -> None:
    found = reviews({path: rating, "recensioni/": WIDGET})
    assert {each.vendor: votes(each) for each in found} == {"": 128, "Trustpilot": None}
    own = next(each for each in found if not each.vendor)
    assert own.url == f"{HOME}{path}"
    assert {proof.url for proof in own.evidence} == {own.url}


@pytest.mark.parametrize("rating", [JSON_LD, MICRODATA])
def test_a_rating_beside_the_widget_is_the_vendors(rating: str) -> None:
    found = reviews({"recensioni/": WIDGET + rating})
    assert [(each.vendor, votes(each)) for each in found] == [("Trustpilot", 128)]


def test_a_rating_without_any_vendor_is_the_sites_own() -> None:
    found = reviews({"p4": JSON_LD, "p5": JSON_LD.replace("128", "12")})
    assert [(each.vendor, votes(each)) for each in found] == [("", 128)]


def test_a_widget_on_every_page_takes_the_ratings_of_all() -> None:
    found = reviews({"p4": JSON_LD + WIDGET, "p5": WIDGET, "": WIDGET})
    assert [(each.vendor, votes(each)) for each in found] == [("Trustpilot", 128)]


def test_a_link_to_the_page_of_the_widget_stays_with_the_vendor() -> None:
    found = reviews({"": '<nav><a href="/recensioni/">Recensioni</a></nav>', "recensioni/": WIDGET})
    assert [each.vendor for each in found] == ["Trustpilot"]
