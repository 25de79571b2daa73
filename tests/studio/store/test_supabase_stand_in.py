"""The stand-in for Supabase speaks its protocols: the real client library cannot tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest
from postgrest.exceptions import APIError
from storage3.exceptions import StorageApiError
from supabase_auth.errors import AuthApiError, AuthWeakPasswordError

from supabase import Client, ClientOptions, create_client
from tests.fakes.supabase import Project

# The library warns of its own arguments.
pytestmark = pytest.mark.filterwarnings("ignore:The .* parameter is deprecated:DeprecationWarning")
PASSWORD = "correct horse 42"


def client(project: Project, key: str, **headers: str) -> Client:
    options = ClientOptions(auto_refresh_token=False, persist_session=False, headers=headers)
    return create_client(project.url, key, options)


@pytest.fixture
def service(supabase: Project) -> Client:
    return client(supabase, supabase.keys.secret)


@pytest.fixture
def visitor(supabase: Project) -> Client:
    return client(supabase, supabase.keys.publishable)


@pytest.fixture
def member(supabase: Project) -> Client:
    """A client that somebody has signed in on."""
    supabase.autoconfirm = True
    person = client(supabase, supabase.keys.publishable)
    person.auth.sign_up({"email": "ada@example.com", "password": PASSWORD})
    return person


@pytest.fixture
def rows(supabase_database_url: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(supabase_database_url, autocommit=True) as connection:
        yield connection


def refused(error: pytest.ExceptionInfo[APIError]) -> str | None:
    return error.value.code


class TestRest:
    def test_a_function_runs_in_the_members_name(self, member: Client):
        assert member.rpc("profile_get", {}).execute().data["plan"] == "free"

    def test_a_table_shows_a_member_their_rows(self, member: Client, service: Client):
        service.auth.admin.create_user({"email": "grace@example.com", "password": PASSWORD, "email_confirm": True})
        assert len(service.table("profiles").select("id,plan").order("created_at").execute().data) == 2
        mine = member.table("profiles").select("*").execute().data
        assert len(mine) == 1
        assert member.table("profiles").select("id").eq("id", mine[0]["id"]).single().execute().data == {
            "id": mine[0]["id"]
        }

    def test_a_member_changes_what_they_may(self, member: Client):
        me = member.table("profiles").select("id").single().execute().data["id"]
        changed = member.table("profiles").update({"display_name": "Ada"}).eq("id", me).execute().data
        assert [row["display_name"] for row in changed] == ["Ada"]

    def test_a_member_does_not_change_what_they_may_not(self, member: Client):
        me = member.table("profiles").select("id").single().execute().data["id"]
        with pytest.raises(APIError) as error:
            member.table("profiles").update({"plan": "pro"}).eq("id", me).execute()
        assert refused(error) == "42501"

    def test_rows_are_written_found_and_removed(self, member: Client):
        me = member.auth.get_user().user.id
        project = str(uuid4())
        made = member.table("projects").insert({"id": project, "user_id": me, "title": "Tides"}).execute().data
        assert [row["title"] for row in made] == ["Tides"]
        scenes = [
            {"id": str(uuid4()), "project_id": project, "user_id": me, "position": position, "narration": text}
            for position, text in enumerate(["The moon", "The sea", "The shore"])
        ]
        member.table("scenes").insert(scenes).execute()
        table = member.table("scenes")
        assert [
            row["position"]
            for row in table.select("position").gt("position", 0).order("position", desc=True).execute().data
        ] == [2, 1]
        assert [row["narration"] for row in table.select("*").ilike("narration", "%SEA").execute().data] == ["The sea"]
        assert len(table.select("*").in_("position", [0, 2]).limit(1).execute().data) == 1
        assert table.select("*", count="exact").not_.is_("narration", "null").execute().count == 3
        removed = table.delete().eq("id", scenes[0]["id"]).execute().data
        assert [row["id"] for row in removed] == [scenes[0]["id"]]

    def test_a_row_in_anothers_name_is_refused(self, member: Client):
        with pytest.raises(APIError) as error:
            member.table("projects").insert({"id": str(uuid4()), "user_id": str(uuid4())}).execute()
        assert refused(error) == "42501"

    def test_a_visitor_may_not_run_the_services_functions(self, visitor: Client):
        with pytest.raises(APIError) as error:
            visitor.rpc("profile_of", {"p_user": str(uuid4())}).execute()
        assert refused(error) == "42501"

    def test_nobody_but_the_service_acts_for_others(self, member: Client, visitor: Client):
        for somebody in (member, visitor):
            with pytest.raises(APIError) as error:
                somebody.rpc("act_as", {"as_user": str(uuid4()), "function": "profile_get", "arguments": {}}).execute()
            assert refused(error) == "42501"

    def test_an_unknown_function_has_postgrests_code(self, service: Client):
        with pytest.raises(APIError) as error:
            service.rpc("no_such_function", {"a": 1}).execute()
        assert refused(error) == "PGRST202"
        assert error.value.message == "Could not find the function public.no_such_function(a) in the schema cache"

    def test_our_refusals_arrive_whole(self, service: Client):
        with pytest.raises(APIError) as error:
            service.rpc("profile_of", {"p_user": str(uuid4())}).execute()
        assert (refused(error), error.value.hint) == ("P0001", "not_found")

    def test_one_row_where_there_is_none_is_an_error(self, service: Client):
        with pytest.raises(APIError) as error:
            service.table("profiles").select("*").eq("id", str(uuid4())).single().execute()
        assert refused(error) == "PGRST116"

    def test_a_read_that_fails_is_repeated_by_the_library_itself(self, service: Client, supabase: Project):
        supabase.faults.answer(503, "/rest/v1/profiles")
        assert service.table("profiles").select("*").execute().data == []
        assert supabase.faults.count("GET", "/rest/v1/profiles") == 2

    @pytest.mark.parametrize(
        ("headers", "message"),
        [({}, "No API key found in request"), ({"apikey": "sb_secret_wrong"}, "Invalid API key")],
    )
    def test_the_gateway_wants_a_key(self, supabase: Project, headers: dict[str, str], message: str):
        answer = httpx.post(f"{supabase.url}/rest/v1/rpc/profile_get", json={}, headers=headers)
        assert (answer.status_code, answer.json()["message"]) == (401, message)

    def test_a_token_that_is_over_is_refused(self, member: Client, supabase: Project):
        supabase.clock.advance(3601)
        with pytest.raises(APIError) as error:
            member.rpc("profile_get", {}).execute()
        assert refused(error) == "PGRST303"


class TestAuth:
    def test_a_sign_in_changes_whom_the_client_speaks_for(self, member: Client, service: Client):
        """The trap that a shared client is: the service's key is forgotten once somebody signs in on it."""
        service.auth.sign_in_with_password({"email": "ada@example.com", "password": PASSWORD})
        with pytest.raises(APIError) as error:
            service.rpc("profile_of", {"p_user": str(uuid4())}).execute()
        assert refused(error) == "42501"

    def test_the_user_is_told_about_themselves(self, member: Client):
        answer = member.auth.get_user()
        assert answer is not None
        assert (answer.user.email, answer.user.aud, answer.user.role) == (
            "ada@example.com",
            "authenticated",
            "authenticated",
        )

    def test_claims_can_be_read_from_the_published_keys(self, member: Client):
        answer = member.auth.get_claims()
        assert answer is not None
        assert answer["claims"]["role"] == "authenticated"

    def test_codes_in_letters_work_as_links_do(self, visitor: Client, supabase: Project):
        visitor.auth.sign_up({"email": "ada@example.com", "password": PASSWORD})
        letter = supabase.letters.outbox[-1]
        answer = visitor.auth.verify_otp({"email": "ada@example.com", "token": letter.token, "type": "email"})
        assert answer.session is not None

    def test_a_link_of_the_service_works_as_a_letters_does(self, member: Client, service: Client, visitor: Client):
        link = service.auth.admin.generate_link({"type": "magiclink", "email": "ada@example.com"})
        answer = visitor.auth.verify_otp({"token_hash": link.properties.hashed_token, "type": "email"})
        assert answer.user is not None
        assert answer.user.email == "ada@example.com"

    def test_following_a_link_brings_the_browser_back_signed_in(self, member: Client, service: Client):
        link = service.auth.admin.generate_link({"type": "magiclink", "email": "ada@example.com"})
        back = httpx.get(link.properties.action_link).headers["location"]
        assert back.startswith("http://127.0.0.1:7860#access_token=")
        assert "error_code=otp_expired" in httpx.get(link.properties.action_link).headers["location"]

    def test_a_weak_password_names_its_reasons(self, visitor: Client):
        with pytest.raises(AuthWeakPasswordError) as error:
            visitor.auth.sign_up({"email": "ada@example.com", "password": "abc"})
        assert error.value.reasons == ["length"]

    @pytest.mark.parametrize(
        ("attempt", "code"),
        [
            (
                lambda auth: auth.sign_in_with_password({"email": "x@example.com", "password": "x"}),
                "invalid_credentials",
            ),
            (lambda auth: auth.refresh_session("unknown"), "refresh_token_not_found"),
            (lambda auth: auth.verify_otp({"token_hash": "x", "type": "email"}), "otp_expired"),
            (lambda auth: auth.admin.list_users(), "not_admin"),
            (
                lambda auth: auth.exchange_code_for_session({"auth_code": "x", "code_verifier": "y"}),
                "flow_state_not_found",
            ),
        ],
        ids=["password", "refresh", "link", "admin", "google"],
    )
    def test_refusals_have_gotrues_codes(self, visitor: Client, attempt: Any, code: str):
        with pytest.raises(AuthApiError) as error:
            attempt(visitor.auth)
        assert error.value.code == code

    def test_the_service_looks_after_accounts(self, service: Client, rows: psycopg.Connection):
        made = service.auth.admin.create_user({"email": "ada@example.com", "password": PASSWORD, "email_confirm": True})
        assert [user.email for user in service.auth.admin.list_users()] == ["ada@example.com"]
        service.auth.admin.update_user_by_id(made.user.id, {"user_metadata": {"display_name": "Ada"}})
        assert service.auth.admin.get_user_by_id(made.user.id).user.user_metadata == {"display_name": "Ada"}


