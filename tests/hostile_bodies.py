"""Bodies that cost a careless reader quadratic time: every token of a grammar, so many times over."""

from collections.abc import Callable, Iterator, Mapping

Make = Callable[[int], bytes]
"""From a size in bytes to a body of about that size."""


def _times(unit: bytes, before: bytes = b"", after: bytes = b"") -> Make:
    """One unit over and over."""
    return lambda size: (
        before + unit * max(1, (size - len(before) - len(after)) // len(unit)) + after
    )


def _numbered(unit: bytes, before: bytes = b"", after: bytes = b"") -> Make:
    """One unit over and over, each with a number of its own in place of `%d`."""

    def make(size: int) -> bytes:
        count = max(1, (size - len(before) - len(after)) // (len(unit) + 4))
        return before + b"".join(unit.replace(b"%d", b"%d" % each) for each in range(count)) + after

    return make


def _nested(opening: bytes, closing: bytes, inside: bytes = b"", before: bytes = b"") -> Make:
    """One unit within the other."""

    def make(size: int) -> bytes:
        depth = max(1, (size - len(before) - len(inside)) // (len(opening) + len(closing)))
        return before + opening * depth + inside + closing * depth

    return make


def _deep(opening: bytes, closing: bytes, depth: int, filling: bytes, before: bytes = b"") -> Make:
    """A filling as large as asked for, under so many elements."""

    def make(size: int) -> bytes:
        rest = size - depth * (len(opening) + len(closing)) - len(before)
        return before + opening * depth + filling * max(1, rest // len(filling)) + closing * depth

    return make


_TOKENS = (
    b"<", b">", b"&", b"&#", b"&amp", b"&lt;iframe ", b'"', b"'", b" ", b"\n", b"\t", b"a", b"1", b"-", b"\x00",
    b"\x80", b"\xe2\x80\x8b", b"\xf0\x9f\x98\x80", b"</", b"<a", b"<a ", b"<a/", b"<!", b"<!--", b"-->", b"--", b"<?", b"<![CDATA[",
    b"<!DOCTYPE", b"<!doctype a [", b"<!ENTITY", b"<title", b"<title>", b"<title> ", b"<meta", b"<meta charset",
    b"<meta charset=", b"<meta charset= ", b"<body", b"<base href", b"<link", b"<script", b"<script>", b"</script",
    b"<script>//", b"<script></script>", b"<style>", b"<textarea>", b"<template>", b"<noscript>", b"<select>",
    b"<option>", b"<table>", b"<tr>", b"<td>", b"<table><td>", b"<table>a", b"<li>", b"<p>", b"<b>", b"<b><p>",
    b"<a><p>", b"<nobr>", b"<i><b>", b"<button>", b"<form>", b"<input>", b"<form><input>", b"</form>", b"<iframe>",
    b"<iframe", b"<svg>", b"<svg><a>", b"<math>", b"<svg><foreignObject>", b"<frameset>", b"<h1>", b"<dd>", b"<ruby>",
    b"<time>", b"<article>", b"<summary>", b"<a href=x>", b"<a href=/2020/1/1/a>", b"<a href=x>y</a>",
    b"<area href=/x>", b"class=", b'class="', b"class=a ", b"class='a", b"id='", b"data-", b"data-a ", b"item",
    b"itemprop=", b'itemtype="', b"//", b"//a", b"//a.b", b"/a", b".a", b"https://", b"https://twitter.com/",
    b"https:\\/\\/x.com\\/a ", b'src="//a.b/', b">2024<", b"2024 ", b" 20 ", b"20", b">1 day ago<", b"</p>", b"<br>", b"<br/>",
)  # fmt: skip

PAGES: Mapping[str, Make] = {
    **{f"token {token.decode('latin-1')!r}": _times(token) for token in _TOKENS},
    **{
        f"script token {token!r}": _times(token.encode(), b"<script>x = {", b"</script>")
        for token in ("//", "//a", "//a.", "src=\"//a.", "{", "[", "x=[", "https://x.com/", "\\/", "a.b/",
                      '"//a.b', '"//a.b/c.js"', "//'+'a.b/c", "<iframe src='//a.b/c'")
    },
    **{
        f"json-ld token {token!r}": _times(token.encode(), b'<script type="application/ld+json">', b"</script>")
        for token in ("{", "[", ",", ", ", ' ', "--> ", "--> ;", "-->", "<!--", "// ", "]]>", '"', '{"@type":', '{"a":', "1", "[[],", ",]", "\\")
    },
    **{
        f"nested {opening.decode()}": _nested(opening, closing)
        for opening, closing in (
            (b"<div>", b"</div>"), (b"<b>", b"</b>"), (b"<a href=x>", b"</a>"), (b"<ul><li>", b"</li></ul>"),
            (b"<table><tr><td>", b"</td></tr></table>"), (b"<svg>", b"</svg>"), (b"<template>", b"</template>"),
            (b"<font>", b"</font>"), (b"<button>", b"</button>"), (b"<object>", b"</object>"), (b"<span class=date>", b"</span>"),
            (b"<select>", b"</select>"), (b"<noscript>", b"</noscript>"), (b"<svg><a href=x>", b"</a></svg>"), (b"<dl><dt>", b"</dt></dl>"),
        )
    },
    **{
        f"deep {opening.decode()} {filling.decode()}": _deep(opening, closing, 190, filling, before)
        for opening, closing in (
            (b"<time>", b"</time>"), (b"<div class=post-date>", b"</div>"), (b"<div id=root>", b"</div>"),
            (b"<div class=replies>", b"</div>"), (b"<noscript>", b"</noscript>"), (b"<article>", b"</article>"),
            (b"<h2>", b"</h2>"), (b"<div itemprop=startDate>", b"</div>"), (b"<dl class=faq>", b"</dl>"), (b"<div class=date><h2>", b"</h2></div>"),
        )
        for before, filling in ((b"", b"a b c d "), (b"<script></script>", b"<i>a</i>"), (b"", b"<a href=/x>y</a>"))
    },
    "attributes": _numbered(b" a%d", b"<p", b">"),
    "attributes valued": _numbered(b' a%d="<>"', b"<p", b">"),
    "attributes same": _times(b" a=b", b"<p", b">"),
    "attributes around links": lambda size: _numbered(b" a%d", b"<div", b">")(size // 2) + _times(b"<a href=//x.com/a>b</a>")(size // 2),
    "attributes around dates": lambda size: _numbered(b" a%d", b"<div", b">")(size // 2) + _times(b"<time>1 May 2024</time>")(size // 2),
    "long tag": _times(b"a", b"<", b""),
    "long tag late": _times(b"a", b"<p>" * 2_100 + b"<", b""),
    "long attribute": _times(b"1", b"<time title=", b">"),
    "long class": _times(b"a ", b'<div class="', b'"><a href=x>y</a>'),
    "long class name": _times(b"a", b'<div class="date', b'"><a href=x>y</a>'),
    "long comment id": _times(b"1", b'<div id="comment-', b'"></div>'),
    "pictures without scripts": _times(b"<noscript><img src=//a.b/c>"),
    "numbered ids": _numbered(b"<p id=a-b-%d>"),
    "numbered hosts": _numbered(b"<script src=//a%d.b/c></script>"),
    "buttons": _times(b"<button class='share livechat'>"),
    "same meta": _times(b"<meta name=a content=b>"),
    "same meta date": _times(b"<meta name=date content='1 b'>", b"<html lang=en>"),
    "meta names": _numbered(b"<meta name=a%d content=b>"),
    "twitter meta": _numbered(b"<meta name=twitter:site content=@a%d>"),
    "stylesheets": _numbered(b"<link rel=stylesheet href=/%d>"),
    "feeds": _numbered(b"<link rel=alternate type=text/xml href=/%d>"),
    "rel me": _numbered(b"<link rel=me href=https://x.com/a%d>"),
    "scripts": _numbered(b"<script src=/%d></script>"),
    "scripts elsewhere": _numbered(b"<script src=//a%d.b></script>"),
    "frames": _numbered(b"<iframe src=/%d></iframe>"),
    "frames of videos": _numbered(b"<iframe src=//youtube.com/embed/%d></iframe>"),
    "links": _numbered(b"<a href=/%d>a</a>"),
    "links named": _numbered(b"<a href=/%d>a title of %d words</a>"),
    "links of many hosts": _numbered(b"<a href=//a%d.com>a</a>"),
    "links to hosts of many labels": _numbered(b"<a href=//" + b"a." * 900 + b"%d.com/>b</a>"),
    "links to hosts of long labels": _numbered(b"<a href=//xn--" + b"a" * 1_800 + b"%d.com/>b</a>"),
    "links to long paths": _numbered(b"<a href=/" + b"a-" * 900 + b"%d>b</a>"),
    "links to deep paths": _numbered(b"<a href=/" + b"a/" * 900 + b"%d>b</a>"),
    "links to long queries": _numbered(b"<a href=/?" + b"a=&" * 600 + b"%d>b</a>"),
    "links to dates": _numbered(b"<a href=/" + b"2024/" * 350 + b"%d>b</a>"),
    "links to profiles of many parts": _numbered(b"<a href=//www.facebook.com/" + b"a-" * 900 + b"%d>b</a>"),
    "links to profiles in many words": _numbered(b"<a href=//www.linkedin.com/company/" + b"a/" * 900 + b"%d>b</a>"),
    "links through redirectors": _numbered(b"<a href=//l.facebook.com/l.php?u=https://l.facebook.com/l.php%%3Fu=" + b"a" * 1_000 + b"%d>b</a>"),
    "links to profiles": _numbered(b"<a href=//x.com/a%d>a</a>"),
    "links to pages": _numbered(b"<a href=?page=%d>a</a>", b""),
    "links under a long base": lambda size: b"<base href=//a.b/" + b"a" * 1_900 + b"/>" + _numbered(b"<a href=%d>a</a>")(size),
    "links with dates": _numbered(b"<p><a href=/a/%d>A title with words</a> 1 May 2024</p>"),
    "links beside dates": _numbered(b"<a href=/a/%d>A title with words</a><time>1 May 2024</time>"),
    "dates then links": lambda size: _times(b"<time>1 May 2024</time><i></i>")(size // 2) + _numbered(b"<a href=/a/%d>A title</a>")(size // 2),
    "few links and dates": lambda size: b"<a href=/a/1>A title with words</a>" * 250 + _times(b"<b class=date>1 May 2024</b><i></i>")(size),
    "short titles": _numbered(b"<a href=/a/%d>ab</a><time>1 May 2024</time>", b"<h2>a</h2>"),
    "teasers": _numbered(b"<h2><a href=/a/%d>b</a></h2>", b"<article class=hentry>"),
    "relative dates": _numbered(b"<time>vor %d x</time>", b"<html lang=de><a href=/a/b>A title</a>"),
    "text dates": _numbered(b"<i>%d 2024</i>", b"<html lang=de><a href=/a/b>A title</a>"),
    "forms": _times(b"<form><input name=a></form>"),
    "forms in tables": _times(b"<table><form><tr><td>"),
    "inputs": _times(b"<input name=a>", b"<form>"),
    "plugins": _numbered(b"<i data-href=//x.com/a%d></i>"),
    "class names": _numbered(b"<i class=a%d></i>"),
    "date class names": _numbered(b"<i class=date%d>1 May 2024</i>", b"<a href=/a/b>A title</a>"),
    "comments": _numbered(b"<p id=comment-%d>"),
    "threads": _numbered(b"<p><a href=/t/%d>A thread</a> <b class=replies>1</b> 1 May 2024", b"<title>Forum</title>"),
    "microdata": _times(b"<p itemprop=startDate>1", b"<i itemtype=http://schema.org/Event>"),
    "microdata comments": _times(b"<p itemscope itemtype=http://schema.org/Comment itemprop=comment>"),
    "json-ld objects": _times(b'{"@type":"Organization","sameAs":"https://x.com/a"},', b'<script type="application/ld+json">[', b"0]</script>"),
    "json-ld nested": lambda size: b'<script type="application/ld+json">' + b'{"@type":"Organization","sameAs":[' * 180 + b'"https://x.com/a",' * (min(size, 900_000) // 18) + b"0" + b"]}" * 180 + b"</script>",
    "json-ld types": _times(b'"Organization",', b'<script type="application/ld+json">{"@type":[', b'"a"]}</script>'),
    "json-ld scripts": _times(b'<script type="application/ld+json">{"@type":"Event","startDate":"x 1"}</script>'),
    "inline scripts": _times(b"<script>a</script>"),
    "inline scripts that load": _numbered(b'<script>a="//a%d.b/c"</script>'),
    "inline profiles": _numbered(b"https://x.com/a%d ", b"<script>", b"</script>"),
    "escaped codes": _times(b"<pre>&lt;iframe src=//a.b></pre>"),
    "textareas": _times(b"<textarea><script </textarea>"),
    "questions": _times(b"<summary>a?</summary>"),
    "terms": _times(b"<dl><dt>a<dt>b"),
    "headings": _times(b"<h2>a</h2>"),
    "pleas": _times(b"<noscript>a</noscript>", b"<script></script>"),
}  # fmt: skip

_FEED_TOKENS = (
    b"<", b">", b"&", b"&a", b"&#", b"&#9", b"&amp;", b" ", b"\n", b"a", b"a@b ", b"<item>", b"<item/>", b"<entry>", b"<a>", b"<a/>", b"<a:b/>",
    b"</a>", b"<![CDATA[", b"]]>", b"<!--", b"<?a", b"<?a?>", b"<!DOCTYPE", b"<!DOCTYPE a [", b"<title>", b"<author>", b"<link>",
    b"<link href=a/>", b"<item><title>a</title>", b"<a xmlns=b>", b"<a xml:base=b>", b'<a b="', b"<b", b"(", b"a ", b"\xe2\x80\x8b", b"\x00", b"<description>", b"&lt;", b"&lt;a ",
    b"<content type=xhtml>", b"<content type='xhtml'><div>", b"<media:content url=a/>", b"<category>a</category>", b"<enclosure url=a type=audio/x/>", b"<pubDate>1</pubDate>", b"<dc:date>x</dc:date>",
)  # fmt: skip
_RSS = b'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>'
_ITEM = b"<item><title>a</title><link>http://a.b/%d</link>"

FEEDS: Mapping[str, Make] = {
    **{f"token {token.decode('latin-1')!r}": _times(token, _RSS) for token in _FEED_TOKENS},
    **{
        f"in {name} {token!r}": _times(token.encode(), _RSS + b"<item><link>http://a.b/</link><%b>" % name.encode(), b"</%b></item></channel></rss>" % name.encode())
        for name in ("author", "title", "description", "pubDate", "guid", "link", "category")
        for token in ("a", " ", "a@b", "a ", "(", "&amp;", "&lt;", "&lt;a", "1", "1 ", ",", "+", "-", ".", "a.", "\n")
    },
    **{
        f"in {name} {token!r} once": _times(token.encode(), _RSS + b"<%b>" % name.encode(), b"</%b></channel></rss>" % name.encode())
        for name in ("author", "managingEditor", "webMaster", "language", "cloud", "itunes:owner", "dc:creator", "ttl", "geo:lat")
        for token in ("a", "a@", "a@b.c ", "1 ")
    },
    "attributes": _numbered(b' a%d="b"', _RSS + b"<item", b"/></channel></rss>"),
    "namespaces": _numbered(b' xmlns:a%d="b%d"', _RSS + b"<item", b"/></channel></rss>"),
    "namespaces each": _numbered(b'<a xmlns:a%d="b%d"/>', _RSS, b"</channel></rss>"),
    "attributes unquoted": _numbered(b" a%d=b", _RSS + b"<item", b"/></channel></rss>"),
    "nested": _nested(b"<a>", b"</a>", before=_RSS),
    "nested items": _nested(b"<item>", b"</item>", before=_RSS),
    "entries": _numbered(_ITEM + b"</item>", _RSS, b"</channel></rss>"),
    "entries unclosed": _numbered(_ITEM, _RSS),
    "entries with entities": _numbered(_ITEM + b"&nbsp;</item>", _RSS),
    "loose dates": _numbered(_ITEM + b"<pubDate>Mi, 05 M\xc3\xa4r %d</pubDate></item>", _RSS, b"</channel></rss>"),
    "loose dates unreadable": _numbered(_ITEM + b"<pubDate>Xi, 05 foo %d</pubDate></item>", _RSS, b"</channel></rss>"),
    "odd dates": _numbered(_ITEM + b"<pubDate>2024-13-%d T</pubDate></item>", _RSS, b"</channel></rss>"),
    "authors": _numbered(_ITEM + b"<author>a b %d</author></item>", _RSS, b"</channel></rss>"),
    "categories in one": _times(b"<category>a</category>", _RSS + b"<item>", b"</item></channel></rss>"),
    "links in one": _times(b'<link rel="a" href="b"/>', _RSS + b"<item>", b"</item></channel></rss>"),
    "titles in one": _times(b"<title>a</title>", _RSS + b"<item>", b"</item></channel></rss>"),
    "enclosures in one": _times(b'<enclosure url="a" type="audio/x"/>', _RSS + b"<item>", b"</item></channel></rss>"),
    "media in one": _times(b'<media:content url="a"/>', b'<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><item>', b"</item></channel></rss>"),
    "contributors": _times(b"<contributor><name>a</name></contributor>", b'<feed xmlns="http://www.w3.org/2005/Atom"><entry>', b"</entry></feed>"),
    "atom entries": _numbered(b'<entry><title>a</title><link href="http://a.b/%d"/><updated>2024-01-01T00:00:00Z</updated></entry>', b'<feed xmlns="http://www.w3.org/2005/Atom">', b"</feed>"),
    "atom ill-formed": _numbered(b'<entry><title>a & b</title><link href="http://a.b/%d"></entry>', b'<feed xmlns="http://www.w3.org/2005/Atom">', b"</feed>"),
    "rdf": _numbered(b'<item rdf:about="http://a.b/%d"><title>a</title></item>', b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">', b"</rdf:RDF>"),
    "json feed": _numbered(b'{"url":"http://a.b/%d","title":"a"},', b'{"version":"https://jsonfeed.org/version/1","items":[', b"0]}"),
    "json nested": _nested(b"[", b"]"),
    "json text": _times(b"<", b'{"version":"https://jsonfeed.org/version/1","items":[{"url":"http://a.b/","title":"', b'"}]}'),
    "html": _times(b"<p>a", b"<html><feed>"),
}  # fmt: skip

_URLSET = b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'

SITEMAPS: Mapping[str, Make] = {
    **{
        f"token {token.decode('latin-1')!r}": _times(token, _URLSET)
        for token in (b"<", b"<url>", b"<url/>", b"<url><loc>a</loc></url>", b"<loc>", b"&", b"&a;", b" ", b"a", b"<!--", b"<!---->", b"<?a?>", b"<a:b/>", b"<![CDATA[", b"</url>", b"<url>\x00</url>")
    },
    "urls": _numbered(b"<url><loc>http://a.b/%d</loc><lastmod>2024-01-01</lastmod></url>", _URLSET, b"</urlset>"),
    "children of one url": _times(b"<a/>", _URLSET + b"<url>", b"</url></urlset>"),
    "attributes": _numbered(b' a%d="b"', _URLSET + b"<url", b"/></urlset>"),
    "namespaces": _numbered(b' xmlns:a%d="b%d"', _URLSET + b"<url", b"/></urlset>"),
    "prefixes without a namespace": _numbered(b"<a%d:b/>", _URLSET),
    "nested": _nested(b"<a>", b"</a>", before=_URLSET),
    "plain": _numbered(b"http://a.b/%d\n"),
    "plain words": _times(b"a ", b"http://a.b/ "),
    "spaces": _times(b" "),
}  # fmt: skip

_AGENT = b"User-agent: *\n"

ROBOTS: Mapping[str, Make] = {
    **{
        f"token {token.decode('latin-1')!r}": _times(token, before)
        for before in (b"", _AGENT)
        for token in (b"\n", b"\r", b" ", b"\t\n", b" \n", b"a", b":", b"#", b"User-agent", b"User-agent:", b"User-agent: ", b"User-agent:a/", b"User-agent: a\n", b"User-agent: *\n", b"User agent ", b"Disallow: /*a\n", b"Disallow: /$\n", b"Disallow: *\n", b"Disallow: /\nUser-agent: *\n", b"Disallow: %\n", b"*", b"%", b"Allow: ", b"\xe2\x80\xa8", b"\x0b", b"\x0c", b"\x1c")
    },
    "agents": _numbered(b"User-agent: a%d\n"),
    "agents twice": lambda size: _numbered(b"User-agent: a%d\n")(size // 2) * 2,
    "agents and rules": lambda size: _numbered(b"User-agent: a%d\n")(size // 2) + _numbered(b"Disallow: /%d\n")(size // 2),
    "own agents and rules": lambda size: b"".join(b"User-agent: %b\n" % b"social-audit"[:length] for length in range(1, 13)) + _numbered(b"Disallow: /%d\n")(size),
    "rules": _numbered(b"Disallow: /%d\n", _AGENT),
    "rules with stars": _numbered(b"Disallow: /*%d*a*\n", _AGENT),
    "one rule of stars": _times(b"*a", _AGENT + b"Disallow: /"),
    "one rule of escapes": _times(b"%41", _AGENT + b"Disallow: /"),
    "sitemaps": _numbered(b"Sitemap: http://a.b/%d\n"),
    "delay": _times(b"1", _AGENT + b"Crawl-delay: "),
    "rate": _times(b"1", _AGENT + b"Request-rate: 1/"),
}  # fmt: skip


def grown(make: Make, sizes: tuple[int, ...]) -> Iterator[bytes]:
    """The same body in several sizes."""
    return (make(size) for size in sizes)
