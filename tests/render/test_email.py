import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import InputError
from summarizer.render import email
from summarizer.render.email import Envelope
from summarizer.types import Briefing, InBrief, Note, TopicReport

NAMES = [
    "From",
    "To",
    "Date",
    "Message-ID",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "Auto-Submitted",
    "Subject",
    "MIME-Version",
    "Content-Type",
]
INJECTIONS = (
    "a\r\nBcc: spy@example.org",
    "a\nBcc: spy@example.org\n\nbody",
    "=?utf-8?q?a=0D=0ABcc:_spy=40example.org?=",
    "=?utf-8?b?YQ0KQmNjOiBzcHlAZXhhbXBsZS5vcmc=?=",
    "==??utf-8?q?=0D=0ABcc:_spy?=",
    "a\x0bBcc: spy@example.org",
    "a\x1cBcc: b\x85Bcc: c\u2028Bcc: d",
    "\ud800\udfff",
    "x" * 5_000,
)


def envelope(**other: str | None) -> Envelope:
    values: dict[str, str | None] = {
        "sender": 'Desk, "Morning" <desk@example.org>',
        "recipient": "reader@example.org",
        "delivery": "d" * 32,
        "unsubscribe_url": "https://news.example.org/unsubscribe?token=" + "t" * 200,
        "whole_url": "https://news.example.org/v1/briefings/7",
    }
    return Envelope(date=datetime(2026, 3, 4, 5, 59, tzinfo=UTC), **values | other)  # type: ignore[arg-type]


