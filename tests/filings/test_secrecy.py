"""The redactor: whatever an address looks like, its secret does not come through."""

from __future__ import annotations

import pytest

from ex99.filings.secrecy import hide_secret, redact

SECRET = "hunter2x"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql+psycopg://pat:hunter2x@db.example.com/ex99", "postgresql+psycopg://pat:***@db.example.com/ex99"),
        ("postgresql://pat:a@hunter2x/b@db.example.com/ex99", "postgresql://pat:***@db.example.com/ex99"),
        ("postgresql://pat:with blank hunter2x@db.example.com/ex99", "postgresql://pat:***@db.example.com/ex99"),
        ("postgresql:///ex99?host=/tmp&user=pat&password=hunter2x", "postgresql:///ex99?host=/tmp&user=pat&password=***"),
        ("postgresql://pat@db.example.com/ex99", "postgresql://pat@db.example.com/ex99"),
        ("postgresql:/pat:hunter2x@db.example.com/ex99", "postgresql:/pat:***@db.example.com/ex99"),
        ("pat:hunter2x@db.example.com/ex99", "***@db.example.com/ex99"),
        ("s3://AKIAEXAMPLE:hunter2x@bucket/blobs", "s3://***@bucket/blobs"),
        ("s3://hunter2x@bucket/blobs", "s3://***@bucket/blobs"),
        ("abfs://blobs?account_name=a&account_key=hunter2x==", "abfs://blobs?account_name=a&account_key=***"),
        (
            "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=hunter2x==;",
            "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=***;",
        ),
        ("https://host.example.com/c?sv=2024&sig=hunter2x%3D", "https://host.example.com/c?sv=2024&sig=***"),
        ("postgresql://pat:hunter2x", "postgresql://pat:***"),
        ("postgresql://pat:hunter2x/ex99", "postgresql://pat:***/ex99"),
        ("postgresql://db.example.com:5432/ex99", "postgresql://db.example.com:5432/ex99"),
        ("http://127.0.0.1:8123", "http://127.0.0.1:8123"),
        ("sqlite:///ex99-archive/archive.db", "sqlite:///ex99-archive/archive.db"),
        ("/home/pat/blobs", "/home/pat/blobs"),
    ],
)
def test_addresses(address: str, shown: str) -> None:
    assert hide_secret(address) == shown
    assert SECRET not in shown


def test_running_text_keeps_what_is_no_secret() -> None:
    page = "https://www.sec.gov/cgi-bin/browse-edgar?action=getcompany&CIK=1"
    text = f"cannot reach postgresql://pat:hunter2x@db/ex99 or {page}, asks pat@example.com"
    assert redact(text) == text.replace("hunter2x", "***")
