"""Make the package's catalogue ready for all workers at once; importing this is doing it.

The process that workers are forked from imports it (`scrapers/workers/process.py`), while the
program itself loads its libraries. Workers of a list that has rules of its own make those anew.
"""

from contextlib import suppress

from config.catalogue import load_catalogue
from scrapers.page.compiled import compiled
from scrapers.platforms import widget_hints

with suppress(Exception):  # what fails here fails in the program too, which says it in words
    compiled(load_catalogue(), widget_hints())
