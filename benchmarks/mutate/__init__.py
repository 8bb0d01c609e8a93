"""Sentences changed on purpose: mutations that change the meaning, and faithful rewordings."""
