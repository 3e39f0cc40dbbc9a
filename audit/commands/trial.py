"""How the terminal shows what one page gave: figures, section, posts, features, channels, links."""

from collections.abc import Iterator, Sequence

from audit.commands.terminal import Terminal
from audit.commands.words import counted
from audit.model.exchange import Failure, Page, Request
from audit.model.facts import DataPage, FeedPage, FigureReading, Item, PageFacts
from audit.model.metric import Unit
from audit.model.site import Section, State
from audit.model.value import Known, Unknown
from reports.words import explained, figure
from scrapers.trial import Trial

_FEW = 12
"""Posts and links that are shown without --all."""

_WIDTH = 70
"""Characters of a title or excerpt in a line."""

TYPED = "what you typed"
"""The place of a section or figure that was typed, where others have `FILE:LINE`."""


def show(console: Terminal, trial: Trial, company: str, *, source: str, everything: bool) -> int:
    """Print a trial; return 0 where the page came and all that is pointed at is there, else 1.

    `company` is the name of the one in the list whose page it is, or empty; `source` says where a
    page came from that was not fetched.
    """
    limit = len(trial.onward) + 10_000 if everything else _FEW
    whose = f' as a page of "{company}"' if company else ""
    console.say(trial.answer.url + whose, style="bold")
    if isinstance(trial.reading, Failure):
        console.say(*_failed(trial.reading))
        return 1
    console.say(*_came(trial, source), "")
    blocks = [
        ("Figures", list(_figures(trial.site.figures))),
        *_posts(trial, limit),
        ("Features", list(_features(trial))),
        ("Channels", list(_channels(trial))),
        ("Next, in this order", _onward(trial.onward, limit)),
    ]
    for title, lines in blocks:
        if lines:
            console.say(title, style="bold")
            console.say(*lines, "")
    return 1 if _has_gaps(trial) else 0


def _failed(failure: Failure) -> Iterator[str]:
    """Say why a page could not be read, and what would help."""
    meaning, remedy = explained(failure.reason)
    yield f"  × {failure.reason}: {meaning} {failure.detail}"
    yield f"    {remedy}"


def _came(trial: Trial, source: str) -> Iterator[str]:
    """Say what came, and as what it was read."""
    answer = trial.answer
    if source:
        yield f"  {source}"
    elif isinstance(answer, Page):
        yield f"  HTTP {answer.status}, {len(answer.body):,} bytes, robots.txt allows it"
        if answer.url != answer.requested_url:
            yield f"  asked for {answer.requested_url}, which leads here"
    match trial.reading:
        case PageFacts() as page:
            yield from _of_page(page)
        case FeedPage() as reading:
            yield f"  a feed: “{reading.title[:_WIDTH]}”"
        case DataPage():
            yield "  data for programs (JSON)"
        case _:
            yield "  neither a page nor a feed"


def _of_page(page: PageFacts) -> Iterator[str]:
    """Say what a page is called, whether scripts draw it, and when it was published itself."""
    language = f", language {page.language}" if page.language else ""
    yield f"  a page: “{page.title[:_WIDTH]}”{language}"
    if page.shell:
        yield "  × scripts are still to draw it, and no browser did (audit doctor)"
    if page.published is not None:
        source = _SOURCES.get(page.published.source, page.published.source)
        yield f"  itself published {page.published.at:%Y-%m-%d}, by its {source}"


_UNNAMED = (
    "neither links nor address call this page a blog, news, podcast or release notes; "
    "where it is one, point at it with `sections:`"
)
_UNLISTED = "the rules see no list of entries; where there is one, try --item with one entry"
_SOURCES = {
    "feed": "feed",
    "json-ld": "JSON-LD",
    "time": "marked-up date",
    "meta": "meta tag",
    "text": "visible text",
    "url": "address",
}
"""Where a date was read, in words."""


def _figures(readings: Sequence[FigureReading]) -> Iterator[str]:
    """Give a line for each figure that is pointed at on this page."""
    for each in readings:
        match each.value:
            case Known(value=number, evidence=evidence):
                shown = _number(number, each.figure.unit)
                yield f"  ● {each.figure.name}: {shown}  “{evidence[0].excerpt}”"
                if each.figure.place == TYPED:
                    yield f"    to keep it, below `figures:` of the company: {_figure_line(each)}"
            case Unknown(reason=reason, detail=detail):
                yield f"  × {each.figure.name}: {reason}: {detail}"


def _number(number: float, unit: Unit) -> str:
    """Return a number with all its digits, a share as one in per cent."""
    return figure(number, unit) if unit is Unit.SHARE else f"{number:,}"


