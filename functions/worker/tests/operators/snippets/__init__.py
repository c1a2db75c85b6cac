"""What each operator is sure to rewrite: every operator of the registry has a row here."""

from tests.operators.snippets.commands import COMMANDS
from tests.operators.snippets.crypto import CRYPTO
from tests.operators.snippets.data import DATA
from tests.operators.snippets.files import FILES
from tests.operators.snippets.flow import FLOW
from tests.operators.snippets.form import Snippets
from tests.operators.snippets.queries import QUERIES
from tests.operators.snippets.secrets import SECRETS
from tests.operators.snippets.web import WEB

__all__ = ["SNIPPETS", "Snippets"]

SNIPPETS: dict[str, Snippets] = QUERIES | COMMANDS | SECRETS | DATA | FILES | CRYPTO | WEB | FLOW
