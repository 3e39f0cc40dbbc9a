"""One theme in several languages is one where tags, names or numbers show it, and else apart."""

from dataclasses import replace
from random import Random

from audit.measure.themes.find import Found, find
from audit.measure.themes.texts import Names, Text, text_of
from tests.brief_example import post

WORDS = {
    "de": (
        ("Wärmepumpe", "Heizung", "Fußbodenheizung", "Heizkörper"),
        ("Azubis", "Lehrstelle", "Berufsschule", "Ausbildung"),
        ("ISO 9001", "Zertifizierung", "ATEX", "Norm"),
        ("Wechselrichter", "Solaranlage", "Einspeisung", "Photovoltaik"),
    ),
    "fr": (
        ("pompe à chaleur", "chauffage", "radiateur", "chaudière"),
        ("apprentis", "alternance", "recrutement", "stage"),
        ("ISO 9001", "certification", "ATEX", "norme"),
        ("onduleur", "panneaux solaires", "autoconsommation", "photovoltaïque"),
    ),
    "es": (
        ("bomba de calor", "calefacción", "radiador", "caldera"),
        ("aprendices", "formación", "empleo", "prácticas"),
        ("ISO 9001", "certificación", "ATEX", "norma"),
        ("inversor", "paneles solares", "autoconsumo", "fotovoltaica"),
    ),
    "it": (
        ("pompa di calore", "riscaldamento", "radiatore", "caldaia"),
        ("apprendisti", "tirocinio", "lavoro", "assunzioni"),
        ("ISO 9001", "certificazione", "ATEX", "normativa"),
        ("inverter", "pannelli solari", "accumulo", "fotovoltaico"),
    ),
    "nl": (
        ("warmtepomp", "verwarming", "radiator", "ketel"),
        ("leerlingen", "stage", "vacature", "opleiding"),
        ("ISO 9001", "certificering", "ATEX", "keurmerk"),
        ("omvormer", "zonnepanelen", "teruglevering", "zonnestroom"),
    ),
}
"""Four subjects in five languages; the third has a name and a number that all languages share."""


def texts(*languages: str, tag: str = "", each: int = 80) -> list[Text]:
    """Posts on the four subjects in each language, one company a language.

    Those on the second subject bear a tag, where one is given.
    """
    made = []
    for language in languages:
        for number in range(each):
            random = Random(f"{language} {number}")  # noqa: S311 - the same posts each time
            words = random.sample(WORDS[language][number % 4], 3)
            written = replace(
                post(None),
                title=f"{words[0]}: {words[1]}, {words[2]}",
                url=f"https://{language}.example/{number}",
                tags=(tag,) if tag and number % 4 == 1 and number % 8 < 4 else (),
            )
            made.append(text_of(written, number, language.upper(), language, Names([])))
    return made


def spoken(found: Found) -> dict[str, set[str]]:
    """The languages in which each topic is known, by its name."""
    return {topic.name: {each.language for each in topic.words} for topic in found.topics}


def test_in_five_languages_a_name_and_a_number_join_what_is_one() -> None:
    found = find(texts(*WORDS))
    joined = [name for name, languages in spoken(found).items() if len(languages) > 1]
    assert set(joined) & {"ISO 9001", "ATEX"}
    assert spoken(found)[joined[0]] == set(WORDS)


def test_what_shares_nothing_stays_apart_and_says_its_language() -> None:
    found = find(texts("de", "fr"))
    apart = {topic.name: topic.language for topic in found.topics if len(topic.words) == 1}
    assert {"de", "fr"} <= set(apart.values())
    assert all(topic.language for topic in found.topics)


def test_small_languages_take_part_by_their_tags() -> None:
    found = find([*texts("de", tag="HR"), *texts("fr", tag="HR", each=20)])
    assert "HR" in spoken(found)
    french = [topics for (company, _), topics in found.posts.items() if company == "FR"]
    assert sum("HR" in topics for topics in french) == 3
