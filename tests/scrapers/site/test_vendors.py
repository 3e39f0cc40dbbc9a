"""What is enough to name a vendor: one strong mark, or two that bear its name."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from audit.model.company import Company
from audit.model.exchange import Request
from audit.model.site import State
from config.catalogue import load_catalogue
from scrapers.page.analyse import analyse
from scrapers.page.rules import Rules
from scrapers.site.features import decide_features
from scrapers.site.look import Look
from tests.analysed import ACME, HOME
from tests.scrapers.parse.pages import page

CATALOGUE = """
features:
- id: reviews.pumprate
  feature: reviews
  vendor: Pumprate
  strength: weak
  css: ['.pumprate-main', '.pumprate-badge', '.pr-stars', '[class^="pumprate-list-"]']
- id: knowledge-base.pumphelp
  feature: knowledge-base
  vendor: Pumphelp
  strength: weak
  link: [pumphelp.example]
- id: chat.pumphelp
  feature: chat
  vendor: Pumphelp Chat
  strength: weak
  link: [pumphelp.example]
- id: cms.pumppress
  feature: cms
  vendor: Pumppress
  script: [s0.pumppress.example, stats.pumppress.example]
- id: analytics.pumppress
  feature: analytics
  vendor: Pumppress Counts
  script: [stats.pumppress.example]
"""


@cache
def rules() -> Rules:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "ours.yaml"
        file.write_text(CATALOGUE)
        return Rules(load_catalogue((file,)))


def vendors(html: str, company: Company = ACME) -> set[str]:
    """The vendors of the file above that a page of a company is said to have."""
    facts = analyse(page(html, url=HOME), Request(url=HOME, why="start"), rules())
    found = decide_features(Look(company=company, pages=(facts,)), (), rules())
    known = {feature.vendor for feature in found if feature.state is State.KNOWN}
    return {vendor for vendor in known if vendor.startswith("Pump")}


@pytest.mark.parametrize(
    "html",
    [
        '<div class="pumprate-main"></div><span class="pumprate-badge"></span>',
        '<div class="a pumprate-main"></div><p>Bewertungen</p><div id="pumprate-badge-4"></div>',
        '<div class="pumprate-list-a"></div><div class="pumprate-list-b"></div>',
        "<pumprate-main></pumprate-main><template><i class='pumprate-badge'></i></template>",
    ],
)
def test_two_names_of_elements_that_bear_the_vendors_name_are_enough(html: str) -> None:
    assert vendors(html) == {"Pumprate"}


@pytest.mark.parametrize("name", ["Pumprate & Söhne", "Le Pumprate", "PUMPRATE AG"])
def test_names_that_bear_the_companys_own_name_are_not_the_vendors(name: str) -> None:
    company = Company(name=name, website=HOME)
    names = '<div class="pumprate-main"></div><span class="pumprate-badge"></span>'
    assert vendors(names, company) == set()


@pytest.mark.parametrize(
    "html",
    [
        '<div class="pumprate-main"></div>',
        '<div class="pumprate-main"></div><div class="pumprate-main"></div>',
        '<div class="pr-stars"></div>',
        "<p>pumprate-main and pumprate-badge</p>",
    ],
)
def test_one_name_or_one_that_anybody_may_use_is_too_little(html: str) -> None:
    assert vendors(html) == set()


@pytest.mark.parametrize(
    "html",
    [
        '<footer><a href="https://acmepumps.pumphelp.example/">Help</a></footer>',
        '<a href="https://acme-pumps.eu.pumphelp.example/artikel/1">Hilfe</a>',
        '<article><p>See <a href="https://acmepumps.pumphelp.example/">help</a></p></article>',
        '<template><a href="https://acmepumps.pumphelp.example/">Aide</a></template>',
    ],
)
def test_an_address_that_bears_the_companys_name_is_its_account_there(html: str) -> None:
    assert vendors(html) == {"Pumphelp"}


@pytest.mark.parametrize(
    "html",
    [
        '<footer><a href="https://www.pumphelp.example/">Powered by Pumphelp</a></footer>',
        '<footer><a href="https://rival.pumphelp.example/">Help</a></footer>',
        '<footer><a href="https://pumphelp.example/acmepumps">Help</a></footer>',
    ],
)
def test_another_address_of_a_weak_rule_is_too_little(html: str) -> None:
    assert vendors(html) == set()


def test_hosts_that_are_asked_ahead_do_not_name_what_the_site_is_made_with() -> None:
    head = (
        '<link rel="preconnect" href="https://stats.pumppress.example">'
        '<link rel="dns-prefetch" href="//s0.pumppress.example">'
    )
    assert vendors(head) == {"Pumppress Counts"}
    assert "Pumppress" in vendors('<script src="https://s0.pumppress.example/a.js"></script>')
