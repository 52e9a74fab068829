"""Blobs in an object store: obstore against s3fs, one request after the other and several at once, on a server of this machine."""

from __future__ import annotations

import hashlib
import os
import socket
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from unittest import mock

import boto3

from benchmarks.measure import Measure, Options, seconds
from ex99.replica.compose import compose_market
from ex99.storage.blob_bucket import Bucket
from ex99.storage.blobs import BlobStore

_BLOBS = 300
_LISTED = 5000


def measure_buckets(options: Options) -> Iterator[Measure]:
    """Puts, gets and a listing; the floor of each is s3fs, as fsspec has it."""
    contents = [filing.data for filing in compose_market(_BLOBS, seed=6, n_companies=10)]
    keys = {f"{name[:2]}/{name}.zst": data for name, data in ((hashlib.sha256(data).hexdigest(), data) for data in contents)}
    size = sum(map(len, contents)) / len(contents) / 1000
    with _start_server():
        boto3.client("s3").create_bucket(Bucket="ex99-bench")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            files = _open_s3fs()
        bucket = Bucket("s3://ex99-bench/obstore")
        bucket.reach()
        files.exists("ex99-bench/s3fs/nothing")
        note = f"{_BLOBS} blobs of {size:.0f} kB each; floor: s3fs"
        ours = seconds(lambda: [bucket.put_new(key, lambda data=data: data) for key, data in keys.items()])  # type: ignore[misc]
        theirs = seconds(lambda: [files.pipe_file(f"ex99-bench/s3fs/{key}", data) for key, data in keys.items()])
        yield Measure("a put, one after the other", ours / _BLOBS * 1000, "ms", note=note, floor=theirs / _BLOBS * 1000)
        ours = seconds(lambda: [bucket.open(key).read() for key in keys], repeats=2)
        theirs = seconds(lambda: [files.cat_file(f"ex99-bench/s3fs/{key}") for key in keys], repeats=2)
        yield Measure("a get, one after the other", ours / _BLOBS * 1000, "ms", note=note, floor=theirs / _BLOBS * 1000)
        with ThreadPoolExecutor(Bucket.threads) as pool:
            ours = seconds(lambda: list(pool.map(lambda key: bucket.open(key).read(), keys)), repeats=2)
            theirs = seconds(lambda: files.cat([f"ex99-bench/s3fs/{key}" for key in keys], batch_size=Bucket.threads), repeats=2)
        note = f"{Bucket.threads} at once; floor: s3fs, as many at once"
        yield Measure("a get, several at once", ours / _BLOBS * 1000, "ms", note=note, floor=theirs / _BLOBS * 1000)
        blobs = BlobStore("s3://ex99-bench/many")
        blobs.put_all([str(number).encode() for number in range(_LISTED)])
        blobs.close()
        ours = seconds(lambda: sum(1 for _ in blobs.list_names()))
        theirs = seconds(lambda: len(files.find("ex99-bench/many")))
        yield Measure("listing", ours / _LISTED * 1e6, "us", note=f"{_LISTED:,} blobs, a page at a time; floor: s3fs, all at once",
                      floor=theirs / _LISTED * 1e6)  # fmt: skip


def _open_s3fs() -> Any:
    import s3fs

    return s3fs.S3FileSystem(endpoint_url=os.environ["AWS_ENDPOINT_URL"], use_listings_cache=False)


@contextmanager
def _start_server() -> Iterator[None]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    variables = {
        "AWS_ENDPOINT_URL": address, "AWS_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "bench", "AWS_SECRET_ACCESS_KEY": "bench",
        "AWS_EC2_METADATA_DISABLED": "true",
    }  # fmt: skip
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server, mock.patch.dict(os.environ, variables):
        try:
            _wait_for(port)
            yield
        finally:
            server.terminate()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
