"""What a person's key opens: its variable, the one host that may see it, its quota."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """An access to an official interface, given by the user in environment variables.

    Each of `variables` must be set. `host` is the only host (with its port, if any) that gets the
    key. `headers` (`Name: value`), `query` (`name=value`) and `path` (put before the path) may name
    the variables in braces, and `{token}`: what `grant`, an OAuth token address, gives for the
    first two variables as client id and secret. `calls` is the quota: requests of one run at most.
    `adds` says in words what the key makes readable.
    """

    variables: tuple[str, ...]
    host: str
    adds: str
    headers: tuple[str, ...] = ()
    query: str = ""
    path: str = ""
    grant: str = ""
    calls: int = 500

    @property
    def name(self) -> str:
        """The variable by which people know the key."""
        return self.variables[0]
