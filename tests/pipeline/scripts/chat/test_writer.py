"""The writer with a model against a stand-in that speaks the real protocols, through the real client library."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest

from pipeline.errors import Cancelled, ScriptError
from pipeline.scripts.chat import ChatWriter, Endpoint, endpoint
from pipeline.scripts.chat.checks import avoided
from pipeline.scripts.chat.health import warnings
from pipeline.scripts.fitting import GOAL, fit
from pipeline.scripts.language.sentences import split
from pipeline.scripts.language.words import spoken_words
from pipeline.scripts.writers import LengthChange, Written
from presets import niches
from tests.fakes.chat import ChatServer, serve
from tests.pipeline.scripts.assignments import assignment, example, notes

PROTOCOLS = ["openai", "hub", "local"]
NOTES = example("volcanoes")


@pytest.fixture
def model() -> Iterator[ChatServer]:
    server = ChatServer()
    with serve(server) as place:
        server.models["address"] = place.url
        yield server


def to(model: ChatServer, name: str = "openai", *, timeout_s: float = 20) -> Endpoint:
    return endpoint(name, api_key="test-key", base_url=f"{model.models['address']}/v1", timeout_s=timeout_s)


def write(model: ChatServer, name: str = "openai", **brief: object) -> Written:
    return ChatWriter(to(model, name)).write(assignment(NOTES, 2, **brief))


@pytest.mark.parametrize("name", PROTOCOLS)
def test_a_good_answer_is_a_script_in_one_call(model: ChatServer, name: str) -> None:
    written = write(model, name)
    script = written.script
    assert [section.kind for section in script.sections][:3] == ["hook", "setup", "beat"]
    assert len(script.hooks) == 3
    assert sum(spoken_words(section.narration) for section in script.sections) == pytest.approx(297, rel=0.08)
    assert all(section.sources for section in script.sections if section.kind == "beat")
    assert script.notes == ()
    assert sum(model.billed.values()) == 1


@pytest.mark.parametrize("name", PROTOCOLS)
def test_titles_are_heard_while_they_stream(model: ChatServer, name: str) -> None:
    heard: list[str] = []
    ChatWriter(to(model, name)).write(assignment(NOTES, 2), progress=heard.append)
    assert heard[1:] == [f"Part {number}" for number in range(1, 8)]


@pytest.mark.parametrize("name", PROTOCOLS)
def test_a_busy_or_failing_server_is_asked_again_by_the_client_and_paid_once(model: ChatServer, name: str) -> None:
    model.misbehave("busy", "down")
    write(model, name)
    assert len(model.calls) == 3
    assert len({call.key for call in model.calls}) == 1
    assert sum(model.billed.values()) == 1


@pytest.mark.parametrize("name", PROTOCOLS)
def test_a_stream_that_breaks_off_is_paid_once(model: ChatServer, name: str) -> None:
    model.misbehave("cut")
    write(model, name)
    assert [bool(call.body.get("stream")) for call in model.calls] == [True, False]
    assert sum(model.billed.values()) == 1


def test_the_same_work_has_the_same_key_and_another_take_another(model: ChatServer) -> None:
    for take in (0, 0, 1):
        ChatWriter(to(model), take=take).write(assignment(NOTES, 2))
    keys = [call.key for call in model.calls]
    assert keys[0] == keys[1] != keys[2]
    assert sum(model.billed.values()) == 2


@pytest.mark.parametrize("name", PROTOCOLS)
@pytest.mark.parametrize("fault", ["malformed", "wrong_schema", "length", "short", "invented", "avoided"])
def test_a_fault_is_named_and_mended_in_the_next_round(model: ChatServer, name: str, fault: str) -> None:
    model.misbehave(fault)  # type: ignore[arg-type]
    written = write(model, name)
    assert len(model.calls) == 2
    messages = model.calls[1].body.get("input") or model.calls[1].body["messages"]
    assert "Correct exactly this" in messages[-1]["content"]
    assert written.script.notes == ()
    assert written.cost.calls == 2


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("invented", '"987,654", a number that no passage holds'),
        ("avoided", f'uses "{niches.load("explainer").avoid[0]}", which is to be avoided'),
        ("short", "words; it needs about"),
        ("malformed", "Invalid JSON"),
        ("length", "cut off at the length limit"),
    ],
)
def test_the_model_hears_exactly_what_was_wrong(model: ChatServer, fault: str, said: str) -> None:
    model.misbehave(fault)  # type: ignore[arg-type]
    write(model)
    assert said in model.calls[1].body["input"][-1]["content"]


def test_after_two_corrections_an_unusable_answer_is_an_error(model: ChatServer) -> None:
    model.misbehave("malformed", "wrong_schema", "malformed")
    with pytest.raises(ScriptError, match="cannot be used, even after 2 corrections"):
        write(model)
    assert len(model.calls) == 3


def test_an_invention_that_stays_is_reported(model: ChatServer) -> None:
    model.misbehave("invented", "invented", "invented")
    notes_of = " ".join(write(model).script.notes)
    assert '"987,654", which the notes do not say' in notes_of
    assert '"Baron Mirabel"' in notes_of


def test_an_avoided_word_that_stays_is_cut_out_with_its_sentence(model: ChatServer) -> None:
    model.misbehave("avoided", "avoided", "avoided")
    script = write(model).script
    assert not any(avoided(section.narration, niches.load("explainer").avoid) for section in script.sections)


@pytest.mark.parametrize("name", PROTOCOLS)
def test_a_refusal_is_an_error_with_its_words(model: ChatServer, name: str) -> None:
    model.misbehave("refused")
    with pytest.raises(ScriptError, match="refused to write this script: I can't help with that"):
        write(model, name)
    assert len(model.calls) == 1


@pytest.mark.parametrize(
    ("faults", "message"),
    [
        (["unauthorized"], "did not accept the key. Check OPENAI_API_KEY"),
        (["busy"] * 4, "over its limit for this key"),
        (["down"] * 4, "failed with status 500"),
    ],
)
def test_a_failure_of_the_provider_is_a_sentence(model: ChatServer, faults: list[str], message: str) -> None:
    model.misbehave(*faults)  # type: ignore[arg-type]
    with pytest.raises(ScriptError, match=message):
        write(model)


def test_a_slow_model_is_given_up_after_its_time(model: ChatServer) -> None:
    model.misbehave("slow")
    slow = Endpoint(to(model).entry, to(model).model, to(model).base_url, "test-key", timeout_s=0.3, retries=0)
    with pytest.raises(ScriptError, match=r"did not answer within 0\.3 seconds"):
        ChatWriter(slow).write(assignment(NOTES, 2))


def test_a_server_that_is_not_there_is_a_sentence() -> None:
    nowhere = endpoint("local", base_url="http://127.0.0.1:9/v1")
    with pytest.raises(ScriptError, match=r"cannot be reached at http://127\.0\.0\.1:9/v1"):
        ChatWriter(Endpoint(nowhere.entry, nowhere.model, nowhere.base_url, "none", 5, retries=0)).write(
            assignment(NOTES, 2)
        )


def test_whoever_watches_may_stop_it(model: ChatServer) -> None:
    def stop(title: str) -> None:
        raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        ChatWriter(to(model)).write(assignment(NOTES, 2), progress=stop)


def test_a_topic_alone_is_enough_and_is_marked_as_unchecked(model: ChatServer) -> None:
    source = notes("", topic="the history of tea")
    script = ChatWriter(to(model)).write(assignment(source, 1, topic="the history of tea")).script
    assert script.title == "All about the history of tea"
    assert script.notes == (
        "The model wrote from the topic alone. Check its facts: there are no notes to hold them against.",
    )


def test_the_creators_title_and_hook_are_used(model: ChatServer) -> None:
    script = write(model, title="Mountains of fire", hook=3).script
    assert script.title == "Mountains of fire"
    assert script.sections[0].narration == script.hooks[2].narration


def test_the_cost_is_counted_from_the_catalogue(model: ChatServer) -> None:
    cost = write(model).cost
    price = to(model).model
    assert price.input_cents is not None
    assert price.output_cents is not None
    expected = (cost.input_tokens * price.input_cents + cost.output_tokens * price.output_cents) / 1_000_000
    assert cost.cents == pytest.approx(expected)
    assert cost.cents > 0


def test_a_model_without_a_known_price_says_that_it_does_not_know(model: ChatServer) -> None:
    assert write(model, "hub").cost.cents is None


def test_only_the_sections_that_miss_are_rewritten(model: ChatServer) -> None:
    asked = assignment(NOTES, 2)
    writer = ChatWriter(to(model))
    script = writer.write(asked).script
    beat = script.sections[3]
    revised = writer.revise(script, (LengthChange(beat.id, 70),), asked).script
    assert [section for section in revised.sections if section.id != beat.id] == [
        section for section in script.sections if section.id != beat.id
    ]
    assert spoken_words(revised.sections[3].narration) == pytest.approx(70, rel=0.1)


def test_the_schema_goes_along_where_the_endpoint_takes_one_and_into_the_words_where_not(model: ChatServer) -> None:
    write(model, "openai")
    write(model, "local")
    strict, plain = model.calls[0].body, model.calls[1].body
    assert strict["text"]["format"]["strict"] is True
    assert plain["response_format"] == {"type": "json_object"}
    assert '"call_to_action"' in plain["messages"][0]["content"]


def test_every_object_of_the_schema_is_closed_and_wants_all_its_fields(model: ChatServer) -> None:
    write(model)
    schema = model.calls[0].body["text"]["format"]["schema"]
    for part in [schema, *schema["$defs"].values()]:
        if part.get("type") == "object":
            assert part["additionalProperties"] is False
            assert set(part["required"]) == set(part["properties"])


def test_a_book_is_sent_in_part(model: ChatServer) -> None:
    paragraphs = [f"In the year {1000 + number}, the river rose again and again. " * 12 for number in range(800)]
    ChatWriter(to(model)).write(assignment(notes("\n\n".join(paragraphs)), 2))
    sent = json.loads(model.calls[0].body["input"][1]["content"])["passages"]
    assert 100_000 < sum(len(passage["text"]) for passage in sent) <= 260_000


@pytest.mark.parametrize("niche", [niche.name for niche in niches.all_niches()])
def test_every_niche_and_length_ends_within_three_percent(model: ChatServer, niche: str) -> None:
    """Spoken by a voice that is four percent slower than measured in one section and faster in the next."""
    for minutes in (1, 3, 6, 12):
        asked = assignment(NOTES, minutes, niche)
        script = ChatWriter(to(model)).write(asked).script
        a_word_ms = 60_000 / asked.budget.words_a_minute
        speech = {
            section.id: round(spoken_words(section.narration) * a_word_ms * (1.04 if place % 2 else 0.99))
            for place, section in enumerate(script.sections)
        }
        found = fit(script, speech, asked.budget)
        assert abs(found.error) <= GOAL, (minutes, found.error)
        said = [sentence for section in script.sections for sentence in split(section.narration)]
        assert len(said) == len(set(said))


def test_a_model_that_ends_soon_is_warned_of(model: ChatServer) -> None:
    name = to(model).model.name
    model.models[name] = "2027-01-14"
    assert warnings(to(model), date(2026, 11, 20)) == (
        f'OpenAI switches "{name}" off on 2027-01-14, in 55 days. Choose another text model in the settings.',
    )
    model.models[name] = "2026-01-14"
    assert "switched" in warnings(to(model), date(2026, 11, 20))[0]
    model.models[name] = None
    assert warnings(to(model), date(2026, 11, 20)) == ()


def test_a_model_that_is_gone_is_warned_of(model: ChatServer) -> None:
    assert "does not list the model" in warnings(to(model), date(2026, 11, 20))[0]
