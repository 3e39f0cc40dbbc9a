"""Read competitors.yaml into values, or say where it is wrong and what to write instead."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from audit.model.errors import ConfigError
from config.channels import unknown_platform, wrong_address
from config.explain import Problem, explained, problem_at
from config.files import read_text
from config.kpis import Measures, kpi_problems
from config.looks import colour_problems
from config.names import folded
from config.pointed import pointed_problems
from config.positions import MappingNode, YamlError, key_path, plain
from config.twins import twin_problems
from config.yaml_tree import read_tree

if TYPE_CHECKING:
    from audit.model.brand import Logo
    from audit.model.catalogue import PlatformRule
    from audit.model.company import Competitors
    from config.keys import Mistake
    from config.shape import File

Platforms = Callable[[Sequence[Path]], "Collection[PlatformRule]"]
"""Gives the platforms that the package and these catalogue files know."""

MAX_BYTES = 1024 * 1024
"""Bytes of the file."""

_COMPANY = 2
"""Steps that lead from the top of the file to a company."""

MAX_PROBLEMS = 10
"""Mistakes that one message lists."""


def load_competitors(path: Path, platforms: Platforms, measures: Measures) -> Competitors:
    """Read and check the file.

    `platforms` gives those that `channels:` may name, from the file's own catalogue files too,
    `measures` what a KPI may be about.

    Raises:
        ConfigError: at the first mistake; its message lists up to ten, one a line.
    """
    try:
        root = read_tree(read_text(path, MAX_BYTES))
    except YamlError as error:
        place = error.place
        raise ConfigError(
            error.message, path=path, line=place.line, column=place.column, key=error.key
        ) from error
    shape, mistakes = _shaped(root, path)
    unknown = [mistake.steps for mistake in mistakes]
    between = (
        problem
        for problem in _between(shape, root, path, platforms, measures)
        if not any(_lies_in(problem, steps[:-1]) for steps in unknown)
    )
    logo, unread = _logo(shape, root, path)
    _refuse([*(explained(mistake, root) for mistake in mistakes), *between, *unread], path)
    # Behind all mistakes: of a list that has one no values are made.
    from config.values import competitors

    return competitors(shape, root, path, logo)


def _between(
    shape: File, root: MappingNode, path: Path, platforms: Platforms, measures: Measures
) -> list[Problem]:
    """Return the mistakes that no single value shows."""
    missing = _catalogue_problems(shape, root, path)
    # A catalogue file that is missing is a mistake of its own; without it the package's names
    # count.
    extra = () if missing else tuple(path.parent / name for name in shape.catalogue)
    known = platforms(extra) if extra or _names_platforms(shape) else ()
    return [
        *_channel_problems(shape, root, known),
        *kpi_problems(shape, root, known, measures),
        *_company_problems(shape, root),
        *twin_problems(shape, root),
        *pointed_problems(shape, root),
        *missing,
        *_notify_problems(shape, root),
        *_future_problems(shape, root),
        *colour_problems(shape, root),
    ]


def _names_platforms(shape: File) -> bool:
    """Tell whether a list may name platforms; for one that does not, no rules need be read."""
    return bool(shape.kpis) or any(company.channels for company in shape.companies)


def _shaped(root: MappingNode, path: Path) -> tuple[File, Sequence[Mistake]]:
    """Return the file as its shape takes it, with the mistakes that are keys nobody knows.

    It is taken without those, so that they hide no other mistake; any other one is raised.
    """
    from config.keys import Entry, Fault, RefusedError
    from config.shape import File

    entry = Entry(File)
    try:
        return entry.taken(plain(root)), ()
    except RefusedError as error:
        mistakes = error.mistakes
    if any(mistake.fault is not Fault.UNKNOWN for mistake in mistakes):
        _refuse([explained(mistake, root) for mistake in mistakes], path)
    known = plain(root)
    _drop(known, mistakes)
    return entry.taken(known), mistakes


def _drop(tree: object, mistakes: Iterable[Mistake]) -> None:
    """Take the keys that mistakes are about out of a tree of plain values."""
    for mistake in mistakes:
        *steps, key = mistake.steps
        holder = tree
        for step in steps:
            holder = holder[step]  # type: ignore[index]
        if isinstance(holder, dict):
            holder.pop(key, None)


def _lies_in(problem: Problem, steps: Sequence[str | int]) -> bool:
    """Tell whether a mistake lies in an entry with an unknown key, which may be a slip of its own.

    `itme: .entry` is no missing `item`. Of a whole company (`companies[0]`) the rest is told.
    """
    return len(steps) > _COMPANY and problem.key.startswith(key_path(steps))


def _refuse(problems: Iterable[Problem], path: Path) -> None:
    """Raise an error that lists the mistakes in the order of the file; none if there are none."""
    first_at: dict[object, Problem] = {}
    for problem in problems:
        first_at.setdefault(problem.place, problem)
    ordered = sorted(first_at.values(), key=lambda problem: problem.place)
    if not ordered:
        return
    first, *others = (_error(problem, path) for problem in ordered[:MAX_PROBLEMS])
    lines = [str(problem) for problem in others]
    if len(ordered) > MAX_PROBLEMS:
        lines.append(f"and {len(ordered) - MAX_PROBLEMS} more mistakes")
    raise first.followed_by(tuple(lines))


def _error(problem: Problem, path: Path) -> ConfigError:
    """Return a mistake as an error with its place."""
    return ConfigError(
        problem.sentence(),
        path=path,
        line=problem.line,
        column=problem.column,
        key=problem.key,
    )


def _channel_problems(
    file: File, root: MappingNode, platforms: Collection[PlatformRule]
) -> list[Problem]:
    """Return a mistake for each profile under a platform that nobody knows, or that is not its."""
    rules = {rule.name: rule for rule in platforms}
    problems: list[Problem] = []
    for index, company in enumerate(file.companies):
        for name, url in company.channels.items():
            steps = ("companies", index, "channels", name)
            if name not in rules:
                unknown = partial(unknown_platform, name, platforms)
                problems.append(problem_at(root, steps, unknown, at_key=True))
            elif wrong := wrong_address(url, rules[name], platforms):
                problems.append(problem_at(root, steps, wrong))
    return problems


def _company_problems(file: File, root: MappingNode) -> list[Problem]:
    """Return what is there twice and may be there once: a name, the own company."""
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
                earlier = f'company {other + 1}: "{file.companies[other].name}"'
                steps = ("companies", index, key)
                problems.append(problem_at(root, steps, message.replace("{}", earlier)))
    return problems


def _notify_problems(file: File, root: MappingNode) -> list[Problem]:
    """Return a mistake for each address and occasion of a notification that is named again.

    Whoever writes a name twice has meant another one, and would wait for messages in vain.
    """
    notify = file.settings.notify
    if notify is None:
        return []
    named: dict[str, Sequence[str]] = {"to": notify.to, "when": notify.when}
    return [
        problem_at(
            root,
            ("settings", "notify", key, index),
            f"the same as {key} {names.index(name) + 1}; name another, or leave it out",
        )
        for key, names in named.items()
        for index, name in enumerate(names)
        if names.index(name) < index
    ]


def _future_problems(file: File, root: MappingNode) -> list[Problem]:
    """Return a mistake for each figure that was read on a day to come."""
    # Somewhere it may be tomorrow already.
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


def _catalogue_problems(file: File, root: MappingNode, path: Path) -> list[Problem]:
    """Return a mistake for each catalogue file that is not there."""
    return [
        problem_at(root, ("catalogue", index), "no such file beside this one; check the path")
        for index, name in enumerate(file.catalogue)
        if not _is_file(path.parent / name)
    ]


def _logo(file: File, root: MappingNode, path: Path) -> tuple[Logo | None, list[Problem]]:
    """Return the logo that the file names, or what is wrong with it; nothing without one."""
    if file.report is None or file.report.logo is None:
        return None, []
    try:
        from config.pictures import read_logo

        return read_logo(path.parent / file.report.logo), []
    except ValueError as error:
        return None, [problem_at(root, ("report", "logo"), str(error))]


def _is_file(path: Path) -> bool:
    """Tell whether a path is a file; False for one that the system refuses to look up."""
    try:
        return path.is_file()
    except OSError:
        return False
