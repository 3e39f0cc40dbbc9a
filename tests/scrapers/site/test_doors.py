"""The parts of a site behind its doors: by phrases, by addresses, on other hosts."""

import pytest

from audit.model.company import Company
from audit.model.exchange import Failure
from audit.model.facts import PageFacts
from audit.model.result import Window
from audit.model.site import Section, State
from audit.model.value import Reason
from scrapers.parse.feeds import read_feed
from scrapers.site.activity import activities
from scrapers.site.conclusion import conclude
from scrapers.site.features import decide_features
from scrapers.site.look import Look, Site
from scrapers.site.place import hosts_of_others
from scrapers.site.sections import find_sections
from tests.analysed import ACME, HOME, NOW, answer, page, rules

WINDOW = Window(as_of=NOW, lookback_days=365, timezone="UTC")
PROJECT = Company(name="Acme Pumps", website="https://acmepumps.foundation.example/")


def known(html: str, company: Company = ACME) -> set[str]:
    pages = (page(f'<html lang="en"><body>{html}</body></html>', company.website),)
    features = decide_features(Look(company=company, pages=pages), (), rules())
    return {feature.feature for feature in features if feature.state is State.KNOWN}


def sections(*pages: PageFacts, company: Company = ACME) -> dict[str, Section]:
    listed = find_sections(Look(company=company, pages=pages), rules().catalogue, WINDOW)
    return {section.channel: section for section in listed}


