"""What the companies write about: topics over the posts of all of them, and each one's counts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache, partial

from audit.measure.own_posts import own_posts_of
from audit.measure.subject import Family, Subject, Together, here
from audit.measure.themes.discovery import LEAST_POSTS
from audit.measure.themes.find import Found, find
from audit.measure.themes.learning import is_loaded, load_all
from audit.measure.themes.lexicon import lexicon
from audit.measure.themes.texts import Names, text_of
from audit.measure.unmeasured import unmeasured
from audit.model.bounds import marks_of
from audit.model.company import Company, Theme
from audit.model.metric import Bound, Metric, Phrase, Unit
from audit.model.result import CompanyResult, Measure, Window
from audit.model.site import Post
from audit.model.topics import CompanyTopics, Topic, TopicCount, TopicKind
from audit.model.value import PROOFS, Known, Number, Reason, Unknown

SPAN = timedelta(days=90)
"""The spans that are held against each other to tell whether a topic gains or fades."""

EXAMPLES = 3

NO_POSTS = Unknown(reason=Reason.TOO_LITTLE_DATA, detail="no dated posts of its own in the period")
FEW_POSTS = Unknown(
    reason=Reason.TOO_LITTLE_DATA,
    detail="fewer than 60 posts in one language: no themes were looked for in their words",
)

COVERED = Metric(
    id="topics.covered",
    title="Topics written about",
    theme="Content",
    unit=Unit.COUNT,
    higher_is_better=True,
    definition="Of the topics of the run, over the posts of all companies, those with at least one "
    "post of the company's own in the period; at least this where it writes in a language in "
    "which one of them is not known.",
    phrase=Phrase(unit="topics written about", one="topic written about"),
)

_OTHER_LANGUAGE = Unknown(
    reason=Reason.TOO_LITTLE_DATA, detail="writes in languages in which no topic is known"
)


_RATES = ("site.posts_per_week", "channels.posts_per_week")
"""Metrics whose value tells why no post of a company is known."""

_RARE = 3.5
"""Zipf value up to which the name of a domain is no word of English: three in a million words."""


def need_topics(results: Iterable[CompanyResult]) -> bool:
    """Tell whether topics will be looked for in words, with libraries that are not loaded here.

    Under so few posts they are not; and what is loaded here need not be loaded elsewhere once more.
    """
    return not is_loaded() and sum(len(each.posts) for each in results) >= LEAST_POSTS


def load_topics() -> None:
    """Load what topics are looked for with, which takes longer than to look for them."""
    load_all()
    lexicon("en")  # by which the names of domains are judged


def with_topics(results: Sequence[CompanyResult], together: Together) -> Iterator[CompanyResult]:
    """Tell what each company's posts of the window are about, seen over all companies.

    Only what companies say themselves counts: their sections and profiles, not what others write
    in communities. A company without such posts has topics that are unknown, with the reason.
    """
    window = together.window
    if window is None:
        yield from results
        return
    companies = tuple(result.company for result in results)
    work = partial(_found, companies, together.named, together.topics)
    doing = together.doing if need_topics(results) else here
    found = doing(work, lambda: ((each.name, each.posts) for each in _sources(results, window)))
    for source in _sources(results, window):
        yield _told(source, found, window.as_of)


def _found(
    companies: Sequence[Company],
    named: Sequence[Theme],
    known: Sequence[Topic],
    sources: Iterable[tuple[str, Mapping[int, Post]]],
) -> Found:
    """Return the topics of the posts of all companies, which are given company by company."""

    @cache
    def names() -> Names:
        """Return all names once there is a text: a list of words is loaded to tell them."""
        return Names(name for company in companies for name in _names(company))

    texts = [
        text_of(post, place, company, post.language, names())
        for company, posts in sources
        for place, post in posts.items()
    ]
    return find(texts, named, known)


def topics_of(results: Iterable[CompanyResult | None]) -> tuple[Topic, ...]:
    """Return the topics of a run by its results: the first that has any holds them all."""
    for result in results:
        if result is not None and isinstance(result.topics, CompanyTopics):
            return tuple(count.topic for count in result.topics.counts)
    return ()


@dataclass(frozen=True, slots=True)
class _Source:
    """A company's result with its own posts of the window."""

    result: CompanyResult
    posts: Mapping[int, Post]

    @property
    def name(self) -> str:
        """Return the name of the company."""
        return self.result.company.name


def _sources(results: Iterable[CompanyResult], window: Window) -> Iterator[_Source]:
    """Give each result with its own posts, one at a time: those of all may be too many."""
    for result in results:
        own = _window_of(result.company, window)
        yield _Source(result, own_posts_of(result.posts, result.channels, own))


def _window_of(company: Company, window: Window) -> Window:
    """Return the window of one company, which may look further back than the others' or less."""
    days = company.overrides.lookback_days
    return window if days is None else replace(window, lookback_days=days)


def _names(company: Company) -> list[str]:
    """Return what a company calls itself: its name, its aliases, the name of its domain.

    The name of a domain is no name where it is a word of the language: "coffee.example".
    """
    host = company.website.partition("//")[2].partition("/")[0].partition(":")[0]
    domain = max(reversed(host.split(".")[:-1]), key=len, default="")
    rare = lexicon("en").zipf(domain) < _RARE
    return [company.name, *company.aliases, *([domain] if domain and rare else [])]


