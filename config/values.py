"""Turn a checked file into the values of the model, each with its place."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

from audit.model.brand import Brand, Logo
from audit.model.company import (
    BrowserMode,
    Company,
    Competitors,
    ConfiguredChannel,
    Ignored,
    Kpi,
    ManualFigure,
    Notify,
    Overrides,
    PointedFigure,
    PointedSection,
    Settings,
    Stakeholder,
    Theme,
)
from audit.model.metric import Unit
from config.explain import Steps, follow
from config.positions import MappingNode
from config.shape import CompanyShape, File, NotifyShape, ReportShape, SettingsShape

_BETTER = {"higher": True, "lower": False, "neither": None}


def competitors(file: File, root: MappingNode, path: Path, logo: Logo | None) -> Competitors:
    """Return the value that a run starts from; `root` is the tree of the file, for its places."""
    places = _Places(root, path)
    return Competitors(
        path=path,
        settings=_settings(file.settings),
        companies=tuple(
            _company(company, index, places) for index, company in enumerate(file.companies)
        ),
        topics=tuple(
            Theme(name=topic.name, keywords=tuple(topic.keywords)) for topic in file.topics
        ),
        kpis=tuple(
            Kpi(name=kpi.name, goal=kpi.goal, measure=kpi.measure, target=kpi.target, due=kpi.due)
            for kpi in file.kpis
        ),
        stakeholders=tuple(
            Stakeholder(name=group.name, roles=tuple(group.roles)) for group in file.stakeholders
        ),
        catalogue=tuple(path.parent / name for name in file.catalogue),
        brand=_brand(file.report, logo),
    )


class _Places:
    """Say `FILE:LINE` of a value; the file's name alone, as the workbook travels."""

    def __init__(self, root: MappingNode, path: Path) -> None:
        self._root, self._name = root, path.name

    def of(self, *keys: str | int) -> str:
        """Return the place of the value that these keys and numbers lead to."""
        steps: Steps = keys
        return f"{self._name}:{follow(self._root, steps, at_key=True)[1].line}"


def _brand(shape: ReportShape | None, logo: Logo | None) -> Brand:
    """Return the look of the reports; the usual one where the file does not say."""
    if shape is None:
        return Brand()
    return Brand(colours=tuple(shape.colours or ()), logo=logo, footer=shape.footer or "")


def _settings(shape: SettingsShape) -> Settings:
    """Return the settings of a file."""
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
        saved=Path(shape.saved),
        keep_evidence=shape.keep_evidence,
        base_urls=tuple(shape.base_urls.items()),
        schedule=shape.schedule,
        notify=_notify(shape.notify),
        database=shape.database,
        evidence=shape.evidence,
    )


def _notify(shape: NotifyShape | None) -> Notify:
    """Return whom to tell how a run ended; nobody where the file does not say."""
    if shape is None:
        return Notify()
    return Notify(
        to=tuple(shape.to),
        when=tuple(shape.when),
        severity=shape.severity,
        attach=shape.attach,
    )


def _company(shape: CompanyShape, index: int, places: _Places) -> Company:
    """Return a company of a file; `index` is its number in the list, from 0."""
    steps: tuple[str, int] = ("companies", index)
    return Company(
        name=shape.name,
        website=shape.website,
        own=shape.own,
        aliases=tuple(shape.aliases),
        channels=tuple(
            ConfiguredChannel(platform=name, url=url, place=places.of(*steps, "channels", name))
            for name, url in shape.channels.items()
        ),
        also=tuple(shape.also),
        sections=tuple(_sections(shape, index, places)),
        figures=tuple(_figures(shape, index, places)),
        overrides=Overrides(
            lookback_days=shape.lookback_days,
            max_pages_per_site=shape.max_pages_per_site,
            delay_seconds=shape.delay_seconds,
            browser=BrowserMode(shape.browser) if shape.browser is not None else None,
        ),
        exclude=tuple(shape.exclude),
        ignore=tuple(
            Ignored(
                finding=ignored.finding,
                note=ignored.note,
                place=places.of(*steps, "ignore", number),
            )
            for number, ignored in enumerate(shape.ignore)
        ),
        manual=tuple(
            ManualFigure(
                measure=figure.measure,
                value=figure.value,
                on=figure.on,
                by=figure.by,
                place=places.of(*steps, "manual", number),
            )
            for number, figure in enumerate(shape.manual)
        ),
        place=places.of(*steps),
    )


def _sections(shape: CompanyShape, index: int, places: _Places) -> Iterator[PointedSection]:
    """Yield the sections that a person points at in a company's entry, with whole addresses."""
    for number, section in enumerate(shape.sections):
        yield PointedSection(
            kind=section.kind,
            url=urljoin(shape.website, section.url),
            item=section.item,
            title=section.title,
            date=section.date,
            next=section.next,
            place=places.of("companies", index, "sections", number),
        )


def _figures(shape: CompanyShape, index: int, places: _Places) -> Iterator[PointedFigure]:
    """Yield the figures that a person points at in a company's entry, with whole addresses."""
    for number, figure in enumerate(shape.figures):
        yield PointedFigure(
            name=figure.name,
            url=urljoin(shape.website, figure.url),
            css=figure.css,
            json=figure.json_path,
            regex=figure.regex,
            unit=Unit(figure.unit),
            higher_is_better=_BETTER[figure.better],
            place=places.of("companies", index, "figures", number),
        )
