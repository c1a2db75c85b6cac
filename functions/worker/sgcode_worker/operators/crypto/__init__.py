"""Operators for hashes, randomness, keys, TLS and host keys."""
