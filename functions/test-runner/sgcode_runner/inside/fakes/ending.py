"""How a program ends itself or is ended within one input."""


class ProgramExit(BaseException):
    """The program left without raising SystemExit, as os._exit does."""


class TooLong(BaseException):
    """The program used up the processor time of one input."""
