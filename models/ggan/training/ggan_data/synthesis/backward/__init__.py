"""Puts weaknesses into clean code: the clean code is the fix."""
