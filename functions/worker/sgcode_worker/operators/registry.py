"""Every operator by name. The names are those of functions/domain/operators.ts."""

from collections.abc import Mapping

from sgcode_worker.operators.commands.argv_without_shell import ArgvWithoutShell
from sgcode_worker.operators.operator import Operator
from sgcode_worker.operators.queries.parameterize_query import ParameterizeQuery
from sgcode_worker.operators.safe_loader import SafeLoader
from sgcode_worker.operators.secrets_env.secret_from_env import SecretFromEnv

_ALL: tuple[Operator, ...] = (SafeLoader(), SecretFromEnv(), ArgvWithoutShell(), ParameterizeQuery())

OPERATORS: Mapping[str, Operator] = {operator.name: operator for operator in _ALL}
