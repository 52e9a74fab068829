"""The command line: `ex99`, one module a command or a group of them."""

from ex99.cli.app import main

__all__ = ["main"]
