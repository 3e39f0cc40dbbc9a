"""What a sheet offers: a name, a place in the order, and a function from report to page."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from audit.model.metric import BY_ID, Metric
from audit.model.result import CompanyResult, Comparison, Snapshot
from audit.model.value import Absent, Evidence, Known, Number, Unknown
from reports.cells import Cell, Run, sentence, text
from reports.charts import Chart
from reports.evidence import EvidenceIndex
from reports.look import (
    BACK,
    BLUE,
    BODY,
    HEADER,
    HEADER_CENTRE,
    HEADER_RIGHT,
    KEY,
    OWN,
    OWN_HEAD,
    SENTENCE,
    TITLE,
    Style,
    varied,
)
from reports.words import Names

HEADER_ROW, FIRST_ROW = 5, 6


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row from column A on; None is an empty cell."""

    cells: Sequence[Cell | None]
    height: float = 16.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Heat:
    """A colour scale over a range; without fixed ends it goes from least to most."""

    ref: str
    ends: tuple[float, float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One worksheet as values, before anything of it is written.

    `columns` is how many columns the table has that begins in row 5 (0: no table), `table_rows`
    how many rows of it a filter covers (None: all to the end), `dimmed` the column in which a
    repeated key is dimmed. `scale` in per cent stands for a fixed print scale.
    """

    widths: Sequence[float]
    rows: Iterable[Row]
    freeze: str = ""
    columns: int = 0
    table_rows: int | None = None
    dimmed: str = ""
    heat: Sequence[Heat] = ()
    charts: Sequence[Chart] = ()
    scale: int = 0
    breaks: Sequence[int] = ()
    titled_columns: str = ""


class Report:
    """What every sheet is drawn from: the snapshot, in the order in which readers meet it."""

    def __init__(
        self, snapshot: Snapshot, comparisons: Sequence[Comparison], evidence: EvidenceIndex
    ) -> None:
        """Look up once what the sheets ask for again and again."""
        self.snapshot = snapshot
        self.evidence = evidence
        self.results = tuple(sorted(snapshot.results, key=lambda each: not each.company.own))
        self.companies = tuple(result.company.name for result in self.results)
        self.own = next((each.company.name for each in self.results if each.company.own), "")
        self.names = Names(snapshot.competitors.catalogue)
        self.zone = ZoneInfo(snapshot.competitors.settings.timezone)
        self.comparisons: Mapping[str, Comparison] = {each.metric: each for each in comparisons}
        self._values = {each.metric: dict(each.values) for each in comparisons}
        self._rows = {row.evidence: at for at, row in enumerate(evidence.rows(), FIRST_ROW)}

    @property
    def rivals(self) -> tuple[CompanyResult, ...]:
        """The competitors."""
        return tuple(result for result in self.results if not result.company.own)

    @property
    def since(self) -> datetime:
        """The first instant of the window."""
        settings = self.snapshot.competitors.settings
        return self.snapshot.run.as_of - timedelta(days=settings.lookback_days)

    @property
    def partial(self) -> bool:
        """True where the run was interrupted."""
        return self.snapshot.run.finished_at is None

    def proof(self, evidence: Sequence[Evidence]) -> str:
        """The link to the row of the first proof on sheet Evidence, or nothing."""
        at = next((self._rows[each] for each in evidence if each in self._rows), 0)
        return f"#Evidence!A{at}" if at else ""

    def proof_of(self, value: Number) -> str:
        """The link to the proof of a value."""
        match value:
            case Known(evidence=evidence) | Absent(evidence=evidence):
                return self.proof(evidence)
            case Unknown():
                return ""

    def value(self, company: str, metric: str) -> Number | None:
        """The value of a metric for a company; None where it was not compared."""
        return self._values.get(metric, {}).get(company)

    def metric(self, name: str) -> Metric:
        """The definition of a metric."""
        return BY_ID[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A worksheet: tab name, place in the order, tab colour, and how to draw it."""

    name: str
    order: int
    draw: Callable[[Report], Page]
    tab: str = BLUE
    holds_chart_data: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table: `align` is left, right or center; `own` marks the own company's."""

    title: str
    width: float
    align: str = "left"
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The frame of a table sheet: title, the sentence that is its finding, key, columns.

    `strip` labels a strip of narrow columns: its first column from 0, and the words above it.
    """

    title: str
    finding: Sequence[Run]
    key: Sequence[str]
    columns: Sequence[Column]
    strip: tuple[int, str] | None = None

    @property
    def widths(self) -> tuple[float, ...]:
        """The widths of the columns."""
        return tuple(column.width for column in self.columns)

    def top(self) -> list[Row]:
        """Rows 1 to 5: title, finding, key, spacer, header."""
        last = len(self.columns) - 1
        back = text("◄ Summary", BACK, link="#Summary!A1")
        first = [text(self.title, TITLE), *[None] * (last - 1), back]
        spacer: list[Cell | None] = [None] * len(self.columns)
        if self.strip is not None:
            spacer[self.strip[0]] = text(self.strip[1], KEY)
        return [
            Row(first, 27),
            Row([sentence(self.finding, SENTENCE)], 19),
            Row([text("     ".join(self.key), KEY) if self.key else None], 16),
            Row(spacer, 15 if self.strip is not None else 6),
            Row([_header(column) for column in self.columns], 30),
        ]


_HEADERS = {"left": HEADER, "right": HEADER_RIGHT, "center": HEADER_CENTRE}


def _header(column: Column) -> Cell | None:
    if not column.title and column.width < 2:
        return None
    style = _HEADERS[column.align]
    if column.own:
        style = varied(style, fill=OWN_HEAD, color=OWN, bottom="own")
    return text(column.title, style) if column.title else Cell(None, style)


def ruled(cells: Sequence[Cell | None], edge: str = "rule") -> list[Cell | None]:
    """The row with a rule above it, where a new group begins."""
    return [
        None
        if cell is None
        else Cell(cell.value, varied(cell.style, top=edge), cell.link, cell.note, cell.runs)
        for cell in cells
    ]


def name_style(report: Report, company: str, base: Style = BODY) -> Style:
    """The name of a company: our own in our colour."""
    return varied(base, bold=True, color=OWN) if company == report.own else varied(base, bold=True)
