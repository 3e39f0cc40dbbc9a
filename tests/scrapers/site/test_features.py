"""Features decided from links, forms and profiles on pages written for it."""

from collections.abc import Sequence

import pytest

from audit.model.company import Company, Ignored
from audit.model.exchange import Failure
from audit.model.facts import PageFacts
from audit.model.result import Window
from audit.model.site import OPEN_TO_EDITS, Feature, State
from audit.model.value import Reason
from scrapers.site.conclusion import conclude
from scrapers.site.features import decide_features
from scrapers.site.look import Look
from tests.analysed import ACME, HOME, NOW, page, rules


def decided(
    *pages: PageFacts, company: Company = ACME, failures: Sequence[Failure] = ()
) -> dict[str, Feature]:
    look = Look(company=company, pages=tuple(pages), failures=tuple(failures))
    features = decide_features(look, (), rules())
    return {feature.feature: feature for feature in reversed(features)}


def decided_with_sections(only: PageFacts) -> dict[str, Feature]:
    look = Look(company=ACME, pages=(only,))
    window = Window(as_of=NOW, lookback_days=365, timezone="UTC")
    return {feature.feature: feature for feature in conclude(rules(), look, window).features}


def known(html: str) -> set[str]:
    features = decided(page(html)).values()
    return {feature.feature for feature in features if feature.state is State.KNOWN}


DOORS = [
    ('<nav><a href="/faq.html">F.A.Q.</a></nav>', "knowledge-base"),
    ('<nav><a href="/help/index.html">Help</a></nav>', "knowledge-base"),
    ('<nav><a href="https://support.acmepumps.example/">Centre</a></nav>', "knowledge-base"),
    ('<nav><a href="/pumpen-lexikon/">Pumpen-Lexikon</a></nav>', "knowledge-base"),
    ('<nav><a href="https://community.acmepumps.example/">Friends</a></nav>', "forum"),
    ('<nav><a href="https://acmepumpsforums.example/">Forums</a></nav>', "forum"),
    ('<article><a href="https://wiki.acmepumps.example/x">Notes</a></article>', "wiki"),
    ('<main><a href="/en/podcast">See all</a></main>', "podcast"),
    ('<header><a href="/join-our-newsletter">Take 5 % off</a></header>', "newsletter"),
    ('<footer><a href="/weekly/">Sign up to newsletter</a></footer>', "newsletter"),
    ('<footer><form><input type="email" name="e"></form></footer>', "newsletter"),
    ('<form action="/newsletter.asp"><input type="text" name="n"></form>', "newsletter"),
    ('<footer><a href="https://acmepumps.substack.com/">Letters</a></footer>', "newsletter"),
    (
        '<footer><a href="https://lp.constantcontactpages.com/su/x">Weekly</a></footer>',
        "newsletter",
    ),
    ('<main><a href="/about/bewertungen">Alle ansehen</a></main>', "reviews"),
    ('<script type="application/ld+json">{"@type": "QAPage"}</script>', "forum"),
]
DOORS += [
    ('<footer><a href="/subscribe/">Subscribe</a></footer>', "newsletter"),
    ('<footer><a href="/s-abonner">S\'abonner</a></footer>', "newsletter"),
]
DOORS += [
    (
        '<form><input type="email" name="e"><input name="url" style="display:none">'
        "<button>Subscribe</button></form>",
        "newsletter",
    ),
    ('<div><input type="email"><button>Jetzt abonnieren</button></div>', "newsletter"),
    ('<div><p>Nieuwsbrief</p><input type="email"><button>OK</button></div>', "newsletter"),
]
DOORS += [
    ('<nav><a href="/board/list.html?board_no=4">상품 사용후기</a></nav>', "reviews"),
    ('<nav><a href="/community/forum/">Forum</a></nav>', "forum"),
    ('<nav><a href="/forum/">Foro</a></nav>', "forum"),
]
NO_DOORS = [
    ('<nav><a href="/acme-forum/">Acme Forum 2024</a></nav>', "forum"),
    ('<nav><a href="/events/forum/">Forum</a></nav>', "forum"),
    ('<nav><a href="/veranstaltungen/pumpen-forum/">Pumpen-Forum</a></nav>', "forum"),
    ('<nav><a href="/foro-2025/">Foro 2025</a></nav>', "forum"),
    ('<footer><a href="/register">Subscribe</a></footer>', "newsletter"),
    ('<nav><a href="/contact-us/">Help</a></nav>', "knowledge-base"),
    ('<nav><a href="/jobs/help-wanted">Help wanted</a></nav>', "knowledge-base"),
    (
        '<form action="/members/login.php"><input type="email" name="e">Subscriber?</form>',
        "newsletter",
    ),
    ('<form><input type="email" name="e">Tell me when back in stock</form>', "newsletter"),
    ('<form><input type="email" name="e">Log in</form>', "newsletter"),
    ('<form><input type="email" name="e">Notify me when available</form>', "newsletter"),
    ('<form><input type="email" name="e">Wieder verfügbar? Mail an mich</form>', "newsletter"),
    (
        '<form action="/job-alert"><input type="email" name="e">Create a job alert</form>',
        "newsletter",
    ),
    ('<form><input type="email" name="e">Avísame si está disponible</form>', "newsletter"),
    ('<form><input type="email">Sign up for your free trial</form>', "newsletter"),
    ('<form><input type="email"><button>Konto registrieren</button></form>', "newsletter"),
    ('<form id="login"><input type="email"><button>Anmelden</button></form>', "newsletter"),
    ('<script src="https://r1-t.trackedweb.net/a.js"></script>', "newsletter"),
    ('<script src="https://cdn.stat-track.com/a.js"></script>', "newsletter"),
    ('<form><input type="email">Subscribe to new comments on this post</form>', "newsletter"),
    ('<div><input type="email"><input type="password"><button>Go</button></div>', "newsletter"),
    ('<form><input type="email" name="e">Unsubscribe from our newsletter</form>', "newsletter"),
    ('<footer><a href="https://stranger.substack.com/">Letters</a></footer>', "newsletter"),
    ('<nav><a href="/support/">Support</a></nav>', "knowledge-base"),
    ('<nav><a href="/kundendienst/">Kundendienst</a></nav>', "knowledge-base"),
    ('<nav><a href="/aid/">Help for small farms in need</a></nav>', "knowledge-base"),
    ('<nav><a href="/reference/">Reference</a></nav>', "reviews"),
    ('<footer><a href="https://g.page/AcmePumps?share">Get directions</a></footer>', "reviews"),
    ('<nav><a href="/tags/podcast">podcast</a></nav>', "podcast"),
    ('<article><a href="/2026/forum/">A forum of farmers</a></article>', "forum"),
    ('<nav><a href="https://community.rival.example/">Community</a></nav>', "forum"),
    ('<ol class="comments"><li><a href="/forum/">forum</a></li></ol>', "forum"),
    ('<script type="application/ld+json">{"@type": "QAPage"}</script>', "knowledge-base"),
]

