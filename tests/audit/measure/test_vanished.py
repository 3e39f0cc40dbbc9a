"""A section that had posts in one run and has none in the next is never passed over in silence."""

from dataclasses import replace

import pytest

from audit.measure.company import measure
from audit.measure.vanished import still_looked_for
from audit.model.company import Company, Ignored, PointedSection
from audit.model.exchange import Fetched
from audit.model.result import CompanyResult
from audit.model.site import Feature, State
from audit.model.value import Absent, Known, Number, Reason, Unknown
from tests.fake_session import HOME, NOW, Answer, FakeSession, context, planned, visited

WORDS = "<p>" + "Wir bauen Pumpen für Wasserwerke im Norden. " * 12 + "</p>"
ROWS = "".join(
    f'<article><h2><a href="{{path}}{day}-post">Nachricht vom Werk {day}</a></h2>'
    f'<time datetime="2026-10-{day}"></time></article>'
    for day in (11, 12, 13, 14)
)
WITH_BLOG: dict[str, Answer] = {
    HOME: f'<nav><a href="/blog/">Blog</a></nav>{WORDS}',
    f"{HOME}blog/": f"<main><h1>Blog</h1>{ROWS.format(path='/blog/')}</main>",
}
COMPANY = Company(name="Acme", website=HOME)


async def run(
    answers: dict[str, Answer], before: CompanyResult | None, company: Company = COMPANY
) -> CompanyResult:
    visit = await visited(FakeSession(answers), planned(company))
    return measure(company, visit, context(), before)


def value(result: CompanyResult, metric: str) -> Number:
    return next(each.value for each in result.measures if each.metric == metric)


@pytest.mark.parametrize(
    "later",
    [
        {HOME: WORDS},
        {HOME: WITH_BLOG[HOME], f"{HOME}blog/": f"<main><h1>Blog</h1>{WORDS}</main>"},
        {HOME: f'<nav><a href="/produkte">Produkte</a></nav>{WORDS}', f"{HOME}produkte": WORDS},
    ],
    ids=["blog and link are gone", "the index shows no entry", "the menu is another"],
)
async def test_a_section_that_vanished_is_said(later: dict[str, Answer]) -> None:
    first = await run(WITH_BLOG, None)
    assert isinstance(value(first, "blog.posts"), Known)
    assert first.complete
    second = await run(later, first)
    assert not second.complete
    (note,) = [note for note in second.notes if note.what == "blog" and note.incomplete]
    assert note.reason is Reason.DRIFT
    assert "4 posts were read before" in note.detail
    assert "2026-10-14" in note.detail
    for metric in ("blog.posts", "blog.posts_per_week", "site.posts_per_week"):
        assert isinstance(value(second, metric), Unknown)
    assert not any(
        feature.feature == "blog" and feature.state is State.NONE for feature in second.features
    )


async def test_it_stays_unknown_until_it_is_back_or_struck_out() -> None:
    first = await run(WITH_BLOG, None)
    second = await run({HOME: WORDS}, first)
    third = await run({HOME: WORDS}, second)
    assert isinstance(value(third, "blog.posts"), Unknown)
    assert not third.complete
    assert (await run(WITH_BLOG, third)).complete
    struck = Ignored(finding="feature.blog", note="given up", place="c.yaml:3")
    ignoring = replace(COMPANY, ignore=(struck,))
    assert isinstance(value(await run({HOME: WORDS}, third, ignoring), "blog.posts"), Absent)


async def test_posts_that_moved_to_another_section_did_not_vanish() -> None:
    first = await run(WITH_BLOG, None)
    moved: dict[str, Answer] = {
        HOME: f'<nav><a href="/neu/">News</a></nav>{WORDS}',
        f"{HOME}neu/": f"<main><h1>News</h1>{ROWS.format(path='/blog/')}</main>",
    }
    second = await run(moved, first)
    assert isinstance(value(second, "news.posts"), Known)
    assert second.complete


async def test_a_site_that_never_had_the_section_lacks_none() -> None:
    first = await run({HOME: WORDS}, None)
    second = await run({HOME: WORDS}, first)
    assert isinstance(value(second, "blog.posts"), Absent)
    assert second.complete


async def test_a_site_that_does_not_answer_says_so_and_nothing_of_sections() -> None:
    first = await run(WITH_BLOG, None)
    second = await run({HOME: 503}, first)
    assert {note.reason for note in second.notes if note.incomplete} == {Reason.HTTP_503}


POINTED: dict[str, Answer] = {
    HOME: f'<nav><a href="/halle/">Aus der Halle</a></nav>{WORDS}',
    f"{HOME}halle/": "".join(
        f'<div class="k"><b>Schicht {day}</b> <i>{day}. Oktober 2026</i></div>'
        for day in (11, 12, 13, 14)
    ),
}
POINTER = PointedSection(kind="blog", url=f"{HOME}halle/", item=".k", title="b", date="i")


async def test_a_line_that_is_gone_from_the_list_is_no_change_of_the_page() -> None:
    first = await run(POINTED, None, replace(COMPANY, sections=(POINTER,)))
    assert isinstance(value(first, "blog.posts"), Known)
    for name in ("Acme", "Another name in another list"):
        second = await run(POINTED, first, replace(COMPANY, name=name))
        assert second.complete
        (note,) = [note for note in second.notes if note.what == "blog"]
        assert note.reason is Reason.NOT_CHECKED
        assert "this one does not" in note.detail
        assert "put its line back" in note.help
        why = value(second, "blog.posts")
        assert isinstance(why, Unknown)
        assert why.reason is Reason.NOT_CHECKED
        third = await run(POINTED, second, replace(COMPANY, name=name))
        assert value(third, "blog.posts") == why
    ignored = Ignored(finding="feature.blog", note="given up", place="c.yaml:9")
    last = await run(POINTED, first, replace(COMPANY, ignore=(ignored,)))
    assert not [note for note in last.notes if note.what == "blog"]