DOORS = [
    ('<nav><a href="/letters">Newsletters</a></nav>', "newsletter"),
    ('<footer><a href="/join-mail.html">Sign up for our emails</a></footer>', "newsletter"),
    ('<footer><a href="/x">Email sign-up</a></footer>', "newsletter"),
    ('<nav><a href="/help-faqs/">Frequently Asked Questions</a></nav>', "knowledge-base"),
    ('<nav><a href="/p-Pump-FAQ.aspx">Before you buy</a></nav>', "knowledge-base"),
    ('<nav><a href="/wiki/Pump_care">care</a></nav>', "wiki"),
    ('<nav><a href="/acme-wiki">Acme Pumps Wiki</a></nav>', "wiki"),
    ('<nav><a href="/x/"><b>Answers Forum</b><span>Share ideas</span></a></nav>', "forum"),
    ('<nav><a href="https://www.acmepumps.example/community/topics">Ask</a></nav>', "forum"),
    ('<nav><a href="/hilfe/questions/">Gemeinschaft</a></nav>', "forum"),
    ('<nav><a href="/aktuell/">Unser Newsletter</a></nav>', "newsletter"),
    ('<nav><a href="/category/radio/pumps/">The Pump Podcast</a></nav>', "podcast"),
    ('<nav><a href="/p/pumpcast"><i class="icon-podcast"></i></a></nav>', "podcast"),
    ('<footer><a href="https://acmepumps.desk.example/">Help</a></footer>', "knowledge-base"),
    ('<nav><a href="/subscribe/">Subscribe</a></nav>', "newsletter"),
    ('<nav><a href="/x/">Pump Glossary</a></nav>', "knowledge-base"),
    ('<nav><a href="/pompe/">Glossario delle pompe</a></nav>', "knowledge-base"),
    ('<nav><a href="/pumpen/">Unser Lexikon</a></nav>', "knowledge-base"),
    ('<nav><a href="https://wikis.parent.example/acmepumps/">Wiki</a></nav>', "wiki"),
    ('<nav><a href="/developers/">Developers</a></nav>', "api"),
    ('<nav><a href="/x/">Developer portal</a></nav>', "api"),
    ('<nav><a href="https://developer.acmepumps.example/">Build with us</a></nav>', "api"),
    ('<footer><a href="/x/cli">CLI</a></footer>', "api"),
    ('<footer><a href="/tools/">SDKs</a></footer>', "api"),
    ('<footer><a href="https://docs.acmepumps.example/x/">API Reference</a></footer>', "api"),
    (
        '<form action="/letter"><p>Get our newsletter, and tell your friends</p>'
        '<input type="email" name="email"></form>',
        "newsletter",
    ),
]
NO_DOORS = [
    ('<nav><a href="/teams/dev">Developers</a></nav>', "api"),
    ('<nav><a href="/home/developer/">Developer</a></nav>', "api"),
    ('<nav><a href="/branchen/bau/">Entwickler</a></nav>', "api"),
    (
        '<form action="/refer-a-friend"><input type="email" name="email"'
        ' placeholder="Your friend\'s address"></form>',
        "newsletter",
    ),
    (
        '<form action="/x" id="empfehlen"><p>An Freunde senden, jetzt anmelden</p>'
        '<input type="email" name="email"></form>',
        "newsletter",
    ),
    (
        '<html lang=ja><div><a href="https://acmepumps.example/subscribe">購読申込</a></div></html>',
        "newsletter",
    ),
    ('<nav><a href="/evaluations/">Evaluations</a></nav>', "reviews"),
    ('<nav><a href="/termine/">Termine</a></nav>', "events"),
    ('<nav><a href="/aid/">Help for schools</a></nav>', "knowledge-base"),
    ('<nav><a href="/aide/">Aide pour écoles</a></nav>', "knowledge-base"),
    ('<nav><a href="/c/wiki/12">Wiki posts</a></nav>', "wiki"),
    ('<main><a href="/support/what-is-a-wiki/">What is a wiki?</a></main>', "wiki"),
    ('<nav><a href="/community/">Community</a></nav>', "forum"),
    ('<nav><a href="/common/questions/">Questions</a></nav>', "forum"),
    ('<nav><a href="/account/new">Sign up with email</a></nav>', "newsletter"),
    ('<nav><a href="/category/reviews/">Reviews</a></nav>', "reviews"),
    ('<nav><a href="/tech/reviews/">Reviews</a></nav>', "reviews"),
    ('<nav><a href="/kultura/recenzje/">Recenzje</a></nav>', "reviews"),
    ('<nav><a href="/blog/reviews/">Reviews</a></nav>', "reviews"),
    ('<nav><a href="/subscription-terms/">Subscription Terms</a></nav>', "newsletter"),
    ('<nav><a href="/cuenta/suscripcion/">Mis suscripciones</a></nav>', "newsletter"),
    ('<nav><a href="/abonnement/">Votre abonnement</a></nav>', "newsletter"),
    ('<footer><a href="/legal/">Termos e Condições</a></footer>', "knowledge-base"),
    ('<nav><a href="/pumpen/a-z/">Pumpen A-Z</a></nav>', "knowledge-base"),
    ('<nav><a href="/club/">Club ABC</a></nav>', "knowledge-base"),
    ('<nav><a href="/products/desk/">Cloud Help Desk</a></nav>', "knowledge-base"),
    ('<nav><a href="https://boards.jobs.example/acmepumps">Careers</a></nav>', "forum"),
    ('<main><a href="https://acmepumps.desk.example/">Help</a></main>', "knowledge-base"),
    ('<nav><a href="https://desk.example/rival/">Help</a></nav>', "knowledge-base"),
    ('<footer><a href="https://work.example/acmepumps/">Reviews</a></footer>', "reviews"),
]


@pytest.mark.parametrize(("html", "feature"), DOORS)
def test_a_door_is_known_by_a_phrase_an_address_or_an_account(html: str, feature: str) -> None:
    assert feature in known(html)


@pytest.mark.parametrize(("html", "feature"), NO_DOORS)
def test_what_speaks_of_something_else_is_no_door(html: str, feature: str) -> None:
    assert feature not in known(html)


@pytest.mark.parametrize("kind", ["NewsArticle", "ReportageNewsArticle", "NewsMediaOrganization"])
@pytest.mark.parametrize("name", ["Reviews", "Opinioni", "Opiniones", "Bewertungen"])
def test_reviews_of_a_paper_are_its_own_writers(kind: str, name: str) -> None:
    menu = f'<nav><a href="/x/">{name}</a><a href="/letters/">Newsletter</a></nav>'
    typed = '<script type="application/ld+json">{"@type": "%s"}</script>'
    assert "reviews" not in known(menu + typed % kind)
    assert "newsletter" in known(menu + typed % kind)


