"""Tell which sections of a site had posts in the run before and have none now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from audit.model.company import Company
from audit.model.kinds import SECTIONS
from audit.model.result import CompanyResult
from audit.model.site import Feature, Post, Section, State
from audit.model.value import Reason, Unknown
from audit.model.visit import Note, Visit

Vanished = Mapping[str, Unknown]
"""Why nothing can be said of a section any more, by its kind, such as `blog`."""

_GONE = frozenset({Reason.HTTP_404, Reason.HTTP_410})
_HELP = "open the website and look; if the section is given up, ignore the finding feature.{kind}"


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
        and (why := _why(kind, visit, earlier, shown)) is not None
    }


def still_looked_for(features: Sequence[Feature], lost: Vanished) -> tuple[Feature, ...]:
    """Return the features, those of vanished sections unknown in place of not there."""
    return tuple(
        replace(feature, state=State.UNKNOWN, reason=why.reason, detail=why.detail)
        if feature.state is State.NONE and (why := lost.get(feature.feature)) is not None
        else feature
        for feature in features
    )


def vanished_notes(lost: Vanished) -> list[Note]:
    """Return a note on each vanished section; it makes the company incomplete."""
    return [
        Note(
            what=kind,
            reason=why.reason,
            detail=why.detail,
            help=_HELP.format(kind=kind),
            incomplete=True,
        )
        for kind, why in lost.items()
    ]


def _ended_early(visit: Visit) -> bool:
    """Tell whether a visit ended before it was through."""
    return any(note.what == "time" for note in visit.notes)


def _is_silent(section: Section | None) -> bool:
    """Tell whether a section is missing, or could be read and shows no entry."""
    if section is None:
        return True
    why = section.unreadable
    return not section.posts and why is not None and why.reason is Reason.TOO_LITTLE_DATA


def _why(kind: str, visit: Visit, earlier: CompanyResult, shown: Iterable[str]) -> Unknown | None:
    """Return why a section that is silent now is unknown; None where it was silent before."""
    posts = [post for post in earlier.posts if post.channel == kind]
    moved = {post.url for post in posts}.intersection(shown)
    if posts and len(moved) * 2 <= len(posts):
        return _lost(posts, visit)
    # What was lost in the run before and is not back is as unknown as it was then.
    before = next((each.value for each in earlier.measures if each.metric == f"{kind}.posts"), None)
    return (
        before if isinstance(before, Unknown) and before.reason in (*_GONE, Reason.DRIFT) else None
    )


def _lost(posts: Sequence[Post], visit: Visit) -> Unknown:
    """Return that posts were read before and none now: their page is gone, or has changed."""
    url = posts[0].channel_url
    words = f"{len(posts)} {'post was' if len(posts) == 1 else 'posts were'} read before at {url}"
    newest = max((post.published.at for post in posts if post.published), default=None)
    if newest is not None:
        words += f", the newest of {newest:%Y-%m-%d}"
    outcome = next((page.outcome for page in visit.fetched if page.url == url), "")
    if outcome in _GONE:
        return Unknown(reason=Reason(outcome), detail=f"{words}; that page is gone")
    return Unknown(reason=Reason.DRIFT, detail=f"{words}, and none now")
