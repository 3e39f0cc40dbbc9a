"""What the list has for one company alone, on the sheets: its figures, its window, its settings."""

from dataclasses import replace
from datetime import timedelta

import pytest

from audit.measure.figures import SUBJECT
from audit.model.company import Overrides, PointedFigure
from audit.model.metric import Unit
from audit.model.result import Measure
from audit.model.value import Known
from reports.report import Report
from reports.sheets import comparison, method, posts
from reports.words import phrase
from tests.reports.workbook_example import AS_OF, compared, of, snapshot

PUMPS = PointedFigure(name="Pumps sold", url="https://a.example/", css=".p", higher_is_better=True)


def report(figure: PointedFigure = PUMPS, number: float = 1234) -> Report:
    """A report in which the first company has a figure, and a window of 30 days."""
    results = list(snapshot().results)
    proof = replace(results[0].posts[0].evidence, rule="config.figure")
    value = Known(value=number, evidence=(proof,))
    company = replace(
        results[0].company,
        figures=(figure,),
        overrides=Overrides(lookback_days=30, delay_seconds=0),
    )
    measures = (*results[0].measures, Measure(metric=figure.metric, value=value))
    shot = of([replace(results[0], company=company, measures=measures), *results[1:]])
    return Report(shot, compared(shot))


def test_a_figure_has_a_row_of_comparison_with_its_proof() -> None:
    shown = report()
    rows = {row.subject: row for row in comparison.SHEET.draw(shown).rows}
    cells = rows["figure.pumps-sold"].cells
    assert [cells[0].value, cells[1].value] == ["Figures", "Pumps sold"]
    own = cells[2]
    assert isinstance(own.value, Known)
    assert own.value.value == 1234
    assert own.to is not None


@pytest.mark.parametrize(
    ("number", "unit", "words"),
    [
        (0.98, Unit.SHARE, "98%"),
        (1, Unit.SHARE, "100%"),
        (0.004, Unit.SHARE, "0%"),
        (4.6, Unit.RATE, "4.6"),
        (1234, Unit.COUNT, "1,234"),
        (2.25, Unit.RATE, "2.3"),
    ],
)
def test_a_proof_tells_the_figure_in_its_unit(number: float, unit: Unit, words: str) -> None:
    figure = replace(PUMPS, name="Nöjda kunder", unit=unit)
    rows = report(figure, number).evidence.rows()
    assert [row.value for row in rows if row.measure == figure.metric] == [words]


def test_a_figure_is_said_by_its_name_without_a_unit() -> None:
    assert SUBJECT.family is not None
    (metric,) = SUBJECT.family.in_results(report().results)
    assert "".join(phrase(metric, "1,234")) == "Pumps sold: 1,234"


def test_a_company_with_a_window_of_its_own_leaves_out_by_that() -> None:
    shown = report()
    company = shown.results[0].company
    assert shown.since_of(company) == AS_OF - timedelta(days=30)
    assert shown.since_of(shown.results[1].company) == shown.since
    table = posts.SHEET.draw(shown)
    place = [column.title for column in table.columns].index("Left out")
    left_out = [row.cells[place].value for row in table.rows if row.subject == company.name]
    old = [post for post in shown.results[0].posts if post.published is not None]
    before = [
        post for post in old if post.published and post.published.at < shown.since_of(company)
    ]
    assert before
    assert left_out.count("before the period") == len([each for each in before if not each.flag])


def test_the_settings_of_one_company_stand_on_method() -> None:
    shown = report()
    name = shown.results[0].company.name
    settings = method.SHEET.draw(shown).blocks[-1]
    pairs = {row.cells[0].value: row.cells[1].value for row in settings.rows}
    assert pairs[f"lookback_days, {name}"] == "30"
    assert pairs[f"delay_seconds, {name}"] == "0"
    assert f"browser, {name}" not in pairs
