"""Rewrites for what serves and asks over the web."""
