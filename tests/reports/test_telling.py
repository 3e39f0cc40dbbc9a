"""Every template of the rules, read aloud: tests/reports/golden.txt holds what comes of each."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from audit.model.advice import Telling
from audit.model.metric import Unit
from audit.model.value import Known, Number, Qualifier
from config.catalogue import load_catalogue
from reports.differences import Difference, differences
from reports.telling import against_typical, company_phrase, figure_words, text_of
from tests.reports.advice_example import NONE, exactly, part, rated, report_on

GOLDEN = Path(__file__).parent / "golden.txt"
WORDINGS = [
    wording
    for theme in load_catalogue().findings
    for wording in theme.metrics
    if not wording.metric.endswith("*")
]
TYPICAL = {Unit.RATE: 4.0, Unit.COUNT: 5.0, Unit.DAYS: 60.0, Unit.SHARE: 0.4}


def spoken() -> str:
    """All sentences of the rules: ahead, behind, a single one, a part, and nothing to count."""
    return "".join(f"{line}\n" for wording in WORDINGS for line in _lines(wording))


def _lines(wording: Telling) -> Iterator[str]:
    """The sentences of one metric."""
    yield f"# {wording.metric}"
    for difference in _cases(wording):
        yield text_of(against_typical(difference))
        yield f"    {company_phrase(difference)}"
    if wording.best:
        yield wording.best


def _cases(wording: Telling) -> Iterator[Difference]:
    """Our figure far above and far below the typical one, single, and as a part."""
    unit = _unit(wording)
    usual = TYPICAL[unit]
    figures: list[tuple[Number, Number]] = [
        (_whole(usual * 3, unit), _whole(usual, unit)),
        (_whole(1.0, unit), _whole(usual, unit)),
        (part(usual * 3), part(usual)),
        (_whole(usual * 3, unit), _whole(1.0, unit)),
        (_whole(0.04, unit), _whole(usual, unit)),
    ]
    figures += [(NONE, _whole(usual, unit))] if wording.none else []
    for own, typical in figures:
        found = differences(report_on(*rated(wording.metric, own, *[typical] * 3)), "Acme")
        yield from (each for each in found if each.metric.id == wording.metric)


def _unit(wording: Telling) -> Unit:
    """The unit of a metric, from a report that has it."""
    report = report_on(*rated(wording.metric, 1, 1, 1))
    return report.metric(wording.metric).unit


def _whole(value: float, unit: Unit) -> Known[int] | Known[float]:
    """A figure as the measures give it: counts and days are whole."""
    given = exactly(value)
    return (
        given
        if unit in (Unit.RATE, Unit.SHARE)
        else Known(value=int(value), evidence=given.evidence)
    )


def test_every_sentence_is_as_it_was_read_aloud() -> None:
    assert spoken() == GOLDEN.read_text("utf-8")


@pytest.mark.parametrize("line", GOLDEN.read_text("utf-8").splitlines())
def test_no_sentence_has_a_slot_or_a_plural_that_is_none(line: str) -> None:
    assert not re.search(r"[{}|]", line)
    assert not re.search(r"(?<!\.)\b1 (times|days|kinds|networks)\b", line)
    assert "  " not in line.strip()


def test_a_rate_that_is_shown_as_none_is_told_as_less_than_a_tenth() -> None:
    report = report_on(*rated("site.posts_per_week", 0.04, 1, 1, 1))
    metric = report.metric("site.posts_per_week")
    assert figure_words(part(0.054), metric) == "at least 0.05"
    assert figure_words(part(0.96), metric) == "at least 1.0"
    about = replace(exactly(0.0373), qualifiers=(Qualifier.ESTIMATE,))
    assert figure_words(about, metric) == "about 0.04"
    assert figure_words(exactly(0.04), metric) == "less than 0.1"
    assert figure_words(exactly(0.0), metric) == "0.0"
    assert figure_words(part(0.0156), metric) == "at least 0.01"
    assert figure_words(part(0.0047), metric) == "at least 0.004"


def test_a_rounded_figure_is_about_so_high_and_a_part_is_at_least() -> None:
    metric = report_on(*rated("site.posts_per_week", 1, 1, 1)).metric("site.posts_per_week")
    assert figure_words(Known(value=2.0, evidence=(), exact=False), metric) == "about 2.0"
    assert figure_words(part(2.0), metric) == "at least 2.0"
