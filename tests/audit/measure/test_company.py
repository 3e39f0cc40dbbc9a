"""A visit becomes one result: all subjects measured, in order, and what was not readable told."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from audit.measure import metrics
from audit.measure.company import measure
from audit.model.by_hand import HandRecord, Source
from audit.model.channel import CONFIGURED, OwnershipPart, Promise
from audit.model.company import ManualFigure
from audit.model.past import website_key
from audit.model.profile import Standing
from audit.model.result import CompanyResult
from audit.model.value import Absent, Known, Number, Reason, Unknown
from audit.model.visit import Note, Visit
from tests.brief_example import COMPANY, PROOF, WINDOW, figure, known, section, visit
from tests.channel_example import channel, live
from tests.fake_session import context


def result_of(brought: Visit) -> CompanyResult:
    return measure(COMPANY, brought, context(WINDOW))


def values_of(brought: Visit) -> Mapping[str, Number]:
    return {measure.metric: measure.value for measure in result_of(brought).measures}


def test_what_scripts_would_draw_is_unknown_not_zero() -> None:
    drawn = Note(what="website", reason=Reason.BROWSER, detail="drawn by JavaScript")
    values, plain = values_of(visit(drawn)), values_of(visit())
    assert values["presence.channels"] == Unknown(
        reason=Reason.BROWSER, detail="drawn by JavaScript"
    )
    assert isinstance(values["blog.posts"], Unknown)
    assert figure(plain["presence.channels"]) == 0
    assert isinstance(plain["blog.posts"], Absent)


def test_a_site_that_could_not_be_reached_has_no_figures_at_all() -> None:
    unreached = Unknown(reason=Reason.DNS, detail="d")
    values = dict(values_of(replace(visit(), start=unreached)))
    assert values.pop("completeness") == Known(value=0.0, evidence=())
    assert set(values.values()) == {unreached}


def test_metrics_that_every_company_has_come_before_those_of_its_channels() -> None:
    youtube = channel("youtube", "https://youtube.com/@a", "@a", proof=(PROOF,))
    names = list(values_of(visit(channels=(youtube,))))
    assert names[: len(metrics())] == [metric.id for metric in metrics()]
    assert names[len(metrics()) :] == [
        "channel.youtube.followers",
        "channel.youtube.posts_per_week",
        "engagement.per_post",
        "engagement.median",
        "engagement.per_thousand_followers",
    ]


def test_a_figure_by_hand_counts_as_read() -> None:
    by_hand = ManualFigure(
        measure="presence.channels", value=3, on=date(2026, 10, 1), by="Eva", place="c.yaml:4"
    )
    unreached = replace(visit(), start=Unknown(reason=Reason.DNS))
    result = measure(replace(COMPANY, manual=(by_hand,)), unreached, context(WINDOW))
    values = {measure.metric: measure.value for measure in result.measures}
    assert figure(values["presence.channels"]) == 3
    assert figure(values["completeness"]) > 0


def test_a_section_that_could_not_be_read_is_told_with_what_would_help() -> None:
    robots = Unknown(reason=Reason.ROBOTS, detail="asked to stay away")
    (note,) = result_of(visit(sections=(section(unreadable=robots),))).notes
    assert (note.what, note.reason, note.incomplete) == ("blog", Reason.ROBOTS, False)
    assert note.help == "the site asks robots to stay away; save the page in your browser"


WALL = Unknown(reason=Reason.LOGIN_WALL, detail="shown to members")
IN_THE_FILE = (OwnershipPart(name=CONFIGURED, weight=1.0),)


@pytest.mark.parametrize(
    ("parts", "candidate", "unread", "incomplete"),
    [
        ((), False, WALL, [False]),
        (IN_THE_FILE, False, WALL, [True]),
        ((), True, WALL, []),
        ((), True, Unknown(reason=Reason.INTERNAL_ERROR), [True]),
        (IN_THE_FILE, False, Unknown(reason=Reason.NOT_CHECKED), [False]),
    ],
)
def test_a_profile_that_could_not_be_read_is_told_and_counts_where_a_person_named_it(
    parts: tuple[OwnershipPart, ...], candidate: bool, unread: Unknown, incomplete: list[bool]
) -> None:
    walled = channel(
        "linkedin",
        "https://linkedin.com/company/a",
        "a",
        proof=(PROOF,),
        profile=unread,
        parts=parts,
        candidate=candidate,
    )
    notes = result_of(visit(channels=(walled,))).notes
    assert [note.incomplete for note in notes] == incomplete


@pytest.mark.parametrize(("followers", "left"), [(1200, []), (None, ["channel.linkedin"])])
def test_nothing_is_left_to_do_for_a_profile_that_people_filled_in(
    followers: int | None, left: list[str]
) -> None:
    url = "https://linkedin.com/company/a"
    record = HandRecord(
        company=website_key(COMPANY.website),
        platform="linkedin",
        on=date(2026, 10, 3),
        by="",
        source=Source.TERMINAL,
        place="",
        entered_at=datetime(2026, 10, 3, tzinfo=UTC),
        followers=followers,
        posts=2,
        last_post=date(2026, 10, 1),
    )
    walled = channel("linkedin", url, "a", proof=(PROOF,), profile=WALL)
    company = replace(COMPANY, by_hand=(record,))
    notes = measure(company, visit(channels=(walled,)), context(WINDOW)).notes
    assert [note.what for note in notes] == left


def test_a_key_that_is_missing_is_what_would_help() -> None:
    needed = Unknown(reason=Reason.NEEDS_KEY, detail="followers: set ACME_KEY")
    read = channel("x", "https://x.com/a", "a", proof=(PROOF,), profile=live(audience=needed))
    notes = result_of(visit(channels=(read,))).notes
    assert [note.help for note in notes if note.what == "channel.x.followers"] == [
        "set ACME_KEY (docs/keys.md)"
    ]


def test_a_dead_profile_is_to_be_mended_on_the_site() -> None:
    gone = replace(live(), standing=Standing.MISSING)
    dead = channel(
        "x", "https://x.com/a", "a", proof=(PROOF,), profile=gone, promises=(Promise.DEAD,)
    )
    (note,) = result_of(visit(channels=(dead,))).notes
    assert note.help == "mend the link on the site, or ignore the finding"


def test_a_walled_profile_with_a_figure_by_hand_is_complete() -> None:
    walled = channel(
        "linkedin",
        "https://linkedin.com/company/a",
        "a",
        proof=(PROOF,),
        profile=WALL,
        parts=IN_THE_FILE,
    )
    by_hand = replace(walled, by_hand=known(1200))
    assert result_of(visit(channels=(by_hand,))).complete
    assert not result_of(visit(channels=(walled,))).complete
