"""`audit history`, `audit explain` and `audit rules`: look at what is known, change nothing."""

from pathlib import Path

from rich.table import Table

from audit.commands.again import kept
from audit.commands.log import log_to
from audit.commands.places import kept_folder
from audit.commands.terminal import Terminal
from audit.commands.typed import Typed
from audit.commands.words import outcome_in_full
from audit.model.catalogue import PLACES, Catalogue, FeatureRule, Strength
from audit.model.errors import AuditError
from audit.model.result import CompanyResult
from audit.model.value import Absent, Evidence, Known, Number, Unknown
from audit.store.history import RunSummary
from audit.store.lock import going_on
from audit.store.sqlite import SqliteHistory
from config.catalogue import load_catalogue
from config.names import folded
from reports.evidence import in_words
from scrapers.fetch.archive import is_kept, read_record
from scrapers.platforms import platforms
from scrapers.platforms.kit.base import Platform

Proved = tuple[str, tuple[Evidence, ...]]
"""A value in words, and the proof of it."""

_FEW = 4
"""Up to so many rules are explained, more are listed."""


def show_history(file: Path, data_dir: Path | None) -> None:
    """Print the runs, the newest last."""
    folder, typed = kept_folder(file, data_dir), Typed(file=file, data_dir=data_dir)
    log_to(folder)
    with SqliteHistory.open(folder) as history:
        runs = history.runs()
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("Run", "Window ends", "Started", "Companies", "Complete", "Rules"):
        table.add_column(title, no_wrap=title == "Run")
    for run in runs:
        table.add_row(
            run.id,
            f"{run.as_of:%Y-%m-%d}" if run.as_of else "?",
            f"{run.started_at:%Y-%m-%d %H:%M}" if run.started_at else "?",
            str(run.companies),
            f"{run.complete} of {run.companies}" + ("" if run.finished_at else ", broken off"),
            run.rules_version,
        )
    console = Terminal()
    if runs:
        console.show(table)
    else:
        console.say(f"No run yet. Start with: {typed.command()}")
    owner = going_on(folder)
    if owner and runs:
        console.say(f"A run is going on ({owner}); what it has saved so far is counted.")
    console.say(*(line for run in runs for line in _remarks(run, typed)))


def _remarks(run: RunSummary, typed: Typed) -> list[str]:
    """Say what a reader must know of a run beside its figures: damage, a report not written."""
    lines: list[str] = []
    if run.damaged:
        lines.append(f"Run {run.id} is damaged and read without: {', '.join(run.damaged)}")
    if run.finished_at and not run.reported_at:
        again = typed.command("--run", run.id, name="report")
        lines.append(f"Run {run.id}: its report was not written; write it with: {again}")
    return lines


def show_evidence(
    file: Path, company: str, measure: str, run: str | None, data_dir: Path | None
) -> None:
    """Print a value and the proof behind it.

    Raises:
        AuditError: no such company or measure in the run; the message lists what there is.
    """
    folder = kept_folder(file, data_dir)
    log_to(folder)
    snapshot = kept(folder, run, Typed(file=file, data_dir=data_dir))
    wanted = folded(company)
    matches = (each for each in snapshot.results if folded(each.company.name) == wanted)
    result = next(matches, None)
    if result is None:
        names = ", ".join(each.company.name for each in snapshot.results)
        raise AuditError(f'no company "{company}" in run {snapshot.run.id}; there are: {names}')
    known = _values(result)
    if not known:
        raise AuditError(
            f"{company}: nothing was measured in run {snapshot.run.id}: {outcome_in_full(result)}"
        )
    if measure not in known:
        raise AuditError(f'no measure "{measure}" for {company}; there are: {", ".join(known)}')
    console = Terminal()
    for title, evidence in known[measure]:
        console.say(f"{result.company.name} · {measure} · {title}", style="bold")
        for proof in evidence:
            _show_proof(console, proof, folder)
        if not evidence:
            console.say("  no page to show: see the reason above")


