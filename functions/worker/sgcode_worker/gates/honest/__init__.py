"""The light `honest`: one idea a module."""
