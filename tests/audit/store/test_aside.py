"""Large fields of results lie in a file, and nobody who looks at them can tell."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from audit.model.company import Company
from audit.model.result import CompanyResult
from audit.store.aside import LARGE, Aside, Far, aside_in, in_memory, near
from audit.store.codec import dumps
from tests.topics_example import corpus

POSTS = tuple(post for _, _, post in corpus(40))


def result(name: str = "Borealis", posts: int = 40) -> CompanyResult:
    """The result of a company with so many posts."""
    company = Company(name=name, website=f"https://{name.lower()}.example/")
    return CompanyResult(company=company, posts=POSTS[:posts])


def vars_of(kept: CompanyResult) -> dict[str, object]:
    """The large fields as they are, by name."""
    return {name: getattr(kept, name) for name in LARGE}


def test_what_lies_aside_is_gone_through_like_what_does_not(tmp_path: Path) -> None:
    whole = result()
    kept = Aside(tmp_path).put(whole)
    assert isinstance(vars_of(kept)["posts"], Far)
    assert (len(kept.posts), kept.posts[3], kept.posts[-2:]) == (40, POSTS[3], POSTS[-2:])
    assert [post.url for post in kept.posts] == [post.url for post in POSTS]
    assert kept == whole
    assert whole == kept
    assert hash(kept) == hash(whole)
    assert kept != replace(whole, posts=POSTS[1:])


def test_companies_do_not_get_each_others_posts(tmp_path: Path) -> None:
    aside = Aside(tmp_path)
    kept = [aside.put(result(f"C{number}", posts=number)) for number in range(1, 9)]
    for each in (*kept, *reversed(kept)):
        assert each.posts == POSTS[: int(each.company.name[1:])]
    assert all(one == other for one, other in zip(kept[3].posts, kept[4].posts, strict=False))


def test_a_result_that_is_put_aside_again_keeps_what_was_changed(tmp_path: Path) -> None:
    aside = Aside(tmp_path)
    kept = aside.put(result())
    assert aside.put(kept) is kept
    changed = aside.put(replace(kept, posts=tuple(reversed(kept.posts))))
    assert tuple(changed.posts) == POSTS[::-1]
    assert tuple(kept.posts) == POSTS


def test_a_result_is_whole_again_where_it_is_written_down(tmp_path: Path) -> None:
    whole = result()
    again = near(Aside(tmp_path).put(whole))
    assert all(isinstance(value, tuple) for value in vars_of(again).values())
    assert dumps(again) == dumps(whole)
    assert near(whole) is whole


def test_an_empty_result_has_nothing_to_put_aside(tmp_path: Path) -> None:
    empty = result(posts=0)
    assert Aside(tmp_path).put(empty) is empty


def test_nobody_else_can_open_what_lies_aside(tmp_path: Path) -> None:
    Aside(tmp_path).put(result())
    assert list(tmp_path.iterdir()) == []


@contextmanager
def _full_disk() -> Iterator[None]:
    """Files can have no byte more."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_on_a_full_disk_results_stay_in_memory(tmp_path: Path) -> None:
    aside, whole = Aside(tmp_path), result()
    first = aside.put(result("Austral", posts=5))
    with _full_disk():
        assert aside.put(whole) is whole
        assert tuple(first.posts) == POSTS[:5]
    assert tuple(aside.put(whole).posts) == POSTS


def test_where_no_file_can_be_made_results_stay_in_memory(tmp_path: Path) -> None:
    assert aside_in(tmp_path / "gone") is in_memory
    assert isinstance(vars_of(aside_in(tmp_path)(result()))["posts"], Far)
