"""The figures that a person points at: compared, ranked, and unknown with a reason."""

from dataclasses import replace

from audit.compare import compare
from audit.measure import family_of, metric_of
from audit.measure.company import measure
from audit.measure.figures import SUBJECT
from audit.model.company import Company, ManualFigure, PointedFigure
from audit.model.facts import FigureReading
from audit.model.metric import Unit
from audit.model.result import CompanyResult, Comparison
from audit.model.value import Known, Qualifier, Reason, Unknown
from audit.model.visit import Note, Visit
from tests.brief_example import AS_OF, COMPANY, PROOF, WINDOW, brief
from tests.fake_session import context

CUSTOMERS = PointedFigure(
    name="Customers", url="https://a.example/about/", css=".c", higher_is_better=True
)
WAIT = PointedFigure(
    name="Réponse en jours",
    url="https://a.example/aide/",
    css=".r",
    unit=Unit.DAYS,
    higher_is_better=False,
)


def read(number: float, figure: PointedFigure = CUSTOMERS) -> FigureReading:
    """A figure that was read."""
    return FigureReading(figure=figure, value=Known(value=number, evidence=(PROOF,)))


def result(name: str, number: float | None, figure: PointedFigure = CUSTOMERS) -> CompanyResult:
    """The result of a company with one figure, or with one that nobody could read."""
    company = Company(name=name, website=f"https://{name}.example/", own=name == "a")
    value: Known[float] | Unknown = Unknown(reason=Reason.BAD_CONTENT, detail="no number in “soon”")
    if number is not None:
        value = Known(value=number, evidence=(PROOF,))
    visit: Visit = replace(brief().visit, figures=(FigureReading(figure=figure, value=value),))
    return measure(replace(company, figures=(figure,)), visit, context(WINDOW))


def compared(*results: CompanyResult) -> Comparison:
    """The comparison of the only figure of these results."""
    (one,) = [each for each in compare(results) if each.metric.startswith("figure.")]
    return one


def test_a_figure_is_a_value_of_its_company() -> None:
    assert SUBJECT.of_company is not None
    given = brief()
    given = replace(given, visit=replace(given.visit, figures=(read(12_400),)))
    assert SUBJECT.of_company(given) == {"figure.customers": read(12_400).value}


def test_companies_are_compared_by_a_figure_as_by_every_other_measure() -> None:
    one = compared(result("a", 10), result("b", 40), result("c", 20), result("d", 30))
    assert one.about.title == "Customers"
    assert (one.best, one.last) == ("b", "a")
    assert one.rank is not None
    assert (one.rank.place, one.rank.of) == (4, 4)
    assert isinstance(one.median, Known)
    assert one.median.value == 30


def test_the_lower_figure_is_the_better_one_where_the_list_says_so() -> None:
    one = compared(result("a", 2.5, WAIT), result("b", 4, WAIT), result("c", 9, WAIT))
    assert one.metric == "figure.reponse-en-jours"
    assert (one.best, one.about.unit) == ("a", Unit.DAYS)


def test_a_figure_that_is_better_at_neither_end_has_no_best() -> None:
    neutral = replace(CUSTOMERS, higher_is_better=None)
    one = compared(*(result(name, at, neutral) for at, name in enumerate("abc")))
    assert (one.best, one.last, one.rank) == ("", "", None)


def test_a_figure_that_nobody_could_read_has_a_row_that_says_why() -> None:
    one = compared(result("a", None), result("b", None))
    assert [value for _, value in one.values] == [
        Unknown(reason=Reason.BAD_CONTENT, detail="no number in “soon”")
    ] * 2


def test_a_company_without_an_entry_is_not_checked_and_never_zero() -> None:
    other = CompanyResult(company=Company(name="b", website="https://b.example/"))
    one = compared(result("a", 1), other)
    value = dict(one.values)["b"]
    assert isinstance(value, Unknown)
    assert (value.reason, "points at one" in value.detail) == (Reason.NOT_CHECKED, True)


def test_a_company_that_was_not_visited_keeps_its_reason() -> None:
    note = Note(what="website", reason=Reason.STORAGE, detail="full", incomplete=True)
    lost = replace(result("b", 1), measures=(), notes=(note,))
    one = compared(result("a", 1), lost)
    assert dict(one.values)["b"] == Unknown(reason=Reason.STORAGE, detail="full")


def test_what_could_not_be_read_makes_the_company_incomplete_and_says_what_to_do() -> None:
    wrong = result("a", None)
    assert not wrong.complete
    (note,) = [note for note in wrong.notes if note.incomplete]
    assert (note.what, note.reason) == ("figure.customers", Reason.BAD_CONTENT)
    assert note.detail == "https://a.example/about/: no number in “soon”"
    assert "audit try" in note.help


def test_a_figure_that_a_person_read_stands_in() -> None:
    by_hand = ManualFigure(
        measure="figure.customers", value=7, on=AS_OF.date(), by="J.", place="c.yaml:9"
    )
    company = replace(COMPANY, manual=(by_hand,))
    measured = measure(company, brief().visit, context(WINDOW))
    values = {each.metric: each.value for each in measured.measures}
    value = values["figure.customers"]
    assert isinstance(value, Known)
    assert (value.value, value.qualifiers) == (7, (Qualifier.MANUAL,))


def test_an_id_alone_tells_that_it_is_a_figures() -> None:
    metric = metric_of("figure.happy-customers")
    assert metric is not None
    assert metric.title == "Happy customers"
    assert family_of(metric) is SUBJECT.family
    assert metric_of("figure.") is None
