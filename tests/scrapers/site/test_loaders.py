"""The loader of a vendor with many products names the vendor, and none of its products."""

import pytest

from audit.model.site import EMBEDDED_SERVICE, State
from scrapers.site.features import decide_features
from scrapers.site.look import Look
from tests.analysed import ACME, page, rules


def found(html: str) -> dict[str, str]:
    """What is known of a page: feature → vendor."""
    decided = decide_features(Look(company=ACME, pages=(page(html),)), (), rules())
    return {each.feature: each.vendor for each in decided if each.state is State.KNOWN}


LOADERS = [
    ('<script src="https://static.elfsight.com/platform/platform.js"></script>', "Elfsight"),
    (
        '<script src="https://static.elfsight.com/platform/platform.js"></script>'
        '<div class="elfsight-app-12"></div>',
        "Elfsight",
    ),
    ('<script src="https://cdn.commoninja.com/sdk/latest/commonninja.js"></script>', None),
    ('<script src="https://embedsocial.com/cdn/aht.js"></script>', "EmbedSocial"),
    ('<script src="https://www.powr.io/powr.js?platform=html"></script>', "POWR"),
    ('<script src="https://vk.com/js/api/openapi.js?169"></script>', "VK"),
    ('<script src="https://telegram.org/js/telegram-widget.js?22"></script>', "Telegram"),
    ('<script src="https://socialshopwave.com/x.js"></script>', "Growave"),
    ('<script src="https://acme.involve.me/embed"></script>', "Involve.me"),
]
PRODUCTS = [
    (
        '<script src="https://embedsocial.com/cdn/ht.js"></script>'
        '<div class="embedsocial-hashtag" data-ref="1"></div>',
        {"social-feed": "EmbedSocial"},
    ),
    (
        '<script src="https://embedsocial.com/embedscript/ri.js"></script>'
        '<div class="embedsocial-reviews" data-ref="1"></div>',
        {"reviews": "Embedsocial reviews"},
    ),
    (
        '<script src="https://vk.com/js/api/openapi.js?169"></script>'
        '<div id="vk_comments"></div><script>VK.Widgets.Comments("vk_comments", {});</script>',
        {"comments": "VK Comments"},
    ),
    (
        '<script src="https://telegram.org/js/telegram-widget.js?22"'
        ' data-telegram-discussion="acme/1"></script>',
        {"comments": "Telegram discussion"},
    ),
    (
        '<script src="https://www.powr.io/powr.js"></script>'
        '<div class="powr-social-feed" id="1"></div>',
        {"social-feed": "POWR"},
    ),
]
TOOLS_BEHIND = [
    '<script src="https://js.appboycdn.com/web-sdk/5.4/braze.min.js"></script>',
    '<script src="https://js.iterable.com/analytics.js"></script>',
    '<script src="https://assets.customer.io/assets/track.js"></script>',
    '<script src="https://pi.pardot.com/pd.js"></script>',
    '<script src="https://cdn.exponea.com/js/exponea.min.js"></script>',
    '<script src="https://utt.impactcdn.com/A1.js"></script>',
    '<script src="https://script.tapfiliate.com/tapfiliate.js"></script>',
    '<script src="https://cdn.announcekit.app/widget.js"></script>',
]


@pytest.mark.parametrize(("html", "vendor"), LOADERS)
def test_a_loader_names_its_vendor_alone(html: str, vendor: str | None) -> None:
    assert found(html) == {EMBEDDED_SERVICE: vendor or "Common Ninja"}


@pytest.mark.parametrize(("html", "features"), PRODUCTS)
def test_the_mark_of_a_product_names_it_in_place_of_the_loader(
    html: str, features: dict[str, str]
) -> None:
    assert found(html) == features


@pytest.mark.parametrize("html", TOOLS_BEHIND)
def test_what_counts_and_sends_behind_a_site_is_nothing_that_readers_use(html: str) -> None:
    known = found(html)
    assert known
    assert known.keys().isdisjoint({"newsletter", "referral", "survey", "push"})


NEIGHBOURS = [
    (
        '<script src="https://service.force.com/embeddedservice/5.0/esw.min.js"></script>',
        {"chat"},
    ),
    ('<script src="https://static.zdassets.com/hc/assets/de.1.js"></script>', {"knowledge-base"}),
    ('<script src="https://static.zdassets.com/ekr/snippet.js?key=1"></script>', {"chat"}),
    ('<script src="https://run.pstmn.io/button.js"></script>', {"api"}),
    ('<script src="https://player.twitch.tv/js/embed/v1.js"></script>', {"video"}),
]


@pytest.mark.parametrize(("html", "features"), NEIGHBOURS)
def test_a_script_names_no_other_product_of_its_host(html: str, features: set[str]) -> None:
    assert set(found(html)) == features


def test_a_link_to_the_portal_of_a_ghost_site_is_its_newsletter() -> None:
    assert found('<a href="#/portal/signup">Inscrivez-vous</a>')["newsletter"] == "Ghost Members"
    assert "newsletter" not in found('<a href="#/portal/signin">Connexion</a>')


SHOPS = [
    ('<meta name="author" content="Shoptet.cz">', "cms"),
    ('<link rel="stylesheet" href="https://cdn.myshoptet.com/prj/main.css">', "cms"),
    ('<link rel="stylesheet" href="/bitrix/cache/css/s1/x/page.css">', "cms"),
    ('<nav><a href="https://www.exploretock.com/acmepumps">Rezervovat</a></nav>', "booking"),
    ('<table class="kfrontstats"><tr><td>Ogółem</td></tr></table>', "forum"),
    (
        "<script>var h=document.createElement('script');"
        "h.src='https://www.heureka.cz/direct/i/gjs.php?n=wdgt&sak=A';</script>",
        "reviews",
    ),
]


@pytest.mark.parametrize(("html", "feature"), SHOPS)
def test_products_of_shops_and_boards_are_named(html: str, feature: str) -> None:
    assert found(html).get(feature)
