"""The blob store: whole or not at all, checked by hash, local or by URL."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from obstore.store import MemoryStore

from ex99.storage.blob_bucket import Bucket
from ex99.storage.blobs import BlobStore
from ex99.storage.errors import ArchiveError


@pytest.fixture(params=["folder", "memory"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> BlobStore:
    return BlobStore(str(tmp_path / "blobs")) if request.param == "folder" else make_memory_store()


def make_memory_store() -> BlobStore:
    return BlobStore("s3://memory", Bucket("s3://memory", MemoryStore()))


def _file(folder: Path, sha256: str) -> Path:
    return folder / "blobs" / sha256[:2] / f"{sha256}.zst"


def test_bytes_come_back_by_their_hash(blobs: BlobStore) -> None:
    content = b"Acme Anvils " * 100_000
    name = blobs.put(content)
    assert name == hashlib.sha256(content).hexdigest() == blobs.put(content)
    assert blobs.read(name) == content
    with blobs.open(name) as stream:
        assert stream.read(12) == b"Acme Anvils "
    other = blobs.put(b"")
    assert list(blobs.list_names()) == sorted([name, other])
    assert (blobs.check(name), blobs.check(other)) == (None, None)
    blobs.remove(other)
    blobs.remove(other)
    assert blobs.check(other) == "missing"
    with pytest.raises(ArchiveError, match="missing"):
        blobs.read(other)


@given(st.binary(max_size=3000))
@settings(max_examples=50, deadline=None)
def test_any_bytes_survive(content: bytes) -> None:
    blobs = make_memory_store()
    assert blobs.read(blobs.put(content)) == content


@pytest.mark.parametrize("damage", [b"", b"garbage", b"cut", b"other"])
def test_damage_is_found_and_mended_by_writing_again(tmp_path: Path, damage: bytes) -> None:
    blobs = BlobStore(str(tmp_path / "blobs"))
    name = blobs.put(b"press release " * 50)
    file = _file(tmp_path, name)
    whole = file.read_bytes()
    other = _file(tmp_path, blobs.put(b"another release")).read_bytes()
    file.write_bytes({b"cut": whole[: len(whole) // 2], b"other": other}.get(damage, damage))
    assert blobs.check(name) == "corrupt"
    with pytest.raises(ArchiveError, match="damaged"):
        blobs.read(name)
    assert blobs.put(b"press release " * 50) == name
    assert blobs.check(name) is None
    assert file.read_bytes() == whole


def test_a_failed_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blobs = BlobStore(str(tmp_path / "blobs"))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ArchiveError, match=r"cannot write blobs to .*: No space left on device"):
        blobs.put(b"content")
    assert [p for p in (tmp_path / "blobs").rglob("*") if p.is_file()] == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "blobs").mkdir(mode=0o500)
    with pytest.raises(ArchiveError, match=r"^cannot write blobs to [^\n]*: Permission denied$"):
        BlobStore(str(tmp_path / "blobs")).put(b"content")


def test_an_unknown_kind_of_url_is_one_line() -> None:
    with pytest.raises(ArchiveError, match="cannot use nowhere://x for blobs"):
        BlobStore("nowhere://x")


def test_many_are_kept_at_once(blobs: BlobStore) -> None:
    contents = [b"first", b"second", b"first", b"", *(bytes([n]) * 1000 for n in range(20))]
    names = blobs.put_all(contents)
    assert names == [hashlib.sha256(content).hexdigest() for content in contents]
    assert [blobs.read(name) for name in names] == contents
    assert blobs.put_all([]) == []
    blobs.close()
    assert blobs.put_all(contents[:2]) == names[:2]
    blobs.close()


def test_one_of_many_that_cannot_be_kept_is_told(tmp_path: Path) -> None:
    blocked = tmp_path / "blobs" / hashlib.sha256(b"second").hexdigest()[:2]
    blocked.parent.mkdir()
    blocked.write_bytes(b"no folder")
    blobs = BlobStore(str(tmp_path / "blobs"))
    with pytest.raises(ArchiveError, match="cannot write blobs"):
        blobs.put_all([b"first", b"second"])
    blobs.close()
