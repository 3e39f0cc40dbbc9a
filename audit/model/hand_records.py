"""Which profile a record is about, and which of several records of one profile holds."""

from collections.abc import Iterable, Sequence
from datetime import date

from audit.model.by_hand import Field, HandRecord
from audit.model.channel import Channel, main_of
from audit.model.past import website_key


def records_of(
    channel: Channel, channels: Sequence[Channel], records: Iterable[HandRecord]
) -> tuple[HandRecord, ...]:
    """Return the records that tell something of a profile, the newest first.

    One that tells nothing, as of a profile that was left for another day, is none.
    """
    return tuple(each for each in _about(channel, channels, records) if each.tells)


def emptied_of(
    channel: Channel, channels: Sequence[Channel], records: Iterable[HandRecord]
) -> tuple[HandRecord, ...]:
    """Return the records of a profile of which a person has taken back all, the newest first."""
    about = _about(channel, channels, records)
    return tuple(each for each in about if each.cleared and not each.tells)


def _about(
    channel: Channel, channels: Sequence[Channel], records: Iterable[HandRecord]
) -> list[HandRecord]:
    """Return the records about a profile, the newest first.

    `channels` are those of its company, `records` those about it. A record without an address is
    about the main profile of its platform, any other about that at its address, of now or once.
    """
    addresses = _addresses(channel)
    own = [each for each in channels if each.platform == channel.platform]
    is_main = bool(own) and main_of(own) is channel
    about = (
        record
        for record in records
        if record.platform == channel.platform
        if (website_key(record.url) in addresses if record.url else is_main)
    )
    return sorted(about, key=lambda each: (each.on, each.entered_at), reverse=True)


def _addresses(channel: Channel) -> frozenset[str]:
    """Return the addresses of a profile without what differs between spellings of one."""
    return frozenset(
        website_key(url if "://" in url else f"https://{url}")
        for url in (channel.url, channel.found.url, channel.address_key)
    )


def told_of(
    field: Field, records: Iterable[HandRecord], since: date | None = None
) -> HandRecord | None:
    """Return the first record that tells something, of a day from `since` on; None if none does."""
    records_of_field = (each for each in records if field in each.tells)
    return next((each for each in records_of_field if since is None or each.on >= since), None)
