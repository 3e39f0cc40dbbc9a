"""`audit explain`: the proof behind one value of one company."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from audit.commands.again import kept, list_of
from audit.commands.log import log_to
from audit.commands.named import run_meant
from audit.commands.places import kept_folder
from audit.commands.terminal import Terminal
from audit.commands.titles import by_title
from audit.commands.typed import Typed
from audit.commands.words import outcome_in_full
from audit.evidence.opening import bring_from_anywhere
from audit.measure import metric_of, metrics_of
from audit.model.company import Competitors
from audit.model.errors import AuditError
from audit.model.exchange import BY_HAND
from audit.model.metric import Metric, Phrase, Unit
from audit.model.result import CompanyResult, Snapshot
from audit.model.site import State
from audit.model.value import Absent, Evidence, Known, Number, Unknown, evidence_of
from config.names import folded
from reports.scoreboard import TITLES
from reports.signs import Legend, Sign, key_words, qualified
from reports.telling import figure_words
from reports.words import counted, day_in_words, explained
from scrapers.fetch.archive import read_record
from scrapers.fetch.thinned import place_of

_SUCH_AS = (
    "there are {}, such as site.posts_per_week, channel.youtube and feature.forum; titles of the "
    "workbook are understood, too"
)

_STATES = {State.KNOWN: "there", State.NONE: "not there", State.UNKNOWN: "not known"}

NONE = "none"
"""What is said of what is not there."""

_STATED = Metric(
    id="", title="", theme="", unit=Unit.COUNT, higher_is_better=None, definition="",
    phrase=Phrase(unit=""),
)  # fmt: skip
"""A figure that a profile states: of a part of it there is at least so much."""

_RATED = replace(_STATED, unit=Unit.RATE)
"""One with decimals, such as a rating."""

_TOLD = (Sign.MANUAL, Sign.SAVED)
"""Marks that are said behind a figure; what a part of something says stands before it."""

Proved = tuple[str, tuple[Evidence, ...]]
"""A value in words, and the proof of it."""


def show_evidence(
    file: Path, company: str, measure: str, run: str | None, data_dir: Path | None
) -> None:
    """Print a value and the proof behind it.

    Raises:
        AuditError: no such company or measure in the run; the message lists what there is.
    """
    folder = kept_folder(file, data_dir)
    log_to(folder)
    typed = Typed(file=file, data_dir=data_dir)
    competitors = list_of(file)
    meant = run_meant(folder, run, competitors, typed)
    snapshot = kept(folder, meant, typed, competitors)
    result = _result_of(company, snapshot)
    known = _values(result)
    if not known:
        raise AuditError(
            f"{company}: nothing was measured in run {snapshot.run.id}: {outcome_in_full(result)}"
        )
    name = name_of(measure, known, result)
    console = Terminal()
    for title, evidence in known[name]:
        console.say(f"{result.company.name} · {name} · {title}", style="bold")
        console.say(*how(name, result, snapshot.competitors))
        for proof in evidence:
            _show_proof(console, proof, folder)
        if not evidence:
            console.say(f"  {without_page(title, result)}")


def asked(words: Sequence[str], usual: Path) -> tuple[Path, str, str]:
    """Return the list, the company and the measure that were typed; the list may be left out.

    Raises:
        AuditError: there are fewer words than two, or more than three.
    """
    match words:
        case [company, measure]:
            return usual, company, measure
        case [file, company, measure]:
            return Path(file), company, measure
        case _:
            raise AuditError(
                "name a company and a measure, in quotes where there is a space in it, such as: "
                'audit explain "Rival Pumps" blog.posts_per_week'
            )


def without_page(title: str, result: CompanyResult) -> str:
    """Say why no page proves a value: of what is not there, on how many pages it was looked for."""
    if title != NONE:
        return "no page to show: see the reason above"
    pages = [page for page in result.fetched if page.outcome in {"ok", "unchanged", BY_HAND}]
    day = f" on {day_in_words(pages[-1].fetched_at)}" if pages else ""
    return f"{counted(len(pages), 'address', 'addresses')} read{day}, and it is on none of them"


def name_of(measure: str, known: Collection[str], result: CompanyResult) -> str:
    """Return the name of what was asked for: as it is, or as the workbook calls it.

    "Posts a week, website", "Total audience", "looms" and `Figure.Looms` are understood.

    Raises:
        AuditError: nothing is called so; names what was probably meant.
    """
    titles = {folded(title): name for title, name in TITLES.items()}
    titles |= {title: metric.id for title, metric in by_title(metrics_of((result,))).items()}
    names = {folded(name): name for name in known}
    wanted = folded(measure)
    name = names.get(wanted) or titles.get(wanted)
    if name is not None and name in known:
        return name
    close = get_close_matches(wanted[:80], [*names, *titles], n=3, cutoff=0.6)
    meant = list(dict.fromkeys(names.get(each) or titles[each] for each in close))
    hint = f"did you mean {' or '.join(meant)}?" if meant else _SUCH_AS.format(len(known))
    raise AuditError(f'no measure "{measure}" for {result.company.name}; {hint}')


def how(name: str, result: CompanyResult, competitors: Competitors) -> Iterator[str]:
    """Give the formula of a measure and, for posts a week, the posts and the time seen."""
    metric = metric_of(name)
    if metric is None:
        return
    yield f"  formula  {metric.definition}"
    days = competitors.settings.lookback_days
    section = name.removesuffix(".posts_per_week")
    for row in result.cadence:
        seen = row.coverage * (result.company.overrides.lookback_days or days)
        if row.channel == section != name and isinstance(row.posts, Known):
            cut = ", a list that is cut off" if row.truncated else ""
            yield f"  here     {row.posts.value} posts in {seen:.0f} days seen{cut} ({row.url})"


def _result_of(company: str, snapshot: Snapshot) -> CompanyResult:
    """Return the result of a company, by its name as people see it (`folded`).

    Raises:
        AuditError: there is none of that name in the run.
    """
    wanted = folded(company)
    for result in snapshot.results:
        if folded(result.company.name) == wanted:
            return result
    names = tuple(result.company.name for result in snapshot.results)
    near = [name for name in names if wanted and wanted in folded(name)]
    close = near or get_close_matches(company[:80], names, n=1)
    hint = f'did you mean "{close[0]}"?' if close else f"there are: {', '.join(names)}"
    raise AuditError(f'no company "{company}" in run {snapshot.run.id}; {hint}')


def _values(result: CompanyResult) -> dict[str, list[Proved]]:
    """List everything of a company that can be explained, by the name to ask for it.

    A name may have several values: `channel.youtube` one for each channel there.
    """
    values: dict[str, list[Proved]] = {}
    metrics = {metric.id: metric for metric in metrics_of((result,))}
    for measure in result.measures:
        words = _with_reason(measure.value, metrics.get(measure.metric))
        values[measure.metric] = [(words, evidence_of(measure.value))]
    for name, proved in (*_of_channels(result), *_of_features(result), *_of_cadence(result)):
        values.setdefault(name, []).append(proved)
    return values


def _of_channels(result: CompanyResult) -> Iterator[tuple[str, Proved]]:
    """Give each channel, with what makes it the company's own, and the figures of its profile."""
    for channel in result.channels:
        title = f"{channel.url} ({'perhaps theirs' if channel.candidate else 'theirs'}"
        parts = ", ".join(f"{part.name} {part.weight:+.2f}" for part in channel.ownership.parts)
        title += f", score {channel.ownership.score:.2f}: {parts})"
        name = f"channel.{channel.platform}"
        yield name, (title, channel.evidence)
        for figure in channel.figures:
            words = f"{channel.url}: {_with_reason(figure.value)}"
            yield f"{name}.{figure.count}", (words, evidence_of(figure.value))


