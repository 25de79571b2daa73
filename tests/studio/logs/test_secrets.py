"""Nothing that opens a door is ever written into a log."""

from __future__ import annotations

import pytest

from studio.logs import Secrets
from studio.logs.secrets import HIDDEN
from studio.settings import Settings

KEY = "cck_0YbV0m2kq9Z8wW3t5R7y1u4i6o8p0a2s"
TOKEN = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJlLW9mLXRoaXM"


@pytest.mark.parametrize(
    ("line", "secret"),
    [
        (f"called with {KEY}", KEY),
        ("openai says sk-proj-abcdefghijklmnop1234 is wrong", "sk-proj-abcdefghijklmnop1234"),
        ("hub token hf_AbCdEfGhIjKlMnOpQrStUv", "hf_AbCdEfGhIjKlMnOpQrStUv"),
        ("stripe sk_test_51Habcdefghijklmn", "sk_test_51Habcdefghijklmn"),
        ("hook whsec_abcdefghijklmnop", "whsec_abcdefghijklmnop"),
        (f"session {TOKEN} is over", TOKEN),
        ("Authorization: Bearer abc.def-ghi_jkl123", "abc.def-ghi_jkl123"),
        ("headers {'authorization': 'opaque-value-1'}", "opaque-value-1"),
        ("cookie: cc_session=opaque; theme=dark", "opaque"),
        ("set-cookie: cc_session=other-opaque; HttpOnly", "other-opaque"),
        ("the jar has cc_guest=abcdefgh; and more", "abcdefgh"),
        ("GET /files/u/outputs/ab/x.mp4?expires=9&signature=Zm9vYmFyYmF6 200", "Zm9vYmFyYmF6"),
        ("/auth/confirm?token_hash=deadbeefdeadbeef&type=email", "deadbeefdeadbeef"),
        ("https://x.supabase.co/storage/v1/object/sign/a?token=opaque-token", "opaque-token"),
        ("postgresql://studio:hunter22@db.example.org/studio", "hunter22"),
        ('{"password": "correct horse"}', "correct"),
    ],
)
def test_what_has_the_shape_of_a_secret_is_hidden(line, secret):
    told = Secrets().hidden(line)
    assert secret not in told
    assert HIDDEN in told


def test_the_secrets_of_the_settings_and_the_environment_are_hidden_by_value():
    settings = Settings(
        _env_file=None, supabase_secret_key="a-plain-looking-value", database_url="postgresql://a:pa%20ss-word-1@h/d"
    )
    secrets = Secrets.of(settings, {"RESEND_API_KEY": "another-plain-value", "HOME": "/home/somebody"})
    told = secrets.hidden("a-plain-looking-value, another-plain-value, pa ss-word-1 and /home/somebody")
    assert told == f"{HIDDEN}, {HIDDEN}, {HIDDEN} and /home/somebody"


@pytest.mark.parametrize(
    "line",
    [
        "job 0199d2f0-3a65-7c11-8d13-0a1b2c3d4e5f: attempt 1 of 3",
        "painting section-3: 3 of 12",
        "the keynote: a story about keys and tokens",
        "GET /health/ready 200",
        "https://example.org/a?page=2&sort=newest",
    ],
)
def test_what_is_no_secret_stays_as_it_is(line):
    assert Secrets(["short"]).hidden(line) == line
