"""Recurring briefings: when they are due, what belongs to each, and what became of them."""
