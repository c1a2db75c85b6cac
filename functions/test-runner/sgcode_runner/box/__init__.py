"""The sealed box: a fresh Linux sandbox for one run of untrusted Python. `run.py` has the way in."""
