"""Which database driver a query goes to, and what that driver asks for."""
