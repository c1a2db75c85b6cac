"""The calls that run or show a query, and how they take its values."""