def _told(source: _Source, found: Found, as_of: datetime) -> CompanyResult:
    """Return a result with its topics; the same object where nothing changes."""
    result = source.result
    topics = _topics(source, found, as_of) if source.posts else _no_posts(result)
    posts = tuple(
        replace(post, topics=found.posts.get((source.name, place), ()))
        for place, post in enumerate(result.posts)
    )
    measures = _with_covered(result, topics)
    if (posts, topics, measures) == (result.posts, result.topics, result.measures):
        return result
    return replace(result, posts=posts, topics=topics, measures=measures)


def _with_covered(result: CompanyResult, topics: CompanyTopics | Unknown) -> tuple[Measure, ...]:
    """Return the measures with how many topics a company covers, where there are any topics.

    A company of which nothing was measured stays as it is: its visit failed, and one that has
    measures would not be visited again by --resume.
    """
    kept = tuple(each for each in result.measures if each.metric != COVERED.id)
    if not kept or (isinstance(topics, CompanyTopics) and not topics.counts):
        return kept
    return (*kept, Measure(metric=COVERED.id, value=_covered(topics, result.posts)))


def _covered(topics: CompanyTopics | Unknown, posts: Sequence[Post]) -> Number:
    """Count the topics with a post; at least so many where one could not be seen to be there."""
    if isinstance(topics, Unknown):
        return topics
    if not any(count.of for count in topics.counts):
        return _OTHER_LANGUAGE
    met = [count for count in topics.counts if count.posts]
    unseen = any(not count.of for count in topics.counts)
    proofs = tuple(proof for count in met for proof in count.examples[:1])[:PROOFS]
    return Known(
        value=len(met),
        evidence=proofs or tuple(post.evidence for post in posts[:1]),
        qualifiers=marks_of(Bound.LEAST if unseen else None),
    )


def _in_results(results: Sequence[CompanyResult]) -> Sequence[Metric]:
    """List the count of topics where it is known of some company."""
    known = any(
        each.metric == COVERED.id and isinstance(each.value, Known)
        for result in results
        for each in result.measures
    )
    return (COVERED,) if known else ()


def _missing_covered(result: CompanyResult, metric: Metric) -> Number:
    """Return why a company has no count of topics, where others have one."""
    del metric
    return unmeasured(result)


def _no_posts(result: CompanyResult) -> Unknown:
    """Return why nothing is known of what a company writes about."""
    reasons = (each.value for each in result.measures if each.metric in _RATES)
    return next((reason for reason in reasons if isinstance(reason, Unknown)), NO_POSTS)


def _topics(source: _Source, found: Found, as_of: datetime) -> CompanyTopics:
    """Return how many posts of a company are on each topic of the run, the newest post first."""
    posts = sorted(
        (
            _Told(post, found.languages[key], found.posts[key], _age(post, as_of))
            for place, post in source.posts.items()
            for key in [(source.name, place)]
        ),
        key=lambda told: (told.age, told.post.url),
    )
    return CompanyTopics(
        of=len(posts),
        recent_of=sum(told.age < SPAN for told in posts),
        before_of=sum(SPAN <= told.age < 2 * SPAN for told in posts),
        other=sum(not told.topics for told in posts),
        counts=tuple(_count(topic, posts) for topic in found.topics),
        undiscovered=None if any(told.language in found.large for told in posts) else FEW_POSTS,
        gone=found.gone,
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """A post with its language, the names of its topics, and how long ago it was published."""

    post: Post
    language: str
    topics: tuple[str, ...]
    age: timedelta

    def says(self, name: str) -> bool:
        """Tell whether it says the name of a topic as it is written, in heading, text or tags."""
        words = " ".join((self.post.title, self.post.text, *self.post.tags))
        return name.casefold() in words.casefold()

    def is_seen(self, topic: Topic) -> bool:
        """Tell whether it could be seen if the post were on a topic."""
        if topic.kind is TopicKind.NAMED or topic.name in self.topics:
            return True
        if topic.kind is TopicKind.CATEGORY and (self.post.tags or self.language == topic.language):
            return True
        return any(self.language == words.language for words in topic.words)


def _count(topic: Topic, posts: Sequence[_Told]) -> TopicCount:
    """Count the posts on one topic; the newest are its examples, those first that say its name."""
    on_it = [told for told in posts if topic.name in told.topics]
    examples = sorted(on_it, key=lambda told: not told.says(topic.name))[:EXAMPLES]
    return TopicCount(
        topic=topic,
        of=sum(told.is_seen(topic) for told in posts),
        posts=len(on_it),
        recent=sum(told.age < SPAN for told in on_it),
        before=sum(SPAN <= told.age < 2 * SPAN for told in on_it),
        examples=tuple(told.post.evidence for told in examples),
    )


def _age(post: Post, as_of: datetime) -> timedelta:
    """Return how long ago a post was published, which counts and so has a date."""
    return as_of - (post.counted_at or as_of)


SUBJECT = Subject(
    name="topics",
    order=60,
    family=Family(
        of=lambda name: COVERED if name == COVERED.id else None,
        in_results=_in_results,
        missing=_missing_covered,
        ids=(COVERED.id,),
    ),
    of_all=with_topics,
)
