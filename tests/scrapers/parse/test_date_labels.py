"""The date of a change is told from that of a publication."""

import pytest

from scrapers.parse.items import read_items
from scrapers.parse.published import published
from tests.scrapers.parse.pages import NOW, document, style

CHANGE = '<time datetime="2026-11-20">20 November 2026</time>'
FIRST = '<time datetime="2026-06-02">2 June 2026</time>'


def day_of(html: str, language: str = "en") -> str:
    """Return the day on which the article of a page was published; "" for none."""
    page = document(f'<html lang="{language}"><main><article><h1>Seals</h1>{html}</article></main>')
    dated = published(page, NOW, style(language))
    return dated.at.date().isoformat() if dated is not None else ""


@pytest.mark.parametrize(
    "html",
    [
        f"<p>Updated {CHANGE} · Published {FIRST}</p>",
        f"<p>Updated: {CHANGE}<br>Posted on: {FIRST}</p>",
        f"<p><span>Last modified</span> {CHANGE} <span>First published</span> {FIRST}</p>",
        f"<dl><dt>Last updated</dt><dd>{CHANGE}</dd><dt>Published</dt><dd>{FIRST}</dd></dl>",
        f'<p><span class="updated">{CHANGE}</span> {FIRST}</p>',
        f'<p class="last-modified">{CHANGE}</p><p>{FIRST}</p>',
        f'<p><time class="updated" datetime="2026-11-20"></time>{FIRST}</p>',
        f'<p><time itemprop="dateModified" datetime="2026-11-20"></time>{FIRST}</p>',
        f"<p>{CHANGE} (updated)</p><p>{FIRST}</p>",
        '<p><time class="entry-date updated" datetime="2026-06-02"></time></p>',
        '<p class="date">Updated 20 November 2026</p><p class="date">2 June 2026</p>',
    ],
)
def test_a_change_is_passed_over_wherever_it_is_called_one(html: str) -> None:
    assert day_of(html) == "2026-06-02"


@pytest.mark.parametrize(
    ("language", "html"),
    [
        ("de", f"<p>Zuletzt aktualisiert am {CHANGE}, erschienen am {FIRST}</p>"),
        ("fr", f"<p>Mis à jour le {CHANGE}. Publié le {FIRST}</p>"),
        ("ja", f"<p>更新日：{CHANGE} 公開日：{FIRST}</p>"),
        ("tr", f"<p>Güncelleme: {CHANGE} Yayınlanma tarihi: {FIRST}</p>"),
        ("pl", f"<p>Aktualizacja: {CHANGE}</p><p>Opublikowano: {FIRST}</p>"),
    ],
)
def test_a_change_is_told_in_other_languages(language: str, html: str) -> None:
    assert day_of(html, language) == "2026-06-02"


@pytest.mark.parametrize(
    "html",
    [
        f"<h2>What we updated</h2>{FIRST}",
        f'<p><a href="/updated">Updated</a> {FIRST}</p>',
        f'<div class="updates">{FIRST}</div>',
        f"<p>Published {FIRST} · Updated {CHANGE}</p>",
        f"<p>The manual was updated by our people in the workshop. {FIRST}</p>",
    ],
)
def test_a_word_elsewhere_makes_no_date_a_change(html: str) -> None:
    assert day_of(html) == "2026-06-02"


def test_a_page_that_dates_only_its_change_has_no_date_of_publication() -> None:
    assert day_of(f"<p>Updated {CHANGE}</p>") == ""


def test_a_teaser_with_both_dates_has_that_of_publication() -> None:
    teasers = "".join(
        f'<article><h2><a href="/news/{number}-story">A story of seals {number}</a></h2>'
        f"<p>Updated {CHANGE} Published {FIRST}</p></article>"
        for number in range(3)
    )
    items = read_items(document(f"<main>{teasers}</main>"), NOW, style("en"))
    assert {item.published.at.date().isoformat() for item in items if item.published} == {
        "2026-06-02"
    }
