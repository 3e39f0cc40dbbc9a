"""Leave out of a page's source what its tree would cost far more for than any page has.

A tree is built in time and memory that grow with the square of open elements, of attributes of an
element, of options of a list, and of formatting that is never closed and that the parser begins
anew in each paragraph (https://html.spec.whatwg.org/multipage/parsing.html). The source is looked
through once, as a tokenizer does. An end tag is believed where it ends what was opened last, or
where nothing doubtful lies between: so the depth is never taken for smaller than it is.
"""

import re
from dataclasses import dataclass, field

from scrapers.parse.html_grammar import (
    ABSENT,
    ATTRIBUTE,
    BLOCKS,
    BREAKOUT,
    COMMENT_END,
    DOUBTFUL,
    ENDING_P,
    ENDS,
    FONT,
    FORMATTED,
    FORMATTING,
    FRAMESET,
    LETTER,
    MANY,
    OPTION,
    RAW,
    REPLACING,
    ROWS,
    SCOPES,
    SPECIAL,
    START,
    TAG,
    VOID,
    WITHIN,
    Open,
    after,
    closes_itself,
    drawn,
    script_end,
)

MAX_DEPTH = 200
"""Elements that are open at once."""

MAX_TAGS = 100_000
"""A page of 5 MiB that people read has fewer; what follows is left out."""

MAX_ATTRIBUTES = 200
"""Attributes of one element; a parser compares each with all before it."""

MAX_OPTIONS = 2_000
"""Options of one list."""

MAX_FRAMESETS = 20
"""Frames within frames; beyond, all are written as text."""

MAX_REPEATED = 500_000
"""Elements that the parser may make of formatting left open; beyond, formatting is left out."""

_CHEAP_TAGS, _CHEAP_UNFORMATTED = 2_000, 10_000
"""Tags that cannot cost much, however they nest; and those that can only by formatting left open.

The deepest tree of the latter is built in 0.2 s, on a slow machine; of 306 real pages none has
more. A deep tree costs its readers far more, who have it swept afterwards (`scrapers.parse.grown`).
"""

_CHEAP_OPTIONS = 6_000
"""Tags that cannot cost much even where all are options of one list."""


MAX_ABSENT = 20
"""So often `html`, `head` and `body` may begin; each adds its attributes to those of the first."""


@dataclass(frozen=True, slots=True)
class Tamed:
    """A source that a parser can bear, and why it is not the whole page; empty where it is."""

    source: str
    left_out: str = ""


def tamed(source: str) -> Tamed:
    """Return the source, or what a parser can bear of it; honest pages pass untouched."""
    return Tamed(source) if is_bearable(source) else swept(source)


def is_bearable(source: str) -> bool:
    """Tell by counting that a parser can bear a source, however its tags nest."""
    return (
        source.rfind("<") < source.rfind(">")
        # Of tens of thousands of signs `<` in one tag, each would be read to its end.
        and _is_cheap_by_count(source)
        and MANY.search(source) is None
    )


def swept(source: str) -> Tamed:
    """Return the source without the tags that are beyond the limits; their text stays."""
    # Written as text, frames within frames are nothing to the parser.
    framed = len(FRAMESET.findall(source)) > MAX_FRAMESETS
    sweep = _Sweep(FRAMESET.sub("&lt;", source) if framed else source)
    sweep.run()
    # Formatting left open costs its square even where the tags are few: then it goes altogether.
    if sweep.repeated > MAX_REPEATED or (sweep.deepest >= MAX_DEPTH and sweep.left_open):
        sweep = _Sweep(sweep.source, plain=True)
        sweep.run()
    left_out = sweep.left_out or ("holds frames within frames" if framed else "")
    return Tamed(sweep.result(), left_out)


def _is_cheap_by_count(source: str) -> bool:
    """Tell by counting that no tree of these tags costs much; the sweep takes ten times as long."""
    tags = source.count("<")
    if not _CHEAP_TAGS <= tags < _CHEAP_UNFORMATTED:
        return tags < _CHEAP_TAGS
    if tags >= _CHEAP_OPTIONS and len(OPTION.findall(source)) > MAX_OPTIONS:
        return False
    left_open = (not ended for _, ended in FORMATTED.findall(source))
    return sum(left_open) * tags <= MAX_REPEATED


