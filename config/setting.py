"""One setting of a list, read before the list is: where its history and its evidence lie."""

from pathlib import Path

from audit.model.errors import AuditError
from config.files import read_text


def text_setting(file: Path, most_bytes: int, name: str) -> str:
    """Return a setting of a list that is a text, without reading more of the list.

    "" where the list does not have it, and where there is no list.

    Raises:
        AuditError: it may have it, and cannot be read.
    """
    from config.positions import YamlError, plain
    from config.yaml_tree import read_tree

    try:
        is_there = file.is_file()
    except OSError:  # such as a name that is too long
        return ""
    text = read_text(file, most_bytes) if is_there else ""
    if name not in text:
        return ""
    try:
        tree = plain(read_tree(text))
    except YamlError as error:
        raise AuditError(f"{file}, line {error.place.line}: {error.message}") from error
    settings = tree.get("settings") if isinstance(tree, dict) else None
    value = settings.get(name) if isinstance(settings, dict) else None
    return value.strip() if isinstance(value, str) else ""