@pytest.mark.parametrize("issued", ["News", "Episodes", "Podcast", "Aktuelles"])
def test_reviews_beside_news_or_episodes_on_an_article_are_the_makers_own(issued: str) -> None:
    typed = '<meta property="og:type" content="article">'
    menu = '<nav><a href="/reviews/">Reviews</a>%s</nav>'
    assert "reviews" not in known(typed + menu % f'<a href="/x/">{issued}</a>')
    assert "reviews" in known(typed + menu % '<a href="/shop/">Shop</a>')
    assert "reviews" in known(menu % '<a href="/x/">News</a>')


@pytest.mark.parametrize("path", ["pages/reviews", "de/bewertungen", "ueber-uns/bewertungen"])
def test_reviews_below_a_shops_pages_or_what_is_about_it_are_its_customers(path: str) -> None:
    assert "reviews" in known(f'<nav><a href="/{path}">Reviews</a></nav>')


@pytest.mark.parametrize("kind", ["BlogPosting", "WebPage", "Organization", "Product"])
def test_reviews_of_others_are_their_customers(kind: str) -> None:
    menu = '<nav><a href="/reviews/">Reviews</a></nav>'
    typed = '<script type="application/ld+json">{"@type": "%s"}</script>'
    assert "reviews" in known(menu + typed % kind)


EVENTS = '<nav><a href="https://www.foundation.example/events/">Events</a></nav>'


def test_the_pages_of_a_foundation_are_not_its_projects() -> None:
    assert "events" not in known(EVENTS, PROJECT)
    assert "events" in known(EVENTS.replace("events/", "acmepumps/events/"), PROJECT)
    assert "events" in known('<nav><a href="/events/">Events</a></nav>', PROJECT)


@pytest.mark.parametrize("part", ["shop", "forum", "de"])
def test_a_part_of_a_site_has_no_parent(part: str) -> None:
    company = Company(name="Foundation Forum", website=f"https://{part}.foundation.example/")
    assert "events" in known(EVENTS, company)


SECTIONS = {
    '<nav><a href="/letters/">Our Blog</a></nav>': "blog",
    '<nav><a href="/x/">Newsroom 2026</a></nav>': "news",
    '<nav><a href="/x/"><span>Latest</span><span>News</span></a></nav>': "news",
    '<nav><a href="/x/">Unsere Neuigkeiten</a></nav>': "news",
    '<nav><a href="/dev-blog/">Engineering</a></nav>': "blog",
    '<main><a href="/blog">Visit the blog of ours</a></main>': "blog",
    '<footer><a href="https://medium.com/@acmepumps">Blog</a></footer>': "blog",
    '<footer><a href="https://devblog.parent.example/acmepumps/">Blog</a></footer>': "blog",
    '<footer><a href="https://acmepumps.tumblr.com/">Blog</a></footer>': "blog",
}
NO_SECTIONS = [
    '<nav><a href="https://www.facebook.com/acmepumps">News</a></nav>',
    '<nav><a href="https://devblog.parent.example/rival/">Blog</a></nav>',
    '<main><a href="https://devblog.parent.example/acmepumps/">Blog</a></main>',
    '<nav><a href="/start">Start a blog</a></nav>',
    '<nav><a href="/articles/">Articles</a></nav>',
    '<nav><a href="/articulos/">Artículos</a></nav>',
    '<main><a href="/tags/podcast">podcast</a></main>',
    '<main><a href="/why-pumps">A look at the newest blog</a></main>',
]


@pytest.mark.parametrize("html", SECTIONS)
def test_a_section_that_was_not_read_is_promised_by_its_door(html: str) -> None:
    assert set(sections(page(html))) == {SECTIONS[html]}


