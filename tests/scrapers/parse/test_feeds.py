"""Feeds in the forms in which sites publish them."""

from datetime import timedelta

import pytest

from scrapers.parse.feeds import read_feed
from tests.scrapers.parse.pages import NOW, page

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Acme &amp; friends</title>
<link>https://www.acme.example/news/</link>
<item><title>One</title><link>/news/1</link><pubDate>Thu, 29 Oct 2026 09:30:00 GMT</pubDate></item>
<item><title>Two</title><guid>https://www.acme.example/news/2</guid></item></channel></rss>"""


def test_an_rss_feed_is_read_in_order_with_links_resolved() -> None:
    feed = read_feed(page(RSS, "application/rss+xml"))
    assert feed is not None
    assert feed.title == "Acme & friends"
    assert [item.url for item in feed.items] == [
        f"https://www.acme.example/news/{number}" for number in (1, 2)
    ]
    assert feed.items[1].published is None
    assert not feed.comments


def test_a_json_feed_is_read() -> None:
    text = """{"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": [
    {"id": "1", "url": "/a", "title": "A", "date_published": "2026-10-29T09:30:00Z"}]}"""
    feed = read_feed(page(text, "application/feed+json"))
    assert feed is not None
    assert feed.items[0].published is not None


def test_a_feed_of_comments_says_so() -> None:
    feed = read_feed(page(RSS.replace("Acme &amp; friends", "Comments on: Hello"), "text/xml"))
    assert feed is not None
    assert feed.comments


def test_a_feed_with_sound_is_a_podcast() -> None:
    sound = '<enclosure url="https://a.example/1.mp3" type="audio/mpeg" length="1"/></item>'
    feed = read_feed(page(RSS.replace("</item>", sound), "application/rss+xml"))
    assert feed is not None
    assert feed.audio


@pytest.mark.parametrize(
    "text",
    [
        '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "b">]><rss><channel><title>&a;</title></channel></rss>',
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel/></rss>',
        "<html><body>not a feed</body></html>",
        "",
        "{}",
        "[1]",
    ],
)
def test_what_declares_entities_or_is_no_feed_is_refused(text: str) -> None:
    assert read_feed(page(text, "application/xml")) is None


def test_half_a_character_in_a_feed_costs_its_text_and_not_the_feed() -> None:
    head = '<?><rss version="2.0" c="<![CDATA["><channel><title>&#xD800;</title>'
    rows = (
        "<item><title>Half &#xD800;</title><link>https://acme.example/1</link></item>"
        "<item><title>Two</title><link href='&#xD800;'>https://acme.example/2</link></item>"
    )
    feed = read_feed(page(f"{head}{rows}</channel></rss>".encode(), "application/rss+xml"))
    assert feed is not None
    assert [item.title for item in feed.items] == ["Two"]


def test_references_that_xml_does_not_know_stay_words() -> None:
    feed = read_feed(page(RSS.replace("One", "R&D&nbsp;&eacute;t&eacute;")))
    assert feed is not None
    assert feed.items[0].title == "R&D été"


@pytest.mark.parametrize(
    ("published", "updates"), [("<published>{}</published>", False), ("", True)]
)
def test_a_feed_that_dates_changes_only_says_so(published: str, updates: bool) -> None:
    day = "2026-10-29T09:30:00Z"
    feed = read_feed(
        page(
            '<feed xmlns="http://www.w3.org/2005/Atom"><title>Acme</title><entry><title>One</title>'
            f'<link href="/1"/>{published.format(day)}<updated>{day}</updated></entry></feed>'
        )
    )
    assert feed is not None
    assert feed.updates is updates
    assert feed.items[0].published is not None


def test_a_date_of_publication_alone_is_no_date_of_change() -> None:
    feed = read_feed(page(RSS))
    assert feed is not None
    assert not feed.updates