async def test_a_page_that_is_still_pointed_at_and_has_changed_is_drift() -> None:
    company = replace(COMPANY, sections=(POINTER,))
    first = await run(POINTED, None, company)
    second = await run({**POINTED, f"{HOME}halle/": WORDS}, first, company)
    assert not second.complete
    assert {note.reason for note in second.notes if note.what == "blog"} == {Reason.DRIFT}


class Noting(FakeSession):
    """A session that says what each request came to, as the real one does."""

    def fetched(self) -> tuple[Fetched, ...]:
        return tuple(
            Fetched(
                url=url,
                why="",
                outcome=str(Reason.of_status(answer)) if isinstance(answer, int) else "ok",
                fetched_at=NOW,
                record=f"acme.warc.gz#{at}",
            )
            for at, url in enumerate(self.asked)
            for answer in (self.answers.get(url, 404),)
        )


async def noted(
    answers: dict[str, Answer], before: CompanyResult | None, company: Company = COMPANY
) -> CompanyResult:
    visit = await visited(Noting(answers), planned(company))
    return measure(company, visit, context(), before)


def blog_of(result: CompanyResult) -> Feature:
    return next(each for each in result.features if each.feature == "blog")


@pytest.mark.parametrize("status", [404, 410])
async def test_a_blog_whose_page_is_gone_is_told_once(status: int) -> None:
    first = await noted(WITH_BLOG, None)
    gone: dict[str, Answer] = {HOME: WITH_BLOG[HOME], f"{HOME}blog/": status}
    second = await noted(gone, first)
    assert second.complete
    (note,) = second.given_up
    assert note.detail.startswith(f"4 posts were read before at {HOME}blog/")
    assert note.detail.endswith("that page is gone")
    assert isinstance(value(second, "blog.posts"), Absent)
    assert blog_of(second).state is State.NONE
    assert [proof.url for proof in blog_of(second).evidence] == [f"{HOME}blog/"]
    third = await noted(gone, second)
    assert third.complete
    assert not third.given_up
    assert blog_of(third).state is State.NONE


async def test_a_blog_that_is_linked_and_fails_is_not_given_up() -> None:
    first = await noted(WITH_BLOG, None)
    second = await noted({HOME: WITH_BLOG[HOME], f"{HOME}blog/": 503}, first)
    assert not second.given_up
    assert blog_of(second).state is State.KNOWN
    why = value(second, "blog.posts")
    assert isinstance(why, Unknown)
    assert why.reason is Reason.HTTP_503


@pytest.mark.parametrize("status", [404, 410])
async def test_a_link_that_was_dead_from_the_first_gives_nothing_up(status: int) -> None:
    first = await noted({HOME: WITH_BLOG[HOME], f"{HOME}blog/": status}, None)
    assert first.complete
    assert first.given_up == ()


async def test_a_blog_whose_page_was_gone_is_there_again_with_it() -> None:
    first = await noted(WITH_BLOG, None)
    gone: dict[str, Answer] = {HOME: WITH_BLOG[HOME], f"{HOME}blog/": 404}
    second = await noted(gone, first)
    third = await noted(WITH_BLOG, await noted(gone, second))
    assert blog_of(third).state is State.KNOWN
    assert isinstance(value(third, "blog.posts"), Known)


@pytest.mark.parametrize(
    ("rules", "state"),
    [
        (("link.blog",), State.NONE),
        (("link.blog", "section.blog.link"), State.NONE),
        (("link.blog", "section.blog.feed"), State.KNOWN),
        (("markup.blog",), State.KNOWN),
    ],
)
async def test_only_what_rests_on_links_goes_with_its_page(
    rules: tuple[str, ...], state: State
) -> None:
    visit = await visited(FakeSession(WITH_BLOG), planned(COMPANY))
    feature = next(each for each in visit.features if each.feature == "blog")
    proofs = tuple(replace(feature.evidence[0], rule=rule) for rule in rules)
    gone = Unknown(reason=Reason.HTTP_404, detail=f"4 posts were read before at {HOME}blog/")
    features = (replace(feature, evidence=proofs),)
    (after,) = still_looked_for(features, {"blog": gone}, visit, None)
    assert after.state is state


async def again(answers: dict[str, Answer], before: CompanyResult) -> CompanyResult:
    """A later run, which asks for the pages that had posts."""
    former = tuple(dict.fromkeys(post.channel_url for post in before.posts))
    session = Noting(answers)
    visit = await visited(session, planned(COMPANY), former=former)
    assert len(session.asked) == len(set(session.asked))
    return measure(COMPANY, visit, context(), before)


async def test_a_blog_that_has_left_the_menu_is_still_there() -> None:
    first = await noted(WITH_BLOG, None)
    second = await again({**WITH_BLOG, HOME: WORDS}, first)
    assert isinstance(value(second, "blog.posts"), Known)
    assert blog_of(second).state is State.KNOWN
    assert second.complete


async def test_a_blog_that_was_taken_down_with_its_link_is_told_as_gone() -> None:
    first = await noted(WITH_BLOG, None)
    second = await again({HOME: WORDS}, first)
    (note,) = second.given_up
    assert note.detail.endswith("that page is gone")
    assert blog_of(second).state is State.NONE
    assert isinstance(value(second, "blog.posts"), Absent)


async def test_a_page_of_posts_that_is_still_linked_is_asked_for_once() -> None:
    first = await noted(WITH_BLOG, None)
    second = await again(WITH_BLOG, first)
    assert isinstance(value(second, "blog.posts"), Known)
