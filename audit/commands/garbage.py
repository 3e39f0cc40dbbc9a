"""How often a command looks for garbage: rarely, as most of what it makes it needs to its end.

To look through all objects takes as long as there are objects; the catalogue, the libraries and
the results of a run are half a million of them.
"""

import gc

_NEW = 10_000
"""Objects more than before, from which on the new ones are looked through (Python: 700)."""


def look_rarely() -> None:
    """Look for garbage among new objects less often, while libraries are loaded and later."""
    gc.set_threshold(_NEW, *gc.get_threshold()[1:])


def keep_for_good() -> None:
    """Never again look for garbage among the objects that there are now: they stay to the end."""
    gc.freeze()
