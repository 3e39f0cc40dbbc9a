"""The page of one thread is none of a list, and names and lifetimes are no counts of a forum."""

from datetime import UTC, datetime

import pytest

from audit.model.facts import PageFacts
from audit.model.kinds import ActivityKind
from scrapers.page.threads import count_beside, counting_words
from scrapers.site.clues import clues_of_page
from tests.analysed import ACME, HOME, page, rules

POST = """<div id="p{n}" class="post has-profile"><dl class="postprofile"><a class="username">{name}</a>
  <dd class="profile-posts"><b>Posts:</b> {lifetime}</dd><dd>Joined: 2 May 2020, 11:18</dd></dl>
  <p><a href="./viewtopic.php?p={n}#p{n}">{n} Jan 2026, 10:0{n}</a></p><p>I mend my pump so.</p></div>"""
THREAD = (
    "".join(POST.format(n=n, name=f"kim279{n}", lifetime=8_292 + n) for n in range(1, 6))
    + "<p>Topics: 40 • Members: 7</p>"
)
ROW = """<li class="row"><a class="topictitle" href="./viewtopic.php?t={n}">Tråd nummer {n}</a>
  <dd class="posts">{n} svar</dd><dd class="lastpost">av <a class="username">kim2798</a>
  <a href="./viewtopic.php?p=9{n}#p9{n}">→</a> {n} Jan 2026</dd></li>"""
XENFORO = """<article id="js-post-{n}"><a href="/forum/threads/a-leak.7/post-{n}">
  <time datetime="2026-01-0{n}T10:00:00Z">Jan {n}, 2026</time></a><p>A leak.</p></article>"""


def counted(facts: PageFacts) -> dict[ActivityKind, list[object]]:
    kinds: dict[ActivityKind, list[object]] = {}
    for figure in facts.figures:
        kinds.setdefault(figure.activity.kind, []).append(figure.activity.value)
    return kinds


def test_the_page_of_one_thread_tells_its_newest_post_and_no_number() -> None:
    facts = page(THREAD, f"{HOME}forum/viewtopic.php?t=36")
    assert facts.items == ()
    assert counted(facts) == {ActivityKind.LAST_POST: [datetime(2026, 1, 5, 10, 5, tzinfo=UTC)]}


def test_a_thread_whose_posts_have_addresses_below_its_own_is_one() -> None:
    posts = "".join(XENFORO.format(n=n) for n in range(1, 5))
    facts = page(posts, f"{HOME}forum/threads/a-leak.7/")
    assert facts.items == ()


def test_a_list_of_threads_is_counted_without_the_names_in_it() -> None:
    rows = "".join(ROW.format(n=n) for n in range(1, 6))
    facts = page(f"<ul>{rows}</ul>", f"{HOME}forum/viewforum.php?f=2")
    assert [item.title for item in facts.items][:1] == ["Tråd nummer 1"]
    assert counted(facts)[ActivityKind.POSTS] == [1, 2, 3, 4, 5]


COUNTS = {
    "12": "12",
    "(1,204)": "1,204",
    "Replies: 12": "12",
    "12 replies": "12",
    "12 ответов": "12",
    "Antworten 7 Aufrufe 340": "7",
    "回复 12": "12",
    "12条评论": "12",
}
NO_COUNTS = ["kim2798", "by Kim 2798", "12 May", "4.5 stars", "Kim posted 3 days ago", "v2", ""]


@pytest.mark.parametrize("text", COUNTS)
def test_a_number_that_stands_alone_or_beside_a_counting_word_counts(text: str) -> None:
    assert count_beside(text, counting_words(rules().words)) == COUNTS[text]


@pytest.mark.parametrize("text", NO_COUNTS)
def test_a_number_of_a_name_a_day_or_a_share_counts_nothing(text: str) -> None:
    assert count_beside(text, counting_words(rules().words)) == ""


ANSWERS = "".join(f'<li id="comment-{n}" class="comment">Mine leaks too.</li>' for n in range(1, 5))
TYPED = '<script type="application/ld+json">{"@type": "QAPage", "name": "It leaks"}</script>'


@pytest.mark.parametrize(
    ("html", "path"),
    [
        (TYPED, "posts/it-leaks/"),
        ("", "hc/en-us/community/posts/360-it-leaks"),
        ("", "community/t/it-leaks/360"),
        ("", "forum/it-leaks/"),
    ],
)
def test_answers_in_a_thread_are_no_comments(html: str, path: str) -> None:
    facts = page(f"{html}<h1>It leaks</h1><ol id='comments'>{ANSWERS}</ol>", f"{HOME}{path}")
    assert ActivityKind.COMMENTS not in counted(facts)
    assert "comments" not in {clue.feature for clue in clues_of_page(facts, ACME, rules())}


def test_the_same_answers_below_an_article_are_comments() -> None:
    facts = page(f"<h1>It leaks</h1><ol id='comments'>{ANSWERS}</ol>", f"{HOME}blog/it-leaks/")
    assert counted(facts)[ActivityKind.COMMENTS] == [1, 1, 1, 1]
    assert "comments" in {clue.feature for clue in clues_of_page(facts, ACME, rules())}
