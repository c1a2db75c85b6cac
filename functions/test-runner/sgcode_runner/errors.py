"""The errors that leave the runner. Their names are the contract with its callers."""


class RunnerError(Exception):
    """An error whose name and message go to the caller; the message holds no code of the user."""

    @property
    def name(self) -> str:
        """The name that the other side matches on."""
        return type(self).__name__


class InvalidInputError(RunnerError):
    """The request does not have the agreed form."""


class InputTooLargeError(RunnerError):
    """Larger, deeper or longer than the limit that the message names."""


class RunnerUnavailableError(RunnerError):
    """This machine has no way to seal a box; the message says what is missing and how to get it."""


class RunnerFailedError(RunnerError):
    """The runner met something that it does not handle."""
