"""What scrapy.cfg points to: the Scrapy settings as module attributes, from the variables and ex99.toml of the working folder."""

from __future__ import annotations

import sys
from tomllib import TOMLDecodeError

from pydantic import ValidationError

from ex99.settings.faults import describe_fault
from ex99.settings.scrapy_settings import build_scrapy_settings
from ex99.settings.settings import Settings

try:
    globals().update(build_scrapy_settings(Settings()))
except (ValidationError, TOMLDecodeError) as error:  # to Scrapy it would be a traceback
    sys.stderr.write(f"error: {describe_fault(error)}\n")
    sys.exit(2)
