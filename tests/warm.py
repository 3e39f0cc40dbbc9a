"""Make once what each command would make: the compiled catalogue, and the TLS context.

The tests' commands and their workers are forked from processes that have imported this.
"""

import os

from config.catalogue import load_catalogue
from scrapers.fetch.trust import tls_context
from scrapers.page.compiled import compiled
from scrapers.platforms import widget_hints

compiled(load_catalogue(), widget_hints())
tls_context(os.environ)
