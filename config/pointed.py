"""What is wrong with sections and figures that each are right by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from audit.model.figure_ids import figure_id
from config.explain import Problem, problem_at
from config.positions import MappingNode

if TYPE_CHECKING:
    from config.shape import CompanyShape, FigureShape, File, SectionShape

_NO_POINTER = (
    "says no place on the page; add `css: …`, `json: …` or `regex: …` "
    "(`audit try` shows what each gives)"
)
_TWO_WAYS = "is not used beside `json`; keep one of them"
_TWICE = (
    "the same page as section {}, and a page is read for one section; "
    "give both lists one `item` (selectors with a comma between them), or name another page"
)
_WITHOUT_ITEM = "is looked for within an entry; add `item: …`, the selector of one entry"


def pointed_problems(file: File, root: MappingNode) -> Iterator[Problem]:
    """Yield what no single value shows: a figure without a place, two of one name, and the like."""
    measures: dict[str, tuple[str, FigureShape]] = {}
    for index, company in enumerate(file.companies):
        steps: tuple[str | int, ...] = ("companies", index)
        yield from _of_sections(company, root, (*steps, "sections"))
        own: dict[str, str] = {}
        for number, figure in enumerate(company.figures):
            at = (*steps, "figures", number)
            place = f'company {index + 1}, figure {number + 1}: "{figure.name}"'
            if not (figure.css or figure.json_path or figure.regex):
                yield problem_at(root, at, _NO_POINTER)
            if figure.json_path and figure.regex:
                yield problem_at(root, (*at, "regex"), _TWO_WAYS, at_key=True)
            if twin := own.get(figure_id(figure.name)):
                yield problem_at(root, (*at, "name"), f"the same name as {twin}; give it its own")
            own.setdefault(figure_id(figure.name), place)
            first = measures.setdefault(figure_id(figure.name), (place, figure))
            if not twin:
                yield from _unlike(figure, first, root, at)
            yield from _excluded(figure.url, company, root, at)


def _of_sections(
    company: CompanyShape, root: MappingNode, at: tuple[str | int, ...]
) -> Iterator[Problem]:
    """Yield what is wrong with the sections of a company, two on one page among it."""
    pages: dict[str, int] = {}
    for number, section in enumerate(company.sections):
        yield from _of_section(section, company, root, (*at, number))
        page = urljoin(company.website, section.url).rstrip("/")
        if (first := pages.setdefault(page, number)) != number:
            yield problem_at(root, (*at, number, "url"), _TWICE.format(first + 1))


def _of_section(
    section: SectionShape,
    company: CompanyShape,
    root: MappingNode,
    at: tuple[str | int, ...],
) -> Iterator[Problem]:
    """Yield the parts of an entry that are looked for where no entry is pointed at."""
    if not section.item:
        for name in ("title", "date"):
            if getattr(section, name):
                yield problem_at(root, (*at, name), _WITHOUT_ITEM, at_key=True)
    yield from _excluded(section.url, company, root, at)


def _unlike(
    figure: FigureShape,
    first: tuple[str, FigureShape],
    root: MappingNode,
    at: tuple[str | int, ...],
) -> Iterator[Problem]:
    """Yield a mistake where another company has a figure of that name that is none of its kind."""
    place, other = first
    for name in ("unit", "better"):
        if getattr(figure, name) != getattr(other, name):
            yield problem_at(
                root,
                (*at, name),
                f"{getattr(figure, name)}, and {getattr(other, name)} in {place}; "
                "write the same, or give the figure another name",
            )


def _excluded(
    url: str, company: CompanyShape, root: MappingNode, at: tuple[str | int, ...]
) -> Iterator[Problem]:
    """Yield a mistake where the same company excludes the page that is pointed at."""
    whole = urljoin(company.website, url)
    for prefix in company.exclude:
        if whole.startswith(prefix):
            yield problem_at(root, (*at, "url"), f"is excluded by {prefix}; keep one of them")
