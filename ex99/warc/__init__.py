"""The archive as WARC 1.1 files for libraries, written and read back: https://iipc.github.io/warc-specifications/."""
