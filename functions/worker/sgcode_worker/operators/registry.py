"""Every operator by name. The names are those of functions/domain/operators.ts."""

from collections.abc import Mapping

from sgcode_worker.operators.commands.argv_without_shell import ArgvWithoutShell
from sgcode_worker.operators.commands.quote_shell_word import QuoteShellWord
from sgcode_worker.operators.crypto.modern_tls import ModernTls
from sgcode_worker.operators.crypto.refuse_weak_hash import RefuseWeakHash
from sgcode_worker.operators.crypto.replace_weak_hash import ReplaceWeakHash
from sgcode_worker.operators.crypto.secure_random import SecureRandom
from sgcode_worker.operators.crypto.strong_key_size import StrongKeySize
from sgcode_worker.operators.crypto.verify_certificate import VerifyCertificate
from sgcode_worker.operators.crypto.verify_host_key import VerifyHostKey
from sgcode_worker.operators.data.safe_xml_parser import SafeXmlParser
from sgcode_worker.operators.data.weights_only_load import WeightsOnlyLoad
from sgcode_worker.operators.files.contain_path import ContainPath
from sgcode_worker.operators.files.private_permissions import PrivatePermissions
from sgcode_worker.operators.files.private_temporary_file import PrivateTemporaryFile
from sgcode_worker.operators.files.safe_extract import SafeExtract
from sgcode_worker.operators.files.temporary_path import TemporaryPath
from sgcode_worker.operators.flow.explicit_check import ExplicitCheck
from sgcode_worker.operators.flow.literal_eval import LiteralEval
from sgcode_worker.operators.flow.logged_exception import LoggedException
from sgcode_worker.operators.late_globals.hoist_global import HoistGlobal
from sgcode_worker.operators.operator import Operator
from sgcode_worker.operators.queries.parameterize_query import ParameterizeQuery
from sgcode_worker.operators.safe_loader import SafeLoader
from sgcode_worker.operators.secrets_env.secret_from_env import SecretFromEnv
from sgcode_worker.operators.visible_source import VisibleSource
from sgcode_worker.operators.web.autoescape import Autoescape
from sgcode_worker.operators.web.bind_address import BindAddress
from sgcode_worker.operators.web.debug_off import DebugOff
from sgcode_worker.operators.web.escape_html import EscapeHtml
from sgcode_worker.operators.web.escape_markup import EscapeMarkup
from sgcode_worker.operators.web.request_timeout import RequestTimeout

_ALL: tuple[Operator, ...] = (
    SafeLoader(),
    HoistGlobal(),
    SecretFromEnv(),
    ArgvWithoutShell(),
    ParameterizeQuery(),
    VerifyHostKey(),
    ModernTls(),
    VerifyCertificate(),
    StrongKeySize(),
    SecureRandom(),
    ReplaceWeakHash(),
    RequestTimeout(),
    DebugOff(),
    BindAddress(),
    PrivateTemporaryFile(),
    TemporaryPath(),
    PrivatePermissions(),
    SafeExtract(),
    WeightsOnlyLoad(),
    SafeXmlParser(),
    Autoescape(),
    EscapeMarkup(),
    ExplicitCheck(),
    LoggedException(),
    VisibleSource(),
    LiteralEval(),
    EscapeHtml(),
    RefuseWeakHash(),
    QuoteShellWord(),
    ContainPath(),
)

OPERATORS: Mapping[str, Operator] = {operator.name: operator for operator in _ALL}
