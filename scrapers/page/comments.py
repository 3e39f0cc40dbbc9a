"""Recognise comments of readers on a page: shown, counted, or asked for."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice

from selectolax.lexbor import LexborNode

from scrapers.page.counted import Nouns, counted, nouns_of
from scrapers.page.names import folded
from scrapers.page.words import LinkWords
from scrapers.parse.around import around
from scrapers.parse.document import Document
from scrapers.parse.element_names import holding
from scrapers.parse.jsonld import Thing, texts, types
from scrapers.parse.remembered import remembered
from scrapers.parse.text import clean
from scrapers.parse.urls import host_of, join, segments

_NUMBERED = re.compile(r"(?:li-|div-)?(?:comment|isso)-?(\d+)")

_NUMBERED_STEMS = ("comment", "isso")

_STEMS = (
    *("comment", "komment", "koment", "comentari", "reacties", "hozzaszol", "yorumlar"),
    "respond",
)
"""What names of comments begin with, to look closer at few of all names of a page."""

_WORD = (
    r"(?:comments?|kommentare?r?|commentaires?|comentarios?|commenti|reacties|komentarze|komentare"
    r"|komentari|komment(?:it|ek)|hozzaszolasok|comentarii|yorumlar|respond)"
)
"""Names of comments as the templates of several languages have them in class, id and fragment."""

_FRAGMENT = re.compile(rf"#(?:[\w-]{{1,30}}[-_])?{_WORD}(?:[-_][\w-]{{1,30}})?$", re.I)
_PART_OF = "/comments"
"""What the address of the comments on one page holds."""

_COUNT = re.compile(
    r"(?:[\w-]{1,30}[-_])?"
    rf"(?:{_WORD}[-_]{{0,2}}(?:button[-_]{{1,2}})?(?:count|counter|number|num|link|total|title|info)"
    rf"|(?:total|num|number|meta)[-_]?(?:of[-_]?)?{_WORD})",
    re.I,
)
"""A class or id of a number of comments, such as `entry-comments-link`."""

_SECTION = re.compile(
    rf"(?:[a-z0-9]{{1,20}}[-_]){{0,2}}{_WORD}"
    r"(?:[-_]?(?:list|section|area|thread|wrapper|wrap|container|block|title|respond))?",
    re.I,
)
"""A class or id of the part of a page that holds comments, such as `comments-area`."""

_ONE_COMMENT = re.compile(r"(?:.*[-_])?(?:comment|kommentar|commentaire|comentario)", re.I)
"""A name of a single comment, of an icon, or of a column with remarks: no part for readers."""

_PARTS = frozenset(
    f"data-{thing}{kind}"
    for thing in ("component", "module", "widget", "block", "controller", "view")
    for kind in ("", "-type", "-name", "-id")
)
_PART = re.compile(rf"(?:{'|'.join(sorted(_PARTS))})=[\"']([\w./ -]{{1,60}})[\"']")
"""An attribute by which a script finds what to draw in an element (`_PARTS`), and its value."""

_DRAWN = re.compile(
    rf"(?:.{{0,40}}[\W_])?(?:(?!comment$|respond$){_WORD}"
    r"|comment[-_]?(?:list|section|thread|area|feed))",
    re.I,
)
"""What is drawn where comments are: `comment_list`, `news/comments`."""

_BLOCKS = frozenset(
    {
        *("div", "section", "aside", "article", "footer", "form", "details"),
        *("ol", "ul", "h2", "h3", "h4"),
    }
)
"""Elements that may be such a part; entries of menus and icons bear the same names."""

_USER_COMMENTS = re.compile(r"UserComments:\s?(\d{1,9})")
_LEADING_NUMBER = re.compile(r"\(?\s?\d{1,3}(?:[.,' ]?\d{3}){0,2}\b")
_COUNTED = re.compile(r"[\s:]{0,3}\(?\d[^()]{0,20}\)?$")
"""How many there are, at the end of a text."""

_DIGIT = re.compile(r"\d")

_FEW_WORDS = 6
"""Words of a link or a heading that may speak of comments; more are a sentence."""

_BEGINNING = 200
"""Characters at the beginning of a part that say what it is."""

_HEADING = 80
"""Characters in which such a part would say that comments are closed; readers' words follow."""

_MAY_BE_FRENCH = frozenset({"", "fr"})
"""Languages of a page on which "comment" alone may ask how, as in "Comment ça marche"."""

_REVIEW = re.compile(r"review|(?:(?:product|customer|woocommerce)-)?reviews", re.I)
"""A class or id of a review of goods, or of a list of them: `woocommerce-Reviews`.

Not of an article on goods, nor of a category of those: readers comment there.
"""

