"""Paths that are put together from a folder and a name from outside, and what keeps them in the folder."""
