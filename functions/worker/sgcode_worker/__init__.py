"""SGCode's Python worker: analyzers, operators and gates. It parses and compiles user code, never runs it."""
