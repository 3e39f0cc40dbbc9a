"""Turns a checked file into the values of the model, each with its place."""

from pathlib import Path

from audit.model.company import (
    BrowserMode,
    Company,
    Competitors,
    ConfiguredChannel,
    Ignored,
    Kpi,
    ManualFigure,
    Settings,
    Stakeholder,
    Theme,
)
from config.explain import Loc, follow
from config.positions import Mapping
from config.shape import CompanyShape, File, SettingsShape


def competitors(file: File, root: Mapping, path: Path) -> Competitors:
    """Build the value that the run starts from."""
    sources = _Places(root, path)
    return Competitors(
        path=path,
        settings=_settings(file.settings),
        companies=tuple(_company(each, n, sources) for n, each in enumerate(file.companies)),
        topics=tuple(Theme(name=e.name, keywords=tuple(e.keywords)) for e in file.topics),
        kpis=tuple(
            Kpi(name=e.name, goal=e.goal, measure=e.measure, target=e.target, due=e.due)
            for e in file.kpis
        ),
        stakeholders=tuple(
            Stakeholder(name=e.name, roles=tuple(e.roles)) for e in file.stakeholders
        ),
        catalogue=tuple(path.parent / name for name in file.catalogue),
    )


class _Places:
    """Says `FILE:LINE` of a value; the file's name alone, as the workbook travels."""

    def __init__(self, root: Mapping, path: Path) -> None:
        self._root, self._name = root, path.name

    def of(self, *loc: str | int) -> str:
        steps: Loc = loc
        return f"{self._name}:{follow(self._root, steps, at_key=True)[1].line}"


def _settings(shape: SettingsShape) -> Settings:
    return Settings(
        lookback_days=shape.lookback_days,
        max_pages_per_site=shape.max_pages_per_site,
        companies_at_once=shape.companies_at_once,
        delay_seconds=shape.delay_seconds,
        timeout_seconds=shape.timeout_seconds,
        browser=BrowserMode(shape.browser),
        timezone=shape.timezone,
        contact=shape.contact,
        profiles=shape.profiles,
        allow_undocumented=shape.allow_undocumented,
        audience_sample=shape.audience_sample,
        base_urls=tuple(shape.base_urls.items()),
    )


def _company(shape: CompanyShape, n: int, places: _Places) -> Company:
    at: tuple[str, int] = ("companies", n)
    return Company(
        name=shape.name,
        website=shape.website,
        own=shape.own,
        aliases=tuple(shape.aliases),
        channels=tuple(
            ConfiguredChannel(platform=name, url=url, place=places.of(*at, "channels", name))
            for name, url in shape.channels.items()
        ),
        exclude=tuple(shape.exclude),
        ignore=tuple(
            Ignored(finding=e.finding, note=e.note, place=places.of(*at, "ignore", i))
            for i, e in enumerate(shape.ignore)
        ),
        manual=tuple(
            ManualFigure(
                measure=e.measure,
                value=e.value,
                on=e.on,
                by=e.by,
                place=places.of(*at, "manual", i),
            )
            for i, e in enumerate(shape.manual)
        ),
        place=places.of(*at),
    )
