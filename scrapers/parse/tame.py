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
"""Elements open at once."""

MAX_TAGS = 100_000
"""A page of 5 MiB that people read has fewer; what follows is left out."""

MAX_ATTRIBUTES = 200
MAX_OPTIONS = 2_000
MAX_FRAMESETS = 20
MAX_REPEATED = 500_000
"""Elements that the parser may make of formatting left open; beyond, formatting is left out."""

_FEW, _SOME = 2_000, 6_000
"""Tags that cannot cost much, however they nest; and those that can only by formatting left open.

The deepest tree of the latter is read in 0.1 s; of 306 real pages seven have more.
"""


MAX_ABSENT = 20
"""So often `html`, `head` and `body` may begin; each adds its attributes to those of the first."""


@dataclass(frozen=True, slots=True)
class Tamed:
    """A source that a parser can bear, and why it is not the whole page; nothing where it is."""

    source: str
    left_out: str = ""


def tamed(source: str) -> Tamed:
    """The source itself, or without what goes beyond the limits; honest pages pass untouched."""
    if source.rfind("<") < source.rfind(">") and MANY.search(source) is None and _is_cheap(source):
        return Tamed(source)
    framed = len(FRAMESET.findall(source)) > MAX_FRAMESETS
    sweep = _Sweep(FRAMESET.sub("&lt;", source) if framed else source)
    sweep.run()
    if sweep.repeated > MAX_REPEATED or (sweep.deepest >= MAX_DEPTH and sweep.left_open):
        sweep = _Sweep(sweep.source, plain=True)
        sweep.run()
    left_out = sweep.left_out or ("holds frames within frames" if framed else "")
    return Tamed(sweep.result(), left_out)


def _is_cheap(source: str) -> bool:
    """Tell by counting that no tree of these tags costs much; the sweep takes ten times as long."""
    tags = source.count("<")
    if tags < _FEW:
        return True
    left_open = (not ended for _, ended in FORMATTED.findall(source))
    return tags < _SOME and sum(left_open) * tags <= MAX_REPEATED


