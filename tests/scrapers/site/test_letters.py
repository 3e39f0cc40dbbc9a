"""Newsletters that sites have in other words, at other places and on other hosts."""

import pytest

from audit.model.company import Company
from audit.model.site import State
from scrapers.site.features import decide_features
from scrapers.site.look import Look
from tests.analysed import ACME, HOME, page, rules


def has_newsletter(body: str, language: str = "en", company: Company = ACME) -> bool:
    pages = (page(f'<html lang="{language}"><body>{body}</body></html>', company.website),)
    features = decide_features(Look(company=company, pages=pages), (), rules())
    return any(each.feature == "newsletter" and each.state is State.KNOWN for each in features)


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("en", '<main><div><a href="/subscribe/">subscribe</a></div></main>'),
        ("de", '<main><div><a href="/abonnieren">Jetzt abonnieren</a></div></main>'),
        ("en", '<footer><a href="/subscribe.html">Get the latest news</a></footer>'),
        ("de", '<main><a href="/abonnieren">Auf dem Laufenden bleiben</a></main>'),
        ("fr", '<nav><a href="/newsletters/mode/8df8f938/">Mode</a></nav>'),
        ("en", '<nav><a href="/newsletter/2026-05/">May</a></nav>'),
        ("en", '<nav><a href="https://letters.example/edm?client=7">Newsletters</a></nav>'),
        ("de", '<footer><a href="https://verlag.example/x/">Newsletter abonnieren</a></footer>'),
        ("pl", '<nav><a href="https://x.acmepumps.example/">Newslettery</a></nav>'),
        ("es", '<footer><a href="/b/">Boletines</a></footer>'),
        (
            "tr",
            '<form action="/uyelik/bulten"><input name="email" placeholder="E-posta"></form>',
        ),
        (
            "en",
            '<form><input name="n"><input type="email" name="e"><p>I consent to receive emails'
            " from Acme</p><button>Sign me up!</button></form>",
        ),
    ],
)
def test_a_newsletter_is_known_by_what_one_does_for_it(language: str, body: str) -> None:
    assert has_newsletter(body, language)


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("en", '<main><div><a href="/subscribe-to-a-plan/">Subscribe</a></div></main>'),
        ("en", '<main><div><a href="/subscription/">Subscribe</a></div></main>'),
        ("en", '<main><div><a href="/subscribe/">All that you may read on pumps</a></div></main>'),
        ("en", '<footer><a href="/news/">Get the latest news</a></footer>'),
        ("en", '<footer><a href="/subscribe/">Pick up an old paper</a></footer>'),
        ("de", '<main><div><a href="/abonnement/">Abonnement</a></div></main>'),
        ("en", '<main><a href="https://rival.example/letter/">Newsletter</a></main>'),
        ("en", '<nav><a href="https://rival.example/x/">How newsletters sell pumps</a></nav>'),
        ("tr", '<form action="/giris"><input name="email" placeholder="E-posta"></form>'),
    ],
)
def test_what_is_paid_for_or_somebody_elses_is_none(language: str, body: str) -> None:
    assert not has_newsletter(body, language)


def test_the_newsletter_of_a_foundation_is_not_its_projects() -> None:
    project = Company(name="Acme Pumps", website="https://acmepumps.foundation.example/")
    link = '<nav><a href="https://www.foundation.example/news-mail/">Newsletter</a></nav>'
    assert not has_newsletter(link, company=project)


def known(body: str, url: str = HOME, head: str = "") -> set[str]:
    pages = (page(f'<html lang="en"><head>{head}</head><body>{body}</body></html>', url),)
    features = decide_features(Look(company=ACME, pages=pages), (), rules())
    return {each.feature for each in features if each.state is State.KNOWN}


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/accessibility">Accessibility Help</a>',
        '<a href="/hilfe/barrierefrei">Hilfe zur Barrierefreiheit</a>',
    ],
)
def test_help_with_the_page_itself_is_no_knowledge_base(link: str) -> None:
    assert "knowledge-base" not in known(f"<nav>{link}</nav>")
    assert "knowledge-base" in known('<nav><a href="/help">Help Centre</a></nav>')


def test_what_opens_on_an_article_is_no_part_of_the_site() -> None:
    head = '<meta property="og:type" content="article">'
    link = f'<nav><a href="{HOME}seal-7#talk">Ann’s Discussions</a></nav>'
    assert "forum" not in known(link, f"{HOME}seal-7", head)
    assert "forum" in known(f'<nav><a href="{HOME}talk">Discussions</a></nav>', head=head)


@pytest.mark.parametrize("path", ["temas/foros-de-acme", "themen/forum", "tags/forum"])
def test_what_is_filed_under_a_keyword_is_no_forum(path: str) -> None:
    assert "forum" not in known(f'<nav><a href="/{path}">Forum</a></nav>')
