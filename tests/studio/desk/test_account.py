"""One's own account: what one has and why, keys, letters, everything to take along, and the end of it."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest

from studio.callers import ANYONE, Caller
from studio.credits import Credits
from studio.desk.account import MOST_KEYS
from studio.errors import Forbidden, InvalidValue, JobCancelled, NotFound, SignInNeeded
from studio.identity import Scope
from studio.jobs import Jobs, Leases
from studio.office import Office
from studio.projects import ProjectFields, Projects, Scene
from studio.safety import JobRecords
from tests.studio.arrange import ONE_MINUTE


@pytest.fixture
def account(studio_app):
    return studio_app.desk.account


@pytest.fixture
def of(studio_app):
    return studio_app.installation


@pytest.fixture
def person(studio_app):
    return studio_app.person()


@pytest.fixture
def me(person):
    return Caller(person.id)


def ordered(of, user, title="Volcanoes", seconds=ONE_MINUTE):
    project = Projects(of.store).create(user, uuid4(), ProjectFields(title=title)).id
    return Jobs(of.store).start(uuid4(), user=user, project=project, request={}, usage=seconds, lane="gpu")


def finished(of, job):
    """Claimed and finished, whoever else's jobs wait."""
    leases = Leases(of.store, worker="w", lanes=["gpu"])
    while (claimed := leases.claim()) and claimed.id != job.id:
        pass
    for stage in ("SCRIPTING", "PACKAGING"):
        leases.step(claimed, stage)
    leases.finish(claimed, ONE_MINUTE, {})


def words(account, me):
    return [line.words for line in account.history(me)]


def test_a_new_account_has_its_welcome_credits_and_knows_why(account, me):
    wallet = account.balance(me)
    assert (wallet.balance, wallet.held, wallet.debt, wallet.holds) == (10, 0, 0, ())
    assert words(account, me) == ["Welcome credits"]


def test_what_is_held_names_its_film(account, of, me):
    job = ordered(of, me.user)
    wallet = account.balance(me)
    assert (wallet.balance, wallet.held) == (9, 1)
    (hold,) = wallet.holds
    assert (hold.words, hold.amount, hold.project_id) == ("Film “Volcanoes”", 1, job.project_id)


def test_the_ledger_speaks_in_plain_words(account, of, me):
    finished(of, ordered(of, me.user))
    Jobs(of.store).cancel(me.user, ordered(of, me.user, "Rain").id)
    credits = Credits(of.store)
    credits.adjust(me.user, 3, key=str(uuid4()), note="Thank you", actor="test")
    credits.refund(me.user, 20, key=str(uuid4()))
    credits.grant(me.user, 9, key=str(uuid4()))
    assert words(account, me) == [
        "Credits given to you (8 credits paid what was owed)",
        "A payment was returned, and its credits with it (8 credits had been spent already and are owed)",
        "Changed by the studio: Thank you",
        "Film “Rain” was stopped: all credits came back",
        "Film “Rain”: 1 credit held",
        "Film “Volcanoes”: 1 credit spent",
        "Film “Volcanoes”: 1 credit held",
        "Welcome credits",
    ]
    assert [line.change for line in account.history(me)][:2] == [1, -12]


@pytest.mark.parametrize(
    ("brief", "name"),
    [
        ({"notes": "---\ntitle: How tea came west\n---\n# Leaves\nTea is a leaf."}, "How tea came west"),
        ({"notes": "\n## How rain is made\nOut of clouds."}, "How rain is made"),
        ({"topic": "Why cats purr", "notes": "Not too long."}, "Why cats purr"),
        ({"documents": [{"path": "x", "name": "Grandma's recipes.pdf"}], "notes": ""}, "Grandma's recipes.pdf"),
        ({"links": ["https://example.org/volcanoes"]}, "https://example.org/volcanoes"),
        ({}, "Untitled film"),
    ],
    ids=["front matter", "heading", "topic", "document", "link", "nothing"],
)
def test_a_film_that_has_no_title_yet_has_one_name_everywhere(account, of, me, studio_app, brief, name):
    project = Projects(of.store).create(me.user, uuid4(), ProjectFields(brief=brief)).id
    job = Jobs(of.store).start(uuid4(), user=me.user, project=project, request={}, usage=ONE_MINUTE, lane="gpu")
    (hold,), (card,) = account.balance(me).holds, studio_app.desk.shelf.cards(me)
    assert words(account, me)[0] == f"Film “{name}”: 1 credit held"
    assert hold.words == f"Film “{name}”"
    (line,) = (line for line in Office(of.store).jobs(search=name if brief else "") if line.id == job.id)
    view = studio_app.desk.films.project(me, project)
    assert {hold.title, card.title, line.title, view.title} == {name}


