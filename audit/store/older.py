"""Read what earlier versions have written: types under their old names, records of an old shape.

Until November 2026 a type was kept with the module that it was in (`presence.Channel`). Today the
name stands alone, so a name with a dot tells that a record is old. For some days the name stood
alone already while a type had its fields of before, so the fields tell it there.
"""

from collections.abc import Callable, Mapping

Record = dict[str, object]

_RENAMED = {"catalogue.Direction": "Usage", "result.Direction": "TrendDirection"}


def name_of(name: str) -> str:
    """Return the name that a type has today."""
    return _RENAMED.get(name, name.rpartition(".")[2])


def upgraded(record: Record) -> Record:
    """Return a record in the shape that its type has today; one of today stays as it is."""
    upgrade, field = _UPGRADES.get(str(record.get("~")), (None, ""))
    return upgrade(record) if upgrade is not None and field in record else record


def _channel(old: Record) -> Record:
    """Compose a channel from its 29 fields of before; what was not kept then stays unknown.

    The handle by which it was found is not known where the profile went by another one.
    """
    manual = _is_manual(old.get("followers"))
    return {
        "~": "Channel",
        "found": {
            "~": "FoundChannel",
            "platform": old["platform"],
            "url": old.get("named_as") or old["url"],
            "handle": old["handle"],
            "found_on": old["found_on"],
            "evidence": old["evidence"],
            "listing": old.get("listing", False),
        },
        "ownership": {
            "~": "Ownership",
            "score": old["ownership"],
            "parts": old["parts"],
            "candidate": old["candidate"],
            "role": old["role"],
            "links_back": old.get("links_back", False),
        },
        "profile": _profile(old, manual=manual),
        "history": {
            "~": "ChannelHistory",
            "first_seen": old.get("first_seen"),
            "former": old.get("former", []),
            "account": old.get("account", ""),
            "previous": old.get("previous"),
        },
        "promises": old.get("promises", []),
        "newest_post": old.get("last_post", _unknown("not-checked", _NOT_READ)),
        "audience": old.get("audience", "followers"),
        "by_hand": old["followers"] if manual else None,
    }


_NOT_READ = "the profile itself was not read"


def _profile(old: Record, *, manual: bool) -> Record:
    """Return the profile that the fields were copied from, or why it was not read."""
    state = old["state"]
    if not isinstance(state, Mapping) or state.get("v") != "known":
        reason = old.get("reason")
        known = reason if reason is not None else {"~": "Reason", "v": "not-checked"}
        return {"~": "Unknown", "reason": known, "detail": old.get("detail", "")}
    copied = ("account", "name", "figures", "created_at", "updated_at", "verified", "community")
    hidden = _unknown("not-public", "a person has read it")
    return {
        "~": "Profile",
        "standing": {"~": "Standing", "v": "live"},
        "evidence": old["evidence"],
        "url": old["url"],
        "handle": old["handle"],
        "audience": hidden if manual else old["followers"],
        **{field: old[field] for field in copied if field in old},
    }


def _unknown(reason: str, detail: str) -> Record:
    return {"~": "Unknown", "reason": {"~": "Reason", "v": reason}, "detail": detail}


def _is_manual(followers: object) -> bool:
    """Tell whether an audience was read by a person."""
    qualifiers = followers.get("qualifiers") if isinstance(followers, Mapping) else None
    marks = qualifiers if isinstance(qualifiers, list) else []
    return any(isinstance(mark, Mapping) and mark.get("v") == "manual" for mark in marks)


def _audience(old: Record) -> Record:
    """Break an audience down into its parts, which were fields of their own."""
    described, sampled = old["described"], old["sampled"]
    return {
        "~": "Audience",
        **{field: old[field] for field in ("platform", "url", "evidence")},
        "sampled": sampled,
        "described": described,
        "breakdowns": [
            _breakdown("audience.subjects", described, old["subjects"]),
            _breakdown("audience.languages", described, old["languages"]),
            _breakdown("audience.kinds", sampled, old["kinds"]),
            _breakdown("audience.overlaps", sampled, old.get("overlaps", [])),
        ],
    }


def _breakdown(metric: str, of: object, shares: object) -> Record:
    """Return shares, kept as pairs or as overlaps with other companies, as a breakdown."""
    listed = shares if isinstance(shares, list) else []
    pairs = (
        (share["company"], share["share"]) if isinstance(share, Mapping) else share
        for share in listed
    )
    parts = [{"~": "Part", "name": name, "share": share} for name, share in pairs]
    return {"~": "Breakdown", "metric": metric, "of": of, "parts": parts}


_UPGRADES: Mapping[str, tuple[Callable[[Record], Record], str]] = {
    "Audience": (_audience, "subjects"),
    "audience.Audience": (_audience, "subjects"),
    "Channel": (_channel, "platform"),
    "presence.Channel": (_channel, "platform"),
}
"""What brings a record of before up to date, and a field that only such a one has."""
