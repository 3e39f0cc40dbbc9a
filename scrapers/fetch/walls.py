"""What keeps a drawn page from the network, below the routes that answer its requests.

Each wall holds without the others: the way the browser is started, and a script before the page's.
"""

FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
    "--disable-dev-shm-usage",
    "--js-flags=--max-old-space-size=512",
    "--proxy-server=http://127.0.0.1:9",
    # Chromium spares loopback addresses from the proxy unless it is told not to.
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ^NOTFOUND",
    "--disable-quic",
    # Chromium 156 does not heed the second of these: STUN, TURN and mDNS left the machine.
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
)
"""How the browser is started: a proxy that is not there, no names, no datagrams.

The rule for names covers the proxy's address too, so that nothing is sent even there. Of the two
words for WebRTC older versions heed the second. There is no `--disable-features` here: Chromium
takes the last one only, and the driver gives its own.
"""

DROPPED = ("--disable-popup-blocking", "--disable-ipc-flooding-protection")
"""What the driver would add: without it a page opens no windows, and cannot flood the browser."""

SCRIPT = """
(() => {
  const connecting = ['RTCPeerConnection', 'webkitRTCPeerConnection', 'RTCDataChannel',
    'RTCIceTransport', 'RTCDtlsTransport', 'RTCSctpTransport', 'RTCCertificate',
    'WebTransport', 'WebSocketStream', 'PresentationRequest', 'RemotePlayback',
    'PaymentRequest', 'IdentityCredential', 'webkitSpeechRecognition', 'SpeechRecognition'];
  for (const name of connecting) delete globalThis[name];
  globalThis.open = () => null;
  globalThis.alert = globalThis.print = () => undefined;
  globalThis.confirm = () => false;
  globalThis.prompt = () => null;
})();
"""
"""Before each page's own scripts: what connects past the routes, opens windows or asks is gone.

It is deleted and not forbidden, so that a script which brings its own in place of it goes on.
"""
