"""Read the Link headers of an answer (RFC 8288), which say what else its head could say."""

import re
from collections.abc import Mapping, Set

from audit.model.exchange import Page

_LINK = re.compile(
    r"""<([^<>]{1,2000})>((?:\s*+;\s*+[\w*-]++(?:\s*+=\s*+(?:"[^"]*+"|[^",;\s]++))?+)*+)"""
)
_PARAMETER = re.compile(r""";\s*+([\w*-]++)\s*+=\s*+(?:"([^"]*+)"|([^",;\s]++))""")
_MAX_CHARACTERS = 16_000
"""Characters of all Link headers of one answer that are read."""


def header_links(page: Page, relations: Set[str]) -> tuple[Mapping[str, str | None], ...]:
    """Return the links of an answer's headers, each as the attributes of a `link` element.

    Those with one of these relations. `</feed>; rel="alternate"` is `{"href": "/feed", "rel":
    "alternate"}`; names are in small letters, and of a parameter written twice the first counts.
    """
    written = ", ".join(value for name, value in page.headers if name.lower() == "link")
    links: list[Mapping[str, str | None]] = []
    for match in _LINK.finditer(written[:_MAX_CHARACTERS]):
        attributes: dict[str, str | None] = {"href": match[1].strip()}
        for name, quoted, plain in _PARAMETER.findall(match[2]):
            attributes.setdefault(name.lower(), quoted or plain)
        if not relations.isdisjoint((attributes.get("rel") or "").lower().split()):
            links.append(attributes)
    return tuple(links)
