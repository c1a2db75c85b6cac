"""Code cut into parts for a model, and the model's parts put back."""
