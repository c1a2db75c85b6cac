"""What the worker's analyzer says about the pairs. Needs the worker on the path."""