def parse(mail: bytes) -> EmailMessage:
    message = message_from_bytes(mail, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def part(mail: bytes, kind: str) -> str:
    body = parse(mail).get_body((kind,))
    assert isinstance(body, EmailMessage)
    content: str = body.get_content()
    return content


def header_names(mail: bytes) -> list[str]:
    head = mail.partition(b"\r\n\r\n")[0].decode("ascii")
    return [line.partition(":")[0] for line in head.split("\r\n") if not line.startswith(" ")]


class Markup(HTMLParser):
    def __init__(self, markup: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    @property
    def links(self) -> list[str]:
        return [attributes["href"] for tag, attributes in self.elements if tag == "a"]


def long(briefing: Briefing, n: int) -> Briefing:
    """A briefing whose last story is repeated in brief."""
    line = briefing.in_brief[0]
    lines = (
        InBrief(f"{line.id}-{i}", replace(line.claim, id=f"{line.claim.id}-{i}"), line.documents)
        for i in range(n)
    )
    return replace(briefing, in_brief=tuple(lines))


def test_mail_has_a_text_and_an_html_part_with_every_sentence(briefing: Briefing) -> None:
    mail = email.message(briefing, envelope())

    assert parse(mail).get_content_type() == "multipart/alternative"
    for kind in ("plain", "html"):
        told = " ".join(part(mail, kind).replace("\u00a0", " ").split())
        assert "Fourteen people were taken to hospital, the district office said." in told
        assert "افتُتح ميناء نادر الجديد يوم الاثنين بعد ثلاث سنوات من البناء." in told
        assert "十四人被送往医院。" in told


def test_headers_are_those_of_the_envelope(briefing: Briefing) -> None:
    mail = email.message(briefing, envelope())
    message = parse(mail)

    assert header_names(mail) == NAMES
    (sender,) = message["From"].addresses
    assert sender.addr_spec == "desk@example.org"
    assert sender.display_name == 'Desk, "Morning"'
    assert message["To"] == "reader@example.org"
    assert message["Date"].datetime == datetime(2026, 3, 4, 5, 59, tzinfo=UTC)
    assert message["Message-ID"] == f"<{'d' * 32}.{briefing.id[:16]}@example.org>"
    assert message["Subject"] == f"Morning briefing: {briefing.stories[0].headline.text}"


def test_one_click_ends_a_subscription_where_there_is_an_address(briefing: Briefing) -> None:
    mail = email.message(briefing, envelope())
    url = str(envelope().unsubscribe_url)

    assert f"List-Unsubscribe: <{url}>\r\n".encode() in mail
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in mail
    assert url in part(mail, "plain")
    assert url in Markup(part(mail, "html")).links


def test_without_an_address_a_mail_ends_a_subscription(briefing: Briefing) -> None:
    mail = email.message(briefing, envelope(unsubscribe_url=None))

    assert b"List-Unsubscribe: <mailto:desk@example.org?subject=unsubscribe>\r\n" in mail
    assert b"List-Unsubscribe-Post" not in mail


def test_same_briefing_and_envelope_give_the_same_bytes(briefing: Briefing) -> None:
    assert email.message(briefing, envelope()) == email.message(briefing, envelope())


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_mail_closes_with_the_ledgers_line(briefing: Briefing, kind: str) -> None:
    told = re.sub("<[^>]*>", "", part(email.message(briefing, envelope()), kind))
    line = "7 articles: 5 cited, 1 merged, 1 excluded; 1 draft withheld"
    assert told.strip().endswith(line)


def test_nothing_in_the_html_is_loaded_from_elsewhere(
    briefing: Briefing, second_day: Briefing
) -> None:
    for each in (briefing, second_day):
        markup = part(email.message(each, envelope()), "html")
        elements = Markup(markup).elements
        assert {tag for tag, _ in elements}.isdisjoint({"img", "link", "style", "script", "iframe"})
        assert all({"src", "background"}.isdisjoint(attributes) for _, attributes in elements)
        assert "url(" not in markup
        assert "@import" not in markup


def test_marks_lead_to_the_sources(briefing: Briefing) -> None:
    links = Markup(part(email.message(briefing, envelope()), "html")).links
    assert "https://kessel.example/2026/kessel?a=1&b=2" in links
    assert all(link.startswith("https://") for link in links)


def test_html_tells_the_direction_of_each_sentence(briefing: Briefing) -> None:
    arabic = replace(briefing, language="ar")
    elements = Markup(part(email.message(arabic, envelope()), "html")).elements
    assert ("html", {"lang": "ar", "dir": "rtl"}) in elements
    assert ("span", {"lang": "en", "dir": "ltr"}) in elements
    assert ("span", {"lang": "ar", "dir": "rtl"}) in elements


def test_second_day_shows_corrections_tables_and_what_is_set_apart(second_day: Briefing) -> None:
    markup = part(email.message(second_day, envelope()), "html")
    told = " ".join(re.sub("<[^>]*>", "", markup).replace("\u00a0", " ").split())
    assert "The port was sold." in told
    assert "The source no longer says this." in told
    assert "Sources differ: killed" in told
    assert "Only Havel Post reports: The driver" in told


@pytest.mark.parametrize("text", INJECTIONS)
def test_no_text_of_a_source_adds_a_header(hostile: Callable[[str], Briefing], text: str) -> None:
    _assert_no_header_added(hostile(text))


@given(st.text(st.characters() | st.sampled_from("\r\n=?:@<>"), max_size=80))
def test_no_text_at_all_adds_a_header(hostile: Callable[[str], Briefing], text: str) -> None:
    _assert_no_header_added(hostile(text))


def _assert_no_header_added(briefing: Briefing) -> None:
    mail = email.message(briefing, envelope())
    assert header_names(mail) == NAMES
    assert parse(mail).keys() == NAMES
    assert "Bcc" not in parse(mail)
    assert len(parse(mail)["Subject"]) <= email.MAX_SUBJECT_CHARS
    assert len(mail) <= email.MAX_BYTES


@pytest.mark.parametrize(
    "payload",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "javascript:alert(1)"],
)
def test_no_text_of_a_source_becomes_markup(
    hostile: Callable[[str], Briefing], payload: str
) -> None:
    elements = Markup(part(email.message(hostile(payload), envelope()), "html")).elements
    assert {"script", "img"}.isdisjoint(tag for tag, _ in elements)
    assert not any(value.startswith("javascript:") for _, a in elements for value in a.values())


@pytest.mark.parametrize("n", [1, 600])
@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_no_mail_is_longer_than_allowed(briefing: Briefing, n: int, language: str) -> None:
    given = replace(long(briefing, n), language=language)
    assert len(email.message(given, envelope())) <= email.MAX_BYTES


def test_a_long_briefing_loses_whole_stories_from_its_end_and_says_how_many(
    briefing: Briefing,
) -> None:
    mail = email.message(long(briefing, 1_000), envelope())
    markup = part(mail, "html")
    printed = markup.count("The Havel museum reopened on Monday after two years of repairs.")

    assert len(mail) > 0.95 * email.MAX_BYTES
    assert briefing.stories[1].headline.text in markup
    for kind in ("plain", "html"):
        told = " ".join(part(mail, kind).split())
        assert f"{1_000 - printed} more stories are left out here" in told
        assert "https://news.example.org/v1/briefings/7" in told
        assert "7 articles: 5 cited, 1 merged, 1 excluded; 1 draft withheld" in told


def test_many_notes_leave_room_for_the_stories(briefing: Briefing) -> None:
    notes = tuple(Note("unreachable", f"source {i}: not reached") for i in range(2_000))
    mail = email.message(replace(briefing, notes=notes), envelope())
    told = part(mail, "plain")
    assert "Fourteen people were taken to hospital" in told
    assert "source 19: not reached" in told
    assert "(+1980)" in told


def test_what_a_source_says_of_itself_cannot_push_the_frame_over_the_limit(
    hostile: Callable[[str], Briefing],
) -> None:
    given = replace(hostile("word " * 10_000), title="Morning", day="2026-03-04")
    mail = email.message(given, envelope())
    assert len(mail) <= email.MAX_BYTES
    assert "1 cited" not in part(mail, "plain").partition("articles")[0]


def test_subject_of_a_briefing_without_stories_names_the_day(empty: Briefing) -> None:
    quiet = replace(empty, day="2026-03-04")
    assert email.subject(quiet) == "Morning briefing: Wednesday, 4 March 2026"
    assert email.subject(empty) == "Morning briefing"


def test_subject_is_cut_between_words(briefing: Briefing) -> None:
    subject = email.subject(replace(briefing, title="word " * 100))
    assert len(subject) <= email.MAX_SUBJECT_CHARS
    assert subject.endswith("word…")


def test_draft_has_no_sender_and_says_that_it_was_not_sent(briefing: Briefing) -> None:
    message = parse(email.draft(briefing))
    assert message["From"] is None
    assert message["To"] is None
    assert message["X-Unsent"] == "1"


def test_notice_is_a_text_of_one_line_under_a_subject() -> None:
    mail = email.notice("nothing new since\r\nBcc: spy@example.org", envelope(), title="Morning")
    assert parse(mail)["Subject"] == "Morning: nothing new since Bcc: spy@example.org"
    assert parse(mail)["Bcc"] is None
    assert parse(mail).get_content() == "nothing new since Bcc: spy@example.org\r\n"


@pytest.mark.parametrize(
    ("mailbox", "address"),
    [
        ("desk@example.org", "desk@example.org"),
        ("Désk <desk@example.org>", "desk@example.org"),
        ('"The, Desk" <desk@example.org>', "desk@example.org"),
        ("desk@bücher.example", "desk@xn--bcher-kva.example"),
    ],
)
def test_address_of_a_mailbox_is_read(mailbox: str, address: str) -> None:
    assert email.address(mailbox) == address


@pytest.mark.parametrize(
    "mailbox",
    ["", "desk", "dösk@example.org", "a@b@example.org", "a b@example.org", "a@example..org", "a@"],
)
def test_address_that_mail_servers_do_not_take_is_refused(mailbox: str) -> None:
    with pytest.raises(InputError, match="write a mail address like"):
        email.address(mailbox)


def test_name_of_the_sender_keeps_its_letters(briefing: Briefing) -> None:
    mail = email.message(briefing, envelope(sender="Rédaction <desk@example.org>"))
    assert parse(mail)["From"].addresses[0].display_name == "Rédaction"


def test_id_with_a_line_break_is_refused(briefing: Briefing) -> None:
    with pytest.raises(InputError, match="Message-ID: line breaks cannot be sent"):
        email.message(briefing, envelope(delivery="d\r\nBcc: spy@example.org"))


def test_long_watch_gives_way_before_the_lead(briefing: Briefing) -> None:
    mentions = tuple(
        replace(briefing.in_brief[0].claim, id=f"m-{i}", text="word " * 200) for i in range(500)
    )
    topic = TopicReport(
        name="Museum",
        mode="watch",
        claims=tuple(claim.id for claim in mentions),
        searched=7,
        not_searched=(),
        mentions=mentions,
    )
    mail = email.message(replace(briefing, topics=(topic,)), envelope())
    told = part(mail, "plain")
    assert len(mail) <= email.MAX_BYTES
    assert "Museum" in told
    assert "A gate of the Orlen dam broke early on Tuesday" in told
