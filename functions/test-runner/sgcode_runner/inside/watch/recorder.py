"""The list of what a program did to the world outside itself while one input ran."""

from sgcode_runner.inside.watch.render import without_addresses

MAX_EVENTS = 300
MAX_TEXT = 1500
_MAX_FAILURE = 200


def shortened(text: str) -> str:
    """Return the text, or its beginning with its length and a checksum where it is too long to keep."""
    if len(text) <= MAX_TEXT:
        return text
    checksum = 0
    for character in text[:200_000]:
        checksum = (checksum * 31 + ord(character)) & 0xFFFFFFFF
    return f"{text[:MAX_TEXT]}... ({len(text)} characters, {checksum:08x})"


class Recorder:
    """Notes events in their order. One input is one `begin`; `meant` are the declared differences."""

    def __init__(self, meant: frozenset[str] = frozenset()) -> None:
        self.meant = meant
        self.begin(frozenset())

    def begin(self, words: frozenset[str], *, lacking: bool = False) -> None:
        """Forget what was noted.

        `words` are the values that the next input hands to the program; it is `lacking` when one that the
        program asks for is not among them.
        """
        self.lacking = lacking
        self.events: list[list[str]] = []
        self.unfit: str | None = None
        self.failure: str | None = None
        self.words = words
        self._more = 0
        self._database = ""
        self._statements: dict[str, str] = {}

    def note_statement(self, text: object, written: str) -> None:
        """Note what the database was given: a text, and it with the values for its placeholders."""
        if isinstance(text, str) and text:
            self._statements[text] = written
        self.note("statement", written)

    def printed(self, text: str) -> str:
        """Return what was printed, with the statements in it as the database got them where that is meant."""
        if "shown-query" in self.meant:
            for statement in sorted(self._statements, key=len, reverse=True):
                text = text.replace(statement, self._statements[statement])
        return text

    def note(self, kind: str, *parts: str) -> None:
        """Add an event. Events beyond the limit are only counted."""
        if len(self.events) < MAX_EVENTS:
            self.events.append([kind, *map(shortened, parts)])
        else:
            self._more += 1

    def turn_to(self, database: str) -> None:
        """Note which database the next statements go to, where it is another than before."""
        if database != self._database:
            self._database = database
            self.note("database", database)

    def call_unfit(self, reason: str) -> None:
        """Say that the input is not a benign one for this program, so that its outcome binds nobody."""
        self.unfit = self.unfit or reason

    def note_failure(self, error: BaseException) -> None:
        """Keep what the first exception that nobody caught says, for people only: its words bind nobody."""
        if self.failure is None:
            try:
                said = str(error)[:_MAX_FAILURE]
            except Exception:
                said = ""
            shown = "".join(each if each.isprintable() else " " for each in f"{type(error).__name__}: {said}")
            self.failure = without_addresses(shown)

    def taken(self) -> list[list[str]]:
        """Return the events so far, the last telling how many more there were."""
        return [*self.events, ["more", str(self._more)]] if self._more else list(self.events)
