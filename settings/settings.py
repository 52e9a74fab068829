"""One typed Settings for the whole product, read from EX99_* variables and ex99.toml."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import Field, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

_CONTACT = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def is_sec_host(url: str) -> bool:
    """Whether an address is on a host of the SEC: sec.gov itself or one below it, however it is written."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    return host == "sec.gov" or host.endswith(".sec.gov")


class Settings(BaseSettings):
    """What a user can configure; every field is also a variable EX99_<NAME> and a key of ex99.toml in the working folder."""

    model_config = SettingsConfigDict(env_prefix="EX99_", toml_file="ex99.toml", extra="forbid", hide_input_in_errors=True)

    archive: Path = Path("ex99-archive")
    """Folder that holds the database and the blobs where no URL says otherwise."""
    database_url: str | None = Field(None, repr=False)
    """SQLAlchemy URL; default: SQLite file archive.db in the archive folder."""
    blob_url: str | None = Field(None, repr=False)
    """Where blobs lie: a folder, s3://bucket/prefix, gs://bucket/prefix or az://container/prefix; default: blobs in the archive folder."""
    user_agent: str | None = None
    """Who asks, with a contact, as EDGAR wants it: "Sample Company admin@example.com"."""
    requests_per_second: Annotated[float, Field(gt=0)] = 8.0
    """Budget over all hosts and all processes of this machine; against sec.gov at most 10."""
    block_pause: Annotated[float, Field(ge=0)] = 600.0
    """Seconds that everything rests after EDGAR's block page."""
    trouble_pause: Annotated[float, Field(ge=0)] = 30.0
    """Seconds of the first rest where a host answers badly whatever it is asked and names no time; doubled for each further one."""
    www_url: str = "https://www.sec.gov"
    data_url: str = "https://data.sec.gov"
    efts_url: str = "https://efts.sec.gov"
    full_submission_limit: Annotated[int, Field(gt=0)] = 16 * 2**20
    """Bytes up to which a filing is fetched as one full submission; larger ones are fetched document by document."""
    retries: Annotated[int, Field(ge=0)] = 4
    """How often a request whose answer was bad is made again, before its filing counts as failed."""
    retry_wait: Annotated[float, Field(ge=0)] = 2.0
    """Seconds before the first retry; doubled for each further one."""
    state_folder: Path | None = None
    """Folder of the machine-wide request budget; default: ~/.cache/ex99. Users of one machine should name one that all may write."""
    exhibits: str = "99.1"
    """Documents of a filing that are parsed: 99.1 (the press release, always), 99.2 ..., 99 (every exhibit 99), 8-K (the form itself)."""
    parse_workers: Annotated[int, Field(ge=0)] = 0
    """Processes of the parser pool; 0 means one per core."""

    @field_validator("www_url", "data_url", "efts_url")
    @classmethod
    def _without_slash(cls, url: str) -> str:
        parts = urlsplit(url.strip())
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("expected an http or https address")
        if "@" in url or "?" in url or "#" in url:
            raise ValueError("expected scheme and host alone: EDGAR wants neither a user nor a key")
        host = parts.netloc.lower().removesuffix(".")
        return f"{parts.scheme}://{host}{parts.path}".rstrip("/")

    def in_folder(self, folder: Path | None) -> Self:
        """These settings with the archive in a folder that is named, if any: addresses of variables and ex99.toml do not count then."""
        return self if folder is None else self.model_copy(update={"archive": folder, "database_url": None, "blob_url": None})

    @property
    def resolved_database_url(self) -> str:
        """The database's SQLAlchemy URL."""
        return self.database_url or f"sqlite:///{self.archive / 'archive.db'}"

    @property
    def resolved_blob_url(self) -> str:
        """The blob store's folder or address."""
        return self.blob_url or str(self.archive / "blobs")

    @property
    def asks_sec(self) -> bool:
        """Whether any configured host is the SEC's own."""
        return any(is_sec_host(url) for url in (self.www_url, self.data_url, self.efts_url))

    @property
    def has_contact(self) -> bool:
        """Whether the User-Agent declares an e-mail address."""
        return bool(self.user_agent and _CONTACT.search(self.user_agent))

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments win over variables, variables over ex99.toml."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)
