"""The analyzers: one file each, behind the interface of `analyzer.py`."""
