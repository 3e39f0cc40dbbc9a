"""Which sheets have nothing to show for a set of companies, and why: none goes without a word."""

from collections.abc import Callable, Mapping

from audit.measure.mix import FORMATS
from audit.measure.own_posts import FEWEST_POSTS
from audit.measure.timing import FEWEST
from audit.model.topics import CompanyTopics
from audit.model.value import Known
from reports.report import Report
from reports.words import counted


def left_out(report: Report) -> Mapping[str, str]:
    """Return the sheets that are left out with the reason, a sentence each."""
    reasons = {name: why(report) for name, why in _WHY.items()}
    return {name: reason for name, reason in reasons.items() if reason}


def _actions(report: Report) -> str:
    """Return why nobody can be told what to do; empty where somebody can."""
    if not report.own:
        return "no company of the list is marked with own: true, so there is nobody to advise"
    if not report.rivals:
        return "there is no competitor to compare with; what most competitors do needs three"
    return ""


def _topics(report: Report) -> str:
    """Return why no topics were found; empty where some were."""
    if report.topic_gaps:
        return ""
    known = [each.topics for each in report.results if isinstance(each.topics, CompanyTopics)]
    if not known:
        return "the posts of no company could be read"
    posts = counted(sum(each.of for each in known), "post")
    few = next((each.undiscovered.detail for each in known if each.undiscovered is not None), "")
    tail = f": {few}" if few else ""
    return f"{posts} of the period looked at, and none shares a topic with enough others{tail}"


def _timing(report: Report) -> str:
    """Return why no pattern is told; empty where a company has one."""
    if any(isinstance(result.pattern, Known) for result in report.results):
        return ""
    return f"no company has {FEWEST} posts of the period of which the weekday is known"


def _content(report: Report) -> str:
    """Return why no shares of formats and purposes are told; empty where a company has some."""
    known = (each for result in report.results for each in result.breakdowns)
    if any(each.metric == FORMATS and each.parts for each in known):
        return ""
    return f"no company has {FEWEST_POSTS} posts with a date in the period"


def _engagement(report: Report) -> str:
    """Return why nothing is told of reactions; empty where a platform shows some."""
    if any(row.posts for result in report.results for row in result.engagement):
        return ""
    return "no network that could be seen shows what readers do with the posts"


_WHY: Mapping[str, Callable[[Report], str]] = {
    "Actions": _actions,
    "Plan": _actions,
    "SWOT": _actions,
    "Timing": _timing,
    "Content": _content,
    "Topics": _topics,
    "Engagement": _engagement,
}
"""By the name of the sheet, in the order of the workbook."""
