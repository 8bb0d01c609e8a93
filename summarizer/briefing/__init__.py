"""From documents to a checked briefing: the path from draft to claim."""
