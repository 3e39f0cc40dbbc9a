"""Tell which sections of a site had posts in the run before and have none now."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from audit.model.company import Company
from audit.model.kinds import SECTIONS
from audit.model.result import CompanyResult
from audit.model.site import Certainty, Feature, Post, Section, State
from audit.model.value import GONE, Evidence, Reason, Unknown
from audit.model.visit import GIVEN_UP, Note, Visit

Vanished = Mapping[str, Unknown]
"""Why nothing can be said of a section any more, by its kind, such as `blog`."""

_UNPOINTED = "which the list of that run pointed at; this one does not, and the rules find none"
"""How it is said that the line is gone with which a list pointed at a section."""

_GONE = "; that page is gone"
"""How it ends what is said of a section whose page is gone."""

_LINK, _OFFER = "link.", ".link"
"""How a rule begins that is a link and nothing else, and ends that a link promises a section."""

_HELP = "open the website and look; if the section is given up, ignore the finding feature.{kind}"
_BACK = "put its line back; if the section is given up, ignore the finding feature.{kind}"


def vanished(company: Company, visit: Visit, earlier: CompanyResult | None) -> Vanished:
    """Return the kinds of sections whose posts were read before and of which none is met now.

    Nothing vanished where the site could not be read, or not in its time, or where the section says
    itself why it was not read; nor where its posts stand in another section by now.
    """
    if earlier is None or isinstance(visit.start, Unknown) or _ended_early(visit):
        return {}
    ignored = {entry.finding.removeprefix("feature.") for entry in company.ignore}
    now = {section.channel: section for section in visit.sections}
    shown = {post.url for section in visit.sections for post in section.posts}
    return {
        kind: why
        for kind in SECTIONS
        if kind not in ignored
        and _is_silent(now.get(kind))
        and (why := _why(kind, company, visit, earlier, shown)) is not None
    }


def open_ones(silent: Vanished) -> Vanished:
    """Return the vanished sections but those whose page is gone, of which nothing is left open."""
    return {kind: why for kind, why in silent.items() if why.reason not in GONE}


def still_looked_for(
    features: Sequence[Feature], silent: Vanished, visit: Visit, earlier: CompanyResult | None
) -> tuple[Feature, ...]:
    """Return the features, those of vanished sections unknown in place of not there.

    One whose page is gone is not there, with the answer of that page as the proof, though a menu
    may name it still; nor is it as long as that page stays away.
    """
    gone = {**dict(_still_gone(visit, earlier)), **silent}
    return tuple(
        _followed(feature, gone[feature.feature], visit)
        if feature.feature in gone and _may_follow(feature, gone[feature.feature])
        else feature
        for feature in features
    )


def without_given_up(
    sections: Sequence[Section], features: Sequence[Feature]
) -> tuple[Section, ...]:
    """Return the sections but those whose page is gone, as their feature says with its proof."""
    gone = {each.feature for each in features if _is_given_up(each)}
    return tuple(
        section
        for section in sections
        if section.channel not in gone
        or section.unreadable is None
        or section.unreadable.reason not in GONE
    )


def _still_gone(visit: Visit, earlier: CompanyResult | None) -> Iterator[tuple[str, Unknown]]:
    """Yield the kinds of sections that were given up before and whose page has not come back."""
    now = {section.channel: section for section in visit.sections}
    for feature in earlier.features if earlier is not None else ():
        why = section.unreadable if (section := now.get(feature.feature)) else None
        if _is_given_up(feature) and why is not None and why.reason in GONE:
            yield feature.feature, Unknown(reason=why.reason, detail=feature.detail)


def _is_given_up(feature: Feature) -> bool:
    """Tell whether a feature is not there because the page of its posts is gone."""
    return feature.state is State.NONE and feature.detail.endswith(_GONE)


def _may_follow(feature: Feature, why: Unknown) -> bool:
    """Tell whether the fate of its section is that of a feature: nothing else speaks for it.

    What stands on a page of its own, or in a feed, is there whatever became of the posts.
    """
    rules = [proof.rule for proof in feature.evidence]
    links = all(rule.startswith(_LINK) or rule.endswith(_OFFER) for rule in rules)
    return feature.state is State.NONE or (
        why.reason in GONE and feature.state is State.KNOWN and bool(rules) and links
    )


def _followed(feature: Feature, why: Unknown, visit: Visit) -> Feature:
    """Return a feature that is not there as unknown, or as given up where its page is gone."""
    if why.reason not in GONE:
        return replace(feature, state=State.UNKNOWN, reason=why.reason, detail=why.detail)
    proofs = tuple(
        Evidence(
            url=page.url,
            fetched_at=page.fetched_at,
            rule=f"section.{feature.feature}",
            excerpt=f"HTTP {page.outcome.removeprefix('http-')}",
            record=page.record,
        )
        for page in visit.fetched
        if page.outcome == why.reason and any(f" at {page.url}{end}" in why.detail for end in ",;")
    )
    return replace(
        feature,
        state=State.NONE,
        vendor="",
        url="",
        confidence=0.0,
        seen_on=0,
        certainty=Certainty.TAG,
        activity=(),
        detail=why.detail,
        evidence=proofs[:1] or feature.evidence,
    )


def vanished_notes(silent: Vanished) -> list[Note]:
    """Return a note on each vanished section; it makes the company incomplete.

    Not so where only the line is gone with which a list pointed at it: the website is as it was.
    Nor where the page is gone: all is known, and the exit status tells it once
    (`CompanyResult.given_up`).
    """
    return [
        Note(
            what=kind,
            reason=why.reason,
            detail=why.detail,
            help=_help(why.reason).format(kind=kind),
            incomplete=why.reason is not Reason.NOT_CHECKED and why.reason not in GONE,
        )
        for kind, why in silent.items()
    ]


def _help(reason: Reason) -> str:
    """Return what a person can do about a vanished section; `{kind}` is its kind."""
    if reason in GONE:
        return GIVEN_UP
    return _BACK if reason is Reason.NOT_CHECKED else _HELP


def _ended_early(visit: Visit) -> bool:
    """Tell whether a visit ended before it was through."""
    return any(note.what == "time" for note in visit.notes)


def _is_silent(section: Section | None) -> bool:
    """Tell whether a section is missing, gone, or could be read and shows no entry."""
    if section is None:
        return True
    why = section.unreadable
    silent = (Reason.TOO_LITTLE_DATA, *GONE)
    return not section.posts and why is not None and why.reason in silent


def _why(
    kind: str, company: Company, visit: Visit, earlier: CompanyResult, shown: Iterable[str]
) -> Unknown | None:
    """Return why a section that is silent now is unknown; None where it was silent before."""
    posts = [post for post in earlier.posts if post.channel == kind]
    moved = {post.url for post in posts}.intersection(shown)
    if posts and len(moved) * 2 <= len(posts):
        pointed = _points_at(kind, earlier.company) and not _points_at(kind, company)
        return _unpointed(posts) if pointed else _lost(posts, visit)
    # What was lost in the run before and is not back is as unknown as it was then; what was gone
    # by then has been told.
    before = next((each.value for each in earlier.measures if each.metric == f"{kind}.posts"), None)
    lost = isinstance(before, Unknown) and (
        before.reason is Reason.DRIFT or before.detail.endswith(_UNPOINTED)
    )
    return before if isinstance(before, Unknown) and lost else None


def _points_at(kind: str, company: Company) -> bool:
    """Tell whether a list points at a section of a kind."""
    return any(section.kind == kind for section in company.sections)


def _unpointed(posts: Sequence[Post]) -> Unknown:
    """Return that posts were read before where a list pointed at them, and this one does not."""
    return Unknown(reason=Reason.NOT_CHECKED, detail=f"{_read_before(posts)}, {_UNPOINTED}")


def _lost(posts: Sequence[Post], visit: Visit) -> Unknown:
    """Return that posts were read before and none now: their page is gone, or has changed."""
    words = _read_before(posts)
    newest = max((post.published.at for post in posts if post.published), default=None)
    if newest is not None:
        words += f", the newest of {newest:%Y-%m-%d}"
    outcome = next((page.outcome for page in visit.fetched if page.url == posts[0].channel_url), "")
    if outcome in GONE:
        return Unknown(reason=Reason(outcome), detail=f"{words}{_GONE}")
    return Unknown(reason=Reason.DRIFT, detail=f"{words}, and none now")


def _read_before(posts: Sequence[Post]) -> str:
    """Say how many posts the run before has read, and where."""
    count = "1 post was" if len(posts) == 1 else f"{len(posts)} posts were"
    return f"{count} read before at {posts[0].channel_url}"
