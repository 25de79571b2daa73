"""The shelf on both transports: whose cards, in which order, found how, and what comes back after a mistake."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4, uuid5

import pytest

from studio.callers import ANYONE, Caller
from studio.desk.shelf import Shelf
from studio.errors import Conflict, Forbidden, InvalidValue, NotFound, SignInNeeded
from studio.files import Files, FolderHome
from studio.identity import Scope
from studio.installation import Installation
from studio.jobs import Jobs, Leases
from studio.projects import Making, ProjectFields, Projects, Scene
from tests.studio.arrange import ONE_MINUTE, filed


@pytest.fixture
def installation(store, tmp_path):
    files = Files(FolderHome(tmp_path / "files"))
    return Installation(settings=None, store=store, files=files, identity=None, callers=None)


@pytest.fixture
def shelf(installation):
    return Shelf(installation)


@pytest.fixture
def me(user):
    return Caller(user)


def project(store, user, title="", **fields) -> UUID:
    return Projects(store).create(user, uuid4(), ProjectFields(title=title, **fields)).id


def ordered(store, user, project, *, queue=True):
    return Jobs(store).start(uuid4(), user=user, project=project, request={}, usage=ONE_MINUTE, lane="cpu", queue=queue)


def film(store, files, user, project, *, snapshot=None) -> UUID:
    """A finished film with a thumbnail and a file, as the worker notes it."""
    making, version = Making(store), uuid4()
    making.record_version(version, user=user, project=project, snapshot=snapshot or {})
    for name, kind, about in (("thumbnail.jpg", "thumbnail", {}), ("final.mp4", "video", {"seconds": 61.5})):
        place = Path(files.home.root) / name
        place.write_bytes(name.encode())
        meta = {"name": name, **about}
        filed(files, making, place, user=user, project=project, kind=kind, version=version, meta=meta)
    return version


def titles(cards):
    return [card.title for card in cards]


def test_cards_lie_with_the_last_changed_one_first(shelf, store, me):
    first = project(store, me.user, "Rain")
    project(store, me.user, "Snow")
    assert titles(shelf.cards(me)) == ["Snow", "Rain"]
    Projects(store).save(me.user, first, ProjectFields(niche="history"))
    card = shelf.cards(me)[0]
    assert (card.title, card.niche, card.niche_title, card.state) == ("Rain", "history", "History", "draft")


def test_somebody_elses_film_is_never_among_them(shelf, store, me, sign_up):
    other = Caller(sign_up())
    theirs = project(store, other.user, "Secret")
    for state in ("", "draft", "deleted"):
        assert shelf.cards(me, search="Secret", state=state) == ()
    for act in (shelf.delete, shelf.restore, shelf.duplicate):
        with pytest.raises(NotFound):
            act(me, theirs)
    with pytest.raises(NotFound):
        store.call("project_duplicate", {"p_id": uuid4(), "p_user": me.user, "p_project": theirs})
    assert titles(shelf.cards(other)) == ["Secret"]


def test_nobody_and_a_reading_key_are_told_what_it_takes(shelf, store, me):
    with pytest.raises(SignInNeeded):
        shelf.cards(ANYONE)
    reader = Caller(me.user, scopes=frozenset({Scope.READ}), by_key=True)
    mine = project(store, me.user, "Rain")
    assert titles(shelf.cards(reader)) == ["Rain"]
    for act in (shelf.delete, shelf.restore, shelf.duplicate):
        with pytest.raises(Forbidden):
            act(reader, mine)


def test_a_film_without_a_name_is_called_by_how_its_notes_begin(shelf, store, me):
    project(store, me.user, brief={"notes": "\n# Why  volcanoes erupt\nBecause of gas."})
    project(store, me.user)
    project(store, me.user, brief={"topic": "The history of tea", "notes": "Not too long."})
    assert titles(shelf.cards(me)) == ["The history of tea", "Untitled film", "Why volcanoes erupt"]
    assert titles(shelf.cards(me, search="of tea")) == ["The history of tea"]
    assert titles(shelf.cards(me, search="volcanoes ERUPT because")) == ["Why volcanoes erupt"]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("100%", ["100% wool"]),
        ("%", ["100% wool"]),
        ("_", ["snake_case"]),
        ("\\", ["back\\slash"]),
        ("WOOL", ["100% wool"]),
        ("火山", ["火山"]),
        ("  100%   wool ", ["100% wool"]),
        ("true crime", ["A case"]),
        ("'; drop table", []),
    ],
)
def test_what_somebody_types_is_looked_for_letter_by_letter(shelf, store, me, search, found):
    for title in ("100% wool", "snake_case", "back\\slash", "火山"):
        project(store, me.user, title)
    project(store, me.user, "A case", niche="true-crime")
    assert titles(shelf.cards(me, search=search)) == found


def test_each_state_has_its_films(shelf, store, installation, me):
    drafts, made = project(store, me.user, "draft"), project(store, me.user, "ready")
    film(store, installation.files, me.user, made)
    making = project(store, me.user, "making")
    ordered(store, me.user, making)
    leases = Leases(store, worker="w", lanes=["cpu"])
    leases.step(leases.claim(), "VOICE_GEN", job_progress=42)
    ordered(store, me.user, project(store, me.user, "waiting"), queue=False)
    cancelled = project(store, me.user, "cancelled")
    Jobs(store).cancel(me.user, ordered(store, me.user, cancelled).id)
    assert {card.title: card.state for card in shelf.cards(me)} == {
        name: name for name in ("draft", "ready", "making", "waiting", "cancelled")
    }
    for name in ("draft", "ready", "making", "waiting", "cancelled"):
        assert titles(shelf.cards(me, state=name)) == [name]
    assert shelf.cards(me, state="making")[0].progress == 42
    assert shelf.cards(me, state="waiting")[0].asks_you
    assert shelf.cards(me, state="draft")[0].id == drafts
    with pytest.raises(InvalidValue, match="There is no state"):
        shelf.cards(me, state="asleep")


def test_a_failed_film_says_why(shelf, store, me):
    ordered(store, me.user, project(store, me.user, "Rain"))
    leases = Leases(store, worker="w", lanes=["cpu"])
    leases.fail(leases.claim(), "no_voice", "The voice is not installed. Choose another.", step=None, again=False)
    (card,) = shelf.cards(me, state="failed")
    assert card.error == "The voice is not installed. Choose another."


def test_a_film_stays_ready_when_its_next_making_is_stopped(shelf, store, installation, me):
    made = project(store, me.user, "Rain")
    film(store, installation.files, me.user, made)
    job = ordered(store, me.user, made)
    assert shelf.cards(me)[0].state == "waiting"
    Jobs(store).cancel(me.user, job.id)
    assert shelf.cards(me)[0].state == "ready"


def test_a_finished_film_shows_its_length_and_a_picture_by_a_link_that_stays_the_same(shelf, store, installation, me):
    film(store, installation.files, me.user, project(store, me.user, "Rain"))
    (card,) = shelf.cards(me)
    assert card.seconds == 61.5
    assert card.thumbnail.startswith(f"/files/{me.user}/")
    assert "signature=" in card.thumbnail
    assert shelf.cards(me)[0].thumbnail == card.thumbnail


def test_pages_follow_each_other_without_a_gap_even_where_all_changed_in_one_moment(shelf, store, sql, me):
    for number in range(7):
        project(store, me.user, f"Film {number}")
    sql.execute("set session_replication_role = replica")
    sql.execute("update public.projects set updated_at = '2026-01-01' where user_id = %s", [me.user])
    seen, before = [], None
    while page := shelf.cards(me, before=before, limit=3):
        seen += titles(page)
        before = page[-1].place
    assert sorted(seen) == [f"Film {number}" for number in range(7)]
    with pytest.raises(InvalidValue, match="not a place"):
        shelf.cards(me, before="yesterday")


def test_a_deleted_film_can_be_taken_back(shelf, store, me):
    mine = project(store, me.user, "Rain")
    shelf.delete(me, mine)
    assert shelf.cards(me) == ()
    (card,) = shelf.cards(me, state="deleted")
    assert (card.title, card.days_left) == ("Rain", 30)
    shelf.restore(me, mine)
    assert titles(shelf.cards(me)) == ["Rain"]
    assert shelf.cards(me, state="deleted") == ()


def test_a_film_deleted_long_ago_has_few_days_left(shelf, store, sql, me):
    mine = project(store, me.user, "Rain")
    shelf.delete(me, mine)
    long_ago = datetime.now(UTC) - timedelta(days=28, hours=1)
    sql.execute("update public.projects set deleted_at = %s where id = %s", [long_ago, mine])
    assert shelf.cards(me, state="deleted")[0].days_left == 2


def test_deleting_a_film_in_the_making_stops_it_and_gives_its_credits_back(shelf, store, installation, me):
    mine = project(store, me.user, "Rain")
    ordered(store, me.user, mine)
    assert installation.credits.account(me.user).held == 1
    shelf.delete(me, mine)
    assert (installation.credits.account(me.user).held, installation.credits.account(me.user).balance) == (0, 10)


def test_a_copy_has_brief_scenes_and_film_and_leaves_its_original_alone(shelf, store, installation, me):
    projects = Projects(store)
    mine = project(store, me.user, "Rain", brief={"notes": "wet"}, aspect="9:16", voice="anna")
    scenes = [
        Scene(
            id=uuid5(mine, "hook"), narration="It began.", visual="rain", state="ready", settings={"section": "hook"}
        ),
        Scene(id=uuid4(), narration="My own.", visual="", state="stale"),
    ]
    projects.save_scenes(me.user, mine, scenes)
    snapshot = {"base": str(uuid4()), "scenes": [scene.model_dump(mode="json") for scene in scenes[:1]]}
    film(store, installation.files, me.user, mine, snapshot=snapshot)
    copy = shelf.duplicate(me, mine)
    found = projects.get(me.user, copy)
    assert (found.title, found.brief, found.aspect, found.voice) == ("Rain (copy)", {"notes": "wet"}, "9:16", "anna")
    assert [(scene.narration, scene.state) for scene in found.scenes] == [("It began.", "ready"), ("My own.", "stale")]
    assert found.scenes[0].id == uuid5(copy, "hook")
    state = projects.version(me.user, found.current_version).snapshot
    assert (state["base"], state["scenes"][0]["id"]) == (None, str(uuid5(copy, "hook")))
    assert {file.path for file in projects.assets(me.user, copy)} == {
        file.path for file in projects.assets(me.user, mine)
    }
    projects.save_scenes(me.user, copy, [])
    assert len(projects.scenes(me.user, mine)) == 2
    assert {card.state for card in shelf.cards(me)} == {"ready"}


def test_the_same_copy_asked_for_twice_is_one(shelf, store, me, sign_up):
    mine, copy = project(store, me.user, "Rain"), uuid4()
    assert shelf.duplicate(me, mine, copy) == shelf.duplicate(me, mine, copy) == copy
    assert titles(shelf.cards(me)) == ["Rain (copy)", "Rain"]
    other = Caller(sign_up())
    with pytest.raises(Conflict):
        shelf.duplicate(other, project(store, other.user, "Snow"), copy)


def test_the_files_of_a_copy_outlive_its_original(shelf, store, installation, me):
    mine = project(store, me.user, "Rain")
    film(store, installation.files, me.user, mine)
    shelf.duplicate(me, mine)
    shelf.delete(me, mine)
    (purge,) = Making(store).to_purge(after_days=0)
    assert purge.paths == []
