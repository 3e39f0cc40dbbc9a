"""Read the words of the catalogue by language, and join them to one vocabulary."""

from collections.abc import Mapping
from pathlib import Path

from audit.model.catalogue import Vocabulary
from audit.model.errors import ConfigError
from config.records import as_list


def languages_of(content: Mapping[str, object], path: Path) -> Mapping[str, Mapping[str, object]]:
    """Return the words of a file by language and section."""
    part = content.get("vocabulary")
    if part is None:
        return {}
    languages = part.get("languages") if isinstance(part, dict) else None
    if not isinstance(languages, dict):
        raise ConfigError("needs `languages`", path=path, key="vocabulary")
    for language, sections in languages.items():
        months = sections.get("months") or {} if isinstance(sections, dict) else None
        # `isinstance` would take `true` for the first month.
        if not isinstance(months, dict) or not all(
            type(number) is int for number in months.values()
        ):
            message = "needs lists of words, and months as `name: number`"
            raise ConfigError(message, path=path, key=f"vocabulary.languages.{language}")
    return languages


def vocabulary_of(words: Mapping[str, Mapping[str, object]]) -> Vocabulary:
    """Merge the languages: sections over all of them, months of all.

    Where two languages share the name of a month, the first wins.
    """
    sections: dict[str, dict[str, None]] = {}
    months: dict[str, int] = {}
    by_language: dict[str, dict[str, tuple[str, ...]]] = {}
    for language, content in words.items():
        sections_of_language = {
            key: tuple(map(str, as_list(value)))
            for key, value in content.items()
            if key != "months"
        }
        by_language[language] = sections_of_language
        for section, section_words in sections_of_language.items():
            sections.setdefault(section, {}).update(
                dict.fromkeys(word.casefold() for word in section_words)
            )
        month_names = content.get("months")
        for name, number in month_names.items() if isinstance(month_names, dict) else ():
            months.setdefault(str(name).casefold(), int(number))
    return Vocabulary(
        sections={section: tuple(section_words) for section, section_words in sections.items()},
        months=months,
        languages=tuple(words),
        by_language=by_language,
    )
