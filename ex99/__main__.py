"""The command line, as `ex99` and as `python -m ex99`."""

import sys


def main() -> None:
    """Load the command line and run it; a Ctrl-C while it is being loaded ends it quietly, too."""
    try:
        from ex99.cli import main as run_command_line

        run_command_line()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
