"""Where an evaluated text can only be meant as arithmetic, and the small evaluator that reads it then."""