@pytest.mark.parametrize("html", NO_SECTIONS)
def test_what_only_sounds_like_a_section_promises_none(html: str) -> None:
    assert sections(page(html)) == {}


def lessons(dated: str) -> PageFacts:
    rows = "".join(
        f'<article><h2><a href="/articles/{n}">How to mend a pump {n}</a></h2>{dated.format(n=n)}</article>'
        for n in range(1, 5)
    )
    return page(f"<main>{rows}</main>", f"{HOME}articles/", "menu: Articles")


def test_articles_without_dates_are_lessons_and_with_dates_a_blog() -> None:
    start = page('<nav><a href="/articles/">Articles</a></nav>')
    assert sections(start, lessons("")) == {}
    dated = sections(start, lessons('<time datetime="2026-0{n}-02"></time>'))
    assert len(dated["blog"].posts) == 4


def listing(path: str, rows: str, why: str = "menu") -> PageFacts:
    return page(f'<html lang="de"><main><h1>Neu</h1>{rows}</main></html>', HOME + path, why)


def rows(path: str, *, year: int = 2026, count: int = 3) -> str:
    return "".join(
        f'<article><h2><a href="/{path}{n}-story">Story number {n}</a></h2>'
        f'<time datetime="{year}-0{n}-12"></time></article>'
        for n in range(1, count + 1)
    )


START = '<nav><a href="/werkstatt/">Werkstatt</a></nav>'


@pytest.mark.parametrize("path", ["werkstatt/", "betrieb/werkbank/", "atelier", "工房/"])
def test_a_page_that_lists_dated_articles_below_it_is_a_section_though_no_word_says_so(
    path: str,
) -> None:
    by_kind = sections(page(START), listing(path, rows(f"{path.rstrip('/')}/")))
    assert set(by_kind) == {"blog"}
    assert len(by_kind["blog"].posts) == 3


@pytest.mark.parametrize(
    ("language", "found"), [("en", {"blog"}), ("de", {"blog"}), ("fr", set()), ("", set())]
)
def test_a_word_of_another_language_than_the_page_names_nothing(
    language: str, found: set[str]
) -> None:
    # In French these are reviews.
    start = f'<html lang="{language}"><nav><a href="/notes/">Notes</a></nav>'
    html = f'<html lang="{language}"><main>{rows("notes/")}</main>'
    assert set(sections(page(start), page(html, f"{HOME}notes/"))) == found


def test_entries_whose_dates_cannot_be_read_count_beside_two_that_have_one() -> None:
    rest = (
        rows("werkstatt/", count=4)
        .replace('datetime="2026-01-12"', "")
        .replace('datetime="2026-02-12"', "")
    )
    by_kind = sections(page(START), listing("werkstatt/", rest))
    assert [bool(post.published) for post in by_kind["blog"].posts] == [True, True, False, False]


NO_LISTS = {
    "of events": ("termine/", rows("termine/")),
    "of jobs": ("offene-stellen/", rows("offene-stellen/")),
    "of what is to come": ("werkstatt/", rows("werkstatt/", year=2027)),
    "of entries elsewhere": ("werkstatt/", rows("produkte/")),
    "of two": ("werkstatt/", rows("werkstatt/", count=2)),
    "of a month": ("2026/09/", rows("2026/09/")),
    "of a category": ("category/werkstatt/", rows("category/werkstatt/")),
    "of threads": ("growers-forum/", rows("growers-forum/")),
}


@pytest.mark.parametrize("name", NO_LISTS)
def test_a_list_of_something_else_is_no_section(name: str) -> None:
    assert sections(page(START), listing(*NO_LISTS[name])) == {}


def test_a_section_that_words_name_comes_before_one_that_none_does() -> None:
    start = page('<nav><a href="/blog/">Blog</a></nav>')
    by_kind = sections(
        start, listing("blog/", rows("blog/")), listing("atelier/", rows("atelier/"))
    )
    assert {post.url for post in by_kind["blog"].posts} == {
        f"{HOME}blog/{n}-story" for n in (1, 2, 3)
    }


