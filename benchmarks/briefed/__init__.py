"""What a briefing with a language model is held to, each measured over the fake endpoint."""
