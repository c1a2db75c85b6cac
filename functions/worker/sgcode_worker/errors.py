"""The errors that leave the worker. Their names are the contract: functions/domain/errors.ts has the same."""


class WorkerError(Exception):
    """An error whose name and message go to the caller; the message holds no code of the user."""

    @property
    def name(self) -> str:
        """The name that the other side matches on."""
        return type(self).__name__


class InvalidInputError(WorkerError):
    """The request or a stored document does not have the agreed form."""


class InputTooLargeError(WorkerError):
    """Larger, deeper or longer than the limit that the message names."""


class NotFoundError(WorkerError):
    """No such blob."""


class StoreUnavailableError(WorkerError):
    """A blob could not be read or written: disk full, no permission."""


class WorkerFailedError(WorkerError):
    """The worker met something that it does not handle; the message names the step."""


class WorkerTimeoutError(WorkerError):
    """The step did not end within its time limit and was ended."""


class WorkerLostError(WorkerError):
    """The process that ran the step ended before it answered."""
