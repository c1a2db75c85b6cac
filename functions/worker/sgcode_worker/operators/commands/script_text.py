"""The characters of a shell's text that a fixed script may keep as they are beside its values."""

import re
import shlex

from sgcode_worker.operators.commands.pieces import UnreadableError

# A backslash with what it escapes, a variable, a substitution of fixed words, and a dollar that is none.
_VARIABLE = r"\$(?:\{[A-Za-z_]\w*\}|[A-Za-z_]\w*|[?$!-])"
_SUBSTITUTION = r"\$\([^()`\\]*\)|`[^`\\]*`"
OUTSIDE = re.compile(rf"\\[\s\S]|{_VARIABLE}|{_SUBSTITUTION}|\$(?=[\s|;&)/.,:%])|[^\\$`]")
IN_DOUBLE = re.compile(rf"\\[\s\S]|{_VARIABLE}|{_SUBSTITUTION}|\$(?=[\s|;&)/.,:%\"])|[^\\$`]")


class UnfitError(UnreadableError):
    """A command with a value that a script cannot take as a parameter; the message says why."""

    def __init__(self, what: str) -> None:
        advice = "Put shlex.quote around each value, or write the steps apart."
        super().__init__(f"The command needs a shell for {what}. {advice}")


def copied(text: str, at: int, fits: re.Pattern[str], before_value: bool) -> str:
    """Return what stands at a place and can be kept. Raises UnfitError.

    `before_value` says that a value follows the text: a variable's name must not go on in it.
    """
    found = fits.match(text, at)
    if found is None:
        raise UnfitError("a variable, a substitution or a backslash that is not read here")
    kept = found[0]
    if before_value and found.end() == len(text) and re.fullmatch(r"\$\w+", kept):
        raise UnfitError("a variable whose name a value goes on")
    if kept.startswith(("$(", "`")):
        try:
            shlex.split(kept[2:-1] if kept[0] == "$" else kept[1:-1])
        except ValueError:
            raise UnfitError("a substitution that is not read here") from None
    return kept
