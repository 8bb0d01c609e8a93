"""Runs made one after the other and beside each other, whatever ends the process meanwhile."""

from summarizer.service.jobs.running import DEAD_AFTER, LOCAL, MAX_TAKEOVERS, Jobs

__all__ = ["DEAD_AFTER", "LOCAL", "MAX_TAKEOVERS", "Jobs"]