DOORS += [
    ('<p>Läs <a href="https://acmepumps.readthedocs.org/sv/">handboken</a></p>', "knowledge-base"),
    ('<p>See <a href="https://acme.zendesk.com/hc/">our help</a></p>', "knowledge-base"),
    ('<footer><a href="https://rotor.readthedocs.io/">Docs</a></footer>', "knowledge-base"),
]
NO_DOORS += [
    ('<p>As <a href="https://rotor.readthedocs.org/en/acme/">rotor</a></p>', "knowledge-base"),
    ('<p>Voir <a href="https://rotor.readthedocs.io/">leur manuel</a></p>', "knowledge-base"),
    ('<p><a href="https://rival.zendesk.com/hc/en">Help center</a></p>', "knowledge-base"),
]


@pytest.mark.parametrize(("html", "feature"), DOORS)
def test_a_door_of_the_site_is_a_feature(html: str, feature: str) -> None:
    assert feature in known(html)


@pytest.mark.parametrize(("html", "feature"), NO_DOORS)
def test_what_only_sounds_like_a_feature_is_none(html: str, feature: str) -> None:
    assert feature not in known(html)


HEAD_FEED = '<link rel="alternate" type="application/rss+xml" title="Acme" href="/feed/">'
POSTS = [
    ("2016/05/neue-halle/", "<body>"),
    ("en/2019/11/03/a-new-hall.html", "<body>"),
    ("neue-halle/", '<body class="post-template-default single single-post postid-31">'),
    ("2013/bomba.html", '<body class="item-view version-1-3-3">'),
    ("pompe-neuve", '<body class="html page-node node-type-blog">'),
]
NO_POSTS = [
    ("leistungen/", '<body class="page page-id-7">'),
    ("2016/05/", "<body>"),
    ("2016/05/page/2/", "<body>"),
    ("pumps/2016/12/", "<body>"),
    ("pumps/", '<body class="archive"><div class="single-post">'),
]


@pytest.mark.parametrize(("path", "body"), POSTS)
def test_a_single_post_with_a_feed_in_its_head_is_one_of_a_blog(path: str, body: str) -> None:
    decision = decided_with_sections(page(f"{HEAD_FEED}{body}<h1>Acme</h1>", f"{HOME}{path}"))
    assert decision["blog"].state is State.KNOWN


