"""Comments of readers told by what a page shows, counts and says, in several languages."""

import pytest

from audit.model.site import State
from scrapers.site.features import decide_features
from scrapers.site.look import Look
from tests.analysed import ACME, HOME, page, rules


def has_comments(html: str, url: str = HOME) -> bool:
    look = Look(company=ACME, pages=(page(html, url),))
    features = decide_features(look, (), rules())
    return any(each.feature == "comments" and each.state is State.KNOWN for each in features)


def json_ld(content: str) -> str:
    return f'<script type="application/ld+json">{content}</script>'


SHOWN = [
    # Links to the comments of a post, from a teaser or its own page.
    '<article><h2><a href="/seal">A new seal</a></h2><a href="/seal#respond">4 Comments</a></article>',
    '<a href="/seal/#comments"><i class="icon"></i> 12</a>',
    '<a href="/dichtung#kommentare">Kommentar schreiben</a>',
    '<a href="/p/seal/comments">Comments (3)</a>',
    '<a href="/seal/comments?page=1">See comments</a>',
    # Counts.
    '<span class="entry-comment-count">7</span>',
    "<span>5 komentarzy</span>",
    "<button>2 Kommentare</button>",
    "<b>Комментариев: 31</b>",
    "<em>8&nbsp;kommenttia</em>",
    "<p>コメント(3)</p>",
    "<i>12条评论</i>",
    "<a href='/x'>댓글 4</a>",
    "<small>(6 σχόλια)</small>",
    '<h3 class="comments-title">3 thoughts on “Seals”</h3>',
    '<span class="meta-comments">0</span>',
    # Links that ask for one.
    '<a href="https://host.example/comment/12">Post a comment</a>',
    '<a href="/seal/">Adaugă un comentariu</a>',
    # Buttons and boxes that do so.
    "<button>Kommentar verfassen</button>",
    '<div role="textbox" aria-label="x">Write a comment…</div>',
    '<span role="button">Écrire un commentaire</span>',
    '<a href="/reactions/12">Réagir à cet article</a>',
    # Parts of the page that say what they are.
    '<div id="comments"><h2>Comments</h2> <p>Nobody has written yet. Sign in to comment.</p></div>',
    '<section class="comments-area"><h3>Laisser un commentaire</h3></section>',
    '<div id="respond"><h3>Leave a reply</h3></div>',
    '<div class="post-comments"><h4>Hozzászólások</h4></div>',
    '<div data-component="article/comments"></div>',
    '<div id="box" data-module-type="comment-list"></div>',
    # Structured data.
    json_ld('{"@type": "BlogPosting", "commentCount": "3"}'),
    json_ld('{"@type": "Article", "comment": [{"@type": "Comment", "text": "Nice"}]}'),
    json_ld('{"@type": "Article", "potentialAction": {"@type": "CommentAction"}}'),
    json_ld(
        '{"@type": "Article", "interactionStatistic": {"@type": "InteractionCounter", '
        '"interactionType": "https://schema.org/CommentAction", "userInteractionCount": 2}}'
    ),
    '<div itemscope><meta itemprop="interactionCount" content="UserComments:5"></div>',
    '<div itemscope><b itemprop="commentCount">9</b></div>',
    # Forms.
    '<form action="/seal/comments"><textarea name="text"></textarea></form>',
    '<form><input name="author"><textarea name="comment"></textarea></form>',
    '<form class="blog-kommentar-form"><input type="email"><textarea name="t"></textarea></form>',
    '<form><textarea name="comment[body]"></textarea></form>',
    # Links to where they are read.
    '<a href="/forum/t-17/">Kommentare lesen (1 Beitrag)</a>',
    '<a href="/x/9">Lire les commentaires</a>',
    "<button>Ver comentarios (12)</button>",
    '<form><textarea name="t" placeholder="Ihr Kommentar"></textarea></form>',
    '<form id="post_comment12" name="f"><textarea name="body"></textarea></form>',
]
NOT_SHOWN = [
    "<button>Comments</button>",
    "<button>Leave a comment for our chef with your order</button>",
    '<div role="textbox">Write a message…</div>',
    '<div id="comments"></div>',
    '<div id="comments"><p>Comments are closed.</p></div>',
    '<section class="comments-area"><p>Kommentare sind geschlossen.</p></section>',
    '<span class="comments-link">Comments Off</span>',
    '<span class="comment-count"></span>',
    '<h3 class="comments-title">What we think of seals</h3>',
    "<p>We welcome your comments on our 3 new pumps.</p>",
    "<p>In 2024 we had 12 comments from our dealers.</p>",
    '<a href="/opinion/comment">Comment</a>',
    '<a href="/politik/kommentare">Kommentare zur Lage lesen</a>',
    '<a href="/x/9">Read comments on seals in 2024 by our dealers</a>',
    '<a href="https://rival.example/seal#comments">3 remarks</a>',
    '<svg><symbol id="icon-comments"><title>Comments</title></symbol></svg>',
    '<a href="#comments" title="Comments"><svg></svg></a>',
    json_ld('{"@type": "BlogPosting", "commentCount": 0}'),
    json_ld('{"@type": "VideoObject", "interactionStatistic": {"@type": "InteractionCounter", '
        '"interactionType": {"@type": "WatchAction"}, "userInteractionCount": 900}}'),
    '<div itemscope><meta itemprop="interactionCount" content="UserComments:0"></div>',
    json_ld('{"@type": "QAPage", "mainEntity": {"@type": "Question", "comment": {"@type": "Comment"}}}'),
    # In French, "comment" asks how.
    '<a href="#comment-ca-marche">Comment ça marche ?</a>',
    '<html lang="fr"><section id="section-comment-list"><h2>Comment choisir ?</h2></section></html>',
    '<form action="/comment-choisir/"><textarea name="m" placeholder="Comment vous aider ?"></textarea></form>',
    # Forms for enquiries have a field for what else one has to say.
    '<form action="/contact"><input type="email" name="e"><textarea name="comment"></textarea></form>',
    '<form><input name="n"><input type="email" name="e"><textarea name="comments"></textarea></form>',
    '<form><input type="tel" name="t"><textarea name="comment"></textarea></form>',
]  # fmt: skip


@pytest.mark.parametrize("html", SHOWN)
def test_comments_are_told_by_what_a_page_shows(html: str) -> None:
    assert has_comments(html)


@pytest.mark.parametrize("html", NOT_SHOWN)
def test_words_and_empty_boxes_are_no_comments(html: str) -> None:
    assert not has_comments(html)


def test_what_readers_write_in_a_forum_are_posts_and_no_comments() -> None:
    html = '<span>3 comments</span><form class="comment-form"><textarea name="t"></textarea></form>'
    assert has_comments(html)
    assert not has_comments(html, f"{HOME}forum/topic/12")
    assert not has_comments(html + json_ld('{"@type": "DiscussionForumPosting"}'))


def test_a_form_on_a_page_for_enquiries_takes_no_comments() -> None:
    form = '<form><input name="n"><textarea name="kommentar"></textarea></form>'
    assert has_comments(form, f"{HOME}neue-dichtung")
    assert not has_comments(form, f"{HOME}kontakt")
