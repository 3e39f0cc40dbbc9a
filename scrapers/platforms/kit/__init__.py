"""The toolbox of the platforms' readers, which import it whole: the course of a reader.

    from scrapers.platforms import kit

    def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
        answer = yield from kit.ask_json(f"{API}/users/{quote(ask.handle)}")    # 1
        if isinstance(answer, kit.Failure):
            return kit.refused_by(answer, _RULE)                                # 2
        proof = kit.Proof(answer.page, _RULE)                                   # 3
        listing = kit.Listing(first=url, items=_posts, after=_next)
        return kit.Profile(
            standing=kit.Standing.LIVE,
            evidence=(proof.of(answer.text("name")),),
            audience=proof.count(answer.field("followers"), "followers"),
            timeline=(yield from kit.read_posts(ask, listing)),                 # 4
            created_at=kit.time_of(answer.field("created")),
        )

    PLATFORM = kit.Platform(name="acme", read=read, …)                          # 5

1. Ask: `ask_json`, `ask_page`, `ask_feed`. What comes is an answer or a `Failure`, never an error.
2. Where there is no profile, say why: `not_found` and `absent` (the platform says so),
   `refused_by` (a 404 proves it), `reason_of` (it proves nothing), `needs_key`, `unread`.
3. Take values out: `answer.field`, `.text`, `.items`; of a part of it `field`, `text_of`, `items`,
   `time_of`, `name_of`, `site_in`, `plain_text` … (scrapers/parse/values.py). A number becomes a
   value by `Proof` alone, which knows where it was read: `proof.count`, `.figure`, `.share`.
   `parts_in` tells which parts of a profile (biography, picture …) an answer shows at all.
4. Read posts: `read_posts` pages a `Listing` back to the start of the window, with `at_cursor` or
   `while_full` for the next page; posts from a single page go to `timeline_of`, those of a feed
   through `posts_of_feed`. A post has `dated_at`, `interactions_of`, `format_of`, `headline`.
5. Offer the reader; `sample` of followers by `read_followers`.

For kinds of platforms: `read_blog_feed` (blogs), `read_show` (podcasts), `look_up` (Apple),
`rating_figures` (ratings), `handle_in` and `error_reason` (Meta). The rest of a platform, its links
and its test data, is told in docs/add-a-platform.md.
"""

from audit.model.exchange import Failure, Key, Opens, Page
from audit.model.profile import (
    Count,
    Interaction,
    Outcome,
    Profile,
    ProfileFigure,
    ProfilePart,
    ProfilePost,
    Reaction,
    Standing,
    Timeline,
    counted,
    unread,
)
from audit.model.value import Dated, DateSource, Evidence, Known, Number, Qualifier, Reason, Unknown
from scrapers.parse.values import (
    Json,
    address_of,
    count_of,
    dated_at,
    dated_by_id,
    digits_of,
    distinct,
    field,
    headline,
    items,
    json_of,
    language_of,
    name_of,
    object_of,
    own_site_of,
    plain_text,
    site_in,
    text_of,
    time_of,
)
from scrapers.platforms.kit.apple import LOOKUP, MOST, Entry, in_no_store, look_up
from scrapers.platforms.kit.base import (
    GONE,
    PAGES,
    Ask,
    Confidence,
    Follower,
    JsonAnswer,
    Platform,
    Steps,
    ask_feed,
    ask_json,
    ask_page,
    bad_content,
)
from scrapers.platforms.kit.blog import BlogFeed, blog_without_feed, read_blog_feed
from scrapers.platforms.kit.meta import error_code, error_reason, handle_in
from scrapers.platforms.kit.paging import Listing, at_cursor, read_followers, read_posts, while_full
from scrapers.platforms.kit.parts import parts_in
from scrapers.platforms.kit.podcast import Show, read_show
from scrapers.platforms.kit.posts import Reactions, format_of, interactions_of, posts_of_feed
from scrapers.platforms.kit.proof import (
    Proof,
    absent,
    leads_to_login,
    needs_key,
    newest_first,
    not_found,
    profile_of_posts,
    reaches_back,
    reason_of,
    refused_by,
    timeline_of,
)
from scrapers.platforms.kit.ratings import rating_figures, stores

__all__ = [
    "GONE",
    "LOOKUP",
    "MOST",
    "PAGES",
    "Ask",
    "BlogFeed",
    "Confidence",
    "Count",
    "DateSource",
    "Dated",
    "Entry",
    "Evidence",
    "Failure",
    "Follower",
    "Interaction",
    "Json",
    "JsonAnswer",
    "Key",
    "Known",
    "Listing",
    "Number",
    "Opens",
    "Outcome",
    "Page",
    "Platform",
    "Profile",
    "ProfileFigure",
    "ProfilePart",
    "ProfilePost",
    "Proof",
    "Qualifier",
    "Reaction",
    "Reactions",
    "Reason",
    "Show",
    "Standing",
    "Steps",
    "Timeline",
    "Unknown",
    "absent",
    "address_of",
    "ask_feed",
    "ask_json",
    "ask_page",
    "at_cursor",
    "bad_content",
    "blog_without_feed",
    "count_of",
    "counted",
    "dated_at",
    "dated_by_id",
    "digits_of",
    "distinct",
    "error_code",
    "error_reason",
    "field",
    "format_of",
    "handle_in",
    "headline",
    "in_no_store",
    "interactions_of",
    "items",
    "json_of",
    "language_of",
    "leads_to_login",
    "look_up",
    "name_of",
    "needs_key",
    "newest_first",
    "not_found",
    "object_of",
    "own_site_of",
    "parts_in",
    "plain_text",
    "posts_of_feed",
    "profile_of_posts",
    "rating_figures",
    "reaches_back",
    "read_blog_feed",
    "read_followers",
    "read_posts",
    "read_show",
    "reason_of",
    "refused_by",
    "site_in",
    "stores",
    "text_of",
    "time_of",
    "timeline_of",
    "unread",
    "while_full",
]
