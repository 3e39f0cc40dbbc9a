"""The results file: everything that the workbook rests on, for other programs."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from audit.model.breakdown import KINDS, LANGUAGES, OVERLAPS, SUBJECTS, Audience, Breakdown
from audit.model.channel import Channel
from audit.model.company import OF_THE_MACHINE
from audit.model.exchange import BY_HAND, RECALLED
from audit.model.purpose import PostPurpose
from audit.model.result import Beginning, Cadence, CompanyResult
from audit.model.site import Activity, Feature, Post, PostList, State
from audit.model.value import Known, Moment
from audit.model.visit import Note
from reports.advised import actions_of, comparison_of, findings_of, kpis_of
from reports.changed import changes_as_json
from reports.evidence import EvidenceIndex, EvidenceRow
from reports.formats._base import Format
from reports.measured import (
    Json,
    engagement_of,
    hashtags_of,
    hygiene_of,
    iso,
    pattern_of,
    rung_of,
    size_of,
    topics_of,
    trend_of,
    value_of,
)
from reports.report import Report
from reports.save import save

SCHEMA = 1


_BLOCK = 1 << 20


def results(report: Report) -> dict[str, object]:
    """Return the content of the results file; its JSON Schema is results.schema.json."""
    return {
        name: list(each) if isinstance(each, Iterator) else each
        for name, each in _content(report).items()
    }


def _content(report: Report) -> dict[str, object]:
    """Return the content of the results file; what has no bound is given one after the other."""
    snapshot, index = report.snapshot, report.evidence
    run, settings = snapshot.run, asdict(snapshot.competitors.settings)
    settings["browser"] = snapshot.competitors.settings.browser.value
    for name in OF_THE_MACHINE:
        # How many are visited at once changes no result, and no report tells it.
        settings.pop(name)
    settings["base_urls"] = dict(snapshot.competitors.settings.base_urls)
    return {
        "schema": SCHEMA,
        "run": {
            "id": run.id,
            "as_of": run.as_of.isoformat(),
            "started_at": run.started_at.isoformat(),
            "finished_at": run.finished_at.isoformat() if run.finished_at else None,
            "version": run.version,
            "rules_version": run.rules_version,
            "settings": settings,
        },
        "companies": (_company(result, index) for result in snapshot.results),
        "comparison": comparison_of(report),
        "findings": findings_of(report),
        "actions": actions_of(report),
        "kpis": kpis_of(report),
        "changes": changes_as_json(report.past.changes, index),
        "evidence": map(_proof, index.rows()),
    }


def results_schema() -> dict[str, object]:
    """Return the JSON Schema of the results file, as shipped."""
    text = (files("reports.formats") / "results.schema.json").read_text("utf-8")
    schema: dict[str, object] = json.loads(text)
    return schema


def write_results(report: Report, path: Path) -> Path:
    """Write the results of all companies, whole or not at all; return the path as it really is."""
    return save(path, lambda temporary: _write(report.of_all, temporary))


def _write(report: Report, path: Path) -> None:
    """Write the results piece by piece as UTF-8, and read them back.

    Half a surrogate pair of a page becomes a question mark.

    Raises:
        OSError: what was written is not what is read.
    """
    written, read = sha256(), sha256()
    with path.open("wb") as file:
        for piece in _pieces(_content(report)):
            data = piece.encode("utf-8", "replace")
            written.update(data)
            file.write(data)
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            read.update(block)
    if written.digest() != read.digest():
        raise OSError("the results file is not what was written")


def _pieces(content: Json) -> Iterator[str]:
    """Give the text of the results, company by company: that of all is ten times their size."""
    yield "{"
    for at, (name, value) in enumerate(content.items()):
        yield f"{',' if at else ''}\n {json.dumps(name)}: "
        if isinstance(value, Iterator):
            yield from _listed(value)
        else:
            yield _indented(value, 1)
    yield "\n}\n"


def _listed(values: Iterator[object]) -> Iterator[str]:
    """Give the text of a list, a value at a time."""
    first = True
    for value in values:
        yield ("[" if first else ",") + "\n  " + _indented(value, 2)
        first = False
    yield "[]" if first else "\n ]"


def _indented(value: object, depth: int) -> str:
    """Return the text of a value that stands so deep; within a text JSON has no end of a line."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return text.replace("\n", "\n" + " " * depth)


