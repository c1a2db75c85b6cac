"""Secrets that are read from the environment instead of standing in the code."""
