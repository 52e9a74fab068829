"""What ex99 promises to hold against, each with the tests that hold it and what they last measured: docs/reliability.md."""
