"""What a query may not say where the driver behind it is known in part only."""

from sgcode_worker.operators.queries.driver.drivers import Dialect
from sgcode_worker.operators.queries.refusal import Refusal
from sgcode_worker.operators.queries.text.characters import Character
from sgcode_worker.operators.queries.text.sql import Query


def check_unclear(query: Query, dialect: Dialect) -> None:
    """Refuse a text that drivers which are still possible would read in different ways."""
    if not dialect.percent_is_unclear:
        return
    said = [part.value for part in query.parts if isinstance(part, Character)]
    if "%" in said:
        raise Refusal("The query has a percent sign, which drivers that are possible here read differently.")
    if dialect.basis and ("\\" in said or "#" in said):
        raise Refusal("The query has a backslash or `#`, which databases that are possible read differently.")
