"""The reader's own house on the page: its colours in place of ours, its logo, its foot."""

from base64 import b64encode
from collections.abc import Mapping

from audit.model.brand import BLUE, ORANGE, Brand, Logo
from audit.model.colour import as_light_as
from reports.formats.html.markup import Html, tag

_LOGO = (240, 44)
"""Width and height in pixels that a logo takes at most: beside the title."""

_OWN = ("own", "own-tint", "own-head")
_BLUE = ("blue", "heat", "best")
"""Names of colours that follow the first and the second colour of a brand."""

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


def colours(brand: Brand) -> Html:
    """Return the colours as names of the style sheet: light, and dark where the reader's system is.

    Paper is always light.
    """
    exact = {"own": f"#{brand.primary}", "blue": f"#{brand.accent}"}
    light, dark = _names({**_branded(_LIGHT, brand), **exact}), _names(_branded(_DARK, brand))
    return Html(
        f":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
    )


def logo(picture: Logo | None) -> Html | None:
    """Return the logo; it lies in the page itself, so that nothing is asked for."""
    if picture is None:
        return None
    width, height = picture.within(*_LOGO)
    data = b64encode(picture.data).decode()
    source = f"data:image/{picture.kind};base64,{data}"
    # The title beside it names the company.
    return tag("img", src=source, width=width, height=height, alt="", class_="logo")


def _branded(palette: Mapping[str, str], brand: Brand) -> Mapping[str, str]:
    """Return a palette in the colours of a brand, each shade as light as the usual one."""
    drawn = dict(palette)
    for names, color, usual in ((_OWN, brand.primary, ORANGE), (_BLUE, brand.accent, BLUE)):
        if color != usual:
            drawn |= {name: f"#{as_light_as(color, palette[name][1:])}" for name in names}
    return drawn


def _names(palette: Mapping[str, str]) -> str:
    """Return a palette as names with their colours."""
    return ";".join(f"--{name}:{colour}" for name, colour in palette.items())
