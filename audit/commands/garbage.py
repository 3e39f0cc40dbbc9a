"""Among what garbage is looked for: not among what a command needs to its end.

To look through all objects takes as long as there are objects; the catalogue, the libraries and
the results of a run are half a million of them. How often the new ones are looked through stays as
it is: what visits leave behind in circles holds whole pages.
"""

import gc


def keep_for_good() -> None:
    """Never again look for garbage among the objects that there are now: they stay to the end."""
    gc.freeze()
