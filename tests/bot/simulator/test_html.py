"""Telegram's HTML: what it becomes, what it costs, and that escaped text is always safe."""

from html import escape

import pytest
from hypothesis import given, strategies

from bot.simulator import html, text
from bot.simulator.errors import ApiError
from bot.simulator.render import to_html

SURROGATES = (
    "Text contains invalid Unicode characters after decoding HTML entities, "
    "check for unmatched surrogate code units"
)


def parsed(raw: str) -> tuple[str, list[tuple[str, int, int]]]:
    found = text.tidy(html.parse(raw))
    return found.text, [(e["type"], e["offset"], e["length"]) for e in found.wire()]


@pytest.mark.parametrize(
    ("raw", "shown", "entities"),
    [
        ("a & b", "a & b", []),
        ("&lt;&gt;&amp&quot;", '<>&"', []),
        ("&nbsp;&laquo;&apos;", "&nbsp;&laquo;&apos;", []),
        ("&#1241;&#x4D9;&#0;", "әә&#0;", []),
        ("&#12345678;&lta", "&#12345678;&lta", []),
        ("<B>x</b >", "x", [("bold", 0, 1)]),
        ("<strong>x</strong><em>y</em>", "xy", [("bold", 0, 1), ("italic", 1, 1)]),
        ("<s>1</s><strike>2</strike><del>3</del>", "123", [("strikethrough", 0, 3)]),
        ("<u>1</u> <ins>2</ins>", "1 2", [("underline", 0, 1), ("underline", 2, 1)]),
        ("<b>x</>", "x", [("bold", 0, 1)]),
        ("a<b></b>c", "ac", []),
        ("😀<i>😀</i>", "😀😀", [("italic", 2, 2)]),
        ("<span class='tg-spoiler'>x</span>", "x", [("spoiler", 0, 1)]),
        ("<span class=tg-spoiler>x</span>", "x", [("spoiler", 0, 1)]),
        ("<tg-spoiler>x</tg-spoiler>", "x", [("spoiler", 0, 1)]),
        ("<b class=x id>y</b>", "y", [("bold", 0, 1)]),
        ("<blockquote expandable>q</blockquote>", "q", [("expandable_blockquote", 0, 1)]),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "ab", [("blockquote", 0, 2)]),
        ("<b>a<code>b</code>c</b>", "abc", [("bold", 0, 1), ("code", 1, 1), ("bold", 2, 1)]),
        ("<code><b>x</b></code>", "x", [("code", 0, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<b>a<b>b</b></b>", "ab", [("bold", 0, 2)]),
        (
            "<a href='https://a.kz'><code>x</code></a>",
            "x",
            [("code", 0, 1)],
        ),
        ("<a href='javascript:x'>y</a>", "y", []),
        ("<a href='http://[x'>y</a>", "y", []),
        ("<a>example.com</a>", "example.com", [("text_link", 0, 11)]),
        ("<a>not a link</a>", "not a link", []),
        ("<a>example.com </a>!", "example.com !", []),
        ("<a href=example.com>\n</a>!", "!", []),
        ("<pre><code class='language-'>x</></>", "x", [("pre", 0, 1)]),
        ("<code class='language-c'><pre>x</></>", "x", [("pre", 0, 1)]),
        ("<pre> <code class='language-c'>x</></>", "x", [("pre", 0, 1)]),
        ("<blockquote expandable=false cite>x</>", "x", [("expandable_blockquote", 0, 1)]),
        ("<i a  =  190azAz-.  >x</    >", "x", [("italic", 0, 1)]),
        (" \n <b> x </b>\n", "x", [("bold", 0, 1)]),
        ("a\tb\rc\u202e", "a bc", []),
    ],
)
def test_what_it_becomes(raw: str, shown: str, entities: list[tuple[str, int, int]]) -> None:
    assert parsed(raw) == (shown, entities)


@pytest.mark.parametrize(
    ("raw", "extra"),
    [
        ('<a href="http://Example.COM">x</a>', {"url": "http://example.com/"}),
        ('<a href="https://a.kz/?q=1&amp;w=2">x</a>', {"url": "https://a.kz/?q=1&w=2"}),
        ('<a href="a.kz/b c">x</a>', {"url": "http://a.kz/b%20c"}),
        ('<a href="tg://user?id=77">x</a>', {"user": 77}),
        ('<a href="tg://resolve?domain=x">x</a>', {"url": "tg://resolve?domain=x"}),
        ('<pre><code class="language-sql">x</code></pre>', {"language": "sql"}),
        ('<tg-emoji emoji-id="5368324170671202286">x</tg-emoji>',
         {"custom_emoji_id": "5368324170671202286"}),
        ('<tg-time unix="1700000000" format="wDT">x</tg-time>',
         {"unix_time": 1700000000, "date_time_format": "wDT"}),
    ],
)  # fmt: skip
def test_what_entities_carry(raw: str, extra: dict[str, object]) -> None:
    entity = html.parse(raw).wire()[0]
    assert {k: v for k, v in entity.items() if k not in ("type", "offset", "length")} == extra


@pytest.mark.parametrize(
    ("raw", "detail"),
    [
        ("<", "Unclosed start tag at byte offset 0"),
        ("әә<b", "Unclosed start tag at byte offset 4"),
        ("x<5", "Unclosed start tag at byte offset 1"),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("ә<br/>", 'Unsupported start tag "br/" at byte offset 2'),
        ("<!-- x -->", 'Unsupported start tag "!--" at byte offset 0'),
        ("<b x", 'Unclosed start tag "b" at byte offset 0'),
        ("<a href='x", "Unclosed start tag at byte offset 0"),
        ('ә<a href = "&lt;>', "Unclosed start tag at byte offset 2"),
        ("&#xDFDF;", SURROGATES),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<a ='x'>y</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=a/b>y</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b>x</b y>", "Unclosed end tag at byte offset 4"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<tg-emoji emoji-id=x>y</tg-emoji>", "Invalid custom emoji identifier specified"),
        ("<tg-time unix=1 format=q>y</tg-time>", "Invalid date format used"),
    ],
)
def test_how_it_complains(raw: str, detail: str) -> None:
    with pytest.raises(ApiError) as refused:
        html.parse(raw)
    assert refused.value.description == f"Bad Request: can't parse entities: {detail}"


@given(strategies.text(strategies.characters(exclude_categories=["Cs"])))
def test_escaped_text_comes_back_unchanged(raw: str) -> None:
    plain = text.tidy(text.Formatted(raw))
    for quote in (True, False):
        # the apostrophe: html.escape writes &#x27;, which Telegram reads as a number
        found = text.tidy(html.parse(escape(raw, quote=quote)))
        assert found.text == plain.text
        assert found.entities == []


@given(strategies.text(strategies.characters(exclude_categories=["Cs"]), min_size=1))
def test_escaped_text_stays_inside_its_tag(raw: str) -> None:
    found = text.tidy(html.parse(f"<b>{escape(raw)}</b>!"))
    assert {entity.kind for entity in found.entities} <= {"bold"}


SOUP = [
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<a href='x.kz'>",
    "</a>",
    "<code>",
    "</code>",
    "<",
    "&lt",
    "ә",
]


@given(strategies.lists(strategies.sampled_from(SOUP)))
def test_any_soup_is_text_or_a_refusal(parts: list[str]) -> None:
    try:
        found = text.tidy(html.parse("".join(parts)))
    except ApiError as refused:
        assert refused.description.startswith("Bad Request: can't parse entities: ")
        return
    assert text.from_wire(found.text, found.wire()) == found.entities
    assert "<script" not in to_html(found.text, found.wire())


@pytest.mark.parametrize(
    ("raw", "page"),
    [
        ("<b>a<i>b</i></b>&lt;script&gt;", "<b>a<i>b</i></b>&lt;script&gt;"),
        ("a\nb", "a<br>b"),
        ("<pre>a\nb</pre>", "<pre>a\nb</pre>"),
        ("<tg-spoiler>x</tg-spoiler>", '<span class="tg-spoiler">x</span>'),
        (
            "<a href='https://a.kz/?\"q'>x</a>",
            '<a href="https://a.kz/?&quot;q" target="_blank" rel="noopener noreferrer">x</a>',
        ),
    ],
)
def test_the_page_gets_safe_html(raw: str, page: str) -> None:
    found = html.parse(raw)
    assert to_html(found.text, found.wire()) == page


def test_crossing_entities_are_closed_and_opened_again() -> None:
    crossing = [
        {"type": "bold", "offset": 0, "length": 2},
        {"type": "italic", "offset": 1, "length": 2},
    ]
    assert to_html("abc", crossing) == "<b>a<i>b</i></b><i>c</i>"


@pytest.mark.parametrize(
    ("shown", "blank"),
    [("\u2800\u200b\xa0 \n", True), ("\U000e0020", True), ("\u3164", False), ("\u00ad", False)],
)
def test_what_telegram_calls_empty(shown: str, blank: bool) -> None:
    assert text.is_blank(shown) is blank
