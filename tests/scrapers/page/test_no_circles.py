"""Processes that read pages look for garbage seldom: reading must leave none that only that finds."""

import gc

from tests.analysed import page

HTML = (
    "<html lang=en><title>Acme</title><script src=https://cdn.pumps.example/a.js></script>"
    "<script type=application/ld+json>{'@type':'Organization','name':'Acme'}</script>"
    "<nav class=menu><a href=/blog>Blog</a><a href=https://x.com/acme>X</a></nav>"
    "<article><h2><a href=/blog/seals>Seals</a></h2><time datetime=2026-10-01></time></article>"
    "<form action=/search><input name=q></form><div class=comments>3 comments</div>"
).replace("'", '"')


def test_reading_leaves_no_objects_in_circles() -> None:
    page(HTML)
    gc.collect()
    gc.disable()
    try:
        assert page(HTML).links
        assert gc.collect() == 0
    finally:
        gc.enable()
