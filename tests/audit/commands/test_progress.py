"""Progress stays readable with sixty-four companies: a total, and those that are busy."""

import io

import pytest
from rich.console import Console
from rich.progress import Progress

from audit.commands.progress import LEFT_EVERY, MOST_BARS, Bars, Lines
from audit.commands.terminal import Terminal
from audit.model.company import Company
from audit.model.result import CompanyResult

NAMES = [f"Company {number}" for number in range(64)]


def result(name: str) -> CompanyResult:
    return CompanyResult(company=Company(name=name, website="https://a.example/"))


def visible(progress: Progress) -> list[str]:
    return [task.description for task in progress.tasks if task.visible]


@pytest.fixture
def progress() -> Progress:
    return Progress(console=Console(file=io.StringIO()))


def test_of_many_visits_the_busy_ones_are_shown_below_the_total(progress: Progress) -> None:
    bars = Bars(progress, Terminal(errors=True))
    bars.planned(len(NAMES))
    for name in NAMES:
        bars.started(name, 40)
    assert visible(progress) == ["all companies", *NAMES[:MOST_BARS]]
    bars.fetched("Company 63", 1, "https://a.example/x")
    assert len(visible(progress)) == MOST_BARS + 1
    assert "Company 63" in visible(progress)
    assert "Company 0" not in visible(progress)


def test_a_finished_company_makes_room_and_moves_the_total(
    progress: Progress, capsys: pytest.CaptureFixture[str]
) -> None:
    bars = Bars(progress, Terminal(errors=True))
    bars.planned(len(NAMES))
    for name in NAMES:
        bars.started(name, 40)
    for name in NAMES:
        bars.fetched(name, 1, "https://a.example/")
        bars.finished(result(name))
    assert visible(progress) == ["all companies"]
    (total,) = progress.tasks
    assert (total.completed, total.total) == (64, 64)
    assert capsys.readouterr().err.count(": complete") == 64


def test_one_company_alone_has_no_total(progress: Progress) -> None:
    bars = Bars(progress, Terminal(errors=True))
    bars.planned(1)
    bars.started("Acme", 40)
    assert visible(progress) == ["Acme"]


def test_without_a_terminal_it_is_told_now_and_then_how_many_are_left(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines = Lines(Terminal(errors=True))
    lines.planned(2 * LEFT_EVERY)
    for name in NAMES[: 2 * LEFT_EVERY]:
        lines.finished(result(name))
    told = [line for line in capsys.readouterr().err.splitlines() if "to go" in line]
    assert told == [f"{LEFT_EVERY} companies to go"]
