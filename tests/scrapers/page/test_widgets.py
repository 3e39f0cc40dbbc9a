"""Chat and share buttons of a site's own make."""

import pytest

from tests.analysed import page

CHAT = [
    '<a href="#" class="js-livechat">Chat</a>',
    '<button class="open-live-chat">Live-Chat starten</button>',
    '<a href="javascript:void(0)" id="chatbot-toggle" aria-label="Chat"></a>',
    '<div role="button" class="web-chat">Chatten Sie mit uns</div>',
    '<script src="/assets/helpbot/chatbot.js"></script>',
    '<script src="https://cdn.acmepumps.example/js/live-chat.min.js"></script>',
]
NO_CHAT = [
    '<a href="/livechat/" class="js-livechat">Chat</a>',
    '<button class="chat-icon">12</button>',
    '<script src="https://libs.other.example/chatbot.js"></script>',
    '<script src="/assets/chatter.js"></script>',
    '<div role="textbox" class="live-chat">Your question</div>',
    "<p class=livechat>Our live chat is open from nine.</p>",
]
SHARE = [
    '<a href="javascript:;" class="btn-share" data-net="fb" title="Share on Facebook">f</a>',
    '<button class="share" data-network="linkedin"></button>',
    '<a href="#" title="Auf Facebook teilen"><i class="icon"></i></a>',
    '<button aria-label="Partager sur WhatsApp"></button>',
    '<a class="share-bar__twitter" aria-label="X"></a>',
]
NO_SHARE = [
    '<a href="https://www.facebook.com/acmepumps" title="Share on Facebook">f</a>',
    '<a href="#" class="facebook">Facebook</a>',
    '<button class="share-price">Share price</button>',
    '<a href="#" title="Shared values">Our values</a>',
    "<p>Share on Facebook what you think.</p>",
]


def built(html: str) -> set[str]:
    return {signal.feature for signal in page(html).signals if signal.place == "shape"}


@pytest.mark.parametrize("html", CHAT)
def test_a_chat_of_the_sites_own_make_is_told(html: str) -> None:
    assert built(html) == {"chat"}


@pytest.mark.parametrize("html", NO_CHAT)
def test_what_only_sounds_like_a_chat_is_none(html: str) -> None:
    assert built(html) == set()


@pytest.mark.parametrize("html", SHARE)
def test_a_share_button_of_the_sites_own_make_is_told(html: str) -> None:
    assert built(html) == {"share-buttons"}


@pytest.mark.parametrize("html", NO_SHARE)
def test_what_only_sounds_like_sharing_is_no_button(html: str) -> None:
    assert built(html) == set()
