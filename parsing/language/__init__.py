"""What words and printed numbers mean: amounts, days, periods, sentences, and the table of metric labels."""
