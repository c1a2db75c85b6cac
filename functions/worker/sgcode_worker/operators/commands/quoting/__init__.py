"""What is quoted where a text is put together for a shell."""