def typed(kind: str, path: str = "stories/42", extra: str = "") -> PageFacts:
    data = f'{{"@type": "{kind}", "headline": "A hall", "datePublished": "2026-05-04"}}'
    script = f'<script type="application/ld+json">{data}</script>'
    return page(f"<html><head>{script}{extra}</head><h1>A hall</h1></html>", HOME + path)


@pytest.mark.parametrize(
    ("kind", "section"),
    [("NewsArticle", "news"), ("BlogPosting", "blog"), ("ReportageNewsArticle", "news")],
)
def test_an_article_by_its_own_account_shows_the_section_that_was_not_read(
    kind: str, section: str
) -> None:
    found = sections(typed(kind, "tiefbau/42"))[section]
    assert found.url == f"{HOME}tiefbau/"
    assert found.posts == ()
    assert found.evidence[0].url == f"{HOME}tiefbau/42"


def test_a_page_that_may_be_anything_shows_no_section() -> None:
    assert sections(typed("Article", "tiefbau/42")) == {}
    assert sections(typed("NewsArticle", "")) == {}


def test_an_article_adds_no_section_to_one_that_a_menu_promises() -> None:
    both = typed("BlogPosting", "tiefbau/42", '</head><nav><a href="/news/">News</a></nav>')
    assert set(sections(both)) == {"news"}


FEEDS = {
    '<link rel="alternate" type="application/rss+xml" href="/blog/rss/">': "blog",
    '<link rel="alternate" type="application/rss+xml" href="/x.xml" title="Aktuelles">': "news",
    '<footer><a href="/feed/latest" title="RSS"></a></footer>': "blog",
    '<footer><a href="/rss.xml">RSS abonnieren</a></footer>': "blog",
}
NO_FEEDS = [
    '<link rel="alternate" type="application/rss+xml" href="/feed/" title="Acme">',
    '<link rel="alternate" type="application/rss+xml" href="/forum/feed.xml" title="Forum">',
    '<footer><a href="/about/rss">RSS</a></footer>',
    '<footer><a href="https://stranger.example/rss.xml">RSS</a></footer>',
    '<footer><a href="/jobs/rss.xml">RSS</a></footer>',
]


@pytest.mark.parametrize("html", FEEDS)
def test_a_feed_that_says_what_it_is_or_is_shown_promises_a_section(html: str) -> None:
    assert set(sections(page(html))) == {FEEDS[html]}


@pytest.mark.parametrize("html", NO_FEEDS)
def test_a_feed_that_software_names_or_somebody_elses_promises_none(html: str) -> None:
    assert sections(page(html)) == {}


def test_a_feed_that_was_read_and_is_empty_promises_none() -> None:
    url = f"{HOME}blog/rss/"
    body = '<?xml version="1.0"?><rss version="2.0"><channel><title>Blog</title></channel></rss>'
    empty = read_feed(answer(body, url, "application/rss+xml"))
    assert empty is not None
    start = page('<link rel="alternate" type="application/rss+xml" href="/blog/rss/">')
    assert (
        find_sections(Look(company=ACME, pages=(start,), feeds=(empty,)), rules().catalogue, WINDOW)
        == ()
    )


@pytest.mark.parametrize("count", [6, 9])
def test_a_start_page_with_many_dated_teasers_is_a_section(count: int) -> None:
    by_kind = sections(page(f"<main>{rows('', count=count)}</main>"))
    assert [len(section.posts) for section in by_kind.values()] == [count]


@pytest.mark.parametrize(("path", "count"), [("", 5), ("story-of-pumps", 9)])
def test_a_start_page_with_a_few_or_an_article_with_others_is_none(path: str, count: int) -> None:
    assert sections(page(f"<main>{rows('', count=count)}</main>", HOME + path)) == {}


