"""The words of the workbook: figures rounded once, reasons explained, names for readers."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from audit.model.catalogue import Catalogue
from audit.model.errors import ConfigError
from audit.model.metric import Metric, Unit
from audit.model.rounding import rounded
from audit.model.value import Absent, Known, Number, Reason, Unknown
from config.catalogue import load_catalogue

_NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def figure(value: float, unit: Unit) -> str:
    """Return a figure in a sentence: the same digits as in its cell."""
    number = rounded(value, unit)
    if unit is Unit.SHARE:
        return f"{number * 100:.0f}%"
    return f"{number:,.1f}" if isinstance(number, float) else f"{number:,}"


def value_in_words(value: Number, unit: Unit) -> str:
    """Return a value in a sentence: the figure, `none`, or `? robots`."""
    match value:
        case Known(value=number):
            return figure(number, unit)
        case Absent():
            return "none"
        case Unknown(reason=reason):
            return f"? {reason}"


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: `one company`, `14 companies`."""
    word = _NUMBERS[number] if 0 <= number < len(_NUMBERS) else f"{number:,}"
    return f"{word} {one if number == 1 else many or one + 's'}"


def of_all(number: int, one: str, many: str = "") -> str:
    """Return a whole behind its part, in digits as the part is: `8 websites` in `2 of 8`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def capital(sentence: str) -> str:
    """Return the sentence with a capital letter."""
    return sentence[:1].upper() + sentence[1:]


def listed(names: Sequence[str], limit: int = 3) -> str:
    """Return names in a row: `A, B and C`; beyond the limit the rest is counted."""
    if len(names) <= limit:
        return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)
    return f"{', '.join(names[:limit])} and {len(names) - limit} more"


def day_in_words(at: datetime) -> str:
    """Return a day such as `23 Nov 2026`, in English whatever the machine speaks."""
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{at.day} {months[at.month - 1]} {at.year}"


def catalogue_of(extra: Sequence[Path]) -> Catalogue:
    """Return the catalogue of a run; a file of the user's that is gone is done without."""
    try:
        return load_catalogue(extra)
    except ConfigError:
        return load_catalogue()


class Names:
    """Names of platforms and features as readers know them; platforms from the catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Take the titles of a catalogue."""
        self._titles = {rule.name: rule.title for rule in catalogue.platforms}

    def platform(self, name: str) -> str:
        """Return the title of a platform, such as `YouTube`."""
        return self._titles.get(name) or capital(name.replace("-", " "))

    def feature(self, name: str) -> str:
        """Return the name of a feature, such as `Knowledge base`."""
        if name in ("cms", "api", "rss"):
            return name.upper()
        return capital(name.replace("-", " "))

    def channel(self, name: str) -> str:
        """Return the name of a section of the own site or of a platform."""
        return self._titles.get(name) or self.feature(name)


_REASONS: Mapping[Reason, tuple[str, str]] = {
    Reason.BLOCKED_ADDRESS: (
        "The address leads into a private network.",
        "If that is meant, name the host in the file and add --allow-private-hosts.",
    ),
    Reason.DNS: ("The host name was not found.", "Check the website's address."),
    Reason.CONNECTION: ("The server did not answer.", "Run again later."),
    Reason.TLS: ("The site's certificate is not valid.", "Open the site in a browser and look."),
    Reason.TIMEOUT: ("The site took too long.", "Run again, or raise timeout_seconds."),
    Reason.TOO_LARGE: ("The answer was too large to read.", "Look by hand."),
    Reason.REDIRECT_LOOP: ("The address leads in a circle.", "Check the address in a browser."),
    Reason.TOO_MANY_REDIRECTS: (
        "The address leads on and on.",
        "Check the address in a browser.",
    ),
    Reason.RATE_LIMITED: ("The site asked us to slow down.", "Run again tomorrow."),
    Reason.ROBOTS: ("The site asks robots to stay away.", "Read it by hand (manual figure)."),
    Reason.ROBOTS_UNREACHABLE: (
        "robots.txt could not be read, so nothing was fetched.",
        "Run again later.",
    ),
    Reason.LOGIN_WALL: ("Shown only to those who log in.", "Add a manual figure."),
    Reason.CAPTCHA: ("The site asks for proof of a person.", "Read it by hand (manual figure)."),
    Reason.BAD_CONTENT: ("The answer could not be understood.", "Open the address and look."),
    Reason.UNSUPPORTED_SCHEME: ("Not a web address.", "Correct the address."),
    Reason.BROWSER: ("Drawn by JavaScript, and no browser could read it.", "See audit doctor."),
    Reason.NOT_PUBLIC: ("The platform does not show this figure.", "Add a manual figure."),
    Reason.NEEDS_KEY: ("Given only to those with a key.", "Set the platform's API key."),
    Reason.DRIFT: ("Found last time, not this time: the page has changed.", "Look by hand."),
    Reason.BUDGET: ("The page budget was used up.", "Raise max_pages_per_site."),
    Reason.NOT_CHECKED: ("Not looked at in this run.", "Look by hand, or add a manual figure."),
    Reason.TOO_LITTLE_DATA: ("Too few posts or values for this figure.", "Wait for more."),
    Reason.INTERNAL_ERROR: ("The audit failed here.", "See the log in the data folder."),
    Reason.INTERRUPTED: ("The run was interrupted.", "Go on with --resume."),
    Reason.STORAGE: ("The result could not be stored.", "Make room on the disk; run again."),
}


