"""The settings Scrapy gets, built from the product's own; each one that differs from Scrapy's default says why."""

from __future__ import annotations

from typing import Any

from ex99.settings.settings import Settings

SETTINGS_KEY = "EX99"
"""Under this key the typed Settings themselves travel to the components."""


def build_scrapy_settings(settings: Settings) -> dict[str, Any]:
    """Scrapy's settings for a crawl with these settings."""
    return {
        SETTINGS_KEY: settings,
        "BOT_NAME": "ex99",
        "SPIDER_MODULES": ["ex99.crawler.spiders"],
        # Scrapy's `crawl` ends with 0 whatever became of it.
        "COMMANDS_MODULE": "ex99.crawler.commands",
        # A format that Scrapy lacks: -O filings.parquet.
        "FEED_EXPORTERS": {"parquet": "ex99.crawler.parquet_feed.ParquetItemExporter"},
        **_polite(settings),
        **_closed(),
        **_components(),
        **_sizes(settings),
        **_logging(),
    }


def _polite(settings: Settings) -> dict[str, Any]:
    return {
        # EDGAR refuses whoever does not declare himself; without a declaration the spider does not start against sec.gov.
        "USER_AGENT": settings.user_agent or "ex99",
        # Pacing is PolitenessMiddleware's, over all hosts and processes. Scrapy's own delay (left at 0) is per host: two hosts would run at
        # twice the rate. A request that was given leave must go at once, so the limit per host may not be below that of all (16).
        "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
        # Scrapy retries at once and by status alone; EDGAR's 403 and 429 mean several things and punish that. AnswerMiddleware retries.
        "RETRY_ENABLED": False,
        # A stalled answer must not hold its place for three minutes.
        "DOWNLOAD_TIMEOUT": 120,
        # EDGAR serves data without sessions; what it may set is not sent back.
        "COOKIES_ENABLED": False,
        # Which page led to which is nobody's business and no use to EDGAR.
        "REFERRER_POLICY": "no-referrer",
        # EDGAR's own paths redirect once at the most (zero-padded CIKs); a longer chain is a trap.
        "REDIRECT_MAX_TIMES": 3,
        # No page of EDGAR's that we read means its <meta http-equiv="refresh">; an exhibit may hold one.
        "METAREFRESH_ENABLED": False,
        # The accepted types of a browser would be a small lie.
        "DEFAULT_REQUEST_HEADERS": {"Accept": "*/*"},
    }


def _closed() -> dict[str, Any]:
    return {
        # Both listen on a port of this machine by default.
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        # Off by default in Scrapy; who answers for EDGAR must prove it.
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        # Only what EDGAR is reached by: a redirect to file:// or s3:// finds no handler. And no request that Twisted repeats by itself.
        "DOWNLOAD_HANDLERS": {
            **dict.fromkeys(("http", "https"), "ex99.crawler.handler.PlainHandler"),
            **dict.fromkeys(("data", "file", "ftp", "s3")),
        },
    }


_NO_EXTENSIONS = ("corestats.CoreStats", "logcount.LogCount", "logstats.LogStats", "memusage.MemoryUsage")
_NO_SPIDER_MIDDLEWARES = (
    "start.StartSpiderMiddleware",
    "httperror.HttpErrorMiddleware",
    "urllength.UrlLengthMiddleware",
    "depth.DepthMiddleware",
    "metacopy.MetaCopyDetectionMiddleware",
)


def _components() -> dict[str, Any]:
    return {
        # What Scrapy would count and log of a crawl is CrawlWatch's to tell.
        "EXTENSIONS": {"ex99.crawler.watch.CrawlWatch": 0} | {f"scrapy.extensions.{name}": None for name in _NO_EXTENSIONS},
        "DOWNLOADER_STATS": False,
        # Each costs every answer a generator, and none has a task here: AnswerMiddleware lets nothing but good answers through, addresses
        # are our own making, and none is found by following links. (The referer's stays, since that of the redirects asks for it.)
        "SPIDER_MIDDLEWARES": {f"scrapy.spidermiddlewares.{name}": None for name in _NO_SPIDER_MIDDLEWARES},
        # Pipelines of other packages come by entry points.
        "ADDONS": {"ex99.crawler.added_pipelines.AddedPipelines": 0},
        "ITEM_PIPELINES": {"ex99.crawler.pipeline.ArchivePipeline": 100},
        "DOWNLOADER_MIDDLEWARES": {
            # PolitenessMiddleware lets requests go to the configured hosts alone; EDGAR asks for no password.
            "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
            "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
            # Engine side of the redirects: sees final answers only, decoded.
            "ex99.crawler.answers.AnswerMiddleware": 560,
            # In place of Scrapy's HttpCompressionMiddleware, which passes half a gzip body on as if it were whole.
            "ex99.crawler.decoding.DecodingMiddleware": 590,
            # Last before the downloader: leave that is given is used at once.
            "ex99.crawler.politeness.PolitenessMiddleware": 950,
        },
        "COMPRESSION_ENABLED": False,
    }


def _sizes(settings: Settings) -> dict[str, Any]:
    return {
        # Bounds memory: no answer may be longer, neither on the wire nor unpacked. Twice the limit of a full submission, since EDGAR's
        # sizes are sometimes off; a filing beyond it is taken document by document.
        "DOWNLOAD_MAXSIZE": 2 * settings.full_submission_limit,
        # A full submission of 16 MiB is no cause for a warning.
        "DOWNLOAD_WARNSIZE": 0,
        # Answers in hand before Scrapy stops asking for more: a few full submissions, not 5 MB, at which one large filing holds up all.
        "SCRAPER_SLOT_MAX_ACTIVE_SIZE": 4 * settings.full_submission_limit,
        # Of one answer, for each of which Scrapy starts so many tasks: it has one item at the most.
        "CONCURRENT_ITEMS": 1,
    }


def _logging() -> dict[str, Any]:
    return {
        # One line per request and item is debugging.
        "LOG_LEVEL": "INFO",
        # The crawl's report stands in its place.
        "STATS_DUMP": False,
    }
