"""Ratings by customers: how they are written, and how a page shows them without saying so."""

import pytest

from audit.model.kinds import ActivityKind
from audit.model.site import State
from scrapers.page.ratings import Rating, rating_of
from scrapers.site.features import decide_features
from scrapers.site.look import Look
from tests.analysed import ACME, page, rules


def has_reviews(html: str) -> bool:
    features = decide_features(Look(company=ACME, pages=(page(html),)), (), rules())
    return any(each.feature == "reviews" and each.state is State.KNOWN for each in features)


WRITTEN = [
    ({"ratingValue": "4.667", "bestRating": "5", "ratingCount": "3"}, Rating(4.667, 5, 3)),
    ({"ratingValue": "4,333", "reviewCount": "1,204"}, Rating(4.333, 5, 1204)),
    ({"ratingValue": "4.1 out of 5", "ratingCount": "1.204"}, Rating(4.1, 5, 1204)),
    ({"ratingValue": "8,5 von 10 Punkten", "ratingCount": 12}, Rating(8.5, 10, 12)),
    ({"ratingValue": "3.9/5", "reviewCount": "312 reviews"}, Rating(3.9, 5, 312)),
    ({"ratingValue": "5 üzerinden 4,2"}, Rating(4.2, 5, 0)),
    ({"ratingValue": "5つ星のうち4.5", "ratingCount": "(77)"}, Rating(4.5, 5, 77)),
    ({"ratingValue": "92", "bestRating": 100, "ratingCount": "2.0"}, Rating(92, 100, 2)),
    ({"ratingValue": 0, "ratingCount": 2}, Rating(0, 5, 2)),
]
NOT_WRITTEN = [
    {},
    {"ratingValue": "", "bestRating": "5", "ratingCount": "17"},
    {"ratingValue": None},
    {"ratingValue": True},
    {"ratingValue": "n/a"},
    {"ratingValue": 0, "ratingCount": 0},
    {"ratingValue": "0,0", "bestRating": "5", "reviewCount": "0 avis"},
    {"ratingValue": "87"},
    {"ratingValue": "87%"},
    {"ratingValue": "1.2.3"},
    {"ratingValue": ["4"]},
    {"ratingValue": float("nan")},
    {"ratingValue": "-3"},
    {"ratingValue": 10**400},
    {"ratingValue": "4 of " + "9" * 5_000},
]


@pytest.mark.parametrize(("thing", "rating"), WRITTEN)
def test_a_rating_is_read_however_it_is_written(thing: dict[str, object], rating: Rating) -> None:
    assert rating_of(thing) == rating


@pytest.mark.parametrize("thing", NOT_WRITTEN)
def test_what_is_no_rating_is_none_and_never_zero(thing: dict[str, object]) -> None:
    assert rating_of(thing) is None


def test_a_rating_in_the_words_of_microdata_has_its_best() -> None:
    data = (
        "<div itemprop='aggregateRating' itemscope><b itemprop='ratingValue'>4,6 sur 5</b>"
        "<i itemprop='reviewCount'>1 204 avis</i></div>"
    )
    kinds = {figure.activity.kind: figure.activity.value for figure in page(data).figures}
    assert kinds[ActivityKind.RATING] == 4.6
    assert kinds[ActivityKind.BEST] == 5
    assert kinds[ActivityKind.RATINGS] == 1204


def good(number: int, stars: str) -> str:
    return f"<li><a href='/pump-{number}'>Pump {number}</a><span>{stars}</span></li>"


ICONS = "<i class='icon icon-star'></i>" * 4 + "<i class='icon icon-star-half'></i>"
SYMBOLS = "<svg><use href='#star-full'></use></svg>" * 5
IMAGES = "<img src='/img/star.png' alt=''>" * 5
SHOWN = [
    '<div role="img" aria-label="Rated 4 out of 5"></div>',
    '<div class="s" title="4,5 von 5 Sternen"></div>',
    '<span aria-label="Note : 4,2 sur 5"></span>',
    '<span aria-label="Valutazione: 4,8 su 5"></span>',
    '<span aria-label="Ocena 4,9 z 5"></span>',
    '<span title="4,4 van de 5 sterren"></span>',
    '<span aria-label="5점 만점에 4.5점"></span>',
    '<img alt="Рейтинг 4,7 из 5" src="/s.png">',
    '<span aria-label="Bewertung: 4,7 Sterne"></span>',
    "<span>12 customer reviews</span>",
    "<p>1-10 of 57 reviews</p>",
    "<div class='title'>2 von 12 Bewertungen</div>",
    "<span>1 – 5 sur 40 avis</span>",
    "<span>2 av 9 omdömen</span>",
    "<span>Reviews (2012)</span>",
    "<a href='#reviews'>Reviews (4)</a>",
    "<span>3 Kundenbewertungen</span>",
    "<span>(1.204 reseñas)</span>",
    "<span>7 opinii klientów</span>",
    "<span>レビュー 12件</span>",
    "<span>★★★★☆</span> <span>(31)</span>",
    good(1, ICONS) + good(2, ICONS),
    good(1, SYMBOLS) + good(2, SYMBOLS),
    good(1, IMAGES) + good(2, IMAGES),
]
NOT_SHOWN = [
    '<button aria-label="Slide 4 of 5"></button>',
    '<button title="Page 2 of 10"></button>',
    '<span aria-label="5 of 12 stars were seen"></span>',
    '<label title="3 stars">3</label>',
    '<span title="4.7 kg">Pump</span>',
    "<h3>2023 in review</h3>",
    "<a href='/blog/2019/'>Recensioni 2019</a>",
    "<h3>Bewertungen im Jahr 2022</h3>",
    "<p>2 of 12 dealers</p>",
    "<p>We had 12 reviews in the press since 2019, and 4 out of 5 dealers like us.</p>",
    '<blockquote>So quiet!<span aria-label="Rated 5 out of 5"></span></blockquote>',
    f'<div class="testimonial-card"><p>So quiet!</p><span>{ICONS}</span></div>' * 3,
    f"<p><em>So quiet!</em><span>{ICONS}</span></p>" * 3,
    good(1, ICONS),
    "<ul>" + "<li class='star-menu'><a href='/a'>A</a></li>" * 5 + "</ul>",
    "<b class='start'></b>" * 5 + "<div>" + "<b class='start'></b>" * 5 + "</div>",
    '<a href="https://apps.apple.com/app/acme/id12"><b aria-label="4.8 out of 5 stars"></b></a>',
    '<div><a href="https://www.kununu.com/de/acme-pumps">kununu</a><b>120 Bewertungen</b></div>',
]


@pytest.mark.parametrize("html", SHOWN)
def test_ratings_are_told_by_their_shape_and_their_words(html: str) -> None:
    assert has_reviews(html)


@pytest.mark.parametrize("html", NOT_SHOWN)
def test_what_one_customer_or_an_app_is_given_are_no_reviews(html: str) -> None:
    assert not has_reviews(html)


EMPLOYERS = [
    '<footer><a href="https://www.kununu.com/de/acme-pumps">Bewertungen</a></footer>',
    '<footer><a href="https://www.glassdoor.com/Reviews/Acme-Pumps-Reviews-E1.htm">Us</a></footer>',
    '<iframe src="https://www.glassdoor.com/api/widget/verticalStarRating?e=1"></iframe>',
]


@pytest.mark.parametrize("html", EMPLOYERS)
def test_what_employees_say_of_their_company_are_no_customers_reviews(html: str) -> None:
    assert not has_reviews(html)
