"""Sections and figures that a person points at, from the file to values."""

from pathlib import Path

from audit.model.company import BrowserMode, Overrides, PointedFigure, PointedSection
from audit.model.figure_ids import figure_id
from audit.model.metric import Unit
from config.pointers import json_steps
from config.starter import starter
from tests.config.lists import CASES, loaded

ACME, BOREALIS = loaded(CASES / "good/pointed.yaml").companies


def test_a_section_has_a_whole_address_and_its_place_in_the_file() -> None:
    assert ACME.sections == (
        PointedSection(
            kind="blog",
            # The path of the website itself is left: `/` is the root of the host.
            url="https://acme.example/werkstatt/",
            item=".entry",
            title="h3",
            date=".when",
            next="a.older",
            place="pointed.yaml:7",
        ),
        PointedSection(kind="podcast", url="https://cast.example/acme.xml", place="pointed.yaml:8"),
    )


def test_a_figure_has_its_unit_and_says_which_is_better() -> None:
    assert ACME.figures[0] == PointedFigure(
        name="Customers",
        url="https://acme.example/about/",
        css="#customers strong",
        higher_is_better=True,
        place="pointed.yaml:10",
    )
    assert ACME.figures[1].unit is Unit.DAYS
    assert ACME.figures[1].higher_is_better is False
    assert ACME.figures[2].json == 'data[0]["up time"]'
    assert ACME.figures[2].higher_is_better is None
    assert [figure.is_data for figure in ACME.figures] == [False, False, True]


def test_a_company_has_settings_of_its_own_and_no_others() -> None:
    assert ACME.overrides == Overrides(
        lookback_days=730, max_pages_per_site=80, delay_seconds=0, browser=BrowserMode.ALWAYS
    )
    assert BOREALIS.overrides == Overrides()


def test_figures_of_one_name_are_one_measure_however_it_is_written() -> None:
    assert BOREALIS.figures[0].metric == ACME.figures[0].metric == "figure.customers"
    assert figure_id("Répondu en") == "figure.repondu-en"
    assert figure_id("100 % natural?") == "figure.100-natural"


def test_names_in_other_alphabets_are_told_apart() -> None:
    names = ("客户", "顧客", "Πελάτες", "Kunden ÆØ", "Kunden ÆÅ", "?", "!")
    ids = [figure_id(name) for name in names]
    assert len(set(ids[:5])) == 5
    assert all(each.isascii() and each.startswith("figure.") for each in ids)


def test_a_path_into_json_has_names_places_and_quoted_names() -> None:
    assert json_steps("stats.customers") == ("stats", "customers")
    assert json_steps("$.items[-1].größe") == ("items", -1, "größe")
    assert json_steps("a[\"b.c\"]['d e'][0]") == ("a", "b.c", "d e", 0)
    assert json_steps("$") == ("$",)
    for wrong in ("", "a..b", "a[", "a[]", "a[x]", "a b", "[0", ".", "a." * 40):
        assert json_steps(wrong) is None


def test_the_starter_file_shows_how_to_point_at_something() -> None:
    text = starter()
    for key in ("also:", "sections:", "figures:", "max_pages_per_site:"):
        assert f"    # {key}" in text


def test_what_the_starter_shows_is_right_once_it_is_no_remark(tmp_path: Path) -> None:
    shown = starter().partition("    # also:")[2].partition("    # exclude:")[0]
    lines = [line.removeprefix("    # ") for line in f"    # also:{shown}".splitlines()]
    file = tmp_path / "competitors.yaml"
    first = ["companies:", "  - name: A", "    website: https://www.example.com"]
    file.write_text("\n".join([*first, *(f"    {line}" for line in lines)]), encoding="utf-8")
    (company,) = loaded(file).companies
    assert (len(company.also), len(company.sections), len(company.figures)) == (1, 1, 1)
    assert company.overrides.max_pages_per_site == 80
