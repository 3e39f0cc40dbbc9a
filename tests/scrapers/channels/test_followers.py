"""Followers counted by what they say of themselves; small groups are not shown."""

from functools import cache
from pathlib import Path

import pytest

from audit.model.errors import ConfigError
from config.catalogue import load_catalogue
from scrapers.channels.followers import FEWEST, OTHER, Bios, composed
from scrapers.page.names import folded
from scrapers.platforms.kit.base import Follower


@cache
def bios() -> Bios:
    """The words of the package's catalogue."""
    return Bios(load_catalogue().audience)


@pytest.mark.parametrize(
    ("about", "subjects"),
    [
        ("Mechanical engineer in Leeds", {"engineering"}),
        ("Software engineer. Coffee.", {"software", "food"}),
        ("Maschinenbauingenieurin aus Stuttgart", {"engineering"}),
        ("Ingénieure en énergie à Lyon, j'ai deux chats", {"engineering", "energy"}),
        ("Lärare i Göteborg", {"education"}),
        ("PhD student in physics", {"research"}),
        ("Periodista de energías renovables", {"journalism", "energy"}),
        ("ソフトウェアを書く", {"software"}),
        ("Marketing manager for a data platform", {"marketing", "data"}),
        ("natürlich gut, in jeder Art", {"art"}),
        ("Just here to read.", set()),
        ("Engines and engineered wood", set()),
    ],
)
def test_a_bio_names_its_subjects(about: str, subjects: set[str]) -> None:
    assert bios().subjects(folded(about)) == subjects


@pytest.mark.parametrize(
    ("about", "stated", "kinds"),
    [
        ("We build valves for water works. Family owned since 1953.", "", {"company"}),
        ("Engineer at Borealis GmbH", "", set()),
        ("Universität Musterstadt, Presse", "", {"education"}),
        ("Professor at the University of Examples", "", set()),
        ("Gemeinnütziger Verein für Gewässerschutz", "", {"non-profit"}),
        ("Ville de Modèle – compte officiel", "", {"public body"}),
        ("Werbeagentur aus Musterstadt", "", {"agency"}),
        ("Fachzeitschrift für Pumpen", "", {"media"}),
        ("", "Organization", {"organisation"}),
        ("I post the weather", "bot", {"bot"}),
        ("Pump lover", "User", set()),
    ],
)
def test_a_kind_is_what_speaks_for_more_than_one_person(
    about: str, stated: str, kinds: set[str]
) -> None:
    assert bios().kinds(folded(about), stated) == kinds


def test_every_subject_heads_a_narrow_column_and_none_is_called_other() -> None:
    words = load_catalogue().audience
    assert 25 <= len(words.subjects) <= 30
    assert [name for name in words.subjects if len(name) > 11] == []
    assert OTHER not in {*words.subjects, *words.kinds}


def test_every_phrase_names_its_own_subject() -> None:
    words = load_catalogue().audience
    wrong = [
        (name, phrase)
        for name, phrases in words.subjects.items()
        for phrase in phrases
        if name not in bios().subjects(folded(phrase.removesuffix("*")))
    ]
    assert wrong == []


def test_a_users_catalogue_replaces_a_subject_and_adds_one(tmp_path: Path) -> None:
    own_file = tmp_path / "ours.yaml"
    own_file.write_text(
        "audience:\n  subjects:\n    pumps: {en: [pump*]}\n    art: {en: [sculpture]}\n"
    )
    words = load_catalogue((own_file,)).audience
    assert words.subjects["pumps"] == ("pump*",)
    assert words.subjects["art"] == ("sculpture",)
    assert "music" in words.subjects


@pytest.mark.parametrize(
    "text",
    [
        "audience: [x]",
        "audience: {topics: {}}",
        "audience: {subjects: {a: [x]}}",
        "audience: {subjects: {a: {en: x}}}",
    ],
)
def test_a_part_that_is_built_wrongly_is_refused(text: str, tmp_path: Path) -> None:
    own_file = tmp_path / "ours.yaml"
    own_file.write_text(text)
    with pytest.raises(ConfigError):
        load_catalogue((own_file,))


ENGLISH = "I have been working on large machines for many years, mostly with the people next door"


FRENCH = "Je travaille depuis longtemps avec les machines, et je vis avec ma famille en Provence"


def crowd(*groups: tuple[int, str]) -> list[Follower]:
    """So many followers with each description."""
    texts = [text for count, text in groups for _ in range(count)]
    return [Follower(account=f"a{at}", about=text) for at, text in enumerate(texts)]


def test_groups_under_five_are_not_shown_and_are_other_together() -> None:
    composition = composed(
        crowd((5, "poet"), (4, "lawyer"), (3, "nurse"), (8, "x"), (20, "")), bios()
    )
    assert (composition.sampled, composition.described) == (40, 20)
    assert composition.subjects == (("writing", 5 / 20), ("other", 7 / 20))


def test_a_small_rest_is_not_shown_either() -> None:
    composition = composed(crowd((6, "poet"), (4, "lawyer")), bios())
    assert composition.subjects == (("writing", 6 / 10),)


def test_who_is_in_a_group_that_is_shown_is_not_in_other() -> None:
    composition = composed(crowd((FEWEST, "poet, lawyer"), (FEWEST - 1, "poet, nurse")), bios())
    assert dict(composition.subjects) == {"law": 5 / 9, "writing": 1.0}


def test_kinds_are_shares_of_all_who_were_looked_at() -> None:
    firms = [Follower(account=f"a{at}", kind="Organization") for at in range(5)]
    users = [Follower(account=f"b{at}", kind="User") for at in range(5)]
    composition = composed([*firms, *users], bios())
    assert composition.kinds == (("organisation", 0.5),)
    assert (composition.described, composition.subjects) == (0, ())


def test_languages_are_told_where_the_text_is_long_and_sure_enough() -> None:
    composition = composed(crowd((6, ENGLISH), (5, FRENCH), (9, "coffee")), bios())
    assert composition.languages == (("en", 6 / 20), ("fr", 5 / 20))


def test_a_language_that_the_platform_states_comes_first_and_is_a_code() -> None:
    stated = [Follower(account=f"a{at}", about=ENGLISH, language="sv-SE") for at in range(5)]
    free = [Follower(account=f"b{at}", about=ENGLISH, language="Jane Doe") for at in range(5)]
    assert composed([*stated, *free], bios()).languages == (("en", 0.5), ("sv", 0.5))


def test_an_account_that_is_listed_twice_counts_once() -> None:
    composition = composed([*crowd((6, "poet")), *crowd((6, "poet"))], bios())
    assert composition.sampled == 6
