"""Print the topics of the feeds beside the checkout, for a person to read: `python -m tests.topics`.

With `--seconds` the CPU time of 2,000 posts is told, too (T1). The feeds lie in ../shared; without
them nothing is printed but that.
"""

import argparse
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

from audit.measure.spoken import languages_of
from audit.measure.themes.find import find
from audit.measure.themes.texts import Names, Text, text_of
from audit.model.site import Post
from scrapers.parse.feeds import read_feed
from tests.brief_example import post
from tests.scrapers.parse.pages import page
from tests.shared import SHARED

FEEDS = SHARED / "corpus" / "feeds"


def main() -> None:
    """Print each topic with its kind, language, posts and two of their headings."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seconds", action="store_true", help="measure 2,000 posts")
    texts = texts_of_feeds()
    if not texts:
        print(f"There are no feeds in {FEEDS}.")
        return
    say(texts)
    if arguments.parse_args().seconds:
        print(f"2,000 posts: {seconds(texts):.2f} s of CPU")


def say(texts: Sequence[Text]) -> None:
    """Print the topics of some texts."""
    found = find(texts)
    on = Counter(name for names in found.posts.values() for name in names)
    for topic in found.topics:
        heads = [
            " ".join(word or "·" for word in text.heading)[:50]
            for text in texts
            if topic.name in found.posts[text.company, text.place]
        ]
        print(
            f"{topic.name:<32}{topic.kind:<11}{topic.language:<3}{on[topic.name]:>4}  {heads[:2]}"
        )
    other = sum(not names for names in found.posts.values())
    print(f"{other} of {len(texts)} posts are on none of {len(found.topics)} topics.")


def texts_of_feeds() -> list[Text]:
    """Return the texts of all feeds, the feeds of one source as one company."""
    posts = [
        (entry, path.stem if path.stem.startswith("fj") else path.stem.partition("-")[0])
        for path in (sorted(FEEDS.iterdir()) if FEEDS.exists() else ())
        for entry in _posts(path)
    ]
    languages = languages_of([entry for entry, _ in posts])
    return [
        text_of(entry, place, company, language, Names([company]))
        for place, ((entry, company), language) in enumerate(zip(posts, languages, strict=True))
    ]


def _posts(path: Path) -> list[Post]:
    """Return the entries of a feed as posts."""
    kind = "application/feed+json" if path.suffix == ".json" else "text/xml"
    feed = read_feed(replace(page("", kind), body=path.read_bytes()))
    if feed is None:
        return []
    return [
        replace(
            post(None),
            channel_url=path.name,
            url=item.url,
            title=item.title,
            text=item.summary,
            tags=item.tags,
            language=feed.language,
        )
        for item in feed.items
    ]


def seconds(texts: Sequence[Text], number: int = 2_000) -> float:
    """Return the CPU seconds for so many posts, made of the words of the texts; imports apart."""
    random = Random(1)  # noqa: S311 - the same posts each time
    pool = [text for text in texts if text.language == "en" and text.heading]
    made = [
        replace(
            chosen,
            place=place,
            url=str(place),
            heading=tuple(word for word in chosen.heading if random.random() < 0.8),
            summary=tuple(word for word in chosen.summary if random.random() < 0.7),
        )
        for place, chosen in enumerate(random.choices(pool, k=number))
    ]
    find(made[:100])  # what is imported and loaded once
    began = time.process_time()
    find(made)
    return time.process_time() - began


if __name__ == "__main__":
    main()
