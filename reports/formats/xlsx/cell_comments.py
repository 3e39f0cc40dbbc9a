"""The comments on the cells of a sheet, which openpyxl does not read row by row."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import etree

_OURS = "Not taken:"
"""How the comments begin that the program itself writes on boxes."""

_THREAD = "Comment:"
"""Stands before the words in what Excel writes for programs without threads."""

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, recover=False)


def comments_on(path: Path, part: str) -> Mapping[str, str]:
    """Return what people wrote on the cells of a sheet, by cell (`E9`).

    `part` is that of the sheet in the workbook, which may be opened (`openable.check`).
    """
    part = part.lstrip("/")
    folder, name = posixpath.split(part)
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        links = f"{folder}/_rels/{name}.rels"
        if links not in names:
            return {}
        targets = (
            posixpath.normpath(posixpath.join(folder, link.get("Target", "")))
            if not link.get("Target", "").startswith("/")
            else link.get("Target", "").lstrip("/")
            for link in _root(archive, links)
            if link.get("Type", "").endswith("/comments")
        )
        return {
            cell: text
            for target in targets
            if target in names
            for cell, text in _comments(_root(archive, target))
            if text and not text.startswith(_OURS)
        }


def _root(archive: zipfile.ZipFile, part: str) -> etree._Element:
    """Return the root of a part."""
    return etree.fromstring(archive.read(part), _PARSER)


def _comments(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Give the cell and the words of each comment."""
    for comment in root.iter("{*}comment"):
        words = "".join(text.text or "" for text in comment.iter("{*}t"))
        yield comment.get("ref", ""), " ".join(words.rpartition(_THREAD)[2].split())
