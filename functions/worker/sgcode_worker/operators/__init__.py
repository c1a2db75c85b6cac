"""Operators: named rewrites that keep behavior, and the engine that applies them."""
