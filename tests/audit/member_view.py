"""An invented company's page as a network shows it to a member, with what is the member's own."""

NAME, MAIL, COUNT = "Jadwiga Plantowska", "jadwiga.plantowska@reader.example", "4711"
"""Of the person who was logged in; nothing of it may be found anywhere."""

MEMBER = f"""<!DOCTYPE html><html lang="en"><head><title>({COUNT}) Acme | LinkedIn</title></head>
<body><script type="application/json">{{"me": "{NAME}", "mail": "{MAIL}"}}</script>
<header role="banner"><nav><a href="/in/jadwiga/">{NAME}</a>
<span>{COUNT} notifications</span> <span>{COUNT} new followers</span></nav></header>
<div hidden>{MAIL} has {COUNT} followers</div>
<main><section><h1>Acme</h1><p>Pumps · <span>31,415 followers</span> · 51-200 employees</p>
<p>{NAME} & 3 other connections follow this page; {COUNT} followers you know</p>
<a href="https://www.linkedin.com/redir/redirect?url=https%3A%2F%2Facme.example%2F">Website</a>
</section>
<div role="article"><p>{NAME} likes this</p><p>A new pump</p>
<a href="/company/acme/posts/1"><time datetime="2026-11-18T08:00:00Z">2d</time></a>
<button aria-label="57 reactions">57</button> <span>57 likes</span> <span>4 comments</span>
<div role="article"><a href="/in/jadwiga/">{NAME}</a> <time datetime="2026-11-19">1d</time>
 mail me at {MAIL} <span>{COUNT} likes</span></div></div>
<div role="article"><p>Another</p><time datetime="2026-11-10T08:00:00Z">1w</time>
<span>12 likes</span></div>
</main><aside><h2>Pages people also viewed</h2>
<a href="/company/other/">Other</a> <span>9,000 followers</span></aside></body></html>"""
