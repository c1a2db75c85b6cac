"""What the check will do with a program, worked out from the text of the original before any of it runs."""
