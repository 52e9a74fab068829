"""Whole releases composed around statements whose figures are known, with everything that competes with them."""
