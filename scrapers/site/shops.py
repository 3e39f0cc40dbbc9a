"""Tell a shop, in which the words for news are those for new goods as well."""

from collections.abc import Iterable, Set

from audit.model.facts import PageFacts
from scrapers.parse.urls import segments

_GOODS = frozenset({"Product", "ProductGroup", "og:product"})
"""Types of a page of goods."""

_BASKETS = frozenset(
    {
        *("cart", "basket", "checkout", "shopping-cart", "shopping-bag", "warenkorb", "kasse"),
        *("panier", "carrito", "cesta", "carrello", "carrinho", "winkelwagen", "winkelmand"),
        *("varukorg", "kundvagn", "kurv", "indkobskurv", "handlekurv", "handlevogn", "ostoskori"),
        *("koszyk", "kosik", "nakupni-kosik", "nakupny-kosik", "kosar", "cos", "sepet", "korzina"),
    }
)
"""Parts of an address at which one pays, without their accents and endings."""

_BOTH, _NEWS = "novelties", "news"
"""Sections of the vocabulary: words for news and for new goods, and words for news."""


def is_shop(pages: Iterable[PageFacts]) -> bool:
    """Tell whether a site sells goods: it calls a page goods, or leads to a basket."""
    return any(
        not _GOODS.isdisjoint(page.types)
        or any(
            part.lower().partition(".")[0] in _BASKETS
            for link in page.links
            for part in segments(link.url)
        )
        for page in pages
    )


def without_goods(sections: Set[str]) -> frozenset[str]:
    """Return what a shop means by a name: "Novedades" alone is no promise of news.

    Its entries tell, where they have dates; "Noticias" beside it is what it is anywhere.
    """
    return frozenset(sections - {_NEWS} if _BOTH in sections else sections)