def explained(reason: Reason) -> tuple[str, str]:
    """Return why something is unknown, and what would help."""
    if reason in _REASONS:
        return _REASONS[reason]
    # What the table lacks are the words made of a status: http-404, or http-4xx for all others.
    status = reason.removeprefix("http-")
    return f"The server answered with an error ({status}).", "Open the address in a browser."


_CLAUSES: Mapping[Reason, str] = {
    Reason.ROBOTS: "asks robots to stay away",
    Reason.ROBOTS_UNREACHABLE: "did not answer",
    Reason.CONNECTION: "did not answer",
    Reason.TIMEOUT: "did not answer",
    Reason.HTTP_500: "did not answer",
    Reason.HTTP_502: "did not answer",
    Reason.HTTP_503: "did not answer",
    Reason.HTTP_504: "did not answer",
    Reason.HTTP_5XX: "did not answer",
    Reason.DNS: "was not found at its address",
    Reason.TLS: "has an insecure connection",
    Reason.HTTP_404: "leads to a page that is gone",
    Reason.HTTP_410: "leads to a page that is gone",
    Reason.HTTP_401: "is behind a login",
    Reason.LOGIN_WALL: "is behind a login",
    Reason.HTTP_403: "blocks automatic visits",
    Reason.HTTP_999: "blocks automatic visits",
    Reason.CAPTCHA: "blocks automatic visits",
    Reason.RATE_LIMITED: "asked us to slow down",
    Reason.NEEDS_KEY: "is readable with a key",
    Reason.BROWSER: "is drawn by scripts, and no browser could read it",
    Reason.DRIFT: "has changed its layout",
    Reason.BUDGET: "has more pages than we may read",
    Reason.NOT_PUBLIC: "does not publish it",
    Reason.TOO_LITTLE_DATA: "has too few posts with a date",
    Reason.INTERRUPTED: "was not reached before the run was interrupted",
    Reason.STORAGE: "could not be stored",
}


def clause(reason: Reason) -> str:
    """Return a reason as the end of a sentence whose subject is a company: `did not answer`."""
    return _CLAUSES.get(reason, "could not be read")


def unknown_note(value: Unknown) -> str:
    """Return the note of an unknown: why, and what helps."""
    explanation, remedy = explained(value.reason)
    return f"{explanation}\n{remedy}"


def formerly_note(note: str, before: Known[int] | Known[float], on: date | None = None) -> str:
    """Return the note of an unknown with the day on which a figure was last read."""
    read = max((each.fetched_at.date() for each in before.evidence), default=None)
    when = on or read
    return f"{note}\nRead on {when:%Y-%m-%d}." if when else note


def phrase(metric: Metric, value: str) -> tuple[str, str, str]:
    """Return a figure of a metric as a phrase: what stands before it, it with its unit, behind."""
    words = metric.phrase
    unit = words.one if value == "1" and words.one else words.unit
    # A figure that a person points at has a name and no unit.
    return words.before, f"{value} {unit}".rstrip(), words.after
