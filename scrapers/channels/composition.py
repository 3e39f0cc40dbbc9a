"""The composition of a sample of followers, as counts; and how a replay finds it again."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from audit.model.value import Reason, Unknown

_PAST_HOST = re.compile(r"(https?://[^/\s]+)/\S+")
"""An address with what follows its host: there a list of followers may name somebody."""

Shares = tuple[tuple[str, float], ...]
"""Names of groups, each with its share in 0..1, the largest first and `other` at the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """The composition of a sample, as `audit.model.breakdown.Audience` tells it.

    `sampled` followers were looked at, `described` of them say something of themselves.
    """

    sampled: int
    described: int
    subjects: Shares
    languages: Shares
    kinds: Shares


def record_of(composition: Composition | Unknown) -> Mapping[str, object]:
    """Return what the archive keeps for a replay: counts, or the reason why there are none.

    Of addresses in the words of a reason only the hosts are kept.
    """
    if isinstance(composition, Unknown):
        detail = _PAST_HOST.sub(r"\1", composition.detail)
        return {"reason": composition.reason.value, "detail": detail}
    return asdict(composition)


def composition_of(record: object) -> Composition | Unknown:
    """Return the composition that a record of the archive holds.

    A replay of a run that took no sample gives none (None), which is not-checked.
    """
    if not isinstance(record, dict):
        return Unknown(reason=Reason.NOT_CHECKED, detail="followers were not sampled in that run")
    if "reason" in record:
        return Unknown(reason=Reason(record["reason"]), detail=str(record["detail"]))
    return Composition(
        sampled=int(record["sampled"]),
        described=int(record["described"]),
        subjects=_shares(record["subjects"]),
        languages=_shares(record["languages"]),
        kinds=_shares(record["kinds"]),
    )


def _shares(rows: object) -> Shares:
    """Return the shares of a record, whose pairs JSON made lists."""
    pairs = rows if isinstance(rows, list) else []
    return tuple((str(name), float(share)) for name, share in pairs)