def test_a_board_of_questions_is_read_where_two_weak_marks_say_what_it_is() -> None:
    marks = "<script src='/m/default/media/js/main.js'></script><script>askbot.urls = {}</script>"
    listed = "".join(
        f"<div><h2><a href='/question/{n}/why'>Why does pump {n} hum?</a></h2>"
        f"<abbr title='2026-0{n}-30 07:00:00+00:00'>hace 2 horas</abbr></div>"
        for n in (3, 4, 5)
    )
    look = Look(company=ACME, pages=(page(f"{marks}<main>{listed}</main>", f"{HOME}questions/"),))
    (board,) = conclude(rules(), look, WINDOW).sections
    assert (board.channel, len(board.posts)) == ("forum", 3)
    once = Look(company=ACME, pages=(page(f"<main>{listed}</main>", f"{HOME}questions/"),))
    assert "forum" not in {section.channel for section in conclude(rules(), once, WINDOW).sections}


@pytest.mark.parametrize(
    ("folder", "kind"), [("podcast", "podcast"), ("noticias", "news"), ("блог", "blog")]
)
def test_entries_in_a_folder_that_a_word_names_promise_its_section(folder: str, kind: str) -> None:
    entries = [f'<article><a href="/{folder}/folge-{n}">Folge {n}</a></article>' for n in (1, 2)]
    found = sections(page("".join(entries)))
    assert set(found) == {kind}
    assert found[kind].url.rstrip("/").count("/") == 3
    assert "Folge 1" in found[kind].evidence[0].excerpt
    assert "folge-1" in found[kind].evidence[0].excerpt
    assert sections(page(entries[0] * 2)) == {}


@pytest.mark.parametrize("folder", ["articles", "shop", "press"])
def test_entries_in_a_folder_that_may_hold_anything_promise_none(folder: str) -> None:
    entries = "".join(f'<article><a href="/{folder}/{n}">Entry {n}</a></article>' for n in (1, 2))
    assert sections(page(entries)) == {}


BUILDERS = Company(name="Acme Builders Forum", website="https://forum.acmebuilders.example/")


def test_who_lets_others_build_sites_has_its_help_below_the_same_domain() -> None:
    link = '<nav><a href="https://support.acmebuilders.example/hc/en">Help Guides</a></nav>'
    hosted = frozenset({"acmebuilders.example"})
    assert hosts_of_others(BUILDERS, hosted) == frozenset()
    assert "knowledge-base" in known(link, BUILDERS)
    tenant = Company(name="Corvid Cakes", website="https://corvid.acmebuilders.example/")
    assert hosts_of_others(tenant, hosted) == hosted


BOARDS = [
    "/forumdisplay.php?f=1",
    "/viewforum.php?id=3",
    "/index.php?board=4.0",
    "/community/c/news/12",
    "/forums/topic/news/",
]


@pytest.mark.parametrize("url", BOARDS)
@pytest.mark.parametrize("name", ["News", "Help", "Nyheder"])
def test_a_board_of_a_forum_is_no_section_of_the_site(url: str, name: str) -> None:
    html = f'<nav><a href="{url}">{name}</a></nav>'
    assert not known(html) & {"news", "knowledge-base"}
    read = page(html)
    assert Site(ACME, (read,), rules().catalogue).kind_of(f"{HOME}{url[1:]}") is None


@pytest.mark.parametrize("url", ["/news/", "/forum-of-news/", "/c/news/"])
def test_other_addresses_of_news_are_what_their_links_say(url: str) -> None:
    read = page(f'<nav><a href="{url}">News</a></nav>')
    kind = Site(ACME, (read,), rules().catalogue).kind_of(f"{HOME}{url[1:]}")
    assert kind is not None
    assert kind.name == "news"


CREDITS = ["Powered by Pump Consent", "Plugin made by Well Works", "Hosted by Well Works"]


@pytest.mark.parametrize("text", CREDITS)
def test_a_tool_that_a_page_gives_credit_to_is_no_offer_of_its_own(text: str) -> None:
    link = f'<a href="https://wordpress.org/plugins/pump-consent/">{text}</a>'
    assert "integrations" not in known(f"<div>{link}</div>")