def _values(result: CompanyResult) -> dict[str, list[Proved]]:
    """List everything of a company that can be explained, by the name to ask for it.

    A name may have several values: `channel.youtube` one for each channel there.
    """
    known: dict[str, list[Proved]] = {}
    for measure in result.measures:
        known[measure.metric] = [(in_words(measure.value), _proof(measure.value))]
    _add_channels(known, result)
    for feature in result.features:
        title = f"{feature.state} {feature.vendor} {feature.url} {feature.reason or ''}".strip()
        known.setdefault(f"feature.{feature.feature}", []).append((title, feature.evidence))
    for cadence in result.cadence:
        newest = cadence.newest
        proof = newest.evidence if isinstance(newest, Known) else ()
        rate = in_words(cadence.posts_per_week)
        title = f"{cadence.url}: {in_words(cadence.posts)} posts, {rate} a week"
        known.setdefault(f"cadence.{cadence.channel}", []).append((title, proof))
    return known


def _add_channels(known: dict[str, list[Proved]], result: CompanyResult) -> None:
    """Add a company's channels, with what makes each its own, and the figures of their profiles."""
    for channel in result.channels:
        title = f"{channel.url} ({'candidate' if channel.candidate else 'own'}"
        parts = ", ".join(f"{part.name} {part.weight:+.2f}" for part in channel.ownership.parts)
        title += f", ownership {channel.ownership.score:.2f}: {parts})"
        name = f"channel.{channel.platform}"
        known.setdefault(name, []).append((title, channel.evidence))
        for figure in channel.figures:
            words = f"{channel.url}: {in_words(figure.value)}"
            known.setdefault(f"{name}.{figure.count}", []).append((words, _proof(figure.value)))


def _proof(value: Number) -> tuple[Evidence, ...]:
    """Give the evidence of a value, also of one that is absent; an unknown one has none."""
    match value:
        case Known(evidence=evidence) | Absent(evidence=evidence):
            return evidence
        case Unknown():
            return ()


def _show_proof(console: Terminal, proof: Evidence, data_dir: Path) -> None:
    """Print an address, when it was fetched, the rule that read it, and what the archive has."""
    console.say(
        f"  {proof.url}",
        f"    fetched  {proof.fetched_at:%Y-%m-%d %H:%M:%S} UTC",
        f"    rule     {proof.rule}",
        f"    excerpt  {proof.excerpt}",
        f"    record   {_record(proof, data_dir)}",
    )


def _record(proof: Evidence, data_dir: Path) -> str:
    """Name the record of a page in the archive, and say what is there or why nothing is.

    A record is `FILE#NUMBER`; evidence from the user's own file has no number and no archive.
    """
    if not proof.record:
        return "none: the disk could not take it when the page was read"
    if "#" not in proof.record:
        return proof.record
    try:
        there = is_kept(data_dir, proof.record)
        if there:  # opened, because `read_record` below does not say why it can read nothing
            (data_dir / proof.record.rpartition("#")[0]).open("rb").close()
    except OSError as error:
        return f"{proof.record} (not to be read there: {error.strerror})"
    if not there:
        return f"{proof.record} (the archive was deleted; the figure stays, its page is gone)"
    answer = read_record(data_dir, proof.record)
    if answer is None:
        return f"{proof.record} (not to be read there: the archive is damaged)"
    return f"{proof.record} (HTTP {answer.status}, {len(answer.body):,} bytes)"


def show_rules(name: str | None) -> None:
    """Print the catalogue, or one platform, feature or rule of it."""
    catalogue = load_catalogue()
    console = Terminal()
    if name is None:
        console.show(_read())
        for line in _listed_only(catalogue):
            console.tell(line)
        console.show(_features(catalogue))
        console.say(f"Catalogue {catalogue.version}. One of them: audit rules NAME")
        return
    lines = _one(catalogue, name.casefold())
    if not lines:
        raise AuditError(f'no platform, feature or rule "{name}"; list them with: audit rules')
    console.say(*lines)


