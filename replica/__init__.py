"""A local EDGAR for demo and tests, and the composer of the fictitious filings it serves."""
