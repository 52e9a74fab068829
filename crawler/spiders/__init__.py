"""The spiders: they find filings and fetch them, and read no press release."""
