"""Compile the packaged catalogue once, where workers of the tests' commands are forked from.

Each of them compiles it for itself, as ever, but finds its words folded and its patterns ready.
"""

from config.catalogue import load_catalogue
from scrapers.page.rules import Rules
from scrapers.platforms import widget_hints

Rules(load_catalogue(), widget_hints())
