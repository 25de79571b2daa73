"""What follows from who somebody is."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.callers import ANYONE, Caller
from studio.errors import Forbidden, SignInNeeded
from studio.identity import Scope

ADA = UUID("11111111-1111-4111-8111-111111111111")

callers = st.one_of(
    st.just(ANYONE),
    st.builds(Caller, st.uuids(), is_admin=st.booleans()),
    st.builds(Caller, st.uuids(), scopes=st.frozensets(st.sampled_from(Scope)), by_key=st.just(True)),
)


@given(callers)
def test_a_callers_name_gives_the_caller_back(caller):
    assert Caller.read(str(caller)) == caller


@pytest.mark.parametrize("name", [None, "", "anyone", "page", "admin"])
def test_a_name_that_names_nobody_is_anyone(name):
    assert Caller.read(name) == ANYONE


def test_a_stranger_is_asked_to_sign_in():
    for ask in (ANYONE.require_user, ANYONE.require_person, ANYONE.require_admin):
        with pytest.raises(SignInNeeded):
            ask()


def test_a_person_may_do_everything_but_the_owners_work():
    person = Caller(ADA)
    assert person.require_user(Scope.MAKE) == person.require_person() == ADA
    with pytest.raises(Forbidden):
        person.require_admin()


def test_a_key_may_do_what_its_scopes_say_and_never_a_persons_work():
    key = Caller(ADA, scopes=frozenset({Scope.READ}), by_key=True)
    assert key.require_user(Scope.READ) == ADA
    with pytest.raises(Forbidden, match="make"):
        key.require_user(Scope.MAKE)
    with pytest.raises(Forbidden):
        key.require_person()


def test_an_admins_key_is_no_admin():
    with pytest.raises(Forbidden):
        Caller(ADA, by_key=True, is_admin=True).require_admin()


def test_an_admin_at_a_page_may_do_the_owners_work():
    assert Caller(ADA, is_admin=True).require_admin() == ADA


def test_where_somebody_is_does_not_make_them_somebody_else():
    assert Caller(ADA).at("203.0.113.9") == Caller(ADA)
    assert Caller(ADA).at("203.0.113.9").address == "203.0.113.9"
