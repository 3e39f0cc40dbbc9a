"""A page that tries every way out of a browser that is known: each with a host name of its own."""

SITE = "https://site.test/"

_WORKER = """
const way = WAY, at = name => `https://${way}-${name}.leak.test/`;
const tries = [
  () => fetch(at('fetch'), {mode: 'no-cors'}).catch(() => 0),
  () => new WebSocket(at('socket').replace('https', 'wss')),
  () => new EventSource(at('events')),
  () => { const ask = new XMLHttpRequest(); ask.open('GET', at('xhr')); ask.send(); },
  () => new WebTransport(at('transport').replace(/\\/$/, ':4433/')).ready.catch(() => 0),
  () => importScripts(at('script')),
];
for (const each of tries) { try { each(); } catch (error) { /* the next way */ } }
"""


def worker(way: str) -> str:
    """The script of a worker that tries its own ways out."""
    return _WORKER.replace("WAY", repr(way))


HEADERS = {
    "content-type": "text/html; charset=utf-8",
    "link": "<https://header-preconnect.leak.test>; rel=preconnect, "
    "<https://header-dns.leak.test>; rel=dns-prefetch, "
    "<https://header-preload.leak.test/x.js>; rel=preload; as=script",
    "content-security-policy-report-only": "img-src 'none'; "
    "report-uri https://csp-report.leak.test/; report-to ours",
    "reporting-endpoints": 'ours="https://reporting.leak.test/"',
    "report-to": '{"group":"nel","max_age":9999,'
    '"endpoints":[{"url":"https://nel-report.leak.test/"}]}',
    "nel": '{"report_to":"nel","max_age":9999,"success_fraction":1.0,"failure_fraction":1.0}',
    "speculation-rules": '"https://header-rules.leak.test/rules.json"',
    "permissions-policy": "unload=*",
}

_HEAD = """
<!doctype html><html><head><title>ways</title>
<link rel="dns-prefetch" href="//dns-prefetch.leak.test">
<link rel="preconnect" href="https://preconnect.leak.test">
<link rel="preconnect" href="http://198.51.100.21:8021">
<link rel="prefetch" href="https://prefetch.leak.test/">
<link rel="prerender" href="https://prerender.leak.test/">
<link rel="preload" as="font" crossorigin href="https://preload.leak.test/f.woff2">
<link rel="modulepreload" href="https://modulepreload.leak.test/m.js">
<link rel="icon" href="https://favicon.leak.test/i.png">
<link rel="manifest" href="https://manifest.leak.test/m.json">
<link rel="stylesheet" href="https://stylesheet.leak.test/s.css">
<link rel="compression-dictionary" href="https://dictionary.leak.test/d">
<script type="speculationrules">{
 "prefetch": [{"source": "list", "urls": ["https://rules-prefetch.leak.test/",
   "https://site.test/next"], "eagerness": "immediate"}],
 "prerender": [{"source": "list", "urls": ["https://site.test/prerendered"],
   "eagerness": "immediate"}]
}</script>
<style>
@import url("https://css-import.leak.test/s.css");
@font-face { font-family: far; src: url("https://font.leak.test/f.woff2"); }
body { font-family: far; background: url("https://css-image.leak.test/b.png"); }
</style></head><body><p id="text">Ways out</p>
<img src="https://image.leak.test/i.png"><img src="http://198.51.100.22:8022/i.png">
<video src="https://video.leak.test/v.mp4" poster="https://poster.leak.test/p.png" autoplay></video>
<audio src="https://audio.leak.test/a.mp3" autoplay></audio>
<object data="https://object.leak.test/o"></object><embed src="https://embed.leak.test/e">
<iframe src="https://iframe.leak.test/"></iframe>
<iframe srcdoc="<meta http-equiv=refresh content='0;url=https://refresh.leak.test/'>"></iframe>
<svg><image href="https://svg-image.leak.test/s.png"/></svg>
<a id="ping" href="#here" ping="https://ping.leak.test/">ping</a>
<a id="download" href="https://download.leak.test/d.zip" download target="_blank">download</a>
<a id="opened" href="https://opened.leak.test/" target="_blank">open</a>
<form id="form" action="https://form.leak.test/" method="post" target="frame">
<input name="a" value="b"></form><iframe name="frame"></iframe>
<form id="popup" action="https://form-popup.leak.test/" method="post" target="_blank"></form>
"""

