"""`global` and `nonlocal` statements that stand behind the first use of their names."""
