"""Finds in a program the places that its fix changes, and names the operator that would."""