def _of_features(result: CompanyResult) -> Iterator[tuple[str, Proved]]:
    """Give each feature of the site: its state, its vendor, and why it is unknown."""
    for feature in result.features:
        why = explained(feature.reason)[0] if feature.reason else ""
        words = (_STATES[feature.state], feature.vendor, feature.url, why)
        title = " ".join(word for word in words if word)
        # Why it is not there, or not known; of what is there the pages tell.
        if feature.state is not State.KNOWN and feature.detail:
            title += f": {feature.detail}"
        yield f"feature.{feature.feature}", (title, feature.evidence)


def _of_cadence(result: CompanyResult) -> Iterator[tuple[str, Proved]]:
    """Give the posts of each section and profile, proved by the newest of them."""
    for cadence in result.cadence:
        newest = cadence.newest
        proof = newest.evidence if isinstance(newest, Known) else ()
        about = metric_of(f"{cadence.channel}.posts_per_week") or metric_of(
            f"channel.{cadence.channel}.posts_per_week"
        )
        rate = _with_reason(cadence.posts_per_week, about)
        title = f"{cadence.url}: {_with_reason(cadence.posts)} posts, {rate} a week"
        if isinstance(cadence.posts, Unknown):
            title = f"{cadence.url}: {_with_reason(cadence.posts)}"
        yield f"cadence.{cadence.channel}", (title, proof)


