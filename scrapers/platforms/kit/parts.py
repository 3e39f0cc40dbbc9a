"""Which parts of how a profile presents itself a platform's answer shows, empty or not."""

from collections.abc import Mapping

from audit.model.profile import ProfilePart


def parts_in(record: object, places: Mapping[str, ProfilePart]) -> tuple[ProfilePart, ...]:
    """Return the parts for which a record has a key, whatever stands there.

    `parts_in({"bio": None}, {"bio": ProfilePart.BIOGRAPHY, "site": ProfilePart.LINK})` is the
    biography alone: it is known to be empty, and of a link nothing is known.
    """
    if not isinstance(record, dict):
        return ()
    return tuple(dict.fromkeys(part for key, part in places.items() if key in record))
