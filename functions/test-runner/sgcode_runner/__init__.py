"""SGCode's sealed runner: hostile Python runs in a fresh box, and what comes out is judged outside."""