def _with_reason(value: Number, metric: Metric | None = None) -> str:
    """Return a value as the sheets have it: `at least 0.8`, `1,200 (m) by hand`, `none`.

    Of one that is unknown it is all that is known of why. A count of a profile has no metric.
    """
    match value:
        case Known():
            marks = [mark for mark in qualified(value) if mark in _TOLD]
            by_whom = "".join(f" {key_words(mark, Legend.FIGURES)}" for mark in marks)
            stated = _RATED if isinstance(value.value, float) else _STATED
            return f"{figure_words(value, metric or stated)}{by_whom}"
        case Absent():
            return NONE
        case Unknown():
            why, helps = explained(value.reason)
            detail = f" ({value.detail})" if value.detail else ""
            return f"not known: {why.rstrip('.')}{detail}. {helps}".rstrip()


def _show_proof(console: Terminal, proof: Evidence, data_dir: Path) -> None:
    """Print an address, when it was fetched, the rule that read it, and what the archive has."""
    console.say(
        f"  {proof.url}",
        f"    read on           {proof.fetched_at:%Y-%m-%d %H:%M:%S} UTC",
        f"    words there       {proof.excerpt}",
        f"    recognised by     {proof.rule}",
        f"    {_place_word(proof):16}  {_record(proof, data_dir)}",
    )


def _place_word(proof: Evidence) -> str:
    """Return what the place of a proof is: a copy of the page, or where a person wrote it."""
    return "saved copy" if not proof.record or "#" in proof.record or proof.saved else "written in"


def _record(proof: Evidence, data_dir: Path) -> str:
    """Name the record of a page in the archive, and say what is there or why nothing is.

    A record is `FILE#OFFSET`; evidence from the user's own file is `FILE:LINE`, and that of a
    page that a person saved names that file: both have no archive.
    """
    if not proof.record:
        return "none: the disk could not take it when the page was read"
    if "#" not in proof.record or proof.saved:
        return proof.record
    try:
        bring_from_anywhere(data_dir, [proof.record.rpartition("#")[0]])
        place = place_of(data_dir, proof.record)
        if place is not None:
            # Opened for the error alone: `read_record` below does not say why it can read nothing.
            place[0].open("rb").close()
    except OSError as error:
        return f"{proof.record} (not to be read there: {error.strerror or error})"
    if place is None:
        return f"{proof.record} (the archive was deleted; the figure stays, its page is gone)"
    answer = read_record(data_dir, proof.record)
    if answer is None:
        return f"{proof.record} (not to be read there: the archive is damaged)"
    return f"{proof.record} (HTTP {answer.status}, {len(answer.body):,} bytes)"
