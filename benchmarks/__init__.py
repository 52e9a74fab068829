"""Measurements of ex99 on real and fictitious releases: accuracy and speed, each against floors that are pinned here."""
