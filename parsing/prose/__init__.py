"""Figures out of sentences: tokens of amounts, metrics, periods and relations, joined by a small grammar."""