_TRIES = """
const at = name => `https://${name}.leak.test/`;
const offered = (Kind, servers) => {
  const peer = new Kind({iceServers: servers.map(urls => ({urls, username: 'u', credential: 'c'})),
                         iceCandidatePoolSize: 4});
  peer.createDataChannel('x');
  peer.createOffer().then(offer => peer.setLocalDescription(offer));
  (window.kept = window.kept || []).push(peer);
};
const servers = (way, part) => [
  `stun:${way}-stun.leak.test:3478`, `stun:198.51.100.${part}:3478`,
  `turn:${way}-turn.leak.test:3478?transport=udp`, `turn:198.51.100.${part}:3479?transport=udp`,
  `turn:${way}-turn-tcp.leak.test:3478?transport=tcp`,
  `turn:198.51.100.${part}:3480?transport=tcp`,
  `turns:${way}-turns.leak.test:5349?transport=tcp`, `turns:198.51.100.${part}:5349`,
];
const framed = html => {
  const frame = document.createElement('iframe');
  if (html !== undefined) frame.srcdoc = html;
  document.body.append(frame);
  return frame.contentWindow;
};
const made = (script, Kind) => new Kind(
  URL.createObjectURL(new Blob([script], {type: 'text/javascript'})));
const tries = [
  () => offered(RTCPeerConnection, servers('rtc', 11)),
  () => offered(webkitRTCPeerConnection, servers('webkit', 12)),
  () => offered(framed().RTCPeerConnection, servers('framed', 13)),
  () => {
    const inner = `(${offered})(RTCPeerConnection, (${servers})('srcdoc', 14))`;
    framed(`<script>${inner}<` + '/script>');
  },
  () => new WebTransport('https://transport.leak.test:4433/').ready.catch(() => 0),
  () => new WebTransport('https://198.51.100.23:4433/').ready.catch(() => 0),
  () => new (framed().WebTransport)('https://framed-transport.leak.test:4433/').ready.catch(() => 0),
  () => new WebSocket('wss://socket.leak.test/'),
  () => new WebSocket('ws://198.51.100.24:8024/'),
  () => new (framed().WebSocket)('wss://framed-socket.leak.test/'),
  () => new EventSource(at('events')),
  () => navigator.sendBeacon(at('beacon'), 'x'),
  () => fetch(at('fetch'), {mode: 'no-cors', method: 'POST', body: 'x', keepalive: true}).catch(() => 0),
  () => fetchLater(at('fetch-later'), {activateAfter: 0}),
  () => { const ask = new XMLHttpRequest(); ask.open('POST', at('xhr')); ask.send('x'); },
  () => import(at('module')).catch(() => 0),
  () => made(WORKER_BLOB, Worker),
  () => new Worker('/worker.js'),
  () => new SharedWorker('/shared.js'),
  () => made(SHARED_BLOB, SharedWorker),
  () => navigator.serviceWorker.register('/service.js').then(async ready => {
    await navigator.serviceWorker.ready;
    await ready.backgroundFetch.fetch('b', [at('background-fetch')]);
  }).catch(() => 0),
  () => new AudioContext().audioWorklet.addModule(at('audio-worklet')).catch(() => 0),
  () => CSS.paintWorklet.addModule(at('paint-worklet')).catch(() => 0),
  () => document.getElementById('ping').click(),
  () => document.getElementById('download').click(),
  () => document.getElementById('opened').click(),
  () => document.getElementById('form').submit(),
  () => document.getElementById('popup').submit(),
  () => window.open(at('window')),
  () => window.open('about:blank').location.replace(at('window-later')),
  () => new PresentationRequest([at('cast')]).getAvailability().catch(() => 0),
  () => document.createElement('video').remote.watchAvailability(() => 0).catch(() => 0),
  () => new PaymentRequest([{supportedMethods: at('payment')}],
    {total: {label: 'x', amount: {currency: 'EUR', value: '1'}}}).canMakePayment().catch(() => 0),
  () => navigator.credentials.get({identity: {providers: [
    {configURL: at('identity') + 'c.json', clientId: 'x'}]}}).catch(() => 0),
  () => navigator.joinAdInterestGroup({name: 'x', owner: 'https://auction.leak.test',
    updateURL: at('auction')}, 1000).catch(() => 0),
  () => { document.createElement('img').attributionSrc = at('attribution'); },
  () => navigator.geolocation.getCurrentPosition(() => 0),
  () => new webkitSpeechRecognition().start(),
  () => Translator.create({sourceLanguage: 'en', targetLanguage: 'de'}).catch(() => 0),
  () => { document.body.append(Object.assign(document.createElement('link'),
    {rel: 'dns-prefetch', href: '//late-dns.leak.test'})); },
  () => { document.body.append(Object.assign(document.createElement('link'),
    {rel: 'preconnect', href: 'https://late-preconnect.leak.test'})); },
  () => { framed().location = at('frame-location'); },
  () => { let left = 16; const tick = () => fetch(`/tick?${left}`).catch(() => 0).then(() => {
    if ((left -= 1)) setTimeout(tick, 400); else location = at('location'); }); tick(); },
];
for (const each of tries) { try { each(); } catch (error) { /* the next way */ } }
"""

