"""The parts of the driver that runs user tests."""
