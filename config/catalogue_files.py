"""Read the files of the catalogue: the package's own, and the text of a user's."""

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from audit.model.errors import ConfigError
from config.quick_yaml import quickly_loaded
from config.yaml_words import in_words


@cache
def packaged_texts() -> tuple[tuple[Path, str], ...]:
    """Return the packaged files in a fixed order, so that the version is the same everywhere.

    They are read once in a process: the list is checked by some of them, pages are read by all.
    """
    root = files("config") / "rules"
    entries = sorted(_walk(root, Path()), key=lambda pair: pair[0].as_posix())
    return tuple((path, entry.read_text("utf-8")) for path, entry in entries)


def _walk(folder: Traversable, path: Path) -> Iterator[tuple[Path, Traversable]]:
    """Yield the YAML files of a folder and those below it, each with its path from the first."""
    # A package may lie in an archive, where only importlib's own walk works.
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, path / entry.name)
        elif entry.name.endswith(".yaml"):
            yield path / entry.name, entry


def parsed(
    path: Path, text: str, parts: Collection[str], *, quick: bool = False
) -> Mapping[str, object]:
    """Return the content of a catalogue file, by some of the keys `parts`; {} for an empty file.

    `quick` takes a reader that is faster and knows less of YAML, for the package's own files.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        if not quick:
            _refuse_aliases(text, path)
        content = quickly_loaded(text) if quick else YAML(typ="safe", pure=True).load(text)
    except (YAMLError, ValueError, RecursionError) as error:
        if not isinstance(error, MarkedYAMLError):
            raise ConfigError("this is not YAML", path=path) from error
        problem, place = in_words(error, text)
        raise ConfigError(problem, path=path, line=place.line, column=place.column) from error
    if content is None:
        return {}
    if not isinstance(content, dict) or set(content) - set(parts):
        unknown = sorted(set(content) - set(parts)) if isinstance(content, dict) else []
        key = str(unknown[0]) if unknown else ""
        raise ConfigError(f"a catalogue has the keys {', '.join(parts)}", path=path, key=key)
    return content


def _refuse_aliases(text: str, path: Path) -> None:
    """Refuse values that stand for others: a few lines of them can stand for billions."""
    from ruamel.yaml import YAML
    from ruamel.yaml.events import AliasEvent

    for event in YAML(typ="safe", pure=True).parse(text):
        if isinstance(event, AliasEvent):
            line = event.start_mark.line + 1
            raise ConfigError("aliases are not read here; write it out", path=path, line=line)
