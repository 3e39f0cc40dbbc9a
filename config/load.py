"""Reads competitors.yaml into values, or says where it is wrong and what to write instead."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from audit.model.company import Competitors
from audit.model.errors import ConfigError
from config.checks import nearest
from config.explain import Problem, explained, problem_at
from config.files import read_text
from config.names import folded
from config.positions import Mapping, YamlError, plain
from config.yaml_tree import read_tree

if TYPE_CHECKING:
    from config.shape import File

Platforms = Callable[[Sequence[Path]], Collection[str]]
MAX_BYTES = 1024 * 1024
MAX_PROBLEMS = 10


def load_competitors(path: Path, platforms: Platforms) -> Competitors:
    """Read and check the file.

    `platforms` gives the names that `channels:` may use, from the file's own catalogue files.

    Raises:
        ConfigError: at the first mistake; its message lists up to ten, one a line.
    """
    from config.values import competitors

    try:
        root = read_tree(read_text(path, MAX_BYTES))
    except YamlError as error:
        place = error.place
        raise ConfigError(
            error.message, path=path, line=place.line, column=place.column, key=error.key
        ) from error
    shape = _shape(root, path)
    missing = _catalogue_problems(shape, root, path)
    extra = () if missing else tuple(path.parent / name for name in shape.catalogue)
    problems = [*_platform_problems(shape, root, platforms(extra)), *_company_problems(shape, root)]
    _refuse([*problems, *missing, *_future_problems(shape, root)], path)
    return competitors(shape, root, path)


def _shape(root: Mapping, path: Path) -> File:
    from pydantic import ValidationError

    from config.shape import File

    try:
        return File.model_validate(plain(root))
    except ValidationError as error:
        _refuse([explained(each, root) for each in error.errors(include_url=False)], path)
        raise


def _refuse(problems: Iterable[Problem], path: Path) -> None:
    ordered = sorted(set(problems))
    if not ordered:
        return
    first, *others = (_error(each, path) for each in ordered[:MAX_PROBLEMS])
    lines = [str(each) for each in others]
    if len(ordered) > MAX_PROBLEMS:
        lines.append(f"and {len(ordered) - MAX_PROBLEMS} more mistakes")
    raise first.followed_by(tuple(lines))


def _error(problem: Problem, path: Path) -> ConfigError:
    return ConfigError(
        problem.sentence(),
        path=path,
        line=problem.line,
        column=problem.column,
        key=problem.key,
    )


def _platform_problems(file: File, root: Mapping, platforms: Collection[str]) -> list[Problem]:
    names = tuple(sorted(platforms))
    return [
        problem_at(
            root,
            ("companies", index, "channels", platform),
            partial(_unknown_platform, platform, names),
            at_key=True,
        )
        for index, company in enumerate(file.companies)
        for platform in company.channels
        if platform not in names
    ]


def _unknown_platform(name: str, names: tuple[str, ...]) -> str:
    return f"unknown platform; {nearest(name, names)}"


def _company_problems(file: File, root: Mapping) -> list[Problem]:
    """What is there twice and may be there once: a name, the own company."""
    problems: list[Problem] = []
    first: dict[tuple[str, str], int] = {}
    for index, company in enumerate(file.companies):
        unique = [
            ("name", folded(company.name), "the same name as {}; give each company its own"),
        ]
        if company.own:
            unique.append(("own", "", "{} is own already; at most one company is"))
        for key, value, message in unique:
            other = first.setdefault((key, value), index)
            if other != index:
                named = f'companies[{other}]: "{file.companies[other].name}"'
                loc = ("companies", index, key)
                problems.append(problem_at(root, loc, message.replace("{}", named)))
    return problems


def _future_problems(file: File, root: Mapping) -> list[Problem]:
    """Figures that were read on a day to come; somewhere it may be tomorrow already."""
    newest = datetime.now(UTC).date() + timedelta(days=1)
    return [
        problem_at(
            root,
            ("companies", index, "manual", number, "on"),
            f"{figure.on} has not come yet; write the day on which the figure was read",
        )
        for index, company in enumerate(file.companies)
        for number, figure in enumerate(company.manual)
        if figure.on > newest
    ]


def _catalogue_problems(file: File, root: Mapping, path: Path) -> list[Problem]:
    return [
        problem_at(root, ("catalogue", index), "no such file beside this one; check the path")
        for index, name in enumerate(file.catalogue)
        if not _is_file(path.parent / name)
    ]


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False
