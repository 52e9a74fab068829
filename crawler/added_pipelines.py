"""Item pipelines that other packages add (entry points of the group ex99.pipelines), by way of a Scrapy add-on."""

from __future__ import annotations

from scrapy.settings import BaseSettings

from ex99.filings.plugins import load_plugins, use

GROUP = "ex99.pipelines"
FIRST = 500
"""Their places in ITEM_PIPELINES: far behind the archive's own at 100, which hands plain items on."""


class AddedPipelines:
    """Puts each added pipeline into ITEM_PIPELINES, in the order of their names (https://docs.scrapy.org/en/latest/topics/addons.html)."""

    def update_settings(self, settings: BaseSettings) -> None:
        """Called by Scrapy before a crawl."""
        pipelines = settings["ITEM_PIPELINES"]
        for place, plugin in enumerate(load_plugins(GROUP), FIRST):
            if use(plugin, _find_fault):
                pipelines.setdefault(plugin.value, place)


def _find_fault(value: object) -> str | None:
    if isinstance(value, type) and callable(getattr(value, "process_item", None)):
        return None
    return f"{value!r:.80} is no class with a method process_item"
