"""The grammar of HTML's source: its tags, comments, scripts, and what elements do to each other.

After https://html.spec.whatwg.org/multipage/parsing.html, as far as the nesting of a page asks.
"""

import re

SPACE = "\t\n\f\r "
VALUE = rf"""[{SPACE}]*+=[{SPACE}]*+(?:"[^"]*+"|'[^']*+'|(?!["'])[^{SPACE}>]++|(?=>))"""
ATTRIBUTE = re.compile(rf"[^{SPACE}/>][^{SPACE}/>=]*+(?:{VALUE})?+")
TAG = re.compile(rf"<(/?)([a-zA-Z][^{SPACE}/>]*+)((?:[{SPACE}/]++|{ATTRIBUTE.pattern})*+)>")
START = re.compile(r"<(?=[a-zA-Z/!?])")
FRAMESET = re.compile("<(?=frameset)", re.I)
LETTER = re.compile("[a-zA-Z]")
FONT = re.compile("color|face|size", re.I)
COMMENT_END = re.compile(r"-->|(?<!<!)--!>")
SOME = 256
"""Attributes of an element beyond which its tag is looked at more closely."""

MANY = re.compile(rf"<[a-zA-Z][^{SPACE}/>]*+(?:[{SPACE}/]*+{ATTRIBUTE.pattern}){{{SOME}}}")
SCRIPT = re.compile(rf"<!--|-->|<(/?)script(?=[{SPACE}/>])", re.I)


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


VOID = words(
    "area base basefont bgsound br col embed frame hr image img input keygen link meta param source"
    " track wbr"
)
FORMATTING = words("b big code em font i nobr s small strike strong tt u")
_ANY_CASE = "|".join(
    "".join(f"[{sign}{sign.upper()}]" for sign in name) for name in sorted(FORMATTING)
)
_PLAIN_VALUE = rf"""[{SPACE}]*+=[{SPACE}]*+(?:"[^"<]*+"|'[^'<]*+'|(?!["'])[^{SPACE}><]++)"""
FORMATTED = re.compile(
    rf"<(?=[bBcCeEfFiInNsStTuU])({_ANY_CASE})(?=[{SPACE}/>])"
    rf"((?:[{SPACE}/]++|[^{SPACE}/><][^{SPACE}/>=<]*+(?:{_PLAIN_VALUE})?+)*+"
    rf">[^<]*+</\1[{SPACE}>])?"
)
"""The beginning of formatting; with its end as second group where only text lies between them.

Spelled out letter by letter, as a search that ignores case takes twice the time.
"""
RAW = words("script style textarea title xmp iframe noembed noframes")
ENDS = {name: re.compile(rf"</{name}(?=[{SPACE}/>])", re.I) for name in RAW}
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
SCOPES = words("table caption td th applet marquee object template select button")
"""What the end of no other element reaches through."""

ROWS = {"td": 1, "th": 1, "tr": 2, "tbody": 3, "thead": 3, "tfoot": 3}
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


Open = tuple[str, str, bool, bool]
"""An open element: its name, the drawing or formula that it is part of, whether its tag is kept,
and whether it lies within any drawing or formula, however far out."""


def drawn(each: Open) -> str:
    """What the elements within an open element are part of: a drawing, a formula, or nothing."""
    name, part, _, _ = each
    return part if part and name not in WITHIN[part] else ""


def after(source: str, mark: str, at: int) -> int:
    """The place behind a mark; the end where it is not to be found."""
    found = source.find(mark, at)
    return found + len(mark) if found >= 0 else len(source)


def closes_itself(rest: str) -> bool:
    """Tell whether `/` is the end of a tag rather than of its last value."""
    ends = [each.end() for each in ATTRIBUTE.finditer(rest)]
    return rest.endswith("/") and (not ends or ends[-1] < len(rest))


def script_end(source: str, at: int) -> int:
    """Where a script ends: a script within a comment within a script is part of it."""
    state = 0
    while (found := SCRIPT.search(source, at)) is not None:
        mark = found.group()
        if found[1] and state < 2:
            return found.start()
        if mark == "<!--":
            state, at = max(state, 1), found.start() + 2
            continue
        state = 0 if mark == "-->" else 1 if found[1] else min(2 * state, 2)
        at = found.end()
    return len(source)
