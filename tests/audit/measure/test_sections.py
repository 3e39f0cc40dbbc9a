"""Each kind of section has the same metrics, whose values are those of its cadence."""

from audit.measure import metric_of, metrics_of
from audit.measure.company import measure
from audit.measure.sections import SUBJECT
from audit.measure.subject import Values
from audit.model.kinds import RELEASES, SECTION_KINDS
from audit.model.metric import Unit
from audit.model.result import Cadence, CompanyResult
from audit.model.site import Section
from audit.model.value import Absent, Reason, Unknown
from tests.brief_example import COMPANY, PROOF, WINDOW, brief, row, section, unread_row, visit
from tests.fake_session import context


def result(*sections: Section) -> CompanyResult:
    """The result of a company with these sections."""
    return measure(COMPANY, visit(sections=sections), context(WINDOW))


def values(*rows: Cadence) -> Values:
    assert SUBJECT.of_company is not None
    return SUBJECT.of_company(brief(*rows))


def test_a_section_gives_the_figures_of_its_cadence() -> None:
    blog = row(3, 10, 40)
    given = values(blog)
    assert given["blog.posts"] == blog.posts
    assert given["blog.posts_per_week"] == blog.posts_per_week
    assert given["blog.recency_days"] == blog.recency_days
    assert given["blog.longest_gap_days"] == blog.longest_gap_days
    assert given["blog.weeks_with_post"] == blog.weeks_with_post


def test_of_several_sections_of_a_kind_the_first_counts() -> None:
    first, second = row(3), row(3, 4, 5)
    assert values(first, second)["blog.posts"] == first.posts


def test_a_section_that_is_not_there_is_absent_with_the_proof_of_the_look() -> None:
    absent = Absent(evidence=(PROOF,), detail="no podcast found")
    given = values(row(3))
    assert {given[name] for name in given if name.startswith("podcast.")} == {absent}


def test_a_section_that_could_not_be_read_keeps_its_reason() -> None:
    robots = Unknown(reason=Reason.ROBOTS, detail="asked to stay away")
    given = values(unread_row(robots, "news"))
    assert {given[name] for name in given if name.startswith("news.")} == {robots}


def test_every_kind_has_all_metrics_in_the_order_of_the_kinds() -> None:
    names = [metric.id for metric in SUBJECT.metrics]
    assert names == list(values())
    usual = [f"{kind.name}.posts" for kind in SECTION_KINDS if not kind.rare]
    assert [name for name in names if name.endswith(".posts")] == usual


def test_the_words_of_a_metric_bear_the_name_of_the_kind() -> None:
    gap = next(metric for metric in SUBJECT.metrics if metric.id == "news.longest_gap_days")
    assert (gap.title, gap.unit) == ("Longest news pause, days", Unit.DAYS)
    assert (gap.phrase.before, gap.phrase.one) == ("a news pause of ", "day")
    posts = next(metric for metric in SUBJECT.metrics if metric.id == "podcast.posts")
    assert posts.title == "Podcast posts in the period"
    assert posts.definition == "Dated podcast posts within the period."
    notes = metric_of("release-notes.recency_days")
    assert notes is not None
    assert notes.title == "Days since the last release note"
    assert notes.phrase.before == "last release note "


def test_a_rare_kind_is_compared_only_where_some_company_has_it() -> None:
    assert SUBJECT.family is not None
    without, having = result(section(3)), result(section(3), section(5, channel=RELEASES.name))
    assert not [each for each in metrics_of([without]) if each.id.startswith(RELEASES.name)]
    shared = [each for each in metrics_of([without, having]) if each.id.startswith(RELEASES.name)]
    assert len(shared) == 5
    missing = SUBJECT.family.missing(without, shared[0])
    assert isinstance(missing, Absent)
    assert missing.detail == "no release notes found"
