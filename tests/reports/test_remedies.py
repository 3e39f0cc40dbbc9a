"""Each unknown cell is counted for the ways that would fill it, and no known one for any."""

from collections import Counter
from dataclasses import replace

import pytest

from audit.model.company import Company
from audit.model.exchange import Key, Opens
from audit.model.profile import Profile, Standing
from audit.model.result import CompanyResult
from audit.model.value import Known, Reason, Unknown
from reports.remedies import (
    CellKind,
    FigureCell,
    Way,
    figure_cells,
    remedies,
    unknown_cells,
    ways,
)
from tests.channel_example import channel, live
from tests.reports.workbook_example import snapshot

SITE = "https://acme.example/"
KEY = Key(
    variables=("ACME_KEY",), host="api.acme.example", adds="all", opens=frozenset(Opens)
)  # fmt: skip
RESULTS = snapshot().results


def cell(
    reason: Reason, platform: str = "facebook", kind: CellKind = CellKind.AUDIENCE, **changes: bool
) -> FigureCell:
    """A cell that is unknown for a reason."""
    return FigureCell(
        company="Acme", own=changes.get("own", False), platform=platform, url=SITE, kind=kind,
        value=Unknown(reason=reason), hidden=changes.get("hidden", False),
    )  # fmt: skip


def of_profiles(*profiles: Profile | Unknown, platform: str = "facebook") -> CompanyResult:
    """The result of a company with these profiles alone, on one platform."""
    channels = tuple(
        channel(platform, f"https://{platform}.example/{at}", "acme", proof=(), profile=profile)
        for at, profile in enumerate(profiles)
    )
    company = Company(name="Acme", website=SITE)
    return replace(RESULTS[0], company=company, channels=channels, cadence=(), notes=())


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        (Reason.ROBOTS, {Way.BY_HAND, Way.SAVED}),
        (Reason.LOGIN_WALL, {Way.BY_HAND, Way.SAVED}),
        (Reason.CAPTCHA, {Way.BY_HAND, Way.SAVED}),
        (Reason.NOT_PUBLIC, {Way.BY_HAND, Way.SAVED}),
        (Reason.BROWSER, {Way.BROWSER, Way.BY_HAND, Way.SAVED}),
        (Reason.TIMEOUT, {Way.AGAIN}),
        (Reason.RATE_LIMITED, {Way.AGAIN}),
        (Reason.HTTP_503, {Way.AGAIN}),
        (Reason.HTTP_404, {Way.ADDRESS}),
        (Reason.DNS, {Way.ADDRESS}),
        (Reason.TOO_LITTLE_DATA, {Way.NOTHING}),
        (Reason.INTERNAL_ERROR, {Way.NOTHING}),
    ],
)
def test_a_reason_has_its_ways(reason: Reason, expected: set[Way]) -> None:
    assert set(ways(cell(reason), ())) == expected


def test_every_reason_there_is_has_a_way_or_is_said_to_have_none() -> None:
    for platform in ("facebook", "blog", "website"):
        for reason in Reason:
            found = ways(cell(reason, platform), ())
            assert found
            assert Way.NOTHING not in found or found == (Way.NOTHING,)


def test_a_website_is_saved_or_read_further_and_never_filled_in() -> None:
    assert ways(cell(Reason.ROBOTS, "website"), ()) == (Way.SAVED,)
    assert ways(cell(Reason.BUDGET, "blog", CellKind.LAST_POST), ()) == (Way.BUDGET,)
    assert Way.BY_HAND not in {way for reason in Reason for way in ways(cell(reason, "blog"), ())}


def test_what_nobody_may_look_at_has_no_way() -> None:
    assert ways(cell(Reason.NOT_PUBLIC, hidden=True), (KEY,)) == (Way.NOTHING,)
    private = Profile(standing=Standing.PRIVATE, evidence=())
    assert {each.hidden for each in figure_cells([of_profiles(private)])} == {True}


def test_a_key_is_a_way_beside_the_others_where_it_opens_that_cell() -> None:
    audience = replace(KEY, opens=frozenset({Opens.AUDIENCE}))
    assert Way.KEY in ways(cell(Reason.ROBOTS), (audience,))
    assert Way.KEY not in ways(cell(Reason.ROBOTS, kind=CellKind.POSTS_A_WEEK), (audience,))
    assert Way.KEY not in ways(cell(Reason.HTTP_404), (audience,))


def test_a_key_for_own_pages_is_a_way_for_our_own_alone() -> None:
    mine = replace(KEY, own_only=True)
    assert Way.KEY in ways(cell(Reason.ROBOTS, own=True), (mine,))
    assert Way.KEY not in ways(cell(Reason.ROBOTS), (mine,))


def test_a_key_that_is_set_by_now_takes_another_run() -> None:
    found = ways(cell(Reason.NEEDS_KEY), (KEY,), {"ACME_KEY"})
    assert Way.AGAIN in found
    assert Way.KEY not in found


def test_known_cells_are_counted_as_cells_and_have_no_way() -> None:
    profile = live(audience=Known(value=0, evidence=()))
    cells = figure_cells([of_profiles(profile)])
    assert cells[0].kind is CellKind.AUDIENCE
    assert cells[0] not in unknown_cells(cells), "nobody following is a known number"
    assert ways(cells[0], (KEY,)) == ()


def test_of_several_profiles_of_a_platform_one_is_counted() -> None:
    lost = Unknown(reason=Reason.ROBOTS)
    assert (
        len(figure_cells([of_profiles(lost, lost)])) == len(figure_cells([of_profiles(lost)])) == 3
    )


def test_the_most_cells_come_first_then_the_least_effort_and_what_nothing_fills_last() -> None:
    cells = [
        *(cell(Reason.TOO_LITTLE_DATA) for _ in range(9)),
        *(cell(Reason.ROBOTS) for _ in range(2)),
        cell(Reason.TIMEOUT),
    ]
    assert [each.way for each in remedies(cells, {})] == [
        *(Way.BY_HAND, Way.SAVED, Way.AGAIN, Way.NOTHING)
    ]
    assert [len(each.cells) for each in remedies(cells, {})] == [2, 2, 1, 9]


def test_each_platform_has_its_own_key() -> None:
    cells = [cell(Reason.NEEDS_KEY), cell(Reason.NEEDS_KEY, "x"), cell(Reason.NEEDS_KEY, "x")]
    found = remedies(cells, {"facebook": (KEY,), "x": (KEY,)})
    assert [(e.platform, len(e.cells)) for e in found if e.way is Way.KEY] == [
        *(("x", 2), ("facebook", 1))
    ]


def test_every_unknown_cell_of_the_example_is_counted_for_something() -> None:
    cells = figure_cells(RESULTS)
    filled = {each for remedy in remedies(cells, {}) for each in remedy.cells}
    assert filled == set(unknown_cells(cells))
    assert Counter(each.company for each in cells)["Fjord Pumpen"] == 2, "a site that barred robots"
