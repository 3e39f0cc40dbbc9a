"""How profiles present themselves, audiences that are lost, and figures that a person points at."""

from dataclasses import replace

import pytest

from audit.model.channel import Channel
from audit.model.company import PointedFigure
from audit.model.hygiene import Flag, Hygiene, Words
from audit.model.metric import Unit
from audit.model.profile import Outcome, Profile
from audit.model.profile import unread as unread_on_platform
from audit.model.result import CompanyResult, Measure
from audit.model.value import Absent, Known, Number, Qualifier, Reason, Unknown
from tests.audit.changes.example import ACME, SITE, brief, named, proof, result, run, told
from tests.channel_example import channel, live

NOT_SHOWN = Unknown(reason=Reason.NOT_PUBLIC, detail="not shown")
YES, NO = Known(value=True, evidence=()), Known(value=False, evidence=())


def words(text: str) -> Words:
    return Known(value=text, evidence=())


def kept(**changes: Flag | Words) -> Hygiene:
    """A profile of which everything is known, but for what a test says."""
    usual: dict[str, Flag | Words] = {
        "biography": words("Pumps since 1954."),
        "language": words("en"),
        "link": words(SITE),
        **dict.fromkeys(("leads_home", "works", "verified", "picture", "cover", "pinned"), YES),
        "same_handle": YES,
    }
    return Hygiene(**(usual | changes))  # type: ignore[arg-type]


def profile(hygiene: Hygiene | Unknown, read: Profile | None = None) -> Channel:
    audience = Known(value=900, evidence=(proof(),))
    made = channel(
        "bluesky",
        "https://bsky.app/profile/acme.example",
        "acme.example",
        proof=(proof(),),
        profile=read or live(account="did:1", audience=audience),
        found_on=(SITE,),
    )
    return replace(made, hygiene=hygiene)


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (kept(), kept(), []),
        (kept(), kept(verified=NO), ["channel.bluesky.verified down real"]),
        (kept(leads_home=NO), kept(), ["channel.bluesky.leads_home up real"]),
        # What one of the runs was not shown is neither lost nor won.
        (kept(), kept(verified=NOT_SHOWN), []),
        (kept(cover=NOT_SHOWN), kept(cover=NO), []),
        (kept(), NOT_SHOWN, []),
        (
            kept(),
            kept(biography=words("Pumps for ships.")),
            ["channel.bluesky.biography moved real"],
        ),
        (kept(), kept(biography=words(" Pumps  since 1954. ")), []),
        (kept(), kept(link=Absent()), ["channel.bluesky.link gone real"]),
        (kept(link=Absent()), kept(), ["channel.bluesky.link new real"]),
        # A pinned post comes and goes; whose handle is the usual one depends on the others.
        (kept(), kept(pinned=NO, same_handle=NO), []),
    ],
)
def test_what_a_profile_shows_is_told_where_both_runs_were_shown_it(
    before: Hygiene, now: Hygiene | Unknown, expected: list[str]
) -> None:
    then = run(0, result(channels=[profile(before)]))
    assert brief(told(then, run(1, result(channels=[profile(now)])))) == expected


def test_an_audience_that_is_hidden_now_is_not_seen_and_not_lost() -> None:
    hidden = live(account="did:1", audience=unread_on_platform(Outcome.HIDDEN, "hidden"))
    now = result(channels=[profile(kept(), hidden)])
    changes = told(run(0, result(channels=[profile(kept())])), run(1, now))
    assert brief(changes) == ["channel.bluesky.followers blocked access"]


FIGURE = PointedFigure(name="Customers", url=f"{SITE}about/", css=".customers")


def pointed(value: Number, figure: PointedFigure = FIGURE) -> CompanyResult:
    """A company with a figure that a person points at."""
    whole = result(company=named(ACME, figures=(figure,)))
    return replace(whole, measures=(*whole.measures, Measure(metric=figure.metric, value=value)))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (pointed(Known(value=1200, evidence=())), []),
        (pointed(Known(value=1500, evidence=())), ["figure.customers up real"]),
        (pointed(Unknown(reason=Reason.DRIFT, detail="")), ["figure.customers lost access"]),
        (pointed(Unknown(reason=Reason.ROBOTS, detail="")), ["figure.customers blocked access"]),
        (
            pointed(Known(value=1500, evidence=()), replace(FIGURE, css=".all-customers")),
            ["figure.customers up window"],
        ),
        (result(), []),
    ],
)
def test_a_figure_is_told_where_both_lists_point_at_it(
    now: CompanyResult, expected: list[str]
) -> None:
    before = run(0, pointed(Known(value=1200, evidence=())))
    assert brief(told(before, run(1, now))) == expected


@pytest.mark.parametrize(
    ("unit", "before", "now", "expected"),
    [
        # As it is shown: 4.6 and 4.6, though the pages say 4.56 and 4.58.
        (Unit.COUNT, 4.56, 4.58, []),
        (Unit.COUNT, 4.58, 4.56, []),
        (Unit.COUNT, 4.54, 4.56, ["figure.customers up real"]),
        (Unit.SHARE, 0.911, 0.914, []),
        (Unit.SHARE, 0.911, 0.926, ["figure.customers up real"]),
        (Unit.RATE, 0.31, 0.34, []),
        (Unit.RATE, 0.36, 0.34, ["figure.customers down real"]),
        (Unit.DAYS, 3.02, 3.04, []),
        (Unit.COUNT, 12_000, 12_001, ["figure.customers up real"]),
    ],
)
def test_figures_are_compared_as_they_are_shown(
    unit: Unit, before: float, now: float, expected: list[str]
) -> None:
    figure = replace(FIGURE, unit=unit)
    then, today = (pointed(Known(value=each, evidence=()), figure) for each in (before, now))
    assert brief(told(run(0, then), run(1, today))) == expected


def test_of_a_figure_of_which_one_run_knew_a_part_nothing_is_told() -> None:
    part = Known(value=1500, evidence=(), qualifiers=(Qualifier.TRUNCATED,))
    whole = pointed(Known(value=1200, evidence=()))
    assert told(run(0, whole), run(1, pointed(part))) == ()