@pytest.mark.parametrize(("path", "body"), NO_POSTS)
def test_a_feed_in_the_head_of_any_other_page_is_no_blog(path: str, body: str) -> None:
    decision = decided_with_sections(page(f"{HEAD_FEED}{body}<h1>Acme</h1>", f"{HOME}{path}"))
    assert decision["blog"].state is State.NONE


RATED_GOODS = [
    '<div id="reviews" class="woocommerce-Reviews"><ol class="commentlist"><li class="review"'
    ' id="li-comment-9"><div id="comment-9">Muy buena</div></li></ol><div class="comment-respond">'
    '<form id="commentform" action="/wp-comments-post.php"><select name="rating"></select>'
    '<textarea name="comment"></textarea></form></div></div>',
    '<div class="product-reviews"><ul><li id="comment-4"><p>Sehr gut</p></li></ul></div>',
    '<form id="commentform"><input type="radio" name="rating" value="5">'
    '<textarea name="comment" placeholder="Votre avis"></textarea></form>',
    '<form id="post-product-comment-form"><textarea name="comment_content"></textarea></form>',
    '<form id="id_new_comment_form" action="#"><input type="radio" name="criterion[1]">'
    '<textarea name="content"></textarea></form>',
    '<form class="comment-form"><input type="number" name="user_rating">'
    '<textarea name="comment"></textarea></form>',
]


@pytest.mark.parametrize("html", RATED_GOODS)
def test_what_customers_write_beside_stars_is_a_review_and_no_comment(html: str) -> None:
    assert "comments" not in known(html)


@pytest.mark.parametrize(
    "html",
    [
        '<div id="comments"><ol><li id="comment-9"><p>Danke!</p></li></ol></div>',
        '<form id="commentform"><textarea name="comment"></textarea></form>',
        '<form id="r"><select name="rating"></select><textarea name="review"></textarea></form>'
        '<form id="commentform"><textarea name="comment"></textarea></form>',
        '<div class="movie-review-page"><p id="comment-7">J\'ai vu ce film.</p></div>',
        '<article class="review"><div id="comments"><ol><li id="comment-2">Gut</li></ol></div>',
        '<div class="post category-reviews"><ol><li id="comment-2">Bello!</li></ol></div>',
        '<form id="commentform"><input type="radio" name="wprm-comment-rating"><label>Kommentar'
        '</label><textarea name="comment"></textarea></form>',
        '<form id="commentform"><select name="rating"></select><label>Comment *</label>'
        '<textarea name="comment"></textarea></form>',
    ],
)
def test_comments_without_stars_are_comments_even_where_reviews_are_near(html: str) -> None:
    assert "comments" in known(html)


@pytest.mark.parametrize(
    "html",
    [
        '<form class="writeReview-form"><select name="revrating"></select>'
        '<textarea name="revtext"></textarea></form>',
        '<form><p>Bewertung schreiben</p><input type="range" name="rating">'
        '<textarea name="text"></textarea></form>',
        '<form action="/module/productcomments/Post"><p>Donnez votre avis</p>'
        '<textarea name="content"></textarea></form>',
        '<form id="recensione"><p>Scrivi una recensione</p><select name="rating"></select>'
        '<textarea name="testo"></textarea></form>',
    ],
)
def test_a_form_for_stars_and_words_that_speaks_of_reviews_is_one(html: str) -> None:
    assert "reviews" in known(html)


@pytest.mark.parametrize(
    "html",
    [
        '<form id="survey"><select name="rating"></select><textarea name="why"></textarea></form>',
        '<form><p>Our reviews</p><select name="operating_system"></select>'
        '<textarea name="text"></textarea></form>',
        '<form id="avis"><textarea name="message"></textarea></form>',
    ],
)
def test_a_form_without_stars_or_without_a_word_for_reviews_takes_none(html: str) -> None:
    assert "reviews" not in known(html)


def test_a_form_that_sends_to_the_counter_of_a_vendor_of_letters_is_a_newsletter() -> None:
    form = '<form action="https://r1-t.trackedlink.net/signup.ashx"><input name="email"></form>'
    assert decided(page(form))["newsletter"].vendor == "Dotdigital"


def test_a_feature_on_many_pages_is_one_finding_with_its_pages_counted() -> None:
    menu = '<nav><a href="/forum/">Forum</a></nav>'
    forum = decided(page(menu), page(menu, f"{HOME}about"))["forum"]
    assert forum.seen_on == 2
    assert forum.url == f"{HOME}forum/"


def test_a_link_is_weaker_proof_than_a_vendors_script() -> None:
    link = decided(page('<nav><a href="/forum/">Forum</a></nav>'))["forum"]
    script = decided(page('<script src="https://widget.intercom.io/widget/x"></script>'))["chat"]
    assert link.confidence < script.confidence


