"""Blobs in an object store: S3 and what speaks like it, Google Cloud Storage, Azure; through obstore, which is loaded at the first use.

Credentials are those that the provider's own chain finds (variables, profiles, roles), and none stands in an address. What a store
answers is shown by its code and message alone: the rest may hold key ids and signatures.
"""

from __future__ import annotations

import io
import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from importlib.util import find_spec
from itertools import count
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from ex99.filings.extras import how_to_install
from ex99.filings.secrecy import redact
from ex99.storage.errors import StoreError

if TYPE_CHECKING:
    from obstore.store import ClientConfig, ObjectStore, RetryConfig, S3Config

T = TypeVar("T")
PAUSES: tuple[float, ...] = (0.5, 2.0)
"""Seconds between our own tries. obstore repeats by itself what is safe to be repeated; that a create-only put is, it cannot know."""
_RETRY: RetryConfig = {"max_retries": 6, "retry_timeout": timedelta(seconds=60), "backoff": {"max_backoff": timedelta(seconds=5)}}
_CLIENT: ClientConfig = {"timeout": timedelta(seconds=60), "connect_timeout": timedelta(seconds=10)}
_PAGE = 1000
_MOST_WORDS = 300
# s3://bucket/some/prefix
ADDRESS = re.compile(r"(?P<scheme>s3|gs|az)://(?P<bucket>[^/@?#\s:]+)(?:/(?P<prefix>[^@?#\s]*))?")
# <Error><Code>NoSuchBucket</Code><Message>The specified bucket does not exist</Message>
_ANSWER = re.compile(r"<Code>(?P<code>\w+)</Code>(?:\s*<Message>(?P<message>[^<]*)</Message>)?")
# Generic S3 error: Error performing GET http://127.0.0.1:9/bucket/key in 3ms, after 1 retries  - HTTP error: error sending
_PREAMBLE = re.compile(r"^.{0,40}?Error .{0,60}?performing [A-Z]+ .*? +- ")
# Server returned non-2xx status code: 403 Forbidden
_FINAL = re.compile(r"status code: 4(?!08|29)\d\d")
_NO_BUCKET = "make it, or name another one in EX99_BLOB_URL"
_NO_LEAVE = "check the credentials that the provider's own chain finds (variables, profile, role), and what they allow"
_ADVICE = {
    "NoSuchBucket": _NO_BUCKET,
    "ContainerNotFound": _NO_BUCKET,
    "InvalidBucketName": "name another one in EX99_BLOB_URL",
    **dict.fromkeys(("AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "AuthenticationFailed", "ExpiredToken"), _NO_LEAVE),
}


class Bucket:
    """A bucket (or a container), below a prefix, as the place of blobs; what goes wrong but for a missing key is a StoreError."""

    threads = 16

    def __init__(self, url: str, store: ObjectStore | None = None) -> None:
        self.address = url.rstrip("/")
        self._made = store
        self._lock = threading.Lock()
        if find_spec("obstore") is None:
            raise StoreError(f"blobs at {url} need obstore: {how_to_install('obstore')}")

    def reach(self) -> None:
        """Ask for a key that is not there; raises StoreError where the bucket is not there, out of reach or closed to us."""
        with suppress(FileNotFoundError):
            self.open("nothing").close()

    def put_new(self, key: str, pack: Callable[[], bytes]) -> bool:
        """Write what ``pack`` gives where nothing is yet (create-only, at the store); False where something is there already.

        A put whose answer was lost is made again; where the first had come through, that too is False.
        """
        import obstore
        from obstore.exceptions import AlreadyExistsError

        packed = pack()
        try:
            self._try("write blobs to", lambda: obstore.put(self._store, key, packed, mode="create", use_multipart=False))
        except AlreadyExistsError:
            return False
        except FileNotFoundError as error:
            raise self._explain("write blobs to", error) from None
        return True

    def open(self, key: str) -> BinaryIO:
        """A readable stream of what is kept there, fetched whole (packed, and no larger than a submission); raises FileNotFoundError."""
        import obstore

        try:
            return io.BytesIO(self._try("read blobs from", lambda: bytes(obstore.get(self._store, key).bytes())))
        except FileNotFoundError as error:  # the bucket's absence comes in the same form
            if _read_code(error) in _ADVICE:
                raise self._explain("read blobs from", error) from None
            raise FileNotFoundError(f"{self.address}/{key}") from None

    def list_keys(self) -> Iterator[str]:
        """Every key in order, page by page; a page that fails is asked for again from where the one before ended."""
        import obstore

        last: str | None = None
        pauses = iter(PAUSES)
        while True:
            try:
                for page in obstore.list(self._store, offset=last, chunk_size=_PAGE):
                    yield from (found["path"] for found in page)
                    last, pauses = page[-1]["path"], iter(PAUSES)
                return
            except Exception as error:  # noqa: BLE001 - obstore raises its own and some of Python's
                pause = next(pauses, None)
                if pause is None or _is_final(error):
                    raise self._explain("list blobs of", error) from None
                time.sleep(pause)

    def set_aside(self, key: str) -> str:
        """Copy what is kept there to KEY.damaged-1 (or -2 ...) and delete it; returns its new place."""
        import obstore

        place = next(place for number in count(1) if not self._has(place := f"{key}.damaged-{number}"))
        with suppress(FileNotFoundError):  # set aside by somebody else meanwhile
            self._try("move blobs in", lambda: obstore.copy(self._store, key, place))
            self.remove(key)
        return f"{self.address}/{place}"

    def remove(self, key: str) -> None:
        """Delete what is kept there, if anything is."""
        import obstore

        with suppress(FileNotFoundError):
            self._try("delete blobs from", lambda: obstore.delete(self._store, key))

    def _has(self, key: str) -> bool:
        import obstore

        try:
            self._try("read blobs from", lambda: obstore.head(self._store, key))
        except FileNotFoundError:
            return False
        return True

    @property
    def _store(self) -> ObjectStore:
        with self._lock:
            if self._made is None:
                try:
                    self._made = _open_store(self.address)
                except ImportError:
                    raise StoreError(f"blobs at {self.address} need obstore: {how_to_install('obstore')}") from None
                except Exception as error:  # noqa: BLE001 - of three providers' libraries, each with its own
                    raise self._explain("use", error) from None
            return self._made

    def _try(self, what: str, work: Callable[[], T]) -> T:
        """Do it, again after each of PAUSES where the store or the way to it failed; raises what is no such failure as it is."""
        from obstore.exceptions import AlreadyExistsError

        for pause in (*PAUSES, None):
            try:
                return work()
            except (AlreadyExistsError, FileNotFoundError, StoreError):
                raise
            except Exception as error:  # noqa: BLE001 - obstore raises its own and some of Python's
                if pause is None or _is_final(error):
                    raise self._explain(what, error) from None
                time.sleep(pause)
        raise AssertionError

    def _explain(self, what: str, error: Exception) -> StoreError:
        said = str(error)
        answer = _ANSWER.search(said)
        if answer is not None:
            message = (answer["message"] or "refused").strip().partition("\n")[0]  # Azure's goes on with its request's number and time
            reason = f"{message.rstrip('.')} ({answer['code']})"
        else:
            line = said.partition("\n")[0]
            reason = redact(_PREAMBLE.sub("", line))[:_MOST_WORDS] or type(error).__name__
        code = type(error).__name__
        advice = _ADVICE.get(answer["code"] if answer else "") or (
            _NO_LEAVE if code in ("PermissionDeniedError", "UnauthenticatedError") else ""
        )
        return StoreError(f"cannot {what} {self.address}: {reason}{f'; {advice}' if advice else ''}")


def _open_store(url: str) -> ObjectStore:
    """The store of an address that ADDRESS matches."""
    from obstore.store import AzureStore, GCSStore

    found = ADDRESS.fullmatch(url)
    assert found is not None
    prefix = (found["prefix"] or "").strip("/") or None
    if found["scheme"] == "s3":
        return _open_s3(found["bucket"], prefix)
    client: ClientConfig = {**_CLIENT, "allow_http": os.environ.get("AZURE_STORAGE_USE_EMULATOR", "").lower() in ("1", "true")}
    make: Any = {"gs": GCSStore, "az": AzureStore}[found["scheme"]]
    store: ObjectStore = make(found["bucket"], prefix=prefix, retry_config=_RETRY, client_options=client)
    return store


def _open_s3(bucket: str, prefix: str | None) -> ObjectStore:
    """With the credentials and the region of AWS's own chain, and the endpoint that its variables name; plain http where they say so."""
    from obstore.auth.boto3 import Boto3CredentialProvider
    from obstore.store import S3Store

    try:
        credentials = Boto3CredentialProvider()
    except ValueError:
        raise ValueError("no AWS credentials were found: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE") from None
    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    client: ClientConfig = {**_CLIENT, "allow_http": (endpoint or "").startswith("http://")}
    config: S3Config = {"endpoint": endpoint} if endpoint else {}
    return S3Store(bucket, prefix=prefix, credential_provider=credentials, retry_config=_RETRY, client_options=client, config=config)


def _read_code(error: Exception) -> str:
    answer = _ANSWER.search(str(error))
    return answer["code"] if answer is not None else ""


def _is_final(error: Exception) -> bool:
    """Whether the same request would be answered the same way: the store has understood and refuses."""
    from obstore.exceptions import PermissionDeniedError, UnauthenticatedError

    return isinstance(error, StoreError | PermissionDeniedError | UnauthenticatedError) or _FINAL.search(str(error)) is not None
