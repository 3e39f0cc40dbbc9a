"""Which followers companies share: salted hashes of sampled accounts, in memory and for one run."""

import hashlib
from collections.abc import Iterable, Mapping

from audit.model.breakdown import Part

FEWEST_SAMPLED = 50
"""Samples of fewer followers are not compared."""

FEWEST_SHARED = 5
"""Fewer shared followers than this are not told: they might tell who they are."""

_BYTES = 16
"""Bytes of a hash: enough that no two accounts of a run are likely to share one."""

Overlaps = Mapping[tuple[str, str, str], tuple[Part, ...]]
"""By company, platform and address of the profile."""


class Vault:
    """The accounts of all samples of a run, as hashes that mean nothing without its salt.

    Salt and hashes get into no file, log, archive or result. The processes of a cluster have a
    branch each, whose hashes come home without the salt (docs/privacy.md).
    """

    __slots__ = ("_salt", "_samples")

    def __init__(self, salt: bytes) -> None:
        """Begin empty; `salt` is random and of this run only."""
        self._salt = salt
        self._samples: dict[tuple[str, str, str], frozenset[bytes]] = {}

    def put(self, profile: tuple[str, str, str], accounts: Iterable[str]) -> None:
        """Take the accounts of a sample; `profile` is its company, platform and address."""
        self._samples[profile] = frozenset(self._hash(account) for account in accounts if account)

    def overlaps(self) -> Overlaps:
        """Return the share of each sample that is in another company's samples there, too.

        Platforms are kept apart: an account there is another account here. As both are samples,
        the true share is at least this one.
        """
        return {profile: self._shared(profile) for profile in self._samples}

    def branch(self) -> "Vault":
        """Return an empty vault of the same run, for samples that are taken elsewhere."""
        return Vault(self._salt)

    def samples(self) -> Mapping[tuple[str, str, str], frozenset[bytes]]:
        """Return the hashes, for the vault that this is a branch of; without the salt."""
        return dict(self._samples)

    def join(self, samples: Mapping[tuple[str, str, str], frozenset[bytes]]) -> None:
        """Take the hashes of a branch."""
        self._samples.update(samples)

    def drop(self) -> None:
        """Forget everything, the salt too."""
        self._samples.clear()
        self._salt = b""

    def _hash(self, account: str) -> bytes:
        """Return the hash of an account (BLAKE2b, with the salt as its key)."""
        return hashlib.blake2b(account.encode(), key=self._salt, digest_size=_BYTES).digest()

    def _shared(self, profile: tuple[str, str, str]) -> tuple[Part, ...]:
        """Return what a sample shares with each other company, the largest share first.

        Of a company with several profiles on a platform the samples are taken together.
        """
        company, platform, _ = profile
        own = self._samples[profile]
        if len(own) < FEWEST_SAMPLED:
            return ()
        others = dict.fromkeys(
            other for other, place, _ in self._samples if place == platform and other != company
        )
        counts = ((other, self._common(own, other, platform)) for other in others)
        parts = [
            Part(name=name, share=count / len(own))
            for name, count in counts
            if count >= FEWEST_SHARED
        ]
        return tuple(sorted(parts, key=lambda part: (-part.share, part.name)))

    def _common(self, own: frozenset[bytes], company: str, platform: str) -> int:
        """Return how many of a sample follow a company; 0 where its own samples are too small."""
        theirs = frozenset[bytes]().union(
            *(
                sample
                for (other, place, _), sample in self._samples.items()
                if (other, place) == (company, platform)
            )
        )
        return len(own & theirs) if len(theirs) >= FEWEST_SAMPLED else 0