def test_the_ledger_is_read_page_by_page(account, of, me):
    for _ in range(4):
        Credits(of.store).grant(me.user, 1, key=str(uuid4()))
    first = account.history(me, limit=3)
    rest = account.history(me, before=first[-1].id, limit=3)
    assert (len(first), len(rest)) == (3, 2)
    assert not {line.id for line in first} & {line.id for line in rest}


def test_a_films_lines_outlive_it(account, of, me, sql):
    job = ordered(of, me.user)
    Projects(of.store).delete(me.user, job.project_id)
    of.making.purge(job.project_id)
    assert words(account, me)[:2] == [
        "A film that is gone was stopped: all credits came back",
        "A film that is gone: 1 credit held",
    ]


def test_nobody_sees_anothers_credits(account, of, studio_app, me):
    ordered(of, me.user, "Secret")
    other = Caller(studio_app.person().id)
    assert "Secret" not in " ".join(words(account, other)) + str(account.balance(other))
    for ask in (account.balance, account.history, account.profile, account.keys, account.export):
        with pytest.raises(SignInNeeded):
            ask(ANYONE)
    assert account.prices(ANYONE).prices


def test_a_name_is_tidied_and_kept(account, me):
    assert account.rename(me, "  Ada   Lovelace ").name == "Ada Lovelace"
    assert account.profile(me).name == "Ada Lovelace"
    with pytest.raises(InvalidValue, match="80 letters"):
        account.rename(me, "a" * 81)


def test_one_says_which_letters_one_wants(account, me):
    assert account.save_preferences(me, product_news=True, film_ready=False).product_news
    kept = account.preferences(me)
    assert (kept.film_ready, kept.film_failed, kept.product_news) == (False, True, True)


def test_a_key_is_seen_once_and_works_until_it_is_revoked(account, of, me):
    made = account.create_key(me, " my  script ", ["read"], days=30)
    assert of.keys.use(made.key).scopes == frozenset({Scope.READ})
    (kept,) = account.keys(me)
    assert (kept.name, kept.expires_at is not None) == ("my script", True)
    assert made.key not in kept.model_dump_json()
    account.revoke_key(me, kept.id)
    with pytest.raises(Forbidden):
        of.keys.use(made.key)


@pytest.mark.parametrize(
    ("name", "scopes", "days", "says"),
    [
        ("", ["read"], None, "name"),
        ("x" * 81, ["read"], None, "name"),
        ("x", [], None, "may do"),
        ("x", ["admin"], None, "may do"),
        ("x", ["read"], 0, "days"),
        ("x", ["read"], 4000, "days"),
    ],
)
def test_a_key_that_makes_no_sense_is_not_made(account, me, name, scopes, days, says):
    with pytest.raises(InvalidValue, match=says):
        account.create_key(me, name, scopes, days=days)
    assert account.keys(me) == ()


def test_there_is_an_end_to_keys(account, me):
    for number in range(MOST_KEYS):
        account.create_key(me, f"key {number}", ["read"])
    with pytest.raises(InvalidValue, match="Revoke one"):
        account.create_key(me, "one more", ["read"])
    account.revoke_key(me, account.keys(me)[0].id)
    account.create_key(me, "one more", ["read"])


def test_anothers_key_cannot_be_revoked_and_a_key_makes_no_keys(account, studio_app, me):
    made = account.create_key(me, "mine", ["read", "make"])
    other = Caller(studio_app.person().id)
    with pytest.raises(NotFound):
        account.revoke_key(other, made.facts.id)
    program = Caller(me.user, scopes=frozenset(Scope), by_key=True)
    acts = (
        lambda: account.create_key(program, "x", ["read"]),
        lambda: account.keys(program),
        lambda: account.close(program, "delete my account"),
        lambda: account.export(program),
        lambda: account.rename(program, "x"),
        lambda: account.save_preferences(program, product_news=True),
    )
    for act in acts:
        with pytest.raises(Forbidden):
            act()


