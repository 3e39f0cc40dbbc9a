"""The grammar of HTML's source: its tags, comments, scripts, and what elements do to each other.

After https://html.spec.whatwg.org/multipage/parsing.html, as far as the nesting of a page asks.
"""

import re
from typing import NamedTuple

SPACE = "\t\n\f\r "
VALUE = rf"""[{SPACE}]*+=[{SPACE}]*+(?:"[^"]*+"|'[^']*+'|(?!["'])[^{SPACE}>]++|(?=>))"""
ATTRIBUTE = re.compile(rf"[^{SPACE}/>][^{SPACE}/>=]*+(?:{VALUE})?+")
"""An attribute with its value, if it has one."""

TAG = re.compile(rf"<(/?)([a-zA-Z][^{SPACE}/>]*+)((?:[{SPACE}/]++|{ATTRIBUTE.pattern})*+)>")
"""A whole tag: `/` of an end tag, name, attributes. An unclosed tag does not match."""

START = re.compile(r"<(?=[a-zA-Z/!?])")
FRAMESET = re.compile("<(?=frameset)", re.I)
OPTION = re.compile("<option", re.I)
LETTER = re.compile("[a-zA-Z]")
FONT = re.compile("color|face|size", re.I)
"""Attributes with which a `font` ends a drawing."""

COMMENT_END = re.compile(r"-->|(?<!<!)--!>")
"""The end of a comment; `--!>` is one as well, though not right after `<!`."""

SOME = 256
"""Attributes of an element beyond which its tag is looked at more closely."""

_LONG = 1_000
"""Signs of a name, or of a value without quotes, beyond which the next part counts as another."""

_USUAL = ' [a-z-]++="[^"]*+"'
"""An attribute as most are written, which is sooner read."""

_SHORT_VALUE = VALUE.replace("++", f"{{1,{_LONG}}}+")
_SHORT_NAME = rf"[^{SPACE}/>=]{{0,{_LONG}}}+"
_PART = rf"(?>{_USUAL}|[{SPACE}/]*+[^{SPACE}/>]{_SHORT_NAME}(?:{_SHORT_VALUE})?+)"
_FIRST = 4
"""Attributes that are spelled out, as most tags have fewer and a repetition is costly to begin."""

MANY = re.compile(
    rf"<[a-zA-Z][^{SPACE}/>]{{0,{_LONG}}}+"
    rf"(?:[^{SPACE}/>]|{_PART * _FIRST}{_PART}{{{SOME - _FIRST}}})"
)
"""A tag of that many attributes, or with an endless name.

How much is read from one sign `<` on is bounded, as a page may consist of them.
"""

SCRIPT = re.compile(rf"<!--|-->|<(/?)script(?=[{SPACE}/>])", re.I)
"""What changes how the text of a script is read."""


