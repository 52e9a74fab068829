"""`python -m ex99` is the command line."""

from ex99.cli import main

if __name__ == "__main__":
    main()
