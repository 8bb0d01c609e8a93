"""How a finished briefing gets to its readers: files, mail, webhooks, each once, from an outbox."""
