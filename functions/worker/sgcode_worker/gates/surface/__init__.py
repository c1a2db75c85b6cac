"""The light `surface`: one idea a module."""
