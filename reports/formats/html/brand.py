"""Where the colours of the page come from: one block of names that all of its look refers to."""

from collections.abc import Mapping

from reports.formats.html.markup import Html

_LIGHT: Mapping[str, str] = {
    "ink": "#1B2733",
    "muted": "#5A6672",
    "line": "#D5DCE3",
    "head": "#EDF1F4",
    "ground": "#F4F8FB",
    "card": "#FFFFFF",
    "own": "#A64400",
    "own-tint": "#FDF2E6",
    "own-head": "#F8DDBF",
    "heat": "#6FA8D6",
    "best": "#D9E8F5",
    "blue": "#1F5F99",
    "slate": "#8796A5",
    "alert": "#A61B4A",
    "alert-tint": "#FBEAF0",
    "hatch": "#B4BDC7",
    "hatch-ground": "#FAFBFC",
}
_DARK: Mapping[str, str] = {
    "ink": "#E7EDF3",
    "muted": "#A0ADB9",
    "line": "#2B3641",
    "head": "#202A34",
    "ground": "#10161D",
    "card": "#182028",
    "own": "#F2A65F",
    "own-tint": "#2B231A",
    "own-head": "#46331F",
    "heat": "#2A6BA5",
    "best": "#25435E",
    "blue": "#6FB1EA",
    "slate": "#71808F",
    "alert": "#FF8FB3",
    "alert-tint": "#3A1C28",
    "hatch": "#4A5763",
    "hatch-ground": "#182028",
}


def colours() -> Html:
    """Return the colours as names of the style sheet: light, and dark where the reader's system is.

    Paper is always light.
    """
    return Html(
        f":root{{{_names(_LIGHT)}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{_names(_DARK)}}}}}\n"
    )


def _names(palette: Mapping[str, str]) -> str:
    """Return a palette as names with their colours."""
    return ";".join(f"--{name}:{colour}" for name, colour in palette.items())
