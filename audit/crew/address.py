"""Where the processes of a cluster are: `local:4` or the address of a scheduler."""

import re
from dataclasses import dataclass
from importlib.util import find_spec

from audit.model.errors import AuditError

MOST_LOCAL = 64
NO_DASK = (
    "--cluster needs dask.distributed, which is not installed; install it with: pipx inject "
    "social-audit distributed==2026.8.0 cryptography==50.0.2 (or, in the checkout of social-audit: "
    "pip install '.[cluster]')"
)
_REMOTE = re.compile(r"(?:tcp|tls)://(?:[\w.-]+|\[[0-9A-Fa-f:.]+\]):\d{1,5}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A cluster as it was typed: so many `local` processes, else the address of a scheduler."""

    typed: str
    local: int = 0

    @property
    def is_private(self) -> bool:
        """Tell whether what is sent there can be read by nobody else, so that keys may be sent."""
        return bool(self.local) or self.typed.startswith("tls://")


def cluster_of(typed: str | None) -> Cluster | None:
    """Return the cluster that is meant, once it can be used; None where nothing was typed.

    Raises:
        AuditError: it is no address of one, or dask.distributed is not installed.
    """
    if typed is None:
        return None
    word, _, number = typed.strip().partition(":")
    if word == "local" and number.isascii() and number.isdigit():
        if not 1 <= int(number[:9]) <= MOST_LOCAL:
            raise AuditError(f"--cluster {typed}: choose between 1 and {MOST_LOCAL} processes")
        cluster = Cluster(typed=typed.strip(), local=int(number))
    elif _REMOTE.fullmatch(typed.strip()):
        cluster = Cluster(typed=typed.strip())
    else:
        raise AuditError(
            f"--cluster {typed}: is no address of a cluster; write local:4 for four processes on "
            "this machine, or the address of a scheduler, as tcp://HOST:8786 or tls://HOST:8786"
        )
    missing = "cryptography" if cluster.local else "distributed"
    if find_spec("distributed") is None or find_spec(missing) is None:
        raise AuditError(NO_DASK)
    return cluster
