"""What outlives a process: runs, briefings, editions, deliveries, tokens, in one SQL database."""