def test_a_plugin_that_a_page_names_is_an_offer() -> None:
    link = '<a href="https://wordpress.org/plugins/acme-pumps/">Our plugin</a>'
    assert "integrations" in known(f"<nav>{link}</nav>")


def test_a_script_that_draws_buttons_is_no_feed() -> None:
    assert "social-feed" not in known('<script src="https://platform.linkedin.com/in.js"></script>')


def test_the_shelves_of_a_help_centre_are_no_articles() -> None:
    links = "".join(
        f'<a href="/help/{path}">x</a>'
        for path in ("category/start", "sections/12", "tags/leaks", "articles/one", "two")
    )
    look = Look(company=ACME, pages=(page(links, f"{HOME}help/"),))
    counted = activities(look, (), WINDOW)["knowledge-base"]
    assert [figure.value for figure in counted] == [2]


def test_below_a_blog_badges_are_posts_and_elsewhere_things_to_embed() -> None:
    for path, there in (("/blog/badges/", False), ("/badges/", True)):
        assert ("embed" in known(f'<nav><a href="{path}">Badges</a></nav>')) is there


def test_the_logo_of_a_site_for_developers_is_no_interface() -> None:
    company = Company(name="Acme Docs", website="https://developer.acme.example/")
    logo = '<header><a href="https://developer.acme.example/en/">Acme</a></header>'
    assert "api" not in known(logo, company)
    assert "api" in known(logo)


MAGAZINE = "https://magazine.acmepumps.example/"


def test_a_section_on_the_sites_own_host_stands_before_one_elsewhere() -> None:
    menu = (
        f'<nav><a href="{MAGAZINE}">Magazine</a><a href="/blog/">Blog</a>'
        '<a href="/news/">News</a></nav>'
    )
    found = sections(page(menu))
    assert {name: each.url for name, each in found.items()} == {
        "blog": f"{HOME}blog/",
        "news": f"{HOME}news/",
    }
    without = sections(page(menu.replace('<a href="/blog/">Blog</a>', "")))
    assert list(without) == ["news", "blog"]


@pytest.mark.parametrize(("count", "lead"), [(5, HOME), (30, MAGAZINE)])
def test_a_magazine_elsewhere_leads_only_where_it_is_clearly_richer(count: int, lead: str) -> None:
    def listed(place: str, posts: int) -> PageFacts:
        rows = "".join(
            f'<article><h2><a href="{place}{n}">Pump number {n}</a></h2>'
            f'<time datetime="2026-0{1 + n % 9}-1{n % 9}"></time></article>'
            for n in range(posts)
        )
        return page(f"<main>{rows}</main>", place, why="menu")

    menu = f'<nav><a href="{MAGAZINE}">Magazine</a><a href="/blog/">Blog</a></nav>'
    own = listed(f"{HOME}blog/", 4)
    found = sections(page(f'<html lang="fr"><body>{menu}'), own, listed(MAGAZINE, count))
    assert found["blog"].url.startswith(lead)


def test_posts_on_a_start_page_are_those_of_the_section_that_could_not_be_read() -> None:
    menu = '<nav><a href="/news/">News</a><a href="/blog/">Blog</a></nav>'
    shown = page(f"{menu}<main>{rows('news/', count=4)}</main>")
    found = sections(shown)
    assert len(found["news"].posts) == 4
    assert (found["news"].truncated, found["news"].picked, found["news"].since) == (
        True,
        True,
        None,
    )
    assert found["blog"].unreadable is not None
    only_blog = sections(page(shown_with_blog_alone(menu)))
    assert (list(only_blog), len(only_blog["blog"].posts)) == (["blog"], 4)


def shown_with_blog_alone(menu: str) -> str:
    named = menu.replace('<a href="/news/">News</a>', "")
    return f"{named}<main>{rows('stories-of/', count=4)}</main>"


