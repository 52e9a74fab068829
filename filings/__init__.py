"""The vocabulary of ex99: identifiers, forms, filings, and what a press release says. Frozen data, standard library only."""
