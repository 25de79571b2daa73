"""What an installation is told from outside: environment variables, or a .env file beside the app."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


def _address() -> str:
    """A Space is told the name that people reach it by."""
    host = os.environ.get("SPACE_HOST", "").partition(",")[0].strip()
    return f"https://{host}" if host else "http://localhost:7860"


class Settings(BaseSettings):
    """Read once at start. What is not set is off, or has the embedded default."""

    model_config = SettingsConfigDict(
        env_file=".env", env_prefix="CANVASCAST_", extra="ignore", frozen=True, populate_by_name=True
    )

    data_folder: Path = Path("data")
    database_url: SecretStr | None = Field(None, validation_alias=AliasChoices("DATABASE_URL"))
    supabase_url: str | None = Field(None, validation_alias=AliasChoices("SUPABASE_URL"))
    supabase_secret_key: SecretStr | None = Field(
        None, validation_alias=AliasChoices("SUPABASE_SECRET_KEY", "SUPABASE_SERVICE_ROLE_KEY")
    )
    supabase_publishable_key: SecretStr | None = Field(
        None, validation_alias=AliasChoices("SUPABASE_PUBLISHABLE_KEY", "SUPABASE_ANON_KEY")
    )
    google_client_id: str | None = Field(None, validation_alias=AliasChoices("GOOGLE_CLIENT_ID"))
    google_client_secret: SecretStr | None = Field(None, validation_alias=AliasChoices("GOOGLE_CLIENT_SECRET"))
    verify_emails: bool = False
    admins: str = ""
    """Addresses, separated by commas, that may see the Admin page. At this machine the owner always may."""
    site_url: str = Field(default_factory=_address)
    """How people reach the studio from outside: links in letters begin with it."""
    embedders: str = ""
    """Sites, separated by commas (https://example.org), that may show the studio in a frame."""
    showcase: str = ""
    """Projects, by their ids and separated by commas, whose films everybody may watch on the Showcase page."""
    proxies: int | None = None
    """How many proxies stand before the app and tell the truth about addresses; on a Space there is one."""
    films_at_once: int | None = None
    """How many films are made side by side; by default as many as the machine carries."""
    builds_gib: float | None = None
    """How much of the disk rendered scenes may take, to be found again when a film is edited; by default a quarter."""
    uploads_gib: float = Field(5.0, gt=0)
    """How much the files that somebody brings may take altogether."""
    safe_mode: bool = True
    """No film imitates a real person: their voice, their face, or words that they never said."""
    audit_days: int = Field(90, ge=1, le=3650)
    """How long prompts, scripts and what was judged are kept."""
    openai_api_key: SecretStr | None = Field(None, validation_alias=AliasChoices("OPENAI_API_KEY"))
    openai_base_url: str | None = Field(None, validation_alias=AliasChoices("OPENAI_BASE_URL"))
    moderation_url: str | None = None
    """Where texts are moderated with that key, where it is another address."""