def _figure_line(reading: FigureReading) -> str:
    """Return the line of competitors.yaml for a figure that was typed."""
    pointed = reading.figure
    parts = [("name", "…"), ("url", pointed.url)]
    parts += [(name, getattr(pointed, name)) for name in ("css", "json", "regex")]
    parts += [("unit", pointed.unit.value if pointed.unit is not Unit.COUNT else "")]
    return _yaml(parts)


def _section_line(section: Section) -> str:
    """Return the line of competitors.yaml for a section that was typed."""
    pointed = section.pointed
    names = ("kind", "url", "item", "title", "date", "next")
    return _yaml([(name, getattr(pointed, name, "")) for name in names])


def _yaml(parts: Sequence[tuple[str, str]]) -> str:
    """Return keys and values as one entry of a list; values in single quotes, which YAML copies."""
    given = [(name, value.replace("'", "''")) for name, value in parts if value]
    return "- {" + ", ".join(f"{name}: '{value}'" for name, value in given) + "}"


def _posts(trial: Trial, limit: int) -> Iterator[tuple[str, list[str]]]:
    """Give the section that the page is, and its entries with where each date came from."""
    items = getattr(trial.reading, "items", ())
    sections = [each for each in trial.site.sections if each.posts or each.pointed]
    lines = [line for section in sections for line in _section(section)]
    if not sections and isinstance(trial.reading, PageFacts):
        lines.append(f"  ○ none: {_UNNAMED if items else _UNLISTED}")
    yield "Section", lines
    dates = sum(item.published is not None for item in items)
    title = f"Entries: {counted(len(items), 'entry', 'entries')}, {dates} with a date"
    lines = [_item(item, trial.answer.url) for item in items[:limit]]
    yield title, [*lines, *_more(len(items), limit)] if items else []


def _section(section: Section) -> Iterator[str]:
    """Give the lines of one section: what it is by, what of its selectors gives nothing."""
    pointed = section.pointed
    by = f"by {pointed.place}" if pointed is not None else "by the rules"
    if section.unreadable is not None:
        why = section.unreadable
        yield f"  × {section.channel}, {by}: {why.reason}: {why.detail}"
        return
    cut = "; older ones may follow" if section.truncated else ""
    yield f"  ● {section.channel}, {by}: {counted(len(section.posts), 'post', 'posts')}{cut}"
    for _, fault in section.faults:
        yield f"  × {fault.detail}"
    if pointed is not None and pointed.place == TYPED and not section.faults:
        yield f"    to keep it, below `sections:` of the company: {_section_line(section)}"


def _item(item: Item, page: str) -> str:
    """Return the line of one entry: its day and where that was read, its title, its address.

    Of a thread whose beginning is not told it is the day of the last reply.
    """
    day, source = "no date", ""
    if item.published is not None:
        day = f"{item.published.at:%Y-%m-%d}"
        source = _SOURCES.get(item.published.source, item.published.source)
    elif item.active is not None:
        day, source = f"{item.active.at:%Y-%m-%d}", "last reply"
    here = item.url.startswith(f"{page.partition('#')[0]}#")
    place = "in full on this page" if here else item.url
    return f"  {day:12}{source:15}{item.title[:_WIDTH]}  ({place})"


def _features(trial: Trial) -> Iterator[str]:
    """Give a line for each feature that this page alone shows."""
    for each in trial.site.features:
        if each.state is State.KNOWN:
            name = f"{each.feature} ({each.vendor})" if each.vendor else each.feature
            proof = each.evidence[0]
            yield f"  {name}: {each.direction}, {each.confidence:.0%} sure"
            yield f"    {proof.rule}: {proof.excerpt[:_WIDTH]}"


def _channels(trial: Trial) -> Iterator[str]:
    """Give a line for each profile, and the parts of its ownership."""
    for channel in trial.channels:
        whose = "perhaps theirs" if channel.candidate else "theirs"
        yield f"  {channel.platform}: {channel.url}, {whose} ({channel.ownership.score:.2f})"
        parts = (f"{part.name} {part.weight:+.2f}" for part in channel.ownership.parts)
        yield f"    {', '.join(parts)}"


def _onward(requests: Sequence[Request], limit: int) -> list[str]:
    """Give a line for each address that a visit would ask for next, and why."""
    lines = [f"  {request.url}  ({request.why})" for request in requests[:limit]]
    return [*lines, *_more(len(requests), limit)]


def _more(count: int, limit: int) -> list[str]:
    """Say how many are not shown; nothing where all are."""
    return [f"  … and {count - limit} more (--all)"] if count > limit else []


def _has_gaps(trial: Trial) -> bool:
    """Tell whether something that is pointed at on this page is not there."""
    return any(isinstance(each.value, Unknown) for each in trial.site.figures) or any(
        each.pointed is not None and (each.unreadable is not None or bool(each.faults))
        for each in trial.site.sections
    )