@pytest.mark.parametrize(
    ("text", "day"),
    [("Mi, 04 Mär 2026 10:00:00 +0100", "2026-03-04"), ("5 février 2026", "2026-02-05")],
)
def test_a_feed_may_write_its_dates_in_other_languages(text: str, day: str) -> None:
    feed = read_feed(page(RSS.replace("Thu, 29 Oct 2026 09:30:00 GMT", text)))
    assert feed is not None
    assert feed.items[0].published is not None
    assert feed.items[0].published.at.date().isoformat() == day


def test_prefixes_and_addresses_of_namespaces_are_read_in_any_spelling() -> None:
    feed = read_feed(
        page(
            '<rss xmlns:d="HTTP://PURL.ORG/DC/ELEMENTS/1.1/"><channel><title>Acme</title>'
            "<item><d:title>One</d:title><link>/1</link><dc:date>2026-10-29</dc:date></item>"
            "</channel></rss>"
        )
    )
    assert feed is not None
    assert feed.items[0].title == "One"
    assert feed.items[0].published is not None
    assert feed.items[0].published.day_only


def test_entries_without_ends_are_read_one_by_one() -> None:
    entries = "".join(
        f"<item><title>{number}</title><link>/{number}</link>" for number in (1, 2, 3)
    )
    feed = read_feed(page(f"<rss><channel><title>Acme</title>{entries}"))
    assert feed is not None
    assert sorted(item.title for item in feed.items) == ["1", "2", "3"]
    assert feed.truncated, "its root is never ended"


@pytest.mark.parametrize("oldest_first", [True, False])
def test_of_a_long_feed_the_newest_entries_are_read(oldest_first: bool) -> None:
    days = [NOW - timedelta(hours=hours) for hours in range(1_200)]
    entries = "".join(
        f"<item><title>{number}</title><link>/{number}</link><pubDate>{day:%Y-%m-%dT%H:%MZ}</pubDate></item>"
        for number, day in enumerate(reversed(days) if oldest_first else days)
    )
    feed = read_feed(page(f"<rss><channel><title>Acme</title>{entries}</channel></rss>"))
    assert feed is not None
    assert feed.truncated
    newest = max(item.published.at for item in feed.items if item.published is not None)
    assert (len(feed.items), newest) == (1_000, NOW)


def days_in(*stamps: str, language: str = "", name: str = "pubDate") -> list[str]:
    """Return the days of a feed's entries, "" for one without, from its dates as it writes them."""
    entries = "".join(
        f"<item><title>Story {number}</title><link>/{number}</link><{name}>{stamp}</{name}></item>"
        for number, stamp in enumerate(stamps)
    )
    head = f"<title>Acme</title><language>{language}</language>"
    feed = read_feed(page(f"<rss><channel>{head}{entries}</channel></rss>", "text/xml"))
    assert feed is not None
    return [item.published.at.date().isoformat() if item.published else "" for item in feed.items]


def test_a_date_that_a_lenient_reader_would_guess_is_none_or_right() -> None:
    assert days_in(
        "2026/10/08 15:07:41",
        "Mittwoch, 14. Oktober 2026 - 09:12",
        "1778229191",
        "Wed, 30 Nov -0001 00:00:00 +0000",
        "Mon, 01 Jan 0001 00:00:00 +0000",
        "0000-00-00 00:00:00",
        "2026-10",
        "soon",
    ) == ["2026-10-08", "2026-10-14", "", "", "", "", "", ""]


@pytest.mark.parametrize(
    ("language", "other", "day"),
    [
        ("en-us", "03/04/2026", "2026-03-04"),
        ("en-gb", "03/04/2026", "2026-04-03"),
        ("en-us", "25/11/2025", "2026-04-03"),
        ("fr", "11/25/2025", "2026-03-04"),
    ],
)
def test_slash_dates_of_a_feed_are_read_by_its_other_dates_or_its_language(
    language: str, other: str, day: str
) -> None:
    assert days_in("03/04/2026", other, language=language)[0] == day


