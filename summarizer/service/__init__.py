"""The HTTP service and the self-check: what surrounds the core when it is installed."""
