"""The HTTP service: what it answers, whom, and how it starts and stops."""

from summarizer.service.api.app import create_app
from summarizer.service.api.server import serve, work
from summarizer.service.api.state import Service

__all__ = ["Service", "create_app", "serve", "work"]
