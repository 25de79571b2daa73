"""The log of letters: each is sent once, and again only after a try that failed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from studio.errors import InvalidValue, KeyReused, NotFound
from studio.mail import MailLog

LETTER = {"template": "film_ready", "recipient": "ada@example.com"}


@pytest.fixture
def log(store):
    return MailLog(store)


def test_a_letter_is_sent_once_however_many_ask(log):
    with ThreadPoolExecutor(4) as pool:
        asked = list(pool.map(lambda _: log.begin("film_ready/1", **LETTER).send, range(8)))
    assert sorted(asked) == [False] * 7 + [True]


def test_a_sent_letter_stays_sent(log):
    log.begin("film_ready/1", **LETTER)
    log.note("film_ready/1", "sent", provider_id="re_1")
    again = log.begin("film_ready/1", **LETTER)
    assert (again.send, again.state, again.provider_id) == (False, "sent", "re_1")


def test_a_failed_letter_may_be_tried_again(log):
    log.begin("film_ready/1", **LETTER)
    log.note("film_ready/1", "failed", error="busy")
    again = log.begin("film_ready/1", **LETTER)
    assert (again.send, again.tries, again.error) == (True, 2, None)


def test_a_letter_whose_sender_died_is_taken_up_after_a_while(log, sql):
    log.begin("film_ready/1", **LETTER)
    assert log.begin("film_ready/1", **LETTER).send is False
    sql.execute("alter table public.email_log disable trigger touch")
    sql.execute("update public.email_log set updated_at = now() - interval '6 minutes'")
    sql.execute("alter table public.email_log enable trigger touch")
    assert log.begin("film_ready/1", **LETTER).send is True


def test_a_key_belongs_to_one_letter(log):
    log.begin("film_ready/1", **LETTER)
    with pytest.raises(KeyReused):
        log.begin("film_ready/1", template="film_ready", recipient="eve@example.com")


def test_nonsense_is_refused(log):
    with pytest.raises(NotFound):
        log.note("never/begun", "sent")
    log.begin("film_ready/1", **LETTER)
    with pytest.raises(InvalidValue):
        log.note("film_ready/1", "eaten by the dog")
