"""Finds filings and fetches them: Scrapy spiders, and readers of EDGAR's own formats."""
