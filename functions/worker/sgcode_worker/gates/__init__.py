"""The static gates: whether a candidate is still the same program, honestly changed."""
