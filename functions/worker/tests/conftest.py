"""What every test may rely on."""

from sgcode_worker.limits import allow_deep_recursion

# As the handler does before each step.
allow_deep_recursion()