def words(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


VOID = words(
    "area base basefont bgsound br col embed frame hr image img input keygen link meta param source"
    " track wbr"
)
"""Elements without content or end tag."""

FORMATTING = words("b big code em font i nobr s small strike strong tt u")
"""Elements that the parser opens anew in each paragraph until they are closed."""

_ANY_CASE = "|".join(
    "".join(f"[{sign}{sign.upper()}]" for sign in name) for name in sorted(FORMATTING)
)
_PLAIN_VALUE = rf"""[{SPACE}]*+=[{SPACE}]*+(?:"[^"<]*+"|'[^'<]*+'|(?!["'])[^{SPACE}><]++)"""
FORMATTED = re.compile(
    rf"<(?=[bBcCeEfFiInNsStTuU][{SPACE}/>iIoOmMtT])({_ANY_CASE})(?=[{SPACE}/>])"
    rf"((?:[{SPACE}/]++|[^{SPACE}/><][^{SPACE}/>=<]*+(?:{_PLAIN_VALUE})?+)*+"
    rf">[^<]*+</\1[{SPACE}>])?"
)
"""The beginning of formatting; with its end as second group where only text lies between them.

Spelled out letter by letter, as a search that ignores case takes twice the time. Two signs tell
most others apart: `span`, `script`, `ul`, `img`.
"""
RAW = words("script style textarea title xmp iframe noembed noframes")
"""Elements whose content is text up to their end tag, whatever it looks like."""

ENDS = {name: re.compile(rf"</{name}(?=[{SPACE}/>])", re.I) for name in RAW}
"""The end tag of each of these."""

BLOCKS = words(
    "address article aside blockquote center details dialog dir div dl fieldset figcaption figure"
    " footer header hgroup listing main menu nav ol pre search section summary ul"
)
"""Their end closes whatever is open in them."""

SPECIAL = BLOCKS | words(
    "p li dd dt h1 h2 h3 h4 h5 h6 form button select option optgroup table caption colgroup td th"
    " tr tbody thead tfoot applet marquee object template frameset plaintext noscript rb rp rt rtc"
    " svg math ruby"
)
"""Elements that an end tag of an unknown or inline element does not reach through."""

SCOPES = words("table caption td th applet marquee object template select button")
"""What the end of no other element reaches through."""

ROWS = {"td": 1, "th": 1, "tr": 2, "tbody": 3, "thead": 3, "tfoot": 3}
"""The parts of a table by rank: each ends those of its own and of lower rank."""

REPLACING = {
    "p": words("p"),
    "li": words("li"),
    "dd": words("dd dt"),
    "dt": words("dd dt"),
    "option": words("option"),
}
"""What begins where another of its kind stands last, and ends it."""

ENDING_P = BLOCKS | words("li dd dt form h1 h2 h3 h4 h5 h6")
"""What ends a paragraph that stands last."""

ABSENT = words("html head body")
"""Parts of every page; a second one begins nothing."""

DOUBTFUL = words(
    "form button select optgroup option caption colgroup frameset template noscript rb rp rt rtc"
    " h1 h2 h3 h4 h5 h6 a nobr html head body"
)
"""What may not begin, or may end something else, wherever it stands."""

BREAKOUT = words(
    "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li"
    " listing menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var"
)
"""What ends a drawing or formula that it stands in."""

WITHIN = {"svg": words("foreignobject desc title"), "math": words("mi mo mn ms mtext")}
"""Where a drawing or formula holds parts of a page."""


class Open(NamedTuple):
    """An open element.

    `part` is the drawing (`svg`) or formula (`math`) that it is part of, empty for none; `kept`
    tells whether its tag stays in the source; `inside` whether it lies within any drawing or
    formula, however far out.
    """

    name: str
    part: str
    kept: bool
    inside: bool


def drawn(element: Open) -> str:
    """Return what the content of an element is part of: `svg`, `math`, or empty for the page."""
    part = element.part
    return part if part and element.name not in WITHIN[part] else ""


def after(source: str, mark: str, at: int) -> int:
    """Return the place behind a mark from `at` on; the end of the source where there is none."""
    place = source.find(mark, at)
    return place + len(mark) if place >= 0 else len(source)


def closes_itself(rest: str) -> bool:
    """Tell whether a tag ends with `/` and the `/` is not part of an unquoted value."""
    # In `<a href=x/>` the slash belongs to the address.
    ends = [attribute.end() for attribute in ATTRIBUTE.finditer(rest)]
    return rest.endswith("/") and (not ends or ends[-1] < len(rest))


def script_end(source: str, at: int) -> int:
    """Return where a script ends; the end of the source where it is not closed.

    A `<script>` after `<!--` opens a second level, whose `</script>` closes only that level: state
    0 is plain text, 1 within a comment, 2 within a script within a comment.
    """
    state = 0
    while (match := SCRIPT.search(source, at)) is not None:
        mark = match.group()
        if match[1] and state < 2:
            return match.start()
        if mark == "<!--":
            # Two signs on, not four: the dashes of `<!-->` may end the comment at once.
            state, at = max(state, 1), match.start() + 2
            continue
        state = 0 if mark == "-->" else 1 if match[1] else min(2 * state, 2)
        at = match.end()
    return len(source)
