"""Engines: what writes drafts from evidence."""
