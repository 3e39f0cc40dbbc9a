"""How far back each company is looked at, in words, and where that is not the same for all."""

from reports.report import Report
from reports.words import listed

_NAMED = 8
"""Companies of one period that are named; sheet Method has the period of each."""

_YEAR, _MONTHS, _FEW_YEARS = 365, 12, 2


def days_back(report: Report) -> str:
    """Return the period of all companies: `the last 12 months`, with those of others behind."""
    usual = _usual(report)
    others = _others(report, usual)
    return f"the last {_length(usual)}{f' ({others})' if others else ''}"


def period(report: Report) -> str:
    """Return the period that figures are of: `the last 12 months`, or that each has its own."""
    usual = _usual(report)
    return f"the last {_length(usual)}" if not _others(report, usual) else "the company's period"


def unlike_periods(report: Report) -> list[str]:
    """Return for a key whose period is another one, and what follows; nothing where none is."""
    usual = _usual(report)
    others = _others(report, usual)
    if not others:
        return []
    return [f"period: {_length(usual)}, {others}; counts and pauses in it are not compared"]


def _length(days: int) -> str:
    """Return a length of time as people say it: `12 months`, `90 days`, `5 years`."""
    years, rest = divmod(days, _YEAR)
    if years and not rest:
        return f"{years * _MONTHS} months" if years <= _FEW_YEARS else f"{years} years"
    return f"{days} {'day' if days == 1 else 'days'}"


def _usual(report: Report) -> int:
    """Return the days of most companies; those of the settings where as many have others."""
    settings = report.snapshot.competitors.settings.lookback_days
    days = [report.days_of(result.company) for result in report.results]
    return max(days, key=lambda each: (days.count(each), each == settings), default=settings)


def _others(report: Report, usual: int) -> str:
    """Return whose periods are others: `Acme Pumps 24 months, Corvid Flow and Dellum 90 days`."""
    names: dict[int, list[str]] = {}
    for result in report.results:
        days = report.days_of(result.company)
        if days != usual:
            names.setdefault(days, []).append(result.company.name)
    return ", ".join(f"{listed(who, _NAMED)} {_length(days)}" for days, who in names.items())
