"""What functions remember of addresses saves work, and is forgotten when it is of no more use."""

from scrapers.parse import urls
from scrapers.parse.remembered import forget, remembered


def test_a_function_is_asked_once_until_all_is_forgotten() -> None:
    asked: list[str] = []

    @remembered(2)
    def loud(word: str) -> str:
        asked.append(word)
        return word.upper()

    assert [loud("a"), loud("a"), loud("b")] == ["A", "A", "B"]
    assert asked == ["a", "b"]
    forget()
    assert loud("a") == "A"
    assert asked == ["a", "b", "a"]


def test_no_more_is_remembered_than_is_said() -> None:
    @remembered(2)
    def same(word: str) -> str:
        return word

    for word in "abcd":
        same(word)
    assert same.cache_info().currsize == 2


def test_addresses_of_sites_are_forgotten() -> None:
    urls.page_key("https://borealis.example/news?b=1&a=2")
    assert urls.page_key.cache_info().currsize
    forget()
    assert not urls.page_key.cache_info().currsize
