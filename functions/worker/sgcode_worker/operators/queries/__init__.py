"""The operator `parameterize-query`: values go to the database beside the query, not inside its text."""
