"""The rows of auth.users, read and written under Auth's own login, as triggers on them see it."""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import datetime
from typing import Any

import psycopg

from ..database import Database, Row

LOGIN = "supabase_auth_admin"


class Users:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def by_email(self, email: str) -> Row | None:
        return await self._one("select * from auth.users where email = %s", [email.lower()])

    async def by_id(self, user_id: str) -> Row | None:
        return await self._one("select * from auth.users where id = %s", [user_id])

    async def page(self, number: int, size: int) -> list[Row]:
        async with self._database.as_service(LOGIN) as connection:
            query = "select * from auth.users order by created_at, id limit %s offset %s"
            return await (await connection.execute(query, [size, (number - 1) * size])).fetchall()

    async def create(
        self, email: str, *, password: str | None, data: dict[str, Any], provider: str, confirmed: bool
    ) -> Row:
        app_data = {"provider": provider, "providers": [provider]}
        row = await self._one(
            "insert into auth.users (id, email, encrypted_password, email_confirmed_at,"
            " raw_app_meta_data, raw_user_meta_data)"
            " values (gen_random_uuid(), %s, %s, case when %s then now() end, %s, %s) returning *",
            [email.lower(), password and hashed(password), confirmed, json.dumps(app_data), json.dumps(data)],
        )
        assert row is not None
        return row

    async def change(self, user_id: str, **values: Any) -> Row:
        assigned = ", ".join(f"{name} = %s" for name in values)
        row = await self._one(
            f"update auth.users set {assigned}, updated_at = now() where id = %s returning *",
            [*values.values(), user_id],
        )
        assert row is not None
        return row

    async def confirm(self, user_id: str) -> Row:
        row = await self._one(
            "update auth.users set email_confirmed_at = coalesce(email_confirmed_at, now()), updated_at = now()"
            " where id = %s returning *",
            [user_id],
        )
        assert row is not None
        return row

    async def delete(self, user_id: str) -> bool:
        return await self._one("delete from auth.users where id = %s returning id", [user_id]) is not None

    async def _one(self, query: str, values: list[Any]) -> Row | None:
        async with self._database.as_service(LOGIN) as connection:
            try:
                return await (await connection.execute(query, values)).fetchone()  # type: ignore[arg-type]
            except psycopg.errors.InvalidTextRepresentation:
                return None


def hashed(password: str) -> str:
    salt = secrets.token_hex(8)
    return f"{salt}${hashlib.sha256((salt + password).encode()).hexdigest()}"


def matches(password: str, stored: str | None) -> bool:
    if not stored:
        return False
    salt, _, digest = stored.partition("$")
    return secrets.compare_digest(hashlib.sha256((salt + password).encode()).hexdigest(), digest)


def public_user(row: Row) -> dict[str, Any]:
    """A user as the API shows one."""
    user_id = str(row["id"])
    provider = row["raw_app_meta_data"].get("provider", "email")
    stamps = {name: _time(row[name]) for name in ("created_at", "updated_at", "email_confirmed_at", "last_sign_in_at")}
    identity = {
        "identity_id": user_id,
        "id": user_id,
        "user_id": user_id,
        "identity_data": {"email": row["email"], "sub": user_id, **row["raw_user_meta_data"]},
        "provider": provider,
        "created_at": stamps["created_at"],
        "updated_at": stamps["updated_at"],
        "last_sign_in_at": stamps["last_sign_in_at"],
    }
    return {
        "id": user_id,
        "aud": "authenticated",
        "role": "authenticated",
        "email": row["email"],
        "phone": "",
        "confirmed_at": stamps["email_confirmed_at"],
        "app_metadata": row["raw_app_meta_data"],
        "user_metadata": row["raw_user_meta_data"],
        "identities": [identity],
        "is_anonymous": False,
        **stamps,
    }


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