_HEIGHT = 3
"""Elements from a comment on that may say that it is a review: it, its entry and its list."""

_ROLES = frozenset({"button", "textbox"})
"""Roles of elements that a script makes a button of, or a box to write in."""

_MAX_PRESSED = 300
_MAX_NAMES = 20
_MAX_NODES = 50
_MAX_ANCHORS = 2_000
_ACTS = frozenset({"Comment", "CommentAction"})
"""Types of what readers wrote, or may."""


def numbered_comments(document: Document) -> frozenset[str]:
    """Return the comments of readers on the page as `comment 12`, by their number on the site.

    Where elements bear no numbers but are marked as comments, they are counted by page:
    `comment 1 on https://…`. Reviews of a shop's goods, which its software keeps among the comments
    with the same names, are none.
    """
    called = holding(document.names, _NUMBERED_STEMS)
    matches = (_NUMBERED.fullmatch(name) for name in called if name[-1:].isdigit())
    numbered = {match.group(): f"comment {match.group(1)}" for match in matches if match}
    if numbered and _is_review(document, min(numbered)):
        return frozenset()
    if numbered or not any(kind.endswith("schema.org/Comment") for kind in document.items):
        return frozenset(numbered.values())
    count = len(document.tree.css("[itemtype$='schema.org/Comment']"))
    return frozenset(f"comment {number} on {document.url}" for number in range(1, count + 1))


def _is_review(document: Document, name: str) -> bool:
    """Tell whether the element of a class or id is a review, or stands in a list of them."""
    node = document.tree.css_first(f"[id='{name}'],[class~='{name}']")
    return node is not None and any(
        _REVIEW.fullmatch(mark)
        for near in around(node, _HEIGHT)
        for key in ("class", "id")
        for mark in (near.attributes.get(key) or "").split()
    )


def shown_comments(document: Document, link_words: LinkWords) -> Iterator[str]:
    """Yield words and marks of the page by which readers comment, or may.

    A part of the page counts where it says so in words, or a script draws comments into it; an
    empty element that is only called `comments` may be nothing at all, and where comments are
    closed there are none.
    """
    if numbers := numbered_comments(document):
        yield f"{len(numbers)} comments on the page, such as {min(numbers)}"
    yield from _typed(document)
    yield from _marked_up(document)
    yield from counted(document, link_words, "count_comments")
    words = _words(document, link_words)
    closed = nouns_of(link_words.phrases("closed"))
    yield from _links(document, words, closed)
    yield from _named(document, words, closed)
    yield from _invitations(document, link_words)
    for match in _PART.finditer(document.source) if _PARTS & document.names else ():
        if _DRAWN.fullmatch(match[1]):
            yield clean(match.group(), 120)


def _words(document: Document, link_words: LinkWords) -> Nouns:
    """Return the words that speak of comments on a page."""
    phrases = {*link_words.phrases("comments"), *link_words.phrases("count_comments")}
    if document.language in _MAY_BE_FRENCH:
        phrases.discard("comment")
    return nouns_of(tuple(sorted(phrases)))


def _typed(document: Document) -> Iterator[str]:
    """Yield what the structured data says of comments: their number, or that one may add some.

    A number of zero tells nothing: sites write it where comments are closed, too.
    """
    for thing in document.jsonld:
        if _ACTS.intersection(types(thing)):
            yield f"JSON-LD {types(thing)[0]}"
        elif number := _number(thing.get("commentCount")) or _interactions(thing):
            yield f"JSON-LD: {number} comments"


def _marked_up(document: Document) -> Iterator[str]:
    """Yield the number of comments that microdata gives, where it is not zero."""
    for content in document.metas.get("interactioncount", ()):
        if (match := _USER_COMMENTS.search(content)) is not None and int(match[1]):
            yield f"interactionCount {match.group()}"
    if "commentCount" not in document.items:
        return
    node = document.tree.css_first("[itemprop=commentCount]")
    if node is not None:
        number = _number(node.attributes.get("content") or document.words.of(node, 20))
        if number:
            yield f"commentCount {number}"


def _interactions(thing: Thing) -> int:
    """Return how often readers have commented, as an `InteractionCounter` says; else 0."""
    if "InteractionCounter" not in types(thing):
        return 0
    kind = thing.get("interactionType")
    names = types(kind) if isinstance(kind, Mapping) else texts(kind)
    commented = any(name.endswith("CommentAction") for name in names)
    return _number(thing.get("userInteractionCount")) if commented else 0