@dataclass(slots=True)
class _Sweep:
    """One way through the source: what is open, and the pieces to leave out.

    From `sure` on, the open elements are those that a parser has open; below, it may have fewer.
    Up to `passed` an end was passed over; up to `blind` nothing is closed, since it may be text.
    A `plain` sweep leaves out formatting.
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
                at = self._past(at, source[at + 1])
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
        """The source with the edits made."""
        if not self.edits and self.end == len(self.source):
            return self.source
        pieces, last = [], 0
        for start, end in self.edits:
            pieces.append(self.source[last:start])
            last = end
        return "".join((*pieces, self.source[last : self.end]))

    def _past(self, at: int, sign: str) -> int:
        """Where a comment ends, or what looks like a tag and is none."""
        source = self.source
        if source.startswith("<!--", at):
            closing = COMMENT_END.search(source, at + 2)
            return closing.end() if closing is not None else len(source)
        if source.startswith("<![CDATA[", at) and self.stack and drawn(self.stack[-1]):
            if at >= self.blind:
                self.blind = after(source, "]]>", at)
            return at + 9
        if sign in "!?" or not LETTER.match(source, at + 1 + (sign == "/")):
            return after(source, ">", at)
        self.end = at
        return len(source)

    def _open(self, name: str, match: re.Match[str]) -> int:
        end, stack = match.end(), self.stack
        dropped = self.plain and name in FORMATTING
        part = "" if dropped else self._begin(name, match[3])
        keep = not dropped and self._wanted(name)
        if not keep:
            self.edits.append((match.start(), end))
        elif end - match.end(2) > 2 * MAX_ATTRIBUTES:
            self._shorten(match)
        if dropped or (closes_itself(match[3]) if part else name in VOID):
            return end
        if name in RAW and not part:
            return self._raw_end(name, match, keep=keep)
        if name == "p":
            self.paragraph = len(stack)
        stack.append((name, part, keep, bool(part) or (bool(stack) and stack[-1][3])))
        if part or name in DOUBTFUL:
            self.sure = len(stack)
        self.left_open += name in FORMATTING
        self.deepest = max(self.deepest, len(stack))
        return end

    def _wanted(self, name: str) -> bool:
        """Tell whether the beginning of an element stays."""
        if name == "select":
            self.options = 0
        elif name == "option":
            self.options += 1
            if self.options > MAX_OPTIONS:
                return False
        if len(self.stack) < MAX_DEPTH or (name in VOID and not self.stack[-1][3]):
            return True
        self.left_out = f"has more than {MAX_DEPTH} elements within each other"
        return False

    def _begin(self, name: str, rest: str) -> str:
        """End what the beginning of an element ends; the drawing that it is part of, or nothing."""
        stack = self.stack
        if not stack:
            self.sure = int(name in ROWS)
            return name if name in WITHIN else ""
        last, part, _, _ = stack[-1]
        if part:
            return self._begin_drawn(name, rest)
        if name in ROWS:
            self._begin_cell(name)
            return ""
        if last == "p" and name in ENDING_P:
            self._pop()
        if stack and stack[-1][0] in REPLACING.get(name, ()):
            self._pop()
        elif name in SPECIAL and self._reaches(name):
            self.sure = len(stack)
        return name if name in WITHIN else ""

    def _pop(self) -> None:
        self.stack.pop()
        self.sure = min(self.sure, len(self.stack))

    def _reaches(self, name: str) -> bool:
        """Tell whether an element may end one that is not the last: a paragraph, an entry."""
        place = self.paragraph
        if self.sure <= place < len(self.stack) and self.stack[place][0] == "p":
            return True
        same = REPLACING.get(name, ())
        near = self.stack[max(self.sure, len(self.stack) - MAX_DEPTH) :] if same else ()
        return any(each[0] in same for each in near)

    def _begin_drawn(self, name: str, rest: str) -> str:
        """As `_begin`, within a drawing or formula."""
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
            stack.append(("", "", True, True))
        self.sure = len(stack)

    def _begin_cell(self, name: str) -> None:
        """A cell or row ends the ones before it, within a table; elsewhere it is nothing."""
        stack, rank = self.stack, ROWS[name]
        if stack and stack[-1][3]:
            self.sure = len(stack) + 1
            return
        while stack and ROWS.get(stack[-1][0], 9) <= rank:
            stack.pop()
        self.sure = min(self.sure, len(stack))
        if not stack or len(stack) == self.sure or stack[-1][0] not in ("table", *ROWS):
            self.sure = len(stack) + 1

    def _close(self, name: str, match: re.Match[str]) -> None:
        """Close an element where nothing doubtful lies between."""
        stack = self.stack
        leave = self.plain and name in FORMATTING
        if match.start() < self.blind:
            self.passed = len(stack)
            return
        if name in ("p", "br") and stack and drawn(stack[-1]):
            self._end_drawn()
        if stack and stack[-1][0] == name:
            self.left_open -= name in FORMATTING
            leave = not stack.pop()[2]
            self.sure = min(self.sure, len(stack))
        elif not leave:
            leave = self._close_through(name)
        if leave:
            self.edits.append((match.start(), match.end()))

    def _close_through(self, name: str) -> bool:
        """Close an element with what is open in it; tell whether its tag had been left out."""
        stack = self.stack
        stops = SCOPES if name in BLOCKS else SPECIAL - {"p"} if name in REPLACING else SPECIAL
        stops = frozenset({"template"}) if name == "table" else stops
        for place in range(len(stack) - 1, self.sure - 1, -1):
            each, _, kept, _ = stack[place]
            if each == name and name not in FORMATTING:
                begun_anew = [one for one in stack[place + 1 :] if one[0] in FORMATTING]
                stack[place:] = begun_anew
                self.sure = len(stack) if begun_anew else place
                return not kept
            if each in stops:
                break
        self.sure = self.passed = len(stack)
        return False

    def _shorten(self, match: re.Match[str]) -> None:
        """Keep the first attributes of an element that has more than any element needs."""
        for count, each in enumerate(ATTRIBUTE.finditer(match[3]), start=1):
            if count > MAX_ATTRIBUTES:
                self.edits.append((match.start(3) + each.start(), match.end(3)))
                return

    def _raw_end(self, name: str, match: re.Match[str], *, keep: bool) -> int:
        """Where the text of a script, style or title ends, tag and all."""
        source = self.source
        if name == "script":
            end = script_end(source, match.end())
        else:
            closing = ENDS[name].search(source, match.end())
            end = closing.start() if closing is not None else len(source)
        if not keep:
            self.edits[-1] = (match.start(), end)
        return after(source, ">", end)