def test_every_known_feature_shows_what_was_seen() -> None:
    forum = decided(page('<nav><a href="/forum/">Forum</a></nav>'))["forum"]
    assert forum.evidence[0].excerpt == f'<a href="{HOME}forum/">Forum</a>'
    assert forum.evidence[0].rule == "link.forum"
    assert forum.evidence[0].record == "f#1"


def test_a_feature_that_the_user_ignores_is_left_out_whole() -> None:
    company = Company(
        name="Acme Pumps",
        website=HOME,
        ignore=(Ignored(finding="feature.forum", note="", place="c.yaml:4"),),
    )
    features = decided(page('<nav><a href="/forum/">Forum</a></nav>'), company=company)
    assert "forum" not in features
    assert "wiki" in features


def test_a_site_that_refused_has_unknown_features_with_its_reason() -> None:
    failure = Failure(url=HOME, reason=Reason.ROBOTS, detail="by rule", failed_at=NOW)
    features = decided(failures=[failure])
    assert {feature.state for feature in features.values()} == {State.UNKNOWN}
    assert {feature.reason for feature in features.values()} == {Reason.ROBOTS}


@pytest.mark.parametrize(
    ("reason", "state"),
    [
        (Reason.HTTP_410, State.NONE),
        # One link may be wrong where the page is not.
        (Reason.HTTP_404, State.KNOWN),
        # That a page cannot be read says nothing of whether it is there.
        (Reason.HTTP_503, State.KNOWN),
        (Reason.HTTP_403, State.KNOWN),
        (Reason.ROBOTS, State.KNOWN),
    ],
)
def test_a_link_to_a_page_that_is_gone_is_no_forum(reason: Reason, state: State) -> None:
    closed = Failure(url=f"{HOME}forum/", reason=reason, detail="d", failed_at=NOW)
    html = '<nav><a href="/forum/">Forum</a></nav>'
    assert decided(page(html), failures=[closed])["forum"].state is state


def test_another_door_to_a_forum_than_the_closed_one_holds() -> None:
    closed = Failure(url=f"{HOME}forum/", reason=Reason.HTTP_410, detail="d", failed_at=NOW)
    html = '<nav><a href="/forum/">Forum</a> <a href="/community/forum/">Forum</a></nav>'
    forum = decided(page(html), failures=[closed])["forum"]
    assert (forum.state, forum.url) == (State.KNOWN, f"{HOME}community/forum/")


@pytest.mark.parametrize("kind", ["Recipe", "BlogPosting", "NewsArticle", "HowTo"])
def test_questions_about_an_article_are_no_help_for_customers(kind: str) -> None:
    typed = '<script type="application/ld+json">[{"@type": "FAQPage"}, {"@type": "%s"}]</script>'
    assert "knowledge-base" not in known(typed % kind)
    assert "knowledge-base" in known(typed % "WebPage")


OPENED = (
    "<a href='/start?do=edit' title='Edit this page [e]'><i></i></a>"
    "<a href='/start?do=revisions'>Old revisions</a>",
    "<li id='ca-edit'><a href='/w/index.php?title=A&amp;action=edit'>Bearbeiten</a></li>"
    "<a href='/w/index.php?title=A&amp;action=history'>Versionsgeschichte</a>",
)
CLOSED = (
    "<a href='/start?do=edit&amp;rev='>Show pagesource</a>"
    "<a href='/start?do=revisions'>Old revisions</a>",
    "<li id='ca-viewsource'><a href='/w/index.php?title=A&amp;action=edit'>View source</a></li>"
    "<a href='/w/index.php?title=A&amp;action=history'>View history</a>",
)


@pytest.mark.parametrize(
    ("html", "told"),
    [*((html, OPEN_TO_EDITS) for html in OPENED), *((html, "") for html in CLOSED)],
)
def test_a_wiki_is_open_where_it_shows_its_readers_where_to_edit(html: str, told: str) -> None:
    software = "<div id='dokuwiki__site' class='dokuwiki'></div>" if "?do=" in html else ""
    wiki = decided(page(f"{software}{html}"))["wiki"]
    assert (wiki.state, wiki.detail) == (State.KNOWN, told)


BANNER = '<head><meta name="apple-itunes-app" content="app-id=949195280"></head>'
STORE = '<footer><a href="https://itunes.apple.com/us/{what}/x/id949195280?mt=2">Apple</a></footer>'


@pytest.mark.parametrize(
    ("what", "is_app"), [("", True), ("app", True), ("podcast", False), ("book", False)]
)
def test_the_banner_of_a_podcast_in_a_store_is_no_app(what: str, is_app: bool) -> None:
    html = BANNER + (STORE.format(what=what) if what else "")
    assert ("app" in known(html)) is is_app
