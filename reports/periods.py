"""How far back each company is looked at, where that is not the same for all."""

from reports.report import Report
from reports.words import counted, listed

_NAMED = 8
"""Companies of one period that are named; sheet Method has the period of each."""


def days_back(report: Report) -> str:
    """Return the days of all companies: `365 days back`, with those of others behind."""
    usual = _usual(report)
    others = _others(report, usual)
    return f"{usual} days back{f' ({others})' if others else ''}"


def unlike_periods(report: Report) -> list[str]:
    """Return for a key whose period is another one, and what follows; nothing where none is."""
    usual = _usual(report)
    others = _others(report, usual)
    if not others:
        return []
    return [
        f"period: {counted(usual, 'day')}, {others}; counts and silences in it are not compared"
    ]


def _usual(report: Report) -> int:
    """Return the days of most companies; those of the settings where as many have others."""
    settings = report.snapshot.competitors.settings.lookback_days
    days = [report.days_of(result.company) for result in report.results]
    return max(days, key=lambda each: (days.count(each), each == settings), default=settings)


def _others(report: Report, usual: int) -> str:
    """Return whose days are others: `Acme Pumps 730, Corvid Flow and Dellum 90`."""
    names: dict[int, list[str]] = {}
    for result in report.results:
        days = report.days_of(result.company)
        if days != usual:
            names.setdefault(days, []).append(result.company.name)
    return ", ".join(f"{listed(who, _NAMED)} {days}" for days, who in names.items())
