"""Stand-ins for what a program reaches outside itself: they record it and always answer the same."""
