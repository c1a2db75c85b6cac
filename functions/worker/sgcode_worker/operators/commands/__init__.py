"""Commands that run as a list of words, without a shell that reads them."""
