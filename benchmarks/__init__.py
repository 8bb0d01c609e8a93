"""Measurements of the program on evaluation data; each module is one command."""