@pytest.mark.parametrize("path", ["events/", "jobs/", "forum/"])
def test_other_dated_entries_on_a_start_page_are_no_posts(path: str) -> None:
    found = sections(
        page(f'<nav><a href="/news/">News</a></nav><main>{rows(path, count=5)}</main>')
    )
    assert found["news"].posts == ()
    assert found["news"].unreadable is not None


def test_a_start_page_that_is_the_list_shows_the_newest_and_perhaps_not_all() -> None:
    assert sections(page(f"<main>{rows('', count=8)}</main>"))["news"].truncated


@pytest.mark.parametrize("path", ["search/label/Ratgeber", "tags/news/", "search?q=blog"])
def test_one_label_of_a_blog_or_a_search_is_no_section(path: str) -> None:
    html = f'<html lang="de"><nav><a href="/{path}">Ratgeber</a><a href="/{path}">News</a></nav>'
    assert sections(page(html)) == {}


def test_a_section_that_was_not_asked_for_on_a_site_that_is_gone_has_the_reason_of_the_site() -> (
    None
):
    shown = page('<nav><a href="/blog/">Blog</a></nav>')
    gone = tuple(
        Failure(url=f"{HOME}{n}/", reason=Reason.HTTP_404, detail="HTTP 404", failed_at=NOW)
        for n in range(9)
    )
    for failures, reason in (((), Reason.NOT_CHECKED), (gone, Reason.TOO_LITTLE_DATA)):
        look = Look(company=ACME, pages=(shown,), failures=failures, gone=failures)
        (blog,) = find_sections(look, rules().catalogue, WINDOW)
        assert blog.unreadable is not None
        assert blog.unreadable.reason is reason


CHAPTERS = """<nav><a href="/advanced/events/">Lifespan events</a>
    <a href="/guide/{deep}reviews/">Reviews</a><a href="/events/">Treffen</a></nav>"""


@pytest.mark.parametrize(
    "software",
    [
        '<meta name="generator" content="mkdocs-1.6.1">',
        '<meta name="generator" content="Docusaurus v3.4.0">',
        '<meta name="generator" content="Sphinx 7.2">',
        '<body data-md-color-scheme="slate"></body>',
    ],
)
def test_a_chapter_of_a_manual_offers_nothing_of_its_name(software: str) -> None:
    head = f"<head>{software}</head>" if software.startswith("<meta") else software
    one = CHAPTERS.format(deep="").replace('<a href="/events/">Treffen</a>', "")
    assert "events" in known(one)
    assert not {"events", "reviews"} & known(head + one)
    # What stands by itself is no chapter.
    assert "events" in known(head + CHAPTERS.format(deep=""))


def test_questions_on_a_page_of_goods_make_it_no_manual() -> None:
    asked = "".join(
        f"<details><summary>How does part {n} work?</summary>So.</details>" for n in range(6)
    )
    link = '<main><a href="/about/reviews">See all</a></main>'
    assert {"reviews", "knowledge-base"} <= known(asked + link)


@pytest.mark.parametrize(
    ("html", "is_offered"),
    [
        ('<nav><a href="https://docs.acme.example/api/read">Read API</a></nav>', True),
        ('<nav><a href="/api/v2/orders">Orders API</a></nav>', True),
        ('<nav><a href="/blog/why-an-api">Why we need an API</a></nav>', False),
        ('<main><a href="/api/read">Read API</a></main>', False),
    ],
)
def test_a_menu_that_leads_below_api_to_something_so_called_offers_one(
    html: str, is_offered: bool
) -> None:
    assert ("api" in known(html)) is is_offered


@pytest.mark.parametrize(
    ("item", "is_theirs"), [("acme.pump-tools", True), ("other.welding-tools", False)]
)
def test_a_text_that_leads_to_the_companys_own_extension_offers_it(
    item: str, is_theirs: bool
) -> None:
    store = f"https://marketplace.visualstudio.com/items?itemName={item}"
    html = f'<article><p>Get the <a href="{store}">extension</a>.</p></article>'
    assert ("integrations" in known(html)) is is_theirs