def _number(value: object) -> int:
    """Return a number of comments, given as a number or in digits; 0 for all else."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value if 0 < value < 10**9 else 0
    text = value.strip() if isinstance(value, str) else ""
    return int(text) if re.fullmatch(r"\d{1,9}", text) else 0


def _links(document: Document, words: Nouns, closed: Nouns) -> Iterator[str]:
    """Yield links to the comments of the site's own pages: "3 comments", "Leave a reply"."""
    anchors = (target for target in document.targets if "#" in target[0] or _PART_OF in target[0])
    for href, node in islice(anchors, _MAX_ANCHORS):
        on_page = _FRAGMENT.search(href[-_HEADING:]) is not None
        target = join(document.base, href) if on_page or _PART_OF in href else None
        is_own = target is not None and host_of(target) == host_of(document.url)
        if target is None or not is_own or node.tag != "a":
            continue
        # A bare icon with a title leads to where comments may be; its words would say so.
        text = document.words.of(node, 80)
        if (on_page or _of_one_page(target)) and _speaks(text, words, closed):
            yield clean(f"{href} {text}", 120)


def _invitations(document: Document, link_words: LinkWords) -> Iterator[str]:
    """Yield what asks for a comment by a phrase: "Post a comment".

    Links do so wherever they lead, and buttons and boxes to write in.
    """
    phrases = _phrases(link_words.phrases("comments"))
    for link in document.links:
        # The phrases have several words; most links have one, or very many.
        if len(link.text) <= _HEADING and " " in link.text and _bare(link.text) in phrases:
            yield clean(f"{link.text} {link.url}", 120)
    buttons = (node for node in document.pressed() if node.tag == "button" or _has_role(node))
    for node in islice(buttons, _MAX_PRESSED):
        text = document.words.of(node, _HEADING)
        if _bare(text) in phrases:
            yield clean(f"{node.tag}: {text}", 120)


# The links of a menu stand on each page of a site.
@remembered(8_192)
def _bare(text: str) -> str:
    """Return words as they are compared, without a number behind them: "Read comments (3)"."""
    words = folded(text)
    # Most texts have no number, which is sooner seen than where one would end.
    return (_COUNTED.sub("", words) if _DIGIT.search(words) else words).rstrip(" .…!")


def _has_role(node: LexborNode) -> bool:
    """Tell whether an element is made a button by a script, or a box to write in."""
    return node.attributes.get("role") in _ROLES


@cache
def _phrases(words: tuple[str, ...]) -> frozenset[str]:
    """Return those of some phrases that have several words, as they are compared."""
    return frozenset(folded(phrase) for phrase in words if " " in phrase)


def _of_one_page(url: str) -> bool:
    """Tell whether an address is that of the comments on one page: `/news/seal/comments`."""
    parts = segments(url)
    return len(parts) > 1 and parts[-1].lower() == "comments"


def _named(document: Document, words: Nouns, closed: Nouns) -> Iterator[str]:
    """Yield the parts of the page that class or id call comments, and that say so in words."""
    names = holding(document.names, _STEMS)
    for name, node in _nodes(document, [name for name in names if _COUNT.fullmatch(name)]):
        text = document.words.of(node, 60)
        if _speaks(text, words, closed):
            yield clean(f"{name}: {text}", 120)
    for name, node in _nodes(document, [name for name in names if _is_section(name)]):
        text = document.words.of(node, _BEGINNING) if node.tag in _BLOCKS else ""
        if words.within(text) and not closed.within(text[:_HEADING]):
            yield clean(f"{name}: {text}", 120)


def _is_section(name: str) -> bool:
    """Tell whether a class or id is that of the part of a page that holds comments."""
    return _SECTION.fullmatch(name) is not None and _ONE_COMMENT.fullmatch(name) is None


def _nodes(document: Document, names: list[str]) -> Iterator[tuple[str, LexborNode]]:
    """Yield the elements that bear one of the names as class or id, with the name."""
    for name in names[:_MAX_NAMES]:
        for node in document.tree.css(f"[class~='{name}'],[id='{name}']")[:_MAX_NODES]:
            yield name, node


def _speaks(text: str, words: Nouns, closed: Nouns) -> bool:
    """Tell whether a short text begins with a number, or speaks of comments that are not closed.

    Beside what is called comments a number counts them: "12", "3 thoughts on seals".
    """
    if not text or len(text.split()) > _FEW_WORDS:
        return False
    return _LEADING_NUMBER.match(text) is not None or (
        words.within(text) and not closed.within(text)
    )
