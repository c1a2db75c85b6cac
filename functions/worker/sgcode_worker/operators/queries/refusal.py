"""Why a query is left alone, from wherever that turns out."""


class Refusal(Exception):
    """The rewrite would be a guess; the message is for the person who must decide."""
