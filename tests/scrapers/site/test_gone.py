"""A feature that rests on links alone is not there where the pages behind them are gone."""

import pytest

from audit.measure.company import measure
from audit.model.site import Feature, State
from audit.model.value import Absent, Known, Number, Reason, Unknown
from audit.model.visit import Visit
from tests.fake_session import HOME, PLAN, Answer, FakeSession, context, visited

WORDS = "<p>" + "Wir bauen Pumpen für Wasserwerke im Norden. " * 12 + "</p>"
MENU = '<nav><a href="/blog/">Blog</a> <a href="/forum/">Forum</a></nav>'
LINKS = [
    ("blog", '<nav><a href="/blog/">Blog</a></nav>', "blog/"),
    ("news", '<nav><a href="/aktuelles/">Aktuelles</a></nav>', "aktuelles/"),
    ("forum", '<nav><a href="/forum/">Forum</a></nav>', "forum/"),
    ("forum", '<footer><a href="/foro/">Foro</a></footer>', "foro/"),
    ("wiki", '<nav><a href="/wiki/">Wiki</a></nav>', "wiki/"),
    ("knowledge-base", '<nav><a href="/hilfe/">Hilfe</a></nav>', "hilfe/"),
    ("podcast", '<nav><a href="/podcast/">Podcast</a></nav>', "podcast/"),
    ("events", '<nav><a href="/events/">Events</a></nav>', "events/"),
]


CLOSED: dict[str, Answer] = {f"{HOME}blog/": 410, f"{HOME}forum/": 410}
"""The pages that the menu names, taken down."""


def feature(visit: Visit, name: str) -> Feature | None:
    return next((each for each in visit.features if each.feature == name), None)


async def looked(answers: dict[str, Answer]) -> Visit:
    return await visited(FakeSession(answers))


def value(visit: Visit, metric: str) -> Number:
    measures = measure(PLAN.company, visit, context()).measures
    return next(each.value for each in measures if each.metric == metric)


@pytest.mark.parametrize("status", [410])
@pytest.mark.parametrize(("name", "menu", "path"), LINKS)
async def test_what_is_linked_and_gone_is_not_there(
    name: str, menu: str, path: str, status: int
) -> None:
    visit = await looked({HOME: menu + WORDS, HOME + path: status})
    found = feature(visit, name)
    assert found is not None
    assert found.state is State.NONE
    assert found.reason is None
    assert found.detail == f"linked, and its page is gone: {HOME}{path} answers {status}"
    assert [proof.url for proof in found.evidence] == [HOME + path]
    assert not visit.sections


@pytest.mark.parametrize("status", [403, 404, 429, 500, 503])
@pytest.mark.parametrize(("name", "menu", "path"), LINKS)
async def test_what_could_not_be_read_for_another_reason_stays(
    name: str, menu: str, path: str, status: int
) -> None:
    found = feature(await looked({HOME: menu + WORDS, HOME + path: status}), name)
    assert found is not None
    assert found.state is State.KNOWN


@pytest.mark.parametrize(
    ("start", "more"),
    [
        ('<script type="application/ld+json">{"@type": "QAPage"}</script>', {}),
        ('<footer><a href="/en/forum/">Forum</a></footer>', {"en/forum/": WORDS}),
        ('<main><a href="/forum/thread-7">Dichtung tropft</a></main>', {"forum/thread-7": WORDS}),
        ('<main><a href="/forum/thread-7">Dichtung tropft</a></main>', {"forum/thread-7": 503}),
        ('<footer><a href="/de/forum/">Forum</a></footer>', {"de/forum/": 503}),
    ],
    ids=["structured data", "another page", "a page below", "a page below that fails", "a 503"],
)
async def test_other_evidence_keeps_it(start: str, more: dict[str, Answer]) -> None:
    answers = {HOME + path: answer for path, answer in more.items()}
    visit = await looked({HOME: MENU + start + WORDS, **answers})
    found = feature(visit, "forum")
    assert found is not None
    assert found.state is State.KNOWN


async def test_all_pages_must_be_gone() -> None:
    start = MENU + '<footer><a href="/de/forum/">Forum</a> <a href="/x/">X</a></footer>' + WORDS
    answers: dict[str, Answer] = {HOME: start, f"{HOME}x/": WORDS, f"{HOME}de/forum/": 410}
    found = feature(await looked({**answers, **CLOSED}), "forum")
    assert found is not None
    assert found.state is State.NONE


async def test_a_blog_that_is_linked_twice_may_be_where_it_was_not_gone() -> None:
    start = MENU + '<footer><a href="/en/blog/">Blog</a></footer>' + WORDS
    visit = await looked({HOME: start, f"{HOME}en/blog/": 503})
    (section,) = visit.sections
    assert section.url == f"{HOME}en/blog/"
    assert section.unreadable is not None
    assert section.unreadable.reason is Reason.HTTP_503


async def test_what_is_gone_is_not_counted() -> None:
    visit = await looked({HOME: MENU + WORDS, **CLOSED})
    assert isinstance(value(visit, "blog.posts"), Absent)
    count = value(visit, "presence.features")
    assert isinstance(count, Known)
    assert count.value == 0


async def test_a_start_page_that_only_scripts_draw_leaves_it_open() -> None:
    shell = f"{MENU}<div id=app></div><script src=/app.js></script>"
    visit = await looked({HOME: shell, **CLOSED})
    for name in ("blog", "forum"):
        found = feature(visit, name)
        assert found is not None
        assert found.state is State.UNKNOWN
    assert isinstance(value(visit, "blog.posts"), Unknown)


async def test_a_site_of_which_most_was_lost_leaves_it_open() -> None:
    paths = [f"/seite-{number}/" for number in range(5)]
    links = "".join(f'<a href="{path}">Seite</a>' for path in paths)
    lost: dict[str, Answer] = {HOME.rstrip("/") + path: 503 for path in paths}
    visit = await looked({HOME: f"{MENU}<main>{links}</main>{WORDS}", **lost, **CLOSED})
    found = feature(visit, "blog")
    assert found is not None
    assert found.state is State.UNKNOWN
    assert isinstance(value(visit, "blog.posts"), Unknown)