def test_everything_can_be_taken_along_and_nobody_elses_is_among_it(account, of, studio_app, me, tmp_path):
    job = ordered(of, me.user)
    scene = Scene(id=uuid4(), narration="It began with rain.", visual="rain")
    Projects(of.store).save_scenes(me.user, job.project_id, [scene])
    ordered(of, studio_app.person().id, "Secret")
    account.create_key(me, "mine", ["read"])
    (tmp_path / "notes.txt").write_text("Tea is a drink.")
    studio_app.desk.orders.upload(me, tmp_path / "notes.txt", "notes.txt", "document")
    kept = json.loads("".join(account.export(me)))
    (project,) = kept["projects"]
    assert (project["title"], project["scenes"][0]["narration"]) == ("Volcanoes", "It began with rain.")
    assert [one["name"] for one in kept["keys"]] == ["mine"]
    assert kept["credits"]["held"] == 1
    assert [one["action"] for one in kept["history"]] == ["api_key.create"]
    assert [(one["bytes"], bool(one["link"])) for one in kept["uploads"]] == [(15, True)]
    assert {"drafts", "voices", "consents", "letters", "verdicts"} < set(kept)
    assert len(kept["ledger"]) == 2
    assert "Secret" not in json.dumps(kept)


def test_deleting_takes_the_sentence_that_says_so(account, me):
    for typed in ("", "delete", "yes"):
        with pytest.raises(InvalidValue, match="Nothing was deleted"):
            account.close(me, typed)
    assert account.balance(me).balance == 10


def test_a_deleted_account_leaves_nothing_but_its_books(account, of, me, person, tmp_path):
    job = ordered(of, me.user)
    (tmp_path / "film.mp4").write_bytes(b"film")
    kept = of.files.put(tmp_path / "film.mp4", owner=me.user)
    build = of.settings.data_folder / "films" / "builds" / str(me.user)
    build.mkdir(parents=True)
    key = account.create_key(me, "mine", ["read"]).key
    account.close(me, " Delete my account. ")
    assert of.files.links([kept.path], owner=me.user) == {}
    assert not build.exists()
    with pytest.raises(Forbidden):
        of.keys.use(key)
    with pytest.raises(NotFound):
        of.profiles.of(me.user)
    with pytest.raises(NotFound):
        of.jobs.get(me.user, job.id)
    books = of.store.call("credit_account", {"p_user": me.user})
    assert (books["balance"], books["held"]) == (0, 0)
    assert me.user not in of.credits.unbalanced()
    assert of.store.call("audit_verify") is None


def test_a_worker_in_the_middle_of_a_film_stops_when_its_creator_leaves(account, of, me):
    job = ordered(of, me.user)
    leases = Leases(of.store, worker="w", lanes=["gpu"])
    while (claimed := leases.claim()) and claimed.id != job.id:
        pass
    account.close(me, "delete my account")
    with pytest.raises(JobCancelled):
        leases.heartbeat(claimed)


def test_who_leaves_is_forgotten_words_and_all(account, of, me):
    job, records = ordered(of, me.user), JobRecords(of.store)
    records.keep(job.id, me.user, "asked", {"notes": "My diary."})
    of.moderation.record(uuid4(), user=me.user, subject="notes", verdict="allowed", judge="rules", excerpt="My diary.")
    account.close(me, "delete my account")
    assert records.of(job.id) == []
    assert me.user not in {row.user_id for row in of.moderation.list_of(limit=1000)}


def test_what_was_refused_is_kept_for_its_time_with_the_film_that_it_was_said_of(account, of, me):
    job, records = ordered(of, me.user), JobRecords(of.store)
    records.keep(job.id, me.user, "asked", {"notes": "How to harm."})
    verdict = uuid4()
    of.moderation.record(
        verdict, user=me.user, subject="output", verdict="refused", judge="rules", categories=["violence"], job=job.id
    )
    account.close(me, "delete my account")
    assert [record.kind for record in records.of(job.id)] == ["asked"]
    assert verdict in {row.id for row in of.moderation.list_of(verdict="refused")}


def test_what_a_worker_noted_after_its_creator_left_goes_with_the_next_sweep(account, of, me):
    job, records = ordered(of, me.user), JobRecords(of.store)
    account.close(me, "delete my account")
    records.keep(job.id, me.user, "script", {"script": "Too late."})
    Leases(of.store, worker="w", lanes=["cpu"]).sweep()
    assert records.of(job.id) == []


def test_deleting_again_is_as_deleting_once(of, me, account):
    account.close(me, "delete my account")
    assert of.store.call("account_delete", {"p_user": me.user})["deleted"] is False
