"""How records are written: for people on a terminal, as JSON elsewhere, with what they are about."""

from __future__ import annotations

import io
import json
import logging
import threading

import pytest

from studio.logs import about, here, set_up
from studio.settings import Settings

log = logging.getLogger("studio.tests.logs")


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def written(own_logging):
    """Sets logging up over a stream."""

    def begin(stream, **environment):
        set_up(Settings(_env_file=None), stream=stream, environment=environment)
        return stream

    return begin


def lines(stream):
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_off_a_terminal_every_record_is_one_json_object_a_line(written):
    stream = written(io.StringIO())
    log.info("two\nlines of %s", "words")
    (line,) = lines(stream)
    assert (line["level"], line["logger"], line["message"]) == ("INFO", "studio.tests.logs", "two\nlines of words")


def test_on_a_terminal_it_is_a_line_for_people(written):
    stream = written(Terminal(), NO_COLOR="1")
    with about(job="j1"):
        log.warning("slow")
    assert stream.getvalue().endswith("WARNING tests.logs: slow  job=j1\n")
    assert "\x1b" not in stream.getvalue()


def test_records_say_what_they_are_about_while_it_lasts(written):
    stream = written(io.StringIO())
    with about(job="j1", user="u1"):
        with about(project="p1"):
            log.info("inside")
        log.info("between")
    log.info("outside")
    inside, between, outside = lines(stream)
    assert (inside["job"], inside["user"], inside["project"]) == ("j1", "u1", "p1")
    assert "project" not in between
    assert "job" not in outside


def test_a_thread_may_take_the_facts_along(written):
    stream = written(io.StringIO())
    with about(job="j1"):
        threads = [threading.Thread(target=run) for run in (here(lambda: log.info("with")), lambda: log.info("bare"))]
    for thread in threads:
        thread.start()
        thread.join()
    told = {line["message"]: line.get("job") for line in lines(stream)}
    assert told == {"with": "j1", "bare": None}


def test_figures_are_part_of_the_record(written):
    stream = written(io.StringIO())
    log.info("step done", extra={"figures": {"seconds": 1.5, "made": 3, "fallbacks": ["no music"]}})
    (line,) = lines(stream)
    assert (line["seconds"], line["made"], line["fallbacks"]) == (1.5, 3, ["no music"])


def test_secrets_are_in_no_part_of_a_record(written):
    secret = "a-value-from-the-environment"
    stream = written(io.StringIO(), SOME_API_KEY=secret)
    try:
        raise ValueError(f"the provider refused {secret}")
    except ValueError:
        with about(address=f"https://example.org/?key={secret}"):
            log.exception("failed with %s", secret, extra={"figures": {"notes": [secret]}})
    assert secret not in stream.getvalue()
    assert "ValueError" in lines(stream)[0]["trace"]


def test_libraries_that_tell_of_every_request_are_quiet(written):
    stream = written(io.StringIO())
    logging.getLogger("httpx").info("HTTP Request: GET ...")
    logging.getLogger("httpx").warning("odd")
    assert [line["message"] for line in lines(stream)] == ["odd"]


def test_setting_up_twice_writes_every_record_once(written):
    written(io.StringIO())
    stream = written(io.StringIO())
    log.info("once")
    assert len(lines(stream)) == 1
