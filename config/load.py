"""Reads competitors.yaml into values, or says where it is wrong and what to write instead."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from audit.model.company import Competitors
from audit.model.errors import ConfigError
from config.checks import nearest
from config.explain import Problem, explained, problem_at
from config.positions import Mapping, YamlError, place_of, plain
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
        root = read_tree(read_text(path))
    except YamlError as error:
        place = error.place
        raise ConfigError(
            error.message, path=path, line=place.line, column=place.column, key=error.key
        ) from error
    shape = _shape(root, path)
    missing = _catalogue_problems(shape, root, path)
    extra = () if missing else tuple(path.parent / name for name in shape.catalogue)
    problems = [*_platform_problems(shape, root, platforms(extra)), *_company_problems(shape, root)]
    _refuse([*problems, *missing], path)
    return competitors(shape, root, path)


def read_text(path: Path) -> str:
    """Read a UTF-8 file of at most 1 MiB.

    Raises:
        ConfigError: it is missing, a folder, too large, or in another encoding.
    """
    if path.is_dir():
        raise ConfigError("this is a folder; name a YAML file", path=path)
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise ConfigError("no such file; make one with `audit init`", path=path) from error
    except (OSError, ValueError) as error:
        raise ConfigError(f"cannot be read ({type(error).__name__})", path=path) from error
    if len(content) > MAX_BYTES:
        raise ConfigError("the file is over 1 MiB; make it smaller", path=path)
    try:
        return content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8").removeprefix("\ufeff")
        place = place_of(before, len(before))
        raise ConfigError(
            "not UTF-8; save the file as UTF-8", path=path, line=place.line, column=place.column
        ) from error


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
    first, *others = ordered
    lines = [str(_error(each, path)) for each in others[: MAX_PROBLEMS - 1]]
    if len(ordered) > MAX_PROBLEMS:
        lines.append(f"and {len(ordered) - MAX_PROBLEMS} more mistakes")
    raise _error(first, path, "\n".join(["", *lines]))


def _error(problem: Problem, path: Path, rest: str = "") -> ConfigError:
    return ConfigError(
        problem.message + rest,
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
            f"unknown platform; {nearest(platform, names)}",
            at_key=True,
        )
        for index, company in enumerate(file.companies)
        for platform in company.channels
        if platform not in names
    ]


def _company_problems(file: File, root: Mapping) -> list[Problem]:
    problems: list[Problem] = []
    first: dict[str, int] = {}
    own: list[int] = []
    for index, company in enumerate(file.companies):
        name = " ".join(company.name.casefold().split())
        if first.setdefault(name, index) != index:
            message = f"the same name as companies[{first[name]}]; give each company its own"
            problems.append(problem_at(root, ("companies", index, "name"), message))
        if company.own:
            own.append(index)
            if len(own) > 1:
                message = f"companies[{own[0]}] is own already; at most one company is"
                problems.append(problem_at(root, ("companies", index, "own"), message))
    return problems


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
