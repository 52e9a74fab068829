"""Blobs in an object store: a real S3 server on loopback, with the faults of one's bad days before it."""

from __future__ import annotations

import hashlib
import random
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import boto3
import obstore
import pytest
from obstore.store import MemoryStore

from ex99.doctor import check_all
from ex99.opening import open_storage
from ex99.settings import Settings
from ex99.storage import blob_bucket, queries
from ex99.storage.archive import Archive
from ex99.storage.blob_bucket import Bucket
from ex99.storage.blobs import BlobStore
from ex99.storage.errors import ArchiveError, StoreError
from ex99.storage.repair import repair
from ex99.storage.verify import find_damage
from ex99.storage.writer import Writer
from tests.buckets import KEY_ID, SECRET, Proxy, make_bucket, start_s3
from tests.storage import made

CONTENTS = [f"release {number} ".encode() * (number + 1) * 20 for number in range(40)]
NAMES = [hashlib.sha256(content).hexdigest() for content in CONTENTS]


@pytest.fixture(scope="module")
def server() -> Iterator[Proxy]:
    with start_s3() as proxy:
        yield proxy


@pytest.fixture
def bucket(server: Proxy, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(blob_bucket, "PAUSES", (0.01, 0.02, 0.05))
    return make_bucket(server, monkeypatch)


@pytest.fixture
def blobs(bucket: str) -> Iterator[BlobStore]:
    store = BlobStore(f"s3://{bucket}/some/prefix")
    yield store
    store.close()


def overwrite(server: Proxy, bucket: str, sha256: str, body: bytes) -> None:
    boto3.client("s3").put_object(Bucket=bucket, Key=f"some/prefix/{sha256[:2]}/{sha256}.zst", Body=body)


def once_each(fault: str, method: str) -> Callable[[str, str], str | None]:
    """A fault for each address at its first request of a method."""
    met: set[str] = set()

    def spoil(used: str, path: str) -> str | None:
        if used != method or path in met:
            return None
        met.add(path)
        return fault

    return spoil


@pytest.mark.parametrize("fault", ["error", "slow_down", "cut", "lost", "reset"])
def test_what_befalls_a_put_loses_and_doubles_nothing(blobs: BlobStore, bucket: str, server: Proxy, fault: str) -> None:
    server.spoil = once_each(fault, "PUT")
    assert blobs.put_all(CONTENTS) == NAMES
    assert server.faults[fault] == len(CONTENTS)
    server.spoil = lambda method, path: None
    assert list(blobs.list_names()) == sorted(NAMES)
    assert [wrong for _, wrong in blobs.check_all(NAMES)] == [None] * len(NAMES)
    kept = boto3.client("s3").list_objects_v2(Bucket=bucket)["Contents"]
    assert len(kept) == len(NAMES), "no half of one, no second copy"


@pytest.mark.parametrize("fault", ["error", "slow_down", "truncated", "lost", "reset"])
def test_what_befalls_a_get_is_asked_for_again(blobs: BlobStore, server: Proxy, fault: str) -> None:
    names = blobs.put_all(CONTENTS[:8])
    server.spoil = once_each(fault, "GET")
    assert [blobs.read(name) for name in names] == CONTENTS[:8]
    assert server.faults[fault] == 8


def test_puts_create_only_and_a_sound_blob_is_never_written_over(blobs: BlobStore, server: Proxy) -> None:
    blobs.put_all(CONTENTS)
    puts = [headers for method, _, headers in server.seen if method == "PUT"]
    assert len(puts) == len(CONTENTS)
    assert {headers.get("if-none-match") for headers in puts} == {"*"}
    assert not [path for method, path, _ in server.seen if method in ("GET", "HEAD")], "one request each"
    assert blobs.put_all(CONTENTS) == NAMES


def test_many_at_once_are_bounded(blobs: BlobStore, server: Proxy) -> None:
    blobs.put_all([bytes([number % 256]) * number for number in range(300)])
    assert 2 <= server.busiest <= Bucket.threads


def test_a_folder_is_copied_into_a_bucket_and_back_among_faults(blobs: BlobStore, server: Proxy, bucket: str, tmp_path: Path) -> None:
    near, back = BlobStore(str(tmp_path / "near")), BlobStore(str(tmp_path / "back"))
    near.put_all(CONTENTS)
    server.spoil = once_each("lost", "PUT")
    assert list(blobs.take_all(near.list_names(), near)) == [False] * len(NAMES), "a put whose answer was lost finds its own blob there"
    assert 1 < server.busiest <= Bucket.threads
    server.spoil = once_each("truncated", "GET")
    assert list(back.take_all(blobs.list_names(), blobs)) == [True] * len(NAMES)
    assert [back.read(name) for name in NAMES] == CONTENTS
    assert list(back.take_all(blobs.list_names(), blobs)) == [False] * len(NAMES)
    near.close()
    back.close()


def test_damage_is_moved_aside_and_mended_by_writing_again(blobs: BlobStore, bucket: str, server: Proxy) -> None:
    name = blobs.put(CONTENTS[3])
    for number, damage in enumerate([b"", b"garbage"], start=1):
        overwrite(server, bucket, name, damage)
        assert blobs.check(name) == "corrupt"
        with pytest.raises(ArchiveError, match="damaged"):
            blobs.read(name)
        assert blobs.put(CONTENTS[3]) == name
        assert blobs.read(name) == CONTENTS[3]
        aside = f"some/prefix/{name[:2]}/{name}.zst.damaged-{number}"
        assert boto3.client("s3").get_object(Bucket=bucket, Key=aside)["Body"].read() == damage
    assert list(blobs.list_names()) == [name]
    blobs.remove(name)
    blobs.remove(name)
    assert blobs.check(name) == "missing"


def test_writers_at_once_agree(blobs: BlobStore, bucket: str) -> None:
    others = [BlobStore(blobs.url) for _ in range(4)]
    threads = [threading.Thread(target=other.put_all, args=(CONTENTS,)) for other in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for other in others:
        other.close()
    assert len(boto3.client("s3").list_objects_v2(Bucket=bucket)["Contents"]) == len(CONTENTS)
    assert [blobs.read(name) for name in NAMES] == CONTENTS


def test_listing_goes_page_by_page_and_on_from_where_it_broke(blobs: BlobStore, bucket: str, server: Proxy) -> None:
    dice = random.Random(4)
    names = sorted(dice.randbytes(32).hex() for _ in range(2300))
    client = obstore.store.S3Store(bucket, prefix="some/prefix", client_options={"allow_http": True})
    for name in names:
        obstore.put(client, f"{name[:2]}/{name}.zst", b"x")
    obstore.put(client, f"{names[0][:2]}/{names[0]}.zst.damaged-1", b"x")
    server.seen.clear()
    broken = []

    def spoil(method: str, path: str) -> str | None:
        if "list-type" in path and len(server.seen) in (2, 4):
            broken.append(path)
            return "truncated"
        return None

    server.spoil = spoil
    assert list(blobs.list_names()) == names
    asked = [path for _, path, _ in server.seen if "list-type" in path]
    assert len(broken) == 2
    assert len(asked) <= 3 + 2 + 2, "a page of 1000 a request"


def test_a_bucket_that_is_not_there_is_one_line(bucket: str, tmp_path: Path) -> None:
    blobs = BlobStore(f"s3://{bucket}-gone/x")
    line = rf"^cannot [a-z ]+ s3://{bucket}-gone/x: The specified bucket does not exist \(NoSuchBucket\); make it, or name another .*$"
    for ask in (
        blobs.reach,
        lambda: blobs.put(b"x"),
        lambda: blobs.read("0" * 64),
        lambda: blobs.check("0" * 64),
        lambda: list(blobs.list_names()),
    ):
        with pytest.raises(StoreError, match=line):
            ask()
    settings = Settings(archive=tmp_path / "archive", blob_url=blobs.url)
    with pytest.raises(StoreError, match=line):
        open_storage(settings, create=True)
    assert [check.verdict for check in check_all(settings) if check.name == "blobs"] == ["broken"]


def test_an_absent_bucket_damages_no_filing(bucket: str, tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'archive.db'}"
    with Archive.open(database, f"s3://{bucket}/x") as archive:
        Writer(archive).save_submission(made.submission(made.filing(1)))
        assert list(find_damage(archive)) == []
        archive.blobs.remove(next(archive.blobs.list_names()))
        findings = list(find_damage(archive))
        assert [finding.kind for finding in findings] == ["missing_blob"]
    with Archive.open(database, f"s3://{bucket}-gone/x") as archive:
        with pytest.raises(StoreError, match="NoSuchBucket"):
            list(find_damage(archive))
        _, left = repair(archive, findings)
        assert "mending it failed" in left[0].message
        assert {row.state for row in queries.list_filings(archive)} == {"archived"}


def test_a_server_that_does_not_answer_is_no_damage(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blob_bucket, "_RETRY", {"max_retries": 1})
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    blobs = BlobStore(f"s3://{bucket}/x")
    for ask in (blobs.reach, lambda: blobs.put(b"x"), lambda: blobs.check("0" * 64), lambda: list(blobs.list_names())):
        with pytest.raises(StoreError, match=r"^cannot [a-z ]+ s3://[^ ]+: [^\n]*error sending request$"):
            ask()


def test_no_secret_is_told(
    blobs: BlobStore, server: Proxy, bucket: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(blob_bucket, "_RETRY", {"max_retries": 0})
    caplog.set_level("DEBUG", logger="ex99")
    said = []
    for fault in ("denied", "error", "reset"):
        server.spoil = lambda method, path, fault=fault: fault  # type: ignore[misc]
        for ask in (
            lambda: blobs.put(b"x"),
            lambda: blobs.read("0" * 64),
            lambda: list(blobs.list_names()),
            lambda: blobs.set_aside("0" * 64),
        ):
            with pytest.raises(StoreError) as raised:
                ask()
            said += [str(raised.value), repr(raised.value.__cause__)]
    assert "Access Denied (AccessDenied); check the credentials that the provider's own chain finds" in said[0]
    assert not [words for words in said if SECRET in words or KEY_ID in words or "\n" in words]
    assert SECRET not in repr(blobs) + repr(vars(blobs)) + caplog.text


def test_no_credentials_is_one_line(bucket: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(StoreError, match=r"^cannot use s3://[^\n]*: no AWS credentials were found: set AWS_ACCESS_KEY_ID"):
        BlobStore(f"s3://{bucket}/x").reach()
    (tmp_path / ".aws").mkdir()
    (tmp_path / ".aws" / "credentials").write_text(f"[quizzaxa]\naws_access_key_id = {KEY_ID}\naws_secret_access_key = {SECRET}\n")
    monkeypatch.setenv("AWS_PROFILE", "quizzaxa")
    BlobStore(f"s3://{bucket}/x").reach()


@pytest.mark.parametrize("url", ["s3://key:secret@bucket/x", "s3://bucket?token=secret", "s3://", "az://", "gs://user@bucket"])
def test_an_address_holds_no_credentials(url: str) -> None:
    with pytest.raises(ArchiveError, match="expected bucket and prefix alone") as raised:
        BlobStore(url)
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    ("url", "missing"), [("az://container/x", "Account must be specified"), ("gs://bucket/x", "")], ids=["azure", "google"]
)
def test_the_other_providers_are_opened_by_their_own_chains(
    url: str, missing: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    place = Bucket(url)
    if missing:
        with pytest.raises(StoreError, match=missing):
            place.reach()
    else:
        assert "bucket" in repr(place._store)


def test_azures_words_are_one_line_too() -> None:
    said = "<Error><Code>ContainerNotFound</Code><Message>The specified container does not exist.\nRequestId:1-2\nTime:2024-01-02</Message>"
    told = str(Bucket("az://container/x")._explain("use", OSError(said)))
    assert told.startswith("cannot use az://container/x: The specified container does not exist (ContainerNotFound); make it")
    assert "\n" not in told


def test_any_store_of_obstore_holds_blobs() -> None:
    blobs = BlobStore("az://container/x", Bucket("az://container/x", MemoryStore()))
    blobs.reach()
    assert blobs.put_all(CONTENTS) == NAMES == blobs.put_all(CONTENTS)
    assert list(blobs.list_names()) == sorted(NAMES)
    blobs.close()


def test_without_the_extra_it_says_what_to_install(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "obstore.auth.boto3", None)
    with pytest.raises(StoreError, match=r"pip install 'ex99\[s3\]'"):
        BlobStore(f"s3://{bucket}/x").put(b"x")