@pytest.mark.parametrize(
    "before",
    [
        "\n\n  ",
        "<!-- kept for an hour -->\n",
        "<br />\n<b>Warning</b>: join() expects 2 in <b>/srv/feed.php</b> on line 7<br />\n",
        "Achtung: Zwischenspeicher leer\n",
        '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "rss-0.91.dtd">\n',
    ],
    ids=["blank lines", "a comment", "a warning", "words", "a document type"],
)
def test_what_stands_before_a_feed_does_not_hide_it(before: str) -> None:
    for text in (before + RSS, before + RSS.partition("?>")[2]):
        feed = read_feed(page(text, "text/html"))
        assert feed is not None
        assert [item.title for item in feed.items] == ["One", "Two"]


SUBJECT_OF_XML = (
    "<item><title>On <![CDATA[<!DOCTYPE a [<!ENTITY b 'c'>]>]]></title><link>/3</link></item>"
)


def test_an_entry_that_writes_about_entities_declares_none() -> None:
    feed = read_feed(page(RSS.replace("</channel>", SUBJECT_OF_XML + "</channel>")))
    assert feed is not None
    assert len(feed.items) == 3


@pytest.mark.parametrize(
    ("codec", "declared"),
    [
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("utf-16-be", "utf-8"),
        ("utf-8", "utf-16"),
        ("utf-8-sig", "utf-8"),
        ("cp1252", "utf-8"),
        ("cp1252", "iso-8859-1"),
        ("cp1251", "windows-1251"),
    ],
)
def test_a_feed_is_read_in_the_encoding_that_its_bytes_show(codec: str, declared: str) -> None:
    title = "Насосы" if codec == "cp1251" else "Straße – café"
    text = RSS.replace("One", title).replace("?>", f' encoding="{declared}"?>', 1)
    feed = read_feed(page(text.encode(codec), "application/rss+xml"))
    assert feed is not None
    assert [item.title for item in feed.items] == [title, "Two"]


def test_a_section_without_an_end_costs_its_own_text_only() -> None:
    text = RSS.replace("One", "<![CDATA[Eins & mehr").replace("Two", "<![CDATA[Two]]>")
    feed = read_feed(page(text))
    assert feed is not None
    assert [item.title for item in feed.items] == ["Eins & mehr", "Two"]


def test_control_characters_in_a_feed_are_left_out() -> None:
    feed = read_feed(page(RSS.replace("One", "Quai & Port\x0b\x01 nouvelles")))
    assert feed is not None
    assert feed.items[0].title == "Quai & Port nouvelles"


def test_addresses_of_entries_are_joined_with_the_base_that_the_feed_names() -> None:
    feed = read_feed(
        page(
            '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://www.acme.example/blog/">'
            '<title>Acme</title><entry xml:base="2026/"><title>One</title><link href="one.html"/>'
            "</entry></feed>"
        )
    )
    assert feed is not None
    assert feed.items[0].url == "https://www.acme.example/blog/2026/one.html"


@pytest.mark.parametrize(
    ("enclosure", "audio"),
    [
        ('url="https://a.example/1.mp3"', True),
        ('url="https://a.example/1.mp3?from=feed" type="application/octet-stream"', True),
        ('url="https://a.example/1.M4A" type="text/html"', True),
        ('url="https://a.example/play/1" type="audio/mpeg"', True),
        ('url="https://a.example/1.jpg" type="audio/mpeg"', False),
        ('url="https://a.example/1.webp"', False),
        ('url="https://a.example/mp3" type=""', False),
    ],
)
def test_an_attached_file_is_sound_by_its_ending_before_its_type(
    enclosure: str, audio: bool
) -> None:
    feed = read_feed(page(RSS.replace("</item>", f"<enclosure {enclosure}/></item>")))
    assert feed is not None
    assert feed.audio is audio


@pytest.mark.parametrize(("name", "audio"), [("1.mp3", True), ("1.jpg", False)])
def test_files_may_be_attached_as_media(name: str, audio: bool) -> None:
    text = RSS.replace("<rss ", '<rss xmlns:media="http://search.yahoo.com/mrss/" ')
    text = text.replace("</item>", f'<media:content url="https://a.example/{name}"/></item>')
    feed = read_feed(page(text))
    assert feed is not None
    assert feed.audio is audio