class TestStorage:
    def test_a_file_makes_its_rounds(self, service: Client):
        bucket = service.storage.from_("project-assets")
        bucket.upload("a/assets/x.txt", b"hello", {"content-type": "text/plain"})
        assert bucket.download("a/assets/x.txt") == b"hello"
        assert bucket.info("a/assets/x.txt")["size"] == 5
        assert [entry["name"] for entry in bucket.list("a")] == ["assets"]
        assert [entry["name"] for entry in bucket.list("a/assets")] == ["x.txt"]
        assert [entry.name for entry in bucket.list_v2({"prefix": "a/"}).objects] == ["a/assets/x.txt"]
        link = bucket.create_signed_url("a/assets/x.txt", 60, {"download": "y.txt"})["signedURL"]
        assert httpx.get(link).headers["content-disposition"].startswith("attachment; filename=y.txt")
        assert [entry["name"] for entry in bucket.remove(["a/assets/x.txt"])] == ["a/assets/x.txt"]
        assert not bucket.exists("a/assets/x.txt")

    def test_overwriting_must_be_asked_for(self, service: Client):
        bucket = service.storage.from_("project-assets")
        bucket.upload("a/assets/x.txt", b"one")
        with pytest.raises(StorageApiError) as error:
            bucket.upload("a/assets/x.txt", b"two")
        assert (error.value.code, str(error.value.status)) == ("Duplicate", "409")
        bucket.upload("a/assets/x.txt", b"two", {"upsert": "true"})
        assert bucket.download("a/assets/x.txt") == b"two"

    def test_a_member_is_refused_as_storage_refuses(self, member: Client):
        bucket = member.storage.from_("project-assets")
        with pytest.raises(StorageApiError) as error:
            bucket.upload("a/assets/x.txt", b"one")
        assert (error.value.message, str(error.value.status)) == ("new row violates row-level security policy", "403")
        with pytest.raises(StorageApiError) as error:
            bucket.download("a/assets/x.txt")
        assert error.value.code == "not_found"

    def test_buckets_are_listed_with_their_rules(self, service: Client):
        assert {bucket.id: bucket.public for bucket in service.storage.list_buckets()} == {
            "project-assets": False,
            "project-outputs": False,
        }