def _read() -> Table:
    """Draw the platforms that are read, with and without a key, and how sure the reader is."""
    table = Table(box=None, pad_edge=False, header_style="bold", show_lines=True)
    for title in ("Platform", "Read without a key", "A key adds", "Variable", "How sure"):
        table.add_column(title, no_wrap=title in ("Platform", "Variable"), ratio=_RATIO.get(title))
    for name, reader in sorted(platforms().items()):
        adds = "\n".join(key.adds for key in reader.keys) or "–"
        variables = "\n".join(variable for key in reader.keys for variable in key.variables)
        table.add_row(name, reader.public, adds, variables or "–", reader.confidence.value)
    return table


_RATIO = {"Read without a key": 5, "A key adds": 4, "How sure": 1}


def _listed_only(catalogue: Catalogue) -> list[str]:
    """Name the platforms whose profiles are found and not read, and those that are closed."""
    others = [rule for rule in catalogue.platforms if rule.name not in platforms()]
    dead = ", ".join(rule.name for rule in others if rule.dead)
    listed = ", ".join(rule.name for rule in others if not rule.dead)
    return [f"Found and listed only: {listed}.", f"Closed, found and said to be dead: {dead}."]


def _features(catalogue: Catalogue) -> Table:
    """Draw the features with how many vendors each is known of, and the first five of them."""
    vendors: dict[str, set[str]] = {}
    for rule in catalogue.features:
        vendors.setdefault(rule.feature, set()).add(rule.vendor)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("Feature", "Vendors", "Such as"):
        table.add_column(title)
    for feature in sorted(vendors):
        names = sorted(name for name in vendors[feature] if name)
        table.add_row(feature, str(len(names)), ", ".join(names[:5]))
    return table


def _one(catalogue: Catalogue, name: str) -> list[str]:
    """Explain what bears a name: platforms, and rules by their id, feature or vendor."""
    lines = []
    for platform in catalogue.platforms:
        if platform.name == name:
            lines += [f"{platform.title} ({platform.kind}): links on {', '.join(platform.hosts)}"]
            lines += _how(platforms().get(name))
            lines += [
                f"  {url} → {handle or 'no profile'}" for url, handle in platform.examples.items()
            ]
    rules = [
        rule
        for rule in catalogue.features
        if name in (rule.id.casefold(), rule.feature.casefold(), rule.vendor.casefold())
    ]
    for rule in rules:
        lines += _explained(rule) if len(rules) <= _FEW else [_in_short(rule)]
    return lines


def _how(reader: Platform | None) -> list[str]:
    """Say how one platform is read; without a reader it is only listed."""
    if reader is None:
        return ["  its profiles are found and listed, not read"]
    lines = [f"  read    {reader.public} ({reader.confidence})"]
    if reader.undocumented:
        lines += [f"  with settings.allow_undocumented: {reader.undocumented}"]
    for key in reader.keys:
        names = " and ".join(key.variables)
        lines += [f"  with {names} (only to {key.host}, {key.calls} requests a run): {key.adds}"]
    return lines


def _in_short(rule: FeatureRule) -> str:
    """Give a rule in one line: its id, its vendor, and all marks that it looks for."""
    marks = ", ".join(value for place in PLACES for value in getattr(rule, place))
    return f"{rule.id}: {rule.vendor or 'self-built'} ({rule.strength}): {marks}"


def _explained(rule: FeatureRule) -> list[str]:
    """Explain a rule: what it looks for and where, what is enough, what fires it and what not."""
    enough = (
        "one mark is proof" if rule.strength is Strength.STRONG else "marks in two places needed"
    )
    lines = [f"{rule.id}: {rule.vendor or 'self-built'}, {rule.direction}; {enough}"]
    lines += [
        f"  {place:8}{', '.join(getattr(rule, place))}" for place in PLACES if getattr(rule, place)
    ]
    lines += [f"  fires   {example}" for example in rule.examples]
    return lines + [f"  silent  {example}" for example in rule.counterexamples]