def _company(result: CompanyResult, index: EvidenceIndex) -> Json:
    """Return all that is known of a company."""
    return {
        "name": result.company.name,
        "website": result.company.website,
        "own": result.company.own,
        "complete": result.complete,
        "languages": list(result.languages),
        "reasons": [_note(note) for note in result.notes],
        "channels": [_channel(channel, index) for channel in result.channels],
        "features": [_feature(feature, index) for feature in result.features],
        "posts": [_post(post, index) for post in result.posts],
        "cadence": [_cadence(row, index) for row in result.cadence],
        "together": _cadence(result.together, index) if result.together else None,
        "pattern": pattern_of(result.pattern, index),
        "engagement": [engagement_of(row, index) for row in result.engagement],
        "measures": {each.metric: value_of(each.value, index) for each in result.measures},
        "audience_sizes": [size_of(each, index) for each in result.sizes],
        "hashtags": [hashtags_of(each, index) for each in result.hashtags],
        "audiences": [_audience(each, index) for each in result.audiences],
        "ladder": [rung_of(rung, index) for rung in result.ladder],
        "topics": topics_of(result.topics, index),
        "breakdowns": {each.metric: _breakdown(each, index) for each in result.breakdowns},
        "coverage": {
            "fetched": len(result.asked_for),
            "recalled": sum(each.outcome == RECALLED for each in result.fetched),
            "saved": sum(each.outcome == BY_HAND for each in result.fetched),
            "read": sum(each.outcome in ("ok", "unchanged") for each in result.fetched),
            "robots": {each.origin: each.state.value for each in result.robots},
        },
    }


def _proof(row: EvidenceRow) -> Json:
    """Return a piece of evidence."""
    return {
        "id": row.id,
        "company": row.company,
        "measure": row.measure,
        "url": row.evidence.url,
        "fetched_at": row.evidence.fetched_at.isoformat(),
        "rule": row.evidence.rule,
        "excerpt": row.evidence.excerpt,
        "record": row.evidence.record,
    }


def _note(note: Note) -> Json:
    """Return why something could not be read, and what would help."""
    return {
        "what": note.what,
        "reason": note.reason.value,
        "detail": note.detail,
        "help": note.help,
        "incomplete": note.incomplete,
    }


def _channel(channel: Channel, index: EvidenceIndex) -> Json:
    """Return a profile, whose it is and what it says."""
    live, unread = channel.live, channel.unread
    return {
        "platform": channel.platform,
        "url": channel.url,
        "handle": channel.handle,
        "role": channel.role.value,
        "ownership": channel.ownership.score,
        "ownership_parts": {part.name: part.weight for part in channel.ownership.parts},
        "candidate": channel.candidate,
        "state": channel.state.value,
        "reason": unread.reason.value if unread is not None else None,
        "detail": unread.detail if unread is not None else "",
        "found_on": list(channel.found.found_on),
        "name": channel.name or None,
        "account": channel.account or None,
        "former_handles": list(channel.history.former),
        "verified": live is not None and live.verified,
        "hygiene": hygiene_of(channel.hygiene, index),
        "links_back": channel.ownership.links_back,
        "listing": channel.found.listing,
        "promises_broken": [each.value for each in channel.promises],
        "created_at": iso(live.created_at if live is not None else None),
        "updated_at": iso(live.updated_at if live is not None else None),
        "first_seen": iso(channel.history.first_seen),
        "last_post": _moment(channel.last_post),
        "audience": channel.audience or None,
        "followers": value_of(channel.followers, index),
        "previous_followers": value_of(channel.history.previous, index)
        if channel.history.previous
        else None,
        "figures": {each.count.value: value_of(each.value, index) for each in channel.figures},
        "evidence": index.ids(channel.evidence),
    }


def _feature(feature: Feature, index: EvidenceIndex) -> Json:
    """Return a feature of a site, found or not."""
    return {
        "feature": feature.feature,
        "state": feature.state.value,
        "direction": feature.direction.value,
        "vendor": feature.vendor or None,
        "url": feature.url or None,
        "confidence": feature.confidence,
        "seen_on": feature.seen_on,
        "reason": feature.reason.value if feature.reason is not None else None,
        "detail": feature.detail,
        "certainty": feature.certainty.value if feature.state is State.KNOWN else None,
        "activity": [_activity(each, index) for each in feature.activity],
        "evidence": index.ids(feature.evidence),
    }


