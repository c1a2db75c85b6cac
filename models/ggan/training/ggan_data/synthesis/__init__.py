"""Makes labelled programs by rule. Needs the worker on the path, whose operators mend what is weak."""
