"""Lists of threads: the beginning of each is told from the last reply, by whatever says so."""

from datetime import datetime

import pytest

from audit.model.facts import Item
from scrapers.parse.items import read_items
from scrapers.parse.published import published
from tests.scrapers.parse.pages import NOW, document, style, words

BEGAN = '<time datetime="2025-0{n}-05">x</time>'
LAST = '<time datetime="2026-0{n}-20">x</time>'
TITLE = '<a href="/t/{n}">Which seal for pump {n}?</a>'

BOTH = {
    "phpBB": '<li class="row"><dl><dt><div class="list-inner"><a class="topictitle" href="/t/{n}">Which seal for pump {n}?</a>'
    '<div class="topic-poster">by <a href="/u/jo">Jo</a> » ' + BEGAN + "</div></div></dt>"
    '<dd class="posts">4</dd><dd class="lastpost"><span>Last post by <a href="/u/ann">Ann</a> <a href="/p/9{n}#p9{n}">View</a><br>'
    + LAST
    + "</span></dd></dl></li>",
    "XenForo": '<div class="structItem"><div class="structItem-cell"><div class="structItem-title">' + TITLE + "</div>"
    '<ul><li class="structItem-startDate"><a href="/t/{n}/">' + BEGAN + "</a></li></ul></div>"
    '<div class="structItem-cell"><a class="structItem-latestDate" href="/t/{n}/latest">' + LAST + "</a></div></div>",
    "columns": "<tr><td>" + TITLE + "</td><td>Jo</td><td>" + BEGAN + "</td><td>4</td><td>" + LAST + "</td></tr>",
    "words": "<li>" + TITLE + "<p>Started by Jo, " + BEGAN + "</p><p>Last reply by Ann, " + LAST + "</p></li>",
    "only the last one is named": "<li>" + TITLE + "<i>" + BEGAN + "</i><p>Letzte Antwort " + LAST + "</p></li>",
    "a board of questions": "<div class='q'><h3>" + TITLE + "</h3><span>asked " + BEGAN + "</span> <span>active " + LAST + "</span></div>",
}  # fmt: skip
COLUMNS = "<tr><th>Topic</th><th>By</th><th>Started</th><th>Replies</th><th>Last post</th></tr>"


def threads(rows: str, language: str = "en") -> list[Item]:
    """Return the entries of a list that are threads of it, the first thread first."""
    html = f"<html lang='{language}'><main>{rows}</main></html>"
    items = read_items(document(html), NOW, style(language))
    return sorted((item for item in items if "/t/" in item.url), key=lambda item: item.url)


def day(dated: object) -> str:
    """Return the day of a date, "" for none."""
    at = getattr(dated, "at", None)
    return at.date().isoformat() if isinstance(at, datetime) else ""


@pytest.mark.parametrize("name", BOTH)
def test_the_beginning_and_the_last_reply_of_each_thread_are_told_apart(name: str) -> None:
    rows = "".join(BOTH[name].format(n=n) for n in (1, 2, 3))
    rows = f"<table>{COLUMNS}{rows}</table>" if name == "columns" else rows
    read = [item for item in threads(rows) if item.url.endswith(("/1", "/2", "/3"))]
    assert [day(item.published) for item in read] == ["2025-01-05", "2025-02-05", "2025-03-05"]
    assert all(item.begun for item in read)
    if name != "XenForo":  # its last reply has an address of its own
        assert [day(item.active) for item in read] == ["2026-01-20", "2026-02-20", "2026-03-20"]


LAST_ALONE = {
    "a heading over the column": "<tr><td>" + TITLE + "</td><td>4</td><td>" + LAST + "</td></tr>",
    "a class": "<li>" + TITLE + '<div class="lastpost"><a href="/u/ann">Ann</a> ' + LAST + "</div></li>",
    "bbPress": "<ul>" + TITLE + '<li class="bbp-topic-freshness">' + LAST + "</li></ul>",
    "words before it": "<li>" + TITLE + " · Last message by Ann, " + LAST + "</li>",
    "words in it": "<li>" + TITLE + '<p class="date">Latest reply: 2026-0{n}-20</p></li>',
}  # fmt: skip


