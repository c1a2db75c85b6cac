"""Rewrites for what a program does with errors, checks and text that it evaluates."""