@dataclass(slots=True)
class _Sweep:
    """One way through the source: what is open, and the pieces to leave out.

    `edits` are the pieces to leave out, from and to, and `end` is where the source is cut. From
    `sure` on, the elements of `stack` are those that a parser has open; below, it may have fewer.
    Up to `passed` elements of the stack an end was passed over; up to the place `blind` in the
    source nothing is closed, since it may be text. `paragraph` is where the last `p` stands in the
    stack. `repeated` counts the elements that a parser makes of the `left_open` formatting. A
    `plain` sweep leaves out formatting.
    """

    source: str
    plain: bool = False
    stack: list[Open] = field(default_factory=list)
    sure: int = 0
    edits: list[tuple[int, int]] = field(default_factory=list)
    repeated: int = 0
    left_open: int = 0
    deepest: int = 0
    paragraph: int = -1
    passed: int = 0
    options: int = 0
    end: int = 0
    blind: int = 0
    absent: int = 0
    left_out: str = ""

    def run(self) -> None:
        """Look at each tag once; comments and the text of scripts are passed over."""
        source, at, tags = self.source, 0, 0
        self.end = len(source)
        start_of, tag_at = START.search, TAG.match
        while (start := start_of(source, at)) is not None:
            at = start.start()
            match = tag_at(source, at)
            if match is None:
                at = self._end_of_other(at, source[at + 1])
                continue
            tags += 1
            if tags > MAX_TAGS:
                self.end = at
                self.left_out = f"has more than {MAX_TAGS:,} tags"
                return
            self.repeated += self.left_open
            name = match[2].lower()
            if name in ABSENT and not (self.stack and drawn(self.stack[-1])):
                self.absent += not match[1]
                many = len(self.stack) >= MAX_DEPTH or self.absent > MAX_ABSENT
                self.edits += [match.span()] if many else []
                at = match.end()
            elif not match[1]:
                at = self._open(name, match)
            else:
                self._close(name, match)
                at = match.end()

    def result(self) -> str:
        """Return the source without the pieces to leave out."""
        if not self.edits and self.end == len(self.source):
            return self.source
        pieces, last = [], 0
        for start, end in self.edits:
            pieces.append(self.source[last:start])
            last = end
        return "".join((*pieces, self.source[last : self.end]))

    def _end_of_other(self, at: int, sign: str) -> int:
        """Return where a comment ends, or what looks like a tag and is none."""
        source = self.source
        if source.startswith("<!--", at):
            closing = COMMENT_END.search(source, at + 2)
            return closing.end() if closing is not None else len(source)
        if source.startswith("<![CDATA[", at) and self.stack and drawn(self.stack[-1]):
            # A CDATA section is text in a drawing and a comment outside, and whether this is one is
            # a guess: until its end no tag is believed to close anything.
            if at >= self.blind:
                self.blind = after(source, "]]>", at)
            return at + 9
        if sign in "!?" or not LETTER.match(source, at + 1 + (sign == "/")):
            return after(source, ">", at)
        self.end = at
        return len(source)

    def _open(self, name: str, match: re.Match[str]) -> int:
        """Take the beginning of an element; return where to go on, behind it or behind its text."""
        end, stack = match.end(), self.stack
        dropped = self.plain and name in FORMATTING
        part = "" if dropped else self._end_before(name, match[3])
        keep = not dropped and self._wanted(name)
        if not keep:
            self.edits.append((match.start(), end))
        elif end - match.end(2) > 2 * MAX_ATTRIBUTES:
            self._shorten(match)
        # `<path/>` is whole in a drawing; in HTML `<div/>` begins a `div` like any other.
        if dropped or (closes_itself(match[3]) if part else name in VOID):
            return end
        if name in RAW and not part:
            return self._raw_end(name, match, keep=keep)
        if name == "p":
            self.paragraph = len(stack)
        inside = bool(part) or (bool(stack) and stack[-1].inside)
        stack.append(Open(name, part, keep, inside))
        if part or name in DOUBTFUL:
            self.sure = len(stack)
        self.left_open += name in FORMATTING
        self.deepest = max(self.deepest, len(stack))
        return end

    def _wanted(self, name: str) -> bool:
        """Tell whether the beginning of an element stays, by depth and number of options."""
        if name == "select":
            self.options = 0
        elif name == "option":
            self.options += 1
            if self.options > MAX_OPTIONS:
                return False
        if len(self.stack) < MAX_DEPTH or (name in VOID and not self.stack[-1].inside):
            return True
        self.left_out = f"has more than {MAX_DEPTH} elements within each other"
        return False

    def _end_before(self, name: str, rest: str) -> str:
        """End the elements that the beginning of this one ends.

        Return the drawing or formula that it is part of; empty for none.
        """
        stack = self.stack
        if not stack:
            self.sure = int(name in ROWS)
            return name if name in WITHIN else ""
        last = stack[-1]
        if last.part:
            return self._end_before_drawn(name, rest)
        if name in ROWS:
            self._end_before_cell(name)
            return ""
        if last.name == "p" and name in ENDING_P:
            self._pop()
        if stack and stack[-1].name in REPLACING.get(name, ()):
            self._pop()
        elif name in SPECIAL and self._reaches(name):
            self.sure = len(stack)
        return name if name in WITHIN else ""

    def _pop(self) -> None:
        """End the last element."""
        self.stack.pop()
        self.sure = min(self.sure, len(self.stack))

    def _reaches(self, name: str) -> bool:
        """Tell whether an element may end one that is not the last: a paragraph, an entry."""
        place = self.paragraph
        if self.sure <= place < len(self.stack) and self.stack[place].name == "p":
            return True
        same = REPLACING.get(name, ())
        near = self.stack[max(self.sure, len(self.stack) - MAX_DEPTH) :] if same else ()
        return any(element.name in same for element in near)

    def _end_before_drawn(self, name: str, rest: str) -> str:
        """End elements as `_end_before` does, within a drawing or formula."""
        stack = self.stack
        if name in BREAKOUT or (name == "font" and FONT.search(rest)):
            self._end_drawn()
        part = drawn(stack[-1]) if stack else ""
        self.sure = len(stack)
        return part or (name if name in WITHIN else "")

    def _end_drawn(self) -> None:
        """End the drawing or formula that is open; where that is in doubt, only go on outside."""
        stack = self.stack
        while len(stack) > self.passed and stack and drawn(stack[-1]):
            stack.pop()
        if stack and drawn(stack[-1]):
            # An element without a name, which nothing closes, so that what follows counts as
            # outside.
            stack.append(Open("", "", kept=True, inside=True))
        self.sure = len(stack)

    def _end_before_cell(self, name: str) -> None:
        """End the cells and rows that a cell or row ends; outside of a table it is nothing."""
        stack, rank = self.stack, ROWS[name]
        if stack and stack[-1].inside:
            self.sure = len(stack) + 1
            return
        while stack and ROWS.get(stack[-1].name, 9) <= rank:
            stack.pop()
        self.sure = min(self.sure, len(stack))
        if not stack or len(stack) == self.sure or stack[-1].name not in ("table", *ROWS):
            self.sure = len(stack) + 1

    def _close(self, name: str, match: re.Match[str]) -> None:
        """Close an element where nothing doubtful lies between; drop the end of a dropped one."""
        stack = self.stack
        leave = self.plain and name in FORMATTING
        if match.start() < self.blind:
            self.passed = len(stack)
            return
        # `</p>` and `</br>` are read as beginnings, and these end a drawing.
        if name in ("p", "br") and stack and drawn(stack[-1]):
            self._end_drawn()
        if stack and stack[-1].name == name:
            self.left_open -= name in FORMATTING
            leave = not stack.pop().kept
            self.sure = min(self.sure, len(stack))
        elif not leave:
            leave = self._close_through(name)
        if leave:
            self.edits.append((match.start(), match.end()))

    def _close_through(self, name: str) -> bool:
        """Close an element with what is open in it; tell whether its beginning was left out."""
        stack = self.stack
        stops = SCOPES if name in BLOCKS else SPECIAL - {"p"} if name in REPLACING else SPECIAL
        stops = frozenset({"template"}) if name == "table" else stops
        for place in range(len(stack) - 1, self.sure - 1, -1):
            element = stack[place]
            if element.name == name and name not in FORMATTING:
                # Formatting that stood open in the element is open behind it as well.
                begun_anew = [inner for inner in stack[place + 1 :] if inner.name in FORMATTING]
                stack[place:] = begun_anew
                self.sure = len(stack) if begun_anew else place
                return not element.kept
            if element.name in stops:
                break
        self.sure = self.passed = len(stack)
        return False

    def _shorten(self, match: re.Match[str]) -> None:
        """Keep the first attributes of an element that has more than any element needs."""
        for count, attribute in enumerate(ATTRIBUTE.finditer(match[3]), start=1):
            if count > MAX_ATTRIBUTES:
                self.edits.append((match.start(3) + attribute.start(), match.end(3)))
                return

    def _raw_end(self, name: str, match: re.Match[str], *, keep: bool) -> int:
        """Return where the text of a script, style or title ends, tag and all."""
        source = self.source
        if name == "script":
            end = script_end(source, match.end())
        else:
            closing = ENDS[name].search(source, match.end())
            end = closing.start() if closing is not None else len(source)
        if not keep:
            self.edits[-1] = (match.start(), end)
        return after(source, ">", end)
