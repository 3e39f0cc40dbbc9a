"""Number the evidence of a snapshot, so that any cell can point to its proof."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from audit.model.channel import Channel
from audit.model.metric import Unit
from audit.model.result import CompanyResult, Snapshot
from audit.model.site import State
from audit.model.value import Evidence, Known, Unknown, evidence_of
from reports.words import value_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRow:
    """One piece of evidence with the first thing that it proves; `value` in words."""

    id: str
    company: str
    measure: str
    value: str
    evidence: Evidence


class EvidenceIndex:
    """The evidence of a snapshot, each piece once, in the order of the results.

    Only its numbers are held: of very many companies the pieces themselves are too much. They are
    found by their hash, of which Python makes 64 bits with a secret of each process.
    """

    def __init__(self, snapshot: Snapshot, units: Mapping[str, Unit]) -> None:
        """Number all evidence of a snapshot; the same snapshot always gives the same numbers.

        `units` are those of the metrics: a share is told in per cent.
        """
        self._snapshot, self._units = snapshot, units
        self._numbers: dict[int, int] = {}
        for result in snapshot.results:
            for _, _, proofs in _proved(result, units):
                for proof in proofs:
                    self._numbers.setdefault(hash(proof), len(self._numbers) + 1)

    def id(self, evidence: Evidence) -> str:
        """Return the number of a piece of evidence, such as `e12`."""
        return f"e{self._numbers[hash(evidence)]}"

    def ids(self, evidence: tuple[Evidence, ...]) -> list[str]:
        """Return the numbers of several pieces, in their order."""
        numbers = (self._numbers.get(hash(each)) for each in evidence)
        return [f"e{number}" for number in numbers if number is not None]

    def __len__(self) -> int:
        """Return how many pieces there are."""
        return len(self._numbers)

    def rows(self) -> Iterator[EvidenceRow]:
        """Give all rows, in order."""
        given = 0
        for result in self._snapshot.results:
            for measure, value, proofs in _proved(result, self._units):
                for proof in proofs:
                    if self._numbers[hash(proof)] > given:
                        given += 1
                        yield EvidenceRow(
                            id=f"e{given}",
                            company=result.company.name,
                            measure=measure,
                            value=value,
                            evidence=proof,
                        )


def _proved(
    result: CompanyResult, units: Mapping[str, Unit]
) -> Iterator[tuple[str, str, tuple[Evidence, ...]]]:
    """Give everything of a company that has proof: what, its value in words, the proof."""
    for channel in result.channels:
        whose = "candidate" if channel.candidate else f"own, {channel.ownership.score:.0%} sure"
        yield f"channel.{channel.platform}", f"{channel.handle} ({whose})", channel.evidence
        yield from _figures(channel)
        yield from _hygiene(channel)
    yield from _features(result)
    for row in result.cadence:
        yield (
            f"{row.channel}.posts_per_week",
            value_in_words(row.posts_per_week, Unit.RATE),
            evidence_of(row.posts_per_week),
        )
        yield (
            f"{row.channel}.newest",
            "newest post",
            row.newest.evidence if isinstance(row.newest, Known) else (),
        )
        for told in row.lists:
            yield f"{row.channel}.list", f"{told.posts} posts by {told.kind}", (told.evidence,)
    for sample in result.audiences:
        words = f"{sample.sampled} followers sampled"
        yield f"channel.{sample.platform}.audience", words, (sample.evidence,)
    for measure in result.measures:
        unit = units.get(measure.metric, Unit.COUNT)
        yield measure.metric, value_in_words(measure.value, unit), evidence_of(measure.value)
    for post in result.posts:
        yield f"{post.channel}.post", post.title, (post.evidence,)


def _hygiene(channel: Channel) -> Iterator[tuple[str, str, tuple[Evidence, ...]]]:
    """Give what proves how well a profile is kept: its words, its link, its looks, its handle."""
    kept = channel.hygiene
    if isinstance(kept, Unknown):
        return
    name = f"channel.{channel.platform}.hygiene"
    looks = (kept.verified, kept.picture, kept.cover, kept.pinned, kept.same_handle)
    for part in (kept.biography, kept.link, *looks):
        if isinstance(part, Known):
            yield name, "how the profile is kept", part.evidence


def _features(result: CompanyResult) -> Iterator[tuple[str, str, tuple[Evidence, ...]]]:
    """Give the features of a site, and what goes on in them."""
    for feature in result.features:
        if feature.state is State.KNOWN:
            yield f"feature.{feature.feature}", feature.vendor or "found", feature.evidence
        for activity in feature.activity:
            name = f"feature.{feature.feature}.{activity.kind}"
            yield name, str(activity.value), (activity.evidence,)


def _figures(channel: Channel) -> Iterator[tuple[str, str, tuple[Evidence, ...]]]:
    """Give audience, figures and last post of a profile."""
    name = f"channel.{channel.platform}"
    followers = channel.followers
    yield (
        f"{name}.{channel.audience or 'followers'}",
        value_in_words(followers, Unit.COUNT),
        evidence_of(followers),
    )
    if channel.history.previous is not None:
        yield (
            f"{name}.previous",
            value_in_words(channel.history.previous, Unit.COUNT),
            channel.history.previous.evidence,
        )
    for figure in channel.figures:
        yield (
            f"{name}.{figure.count}",
            value_in_words(figure.value, Unit.COUNT),
            evidence_of(figure.value),
        )
    if isinstance(channel.last_post, Known):
        yield f"{name}.last_post", f"{channel.last_post.value:%Y-%m-%d}", channel.last_post.evidence