def _activity(activity: Activity, index: EvidenceIndex) -> Json:
    """Return a figure of what goes on in a feature."""
    value = activity.value
    return {
        "kind": activity.kind.value,
        "value": value.isoformat() if isinstance(value, datetime) else value,
        "at_least": activity.at_least,
        "evidence": index.ids((activity.evidence,)),
    }


def _post(post: Post, index: EvidenceIndex) -> Json:
    """Return a post; a date that is not to be trusted is stated, not published."""
    published = post.published
    return {
        "channel": post.channel,
        "url": post.url,
        "title": post.title,
        "published_at": published.at.isoformat() if published and not post.flag else None,
        "stated_at": published.at.isoformat() if published else None,
        "date_source": published.source.value if published else None,
        "flag": post.flag or None,
        "format": post.format,
        "language": post.language or None,
        "text": post.text or None,
        "tags": list(post.tags),
        "topics": list(post.topics),
        "interactions": {each.reaction.value: each.count for each in post.interactions},
        "purpose": _purpose(post.purpose) if post.purpose is not None else None,
        "evidence": index.id(post.evidence),
    }


def _purpose(judged: PostPurpose) -> Json:
    """Return what a post is for, how sure that is, and by what."""
    return {
        "is": judged.purpose.value,
        "confidence": judged.confidence,
        "cues": list(judged.cues),
    }


def _breakdown(breakdown: Breakdown, index: EvidenceIndex) -> Json:
    """Return the parts of something, of how many things, or why there are none."""
    unknown = breakdown.unknown
    return {
        "of": breakdown.of,
        "unknown": unknown.reason.value if unknown is not None else None,
        "detail": unknown.detail if unknown is not None else "",
        "parts": {
            part.name: {
                "share": part.share,
                "interval": list(part.interval) if part.interval is not None else None,
                "evidence": index.ids(part.evidence),
            }
            for part in breakdown.parts
        },
    }


def _cadence(row: Cadence, index: EvidenceIndex) -> Json:
    """Return how often a section or a profile has posts."""
    status = row.status
    return {
        "channel": row.channel,
        "url": row.url,
        "posts": value_of(row.posts, index),
        "posts_per_week": value_of(row.posts_per_week, index),
        "interval": list(row.interval) if row.interval is not None else None,
        "coverage": row.coverage,
        "truncated": row.truncated,
        "newest": _moment(row.newest),
        "recency_days": value_of(row.recency_days, index),
        "longest_gap_days": value_of(row.longest_gap_days, index),
        "weeks_with_post": value_of(row.weeks_with_post, index),
        "gap_variation": value_of(row.gap_variation, index),
        "status": status.value.value if isinstance(status, Known) else None,
        "trend": trend_of(row.trend),
        "undated": row.undated,
        "flagged": row.flagged,
        "months": dict(row.months),
        "pattern": pattern_of(row.pattern, index),
        "read": row.extent.value if row.extent is not None else None,
        "lists": [_list(each, index) for each in row.lists],
        "lists_disagree": row.disagree,
        "began": _beginning(row.began, index) if row.began is not None else None,
    }


def _beginning(began: Beginning, index: EvidenceIndex) -> Json:
    """Return when something began that is younger than the window, and how often it posts since."""
    return {"at": iso(began.at), "posts_per_week": value_of(began.posts_per_week, index)}


def _list(told: PostList, index: EvidenceIndex) -> Json:
    """Return one list that names the posts of a section, and how far it was read."""
    return {
        "kind": told.kind.value,
        "url": told.url,
        "posts": told.posts,
        "stated": told.stated,
        "read": told.extent.value,
        "unread": told.unread,
        "evidence": index.ids((told.evidence,)),
    }


def _audience(sample: Audience, index: EvidenceIndex) -> Json:
    """Return who follows a profile, as shares of a sample."""
    return {
        "platform": sample.platform,
        "url": sample.url,
        "sampled": sample.sampled,
        "described": sample.described,
        "subjects": dict(sample.shares(SUBJECTS)),
        "languages": dict(sample.shares(LANGUAGES)),
        "kinds": dict(sample.shares(KINDS)),
        "overlaps": dict(sample.shares(OVERLAPS)),
        "evidence": index.ids((sample.evidence,)),
    }


def _moment(moment: Moment) -> str | None:
    """Return a time in the form of ISO 8601, or None where it is not known."""
    return moment.value.isoformat() if isinstance(moment, Known) else None


FORMAT = Format(name="json", suffix="json", write=write_results)
