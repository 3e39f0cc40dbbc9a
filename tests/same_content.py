"""What an audit says, one thing a line, evened out: two runs that say the same give the same lines."""

import json
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.cell.rich_text import CellRichText
from openpyxl.worksheet.worksheet import Worksheet

_OF_THE_RUN = {"id", "started_at", "finished_at", "version", "rules_version"}
_SETTINGS_OF_THE_PLACE = {"companies_at_once", "base_urls"}
_PORT = re.compile(r"(127\.0\.0\.1|localhost)(:|%3A)(\d{4,5})")
_RUN = re.compile(r"\b\d{8}T\d{9}\b")
_SEEDED = re.compile(r"(did(?::|%3A)plc(?::|%3A))[a-z2-7]{24}|(/post/)3[a-z2-7]{12}")
"""The identifiers that a Bluesky server makes up anew each time it is filled."""

_TIME = re.compile(r"20\d\d-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|\+00:00)?")
_RECORD = re.compile(r"(\.warc\.gz)#\d+")
_SLACK = timedelta(minutes=2)


def content(results: Path, workbook: Path) -> list[str]:
    """Give all that a results file and its workbook say, in a fixed order."""
    document = json.loads(results.read_text("utf-8"))
    even = _Even(document)
    lines = [even(line) for line in _leaves(_stable(document), "results")]
    return lines + [even(line) for line in _workbook(workbook)]


class _Even:
    """Replaces what differs between two runs that say the same."""

    def __init__(self, document: dict[str, dict[str, str]]) -> None:
        run = document["run"]
        self.first = datetime.fromisoformat(run["started_at"]) - _SLACK
        self.last = datetime.fromisoformat(run["finished_at"]) + _SLACK
        self.words = {run["version"]: "VERSION", run["rules_version"]: "RULES"}
        self.ports: dict[str, str] = {}

    def __call__(self, line: str) -> str:
        for word, name in self.words.items():
            line = line.replace(word, name)
        line = _SEEDED.sub(lambda match: f"{match[1] or match[2]}SEEDED", line)
        line = _RECORD.sub(r"\1#AT", _RUN.sub("RUN", line))
        line = _TIME.sub(self._time, line)
        return _PORT.sub(self._port, line)

    def _time(self, match: re.Match[str]) -> str:
        at = datetime.fromisoformat(match[0].replace("Z", "+00:00"))
        if at.tzinfo is None:
            at = at.replace(tzinfo=self.first.tzinfo)
        return "DURING" if self.first <= at <= self.last else match[0]

    def _port(self, match: re.Match[str]) -> str:
        port = self.ports.setdefault(match[3], f"port{len(self.ports) + 1}")
        return f"{match[1]}{match[2]}{port}"


def _stable(document: dict[str, object]) -> dict[str, object]:
    """Leave out what belongs to the run and to the machine."""
    run = document["run"]
    assert isinstance(run, dict)
    kept = {key: value for key, value in run.items() if key not in _OF_THE_RUN}
    settings = kept["settings"]
    kept["settings"] = {k: v for k, v in settings.items() if k not in _SETTINGS_OF_THE_PLACE}
    return {**document, "run": kept}


def _leaves(node: object, path: str) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _leaves(value, f"{path}.{key}")
    elif isinstance(node, list) and any(isinstance(each, dict | list) for each in node):
        for at, value in enumerate(node):
            yield from _leaves(value, f"{path}[{at}]")
    else:
        yield f"{path} = {json.dumps(node, ensure_ascii=False)}"


def _workbook(path: Path) -> Iterator[str]:
    """Every sheet's form, every cell with its look, every chart."""
    book = load_workbook(path, rich_text=True)
    for sheet in book.worksheets:
        yield from _form(sheet)
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell, Cell) and (cell.value is not None or cell.has_style):
                    yield _cell(sheet.title, cell)
    with zipfile.ZipFile(path) as parts:
        for name in sorted(parts.namelist()):
            if name.startswith(("xl/charts/", "xl/drawings/drawing")):
                yield f"{name} = {parts.read(name).decode('utf-8')}"


def _form(sheet: Worksheet) -> Iterator[str]:
    name = sheet.title
    widths = {letter: each.width for letter, each in sheet.column_dimensions.items()}
    heights = {at: each.height for at, each in sheet.row_dimensions.items()}
    yield f"{name} widths {widths}"
    yield f"{name} heights {heights}"
    yield f"{name} freeze {sheet.freeze_panes} filter {sheet.auto_filter.ref}"
    yield f"{name} tab {sheet.sheet_properties.tabColor and sheet.sheet_properties.tabColor.rgb}"
    setup, titles = sheet.page_setup, (sheet.print_title_rows, sheet.print_title_cols)
    yield f"{name} print {setup.orientation} {setup.scale} {setup.fitToWidth} {titles}"
    foot = sheet.oddFooter
    yield f"{name} foot {foot and (foot.left.text, foot.center.text, foot.right.text)}"
    yield f"{name} merged {sorted(str(each) for each in sheet.merged_cells.ranges)}"
    yield f"{name} breaks {[each.id for each in sheet.row_breaks.brk]}"
    for area in sheet.conditional_formatting:
        kinds = [(rule.type, rule.formula) for rule in area.rules]
        yield f"{name} rule {area.sqref} {kinds}"


def _cell(sheet: str, cell: Cell) -> str:
    value = cell.value
    shown = [str(piece) for piece in value] if isinstance(value, CellRichText) else value
    shown = shown.isoformat() if isinstance(shown, datetime) else repr(shown)
    link = cell.hyperlink and (cell.hyperlink.target or cell.hyperlink.location)
    note = cell.comment and cell.comment.text
    look = _look(cell)
    return f"{sheet}!{cell.coordinate} = {shown} | {link} | {note!r} | {look}"


def _look(cell: Cell) -> str:
    font, fill, edge, place = cell.font, cell.fill, cell.border, cell.alignment
    color = font.color.rgb if font.color is not None else ""
    paper = (fill.fill_type, fill.fgColor.rgb, fill.bgColor.rgb)
    edges = tuple(
        side and (side.style, side.color and side.color.rgb)
        for side in (edge.top, edge.bottom, edge.left, edge.right)
    )
    wrapped = (place.horizontal, place.vertical, place.wrap_text, place.indent, place.shrink_to_fit)
    form = (font.name, font.sz, font.b, font.i, color)
    return f"{cell.number_format} {form} {paper} {edges} {wrapped} {cell.quotePrefix}"