def test_a_json_feed_with_sound_is_a_podcast() -> None:
    text = """{"version": "https://jsonfeed.org/version/1", "title": "J", "items": [{"id": "1",
    "url": "/a", "title": "A", "attachments": [{"url": "/a.opus", "mime_type": "text/plain"}]}]}"""
    feed = read_feed(page("\ufeff" + text, "application/json"))
    assert feed is not None
    assert feed.audio


@pytest.mark.parametrize(
    "text",
    [
        '<rss version="0.91"><channel><title>A</title><item><title>One</title><link>/1</link></item></channel></rss>',
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        "<channel><title>A</title></channel><item><title>One</title><link>/1</link></item></rdf:RDF>",
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>One</title>'
        '<link rel="alternate" href="/1"/></entry></feed>',
        '<ns0:feed xmlns:ns0="http://www.w3.org/2005/Atom"><ns0:entry><ns0:title>One</ns0:title>'
        '<ns0:link href="/1"/></ns0:entry></ns0:feed>',
    ],
    ids=["RSS 0.91", "RSS 1.0", "Atom 0.3", "Atom with a prefix"],
)
def test_older_and_odder_forms_of_feeds_are_read(text: str) -> None:
    feed = read_feed(page(text))
    assert feed is not None
    assert [item.title for item in feed.items] == ["One"]


@pytest.mark.parametrize("relative", [True, False])
def test_an_entry_with_an_endless_address_is_kept_without_it(relative: bool) -> None:
    address = f"{'' if relative else 'https://www.acme.example'}/news/{'sehr-' * 500}lang"
    feed = read_feed(page(RSS.replace("/news/1", address)))
    assert feed is not None
    assert [(item.title, item.url[-7:]) for item in feed.items] == [("One", ""), ("Two", "/news/2")]
    text = """{"version": "https://jsonfeed.org/version/1", "title": "J",
    "items": [{"id": "1", "url": "%s", "title": "A"}]}"""
    feed = read_feed(page(text % address))
    assert feed is not None
    assert [item.url for item in feed.items] == [""]


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("<![CDATA[<time>29 Oct 2026 - 09:30</time>]]>", "2026-10-29"),
        ('&lt;time datetime="x"&gt;Thu, 29 Oct 2026&lt;/time&gt;', "2026-10-29"),
        ('<![CDATA[<span class="date">29. Oktober 2026</span> ]]>', "2026-10-29"),
        ("<![CDATA[<p>\n29/10/2026 \n</p>]]>", "2026-10-29"),
        ("<![CDATA[<time>soon</time>]]>", ""),
        ("<![CDATA[<b>29 Oct 2026</b> and later]]>", ""),
    ],
)
def test_a_date_of_a_feed_may_stand_in_marks_of_a_page(date: str, day: str) -> None:
    feed = read_feed(page(RSS.replace("Thu, 29 Oct 2026 09:30:00 GMT", date), "text/xml"))
    assert feed is not None
    published = feed.items[0].published
    assert (published.at.date().isoformat() if published is not None else "") == day


def test_categories_of_every_kind_of_feed_are_kept_once_and_addresses_among_them_are_not() -> None:
    tags = (
        "<category>Pumps</category><category>Pumps</category>"
        '<category>Case &amp; study</category><category term="http://x.example/#kind"/></item>'
    )
    rss = read_feed(page(RSS.replace("</item>", tags, 1), "application/rss+xml"))
    assert rss is not None
    assert [item.tags for item in rss.items] == [("Pumps", "Case & study"), ()]
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><entry><title>One</title>
    <link href="https://a.example/1"/><category term="x" label="Heat pumps"/></entry></feed>"""
    read = read_feed(page(atom, "application/atom+xml"))
    assert read is not None
    assert read.items[0].tags == ("Heat pumps",)
    text = """{"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": [
    {"id": "1", "url": "/a", "title": "A", "tags": ["Valves", 3, "", "Valves"]}]}"""
    json = read_feed(page(text, "application/feed+json"))
    assert json is not None
    assert json.items[0].tags == ("Valves",)
