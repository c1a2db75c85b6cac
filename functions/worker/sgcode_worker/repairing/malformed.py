"""Why an answer cannot be put back."""

_LONGEST = 300
_LONGEST_NAME = 60


class MalformedError(Exception):
    """The answer does not fit; the message is for the next prompt and quotes nothing of the answer."""

    @property
    def reason(self) -> str:
        """The message, cut to what a prompt takes."""
        return str(self)[:_LONGEST]


def quoted(name: str) -> str:
    """Return the name of a part that was asked for, as a reason names it."""
    return f"`{name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + '…'}`"
