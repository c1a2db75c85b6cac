"""Rewrites of how foreign data is read."""