SCRIPT = _TRIES.replace("WORKER_BLOB", repr(worker("blob"))).replace(
    "SHARED_BLOB", repr(worker("shared-blob"))
)

DOCUMENT = f'{_HEAD}<script src="/ways.js"></script></body></html>'

_PRERENDERED = '<p>Before its time</p><img src="https://prerendered.leak.test/">'

SERVED = {
    "/ways.js": ("text/javascript", SCRIPT),
    "/worker.js": ("text/javascript", worker("worker")),
    "/shared.js": ("text/javascript", worker("shared")),
    "/service.js": ("text/javascript", worker("service")),
    "/prerendered": ("text/html", _PRERENDERED),
}
"""What the site itself serves beside the page; nothing else in the world answers."""


def _names(*names: str) -> frozenset[str]:
    return frozenset(f"dns {name}.leak.test" for name in names)


WAYS = {
    "STUN, by name": _names("rtc-stun", "webkit-stun"),
    "STUN, by address": frozenset({"udp 198.51.100.11 3478", "udp 198.51.100.12 3478"}),
    "STUN, from a frame": _names("framed-stun", "srcdoc-stun"),
    "TURN over UDP, by name": _names("rtc-turn", "webkit-turn"),
    "TURN over UDP, by address": frozenset({"udp 198.51.100.11 3479", "udp 198.51.100.12 3479"}),
    "TURN over TCP, by name": _names("rtc-turn-tcp", "webkit-turn-tcp"),
    "TURN over TCP, by address": frozenset({"tcp 198.51.100.11 3480", "tcp 198.51.100.12 3480"}),
    "TURN over TLS": _names("rtc-turns", "webkit-turns"),
    "mDNS": frozenset({"protocol 2 224.0.0.22"}),
    "DNS prefetch": _names("dns-prefetch", "late-dns", "header-dns"),
    "preconnect, by name": _names("preconnect", "late-preconnect", "header-preconnect"),
    "preconnect, by address": frozenset({"tcp 198.51.100.21 8021"}),
    "prefetch": _names("prefetch"),
    "speculation rules": _names("rules-prefetch", "header-rules"),
    "WebTransport": _names("transport", "framed-transport"),
    "WebTransport, by address": frozenset({"udp 198.51.100.23 4433"}),
    "dedicated worker": _names("worker-socket", "blob-socket", "worker-transport"),
    "shared worker": _names("shared-socket", "shared-fetch", "shared-blob-fetch"),
    "service worker": _names("service-fetch", "service-socket", "service-transport"),
    "background fetch": _names("background-fetch"),
    "WebSocket": _names("socket", "framed-socket"),
    "EventSource": _names("events", "worker-events", "blob-events", "service-events"),
    "beacon": _names("beacon", "fetch-later"),
    "ping": _names("ping"),
    "form": _names("form"),
    "reports": _names("reporting", "csp-report"),
    "favicon": _names("favicon"),
    "manifest": _names("manifest"),
    "preload": _names("preload", "modulepreload", "header-preload"),
    "style, image, font": _names("css-import", "css-image", "font"),
    "media": _names("video", "audio", "poster"),
    "object, embed, frame": _names("object", "embed", "iframe"),
    "popup": _names("opened", "window", "window-later", "form-popup"),
    "download": _names("download"),
    "navigation": _names("location"),
    "refresh": _names("refresh", "frame-location"),
    "the maker's services": frozenset({"dns accounts.google.com", "dns update.googleapis.com"}),
}
"""What is heard of each way where nothing holds it; one of them is enough.

The page asks for a prerender of its own site too; a browser that is driven makes none.
"""