@pytest.mark.parametrize("name", LAST_ALONE)
def test_the_date_of_the_last_reply_alone_is_no_date_of_publication(name: str) -> None:
    rows = "".join(LAST_ALONE[name].format(n=n) for n in (1, 2, 3))
    head = "<tr><th>Topic</th><th>Replies</th><th>Last post</th></tr>"
    read = threads(f"<table>{head}{rows}</table>" if rows.startswith("<tr>") else rows)
    assert [day(item.active) for item in read] == ["2026-01-20", "2026-02-20", "2026-03-20"]
    assert not any(item.published or item.begun for item in read)


HEADS = {
    "de": "Letzter Beitrag", "fr": "Dernier message", "es": "Última respuesta", "it": "Ultimo messaggio",
    "pt": "Última mensagem", "nl": "Laatste reactie", "sv": "Senaste inlägg", "da": "Seneste svar",
    "no": "Siste innlegg", "fi": "Viimeisin viesti", "pl": "Ostatni post", "cs": "Poslední příspěvek",
    "sk": "Posledný príspevok", "hu": "Utolsó hozzászólás", "ro": "Ultimul mesaj", "tr": "Son mesaj",
    "ru": "Последнее сообщение", "uk": "Останнє повідомлення", "el": "Τελευταία δημοσίευση", "ja": "最終投稿",
    "zh": "最后回复", "ko": "마지막 글", "ar": "آخر مشاركة",
}  # fmt: skip


@pytest.mark.parametrize("language", HEADS)
def test_a_column_of_last_replies_is_told_in_other_languages(language: str) -> None:
    row = "<tr><td>" + TITLE + "</td><td>" + LAST + "</td></tr>"
    rows = "".join(row.format(n=n) for n in (1, 2))
    read = threads(f"<table><tr><th>*</th><th>{HEADS[language]}</th></tr>{rows}</table>", language)
    assert [day(item.active) for item in read] == ["2026-01-20", "2026-02-20"]
    assert not any(item.published for item in read)


BLOGS = {
    "a badge on the newest": "<article><h2>" + TITLE + "</h2><b>Latest post</b> " + LAST + "</article>",
    "an entry's class": '<div class="last-post"><h2>' + TITLE + "</h2><p>" + LAST + "</p></div>",
    "a part's class": "<article><h2>" + TITLE + '</h2><p class="last-post__date">' + LAST + "</p></article>",
    "a title of such words": '<li><a href="/t/{n}">Last reply of season {n}</a> ' + LAST + "</li>",
    "words behind it": "<li>" + TITLE + LAST + " <i>latest comment by Ann</i></li>",
}  # fmt: skip


@pytest.mark.parametrize("name", BLOGS)
def test_posts_of_a_blog_keep_their_dates(name: str) -> None:
    plain = "<article><h2>" + TITLE + "</h2><p>" + LAST + "</p></article>"
    others = plain if name == "a badge on the newest" else BLOGS[name]
    read = threads(BLOGS[name].format(n=4) + "".join(others.format(n=n) for n in (1, 2, 3)))
    assert [day(item.published) for item in read] == [f"2026-0{n}-20" for n in (1, 2, 3, 4)]
    assert not any(item.active for item in read)


def test_what_stands_at_the_head_of_a_thread_dates_no_page() -> None:
    thread = "<main><h1>Seals</h1><p>Last reply by Ann on <time datetime='2026-05-20'>x</time></p></main>"
    began = "<p>Started <time datetime='2020-05-20'>x</time></p></main>"
    assert published(document(thread), NOW, style()) is None
    both = published(document(thread.replace("</main>", began)), NOW, style())
    assert day(both) == "2020-05-20"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Last post by Ann, posted", "active"),
        ("Started by Ann", "published"),
        ("Viewed 4 times by Ann", ""),
        ("", ""),
        ("a" * 5_000, ""),
    ],
)
def test_words_by_a_date_of_a_thread(text: str, told: str) -> None:
    named = words().told_of_thread(text.lower())
    assert (named.value if named is not None else "") == told


def test_odd_tables_are_read_and_give_no_role() -> None:
    row = "<tr><td colspan='x'>" + TITLE + "</td><td colspan=0>" + LAST + "</td><td>4</td></tr>"
    rows = "".join(row.format(n=n) for n in (1, 2, 3))
    for head in ("", "<tr></tr>", "<tr><th colspan=999>Last post</th></tr>"):
        read = threads(f"<table>{head}{rows}</table>")
        assert len(read) == 3
