"""Of very many companies those nearest to our own stand side by side, the rest in lists."""

import csv
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from audit.model.result import CompanyResult, Measure
from audit.model.value import Known, Number, Reason, Unknown
from audit.nearest import MOST, NEAREST, nearest
from audit.reporting import write_each
from tests.reports import workbook_example as example

UNKNOWN = Unknown(reason=Reason.ROBOTS, detail="")


def company(
    number: int, audience: Number = UNKNOWN, rate: Number = UNKNOWN, *, own: bool = False
) -> CompanyResult:
    """A company of which nothing but its size is known."""
    bare = example.company_result(f"Company {number}", own=own)
    sizes = {"audience.total": audience, "all.posts_per_week": rate}
    others = (each for each in bare.measures if each.metric not in sizes)
    told = (Measure(metric=metric, value=value) for metric, value in sizes.items())
    return replace(bare, measures=(*others, *told))


def known(value: float) -> Known[float]:
    return Known(value=value, evidence=())


def numbers(results: Sequence[CompanyResult]) -> list[int]:
    return [int(result.company.name.split()[1]) for result in results]


def test_up_to_sixty_companies_stand_side_by_side() -> None:
    some = [company(number) for number in range(MOST)]
    assert nearest(some) == tuple(some)


def test_of_more_the_twenty_nearest_in_audience_stand_beside_our_own() -> None:
    # Ours has 2^30 followers: what is half as large is as near as what is twice as large.
    some = [company(each, known(2.0**each), own=each == 30) for each in range(MOST + 1)]
    assert numbers(nearest(some)) == list(range(20, 41))


def test_where_an_audience_is_unknown_posts_decide_and_then_the_order() -> None:
    some = [
        company(0, known(1_000), known(2.0), own=True),
        *(company(each) for each in range(1, 30)),
        *(company(each, rate=known(float(each))) for each in range(30, 50)),
        *(company(each, known(10.0**each)) for each in range(50, MOST + 1)),
    ]
    chosen = numbers(nearest(some))
    assert len(chosen) == NEAREST + 1
    assert chosen == [0, *range(30, 39), *range(50, MOST + 1)]


def test_without_an_own_company_the_largest_stand_side_by_side() -> None:
    some = [company(each, known(float(each))) for each in range(MOST + 5)]
    assert numbers(nearest(some)) == list(range(MOST + 5 - NEAREST, MOST + 5))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of 61 companies in three formats."""
    some = [
        company(each, known(2.0 ** (each % 60)), known(1.0), own=each == 0)
        for each in range(MOST + 1)
    ]
    place = tmp_path_factory.mktemp("many")
    targets = {"xlsx": place / "a.xlsx", "csv": place / "a-csv", "json": place / "a.json"}
    written = write_each(example.of(some), targets)
    assert written == targets
    return place


def test_a_workbook_of_many_shows_the_nearest_and_lists_all(folder: Path) -> None:
    book = load_workbook(folder / "a.xlsx")
    titles = [cell.value for cell in book["Summary"]["B"]] + [book["Summary"]["A1"].value]
    assert "Social presence: Company 0 and the 20 nearest of 60 competitors" in titles
    assert len([cell for cell in book["Comparison"][5] if "Company" in str(cell.value)]) == 21
    rows = list(book["All companies"].iter_rows(min_row=6, values_only=True))
    shown = [row[1] for row in rows if str(row[0]).startswith("Company")]
    assert (len(shown), shown.count("yes")) == (61, 21)
    data = {row[0] for row in book["Data"].iter_rows(min_row=6, values_only=True)}
    assert len([name for name in data if str(name).startswith("Company ")]) == 61


def test_a_figure_of_many_leads_to_its_proof(folder: Path) -> None:
    book = load_workbook(folder / "a.xlsx")
    links = (cell.hyperlink for sheet in book for row in sheet.iter_rows() for cell in row)
    places = {link.location or "" for link in links if link is not None}
    ways = [place.partition("!")[2] for place in places if place.startswith("'Evidence'!")]
    proofs = [book["Evidence"][way].row for way in ways if way != "A1"]
    assert proofs
    numbers = {cell.row: cell.value for cell in book["Evidence"]["A"]}
    assert all(str(numbers[row]).startswith("e") for row in proofs)


def test_lists_and_results_hold_all_companies(folder: Path) -> None:
    results = json.loads((folder / "a.json").read_text("utf-8"))
    with (folder / "a-csv" / "data.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = {row["Company"] for row in csv.DictReader(file)}
    assert len(results["companies"]) == len(listed) == 61
