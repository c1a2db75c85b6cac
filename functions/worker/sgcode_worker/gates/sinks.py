"""Families of dangerous calls. A safe form of the same family replaces a call; anything else drops it."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Family:
    """Calls that do one dangerous thing, safe and unsafe forms alike.

    `companions` are methods on what the calls give: they may go when the form changes.
    """

    name: str
    what: str
    dotted: re.Pattern[str]
    companions: frozenset[str]


def _family(name: str, what: str, dotted: str, companions: str = "") -> Family:
    return Family(name, what, re.compile(dotted, re.VERBOSE), frozenset(companions.split()))


FAMILIES = (
    _family(
        "sql",
        "runs a query",
        r"(?:.*)?\.(?:execute|executemany|executescript|exec|raw|extra|exec_driver_sql|run_query|execute_query)$"
        r"|(?:pandas|pd)?\.read_sql(?:_query)?$",
        "format text",
    ),
    _family(
        "process",
        "starts a process",
        r"os\.(?:system|popen\d?|exec[lv]p?e?|spawn[lv]p?e?|startfile|posix_spawnp?)$|subprocess\.\w+$|commands\.\w+$"
        r"|popen2\.\w+$|pty\.spawn$|pexpect\.\w+$|asyncio\.create_subprocess_\w+$|.*\.exec_command$|system$|popen$"
        r"|(?:Popen|check_output|check_call|call|getoutput|getstatusoutput)$|envoy\.run$|sh\.\w+$",
        "read readline readlines close communicate wait poll split splitlines decode strip write quote",
    ),
    _family(
        "deserialize",
        "reads serialized data",
        r"(?:yaml|pickle|cPickle|_pickle|dill|cloudpickle|marshal|jsonpickle|json|simplejson|ujson|shelve|joblib|torch|toml|numpy|np)"
        r"\.(?:\w+\.)*(?:loads?|safe_load(?:_all)?|load_all|full_load(?:_all)?|unsafe_load(?:_all)?|decode|open|Unpickler"
        r"|JSONDecoder|raw_decode)$|\.(?:loads?|load_all|safe_load|safe_load_all)$|.*read_pickle$|(?:safe_)?loads?$",
        "read decode encode b64decode get_data YAML",
    ),
    _family(
        "serialize",
        "writes serialized data",
        r"(?:yaml|pickle|cPickle|dill|marshal|jsonpickle|json|simplejson)\.(?:safe_)?(?:dumps?|dump_all|encode)$|\.dumps?$",
        "encode decode b64encode",
    ),
    _family(
        "evaluate",
        "evaluates code",
        r"eval$|exec$|execfile$|ast\.(?:literal_eval|parse)$|.*safe_eval$|literal_eval$|simpleeval\.\w+$",
    ),
    _family(
        "file",
        "opens a file",
        r"(?:open|file)$|(?:io|codecs|os|gzip|bz2|lzma|aiofiles|tarfile|zipfile)\.(?:open|fdopen|ZipFile|TarFile)$|ZipFile$"
        r"|\.(?:open|read_text|write_text|read_bytes|write_bytes)$"
        r"|(?:flask\.)?(?:send_file|send_from_directory|FileResponse|static_file)$|tempfile\.(?:Named|Spooled)?TemporaryFile$"
        r"|.*NamedTemporaryFile$",
        "close fileno read write",
    ),
    _family(
        "unlink",
        "removes a file",
        r"os\.(?:remove|unlink|rmdir|removedirs)$|shutil\.rmtree$|\.(?:unlink|rmdir)$|rmtree$",
        "close",
    ),
    _family(
        "copy",
        "copies or moves a file",
        r"shutil\.(?:copy\w*|move)$|os\.(?:rename|replace|link|symlink)$|.*copyfile(?:obj)?$",
    ),
    _family("directory", "makes a directory", r"os\.(?:mkdir|makedirs)$|\.mkdir$"),
    _family(
        "temporary",
        "makes a temporary name",
        r"tempfile\.\w+$|os\.(?:tempnam|tmpnam|tmpfile)$|mktemp$|mkstemp$|mkdtemp$|(?:Named)?TemporaryFile$|TemporaryDirectory$|.*gettempdir$",
        "open mkdir remove unlink close fdopen fileno makedirs rmdir join exists",
    ),
    _family(
        "network",
        "talks to the network",
        r"(?:requests|httpx)\.\w+$|urllib2?\.(?:request\.)?(?:urlopen|urlretrieve|Request|URLopener|FancyURLopener)$|urlopen$|urlretrieve$"
        r"|http\.client\.\w+$|httplib\.\w+$|ftplib\.\w+$|telnetlib\.\w+$|smtplib\.\w+$|paramiko\.(?:client\.)?\w+$|socket\.(?:socket|create_connection)$",
        "close",
    ),
    _family(
        "tls",
        "sets up TLS",
        r"ssl\.\w+$|.*\.(?:wrap_socket|set_missing_host_key_policy)$|.*create_default_context$|.*_unverified_context$",
        "WarningPolicy",
    ),
    _family(
        "hash",
        "hashes",
        r"hashlib\.\w+$|(?:Crypto|Cryptodome)\.Hash\..*|md5\.new$|sha\.new$|hmac\.(?:new|digest)$|crypt\.crypt$|bcrypt\.\w+$"
        r"|(?:.*\.)?(?:generate|check)_password_hash$|(?:.*\.)?(?:md5|sha1|sha224|sha256|sha384|sha512|scrypt|pbkdf2_hmac|blake2[bs])$"
        r"|(?:.*\.)?(?:hash|encrypt|verify|check|make|set)_?pass(?:word|wd)\w*$|argon2\.\w+$|passlib\..*|(?:MD5|SHA\d*|SHA1)\.new$",
        "hexdigest digest update encode decode b64encode",
    ),
    _family(
        "cipher",
        "encrypts",
        r"(?:Crypto|Cryptodome)\.(?:Cipher|PublicKey|Signature|Util|Random)\..*|cryptography\..*|(?:AES|DES|DES3|ARC2|ARC4|Blowfish|RSA|DSA|ECC)\.\w+$"
        r"|rsa\.\w+$|Fernet$|(?:.*\.)?(?:generate_private_key|default_backend|Cipher)$",
    ),
    _family(
        "random",
        "draws a random value",
        r"random\.\w+$|secrets\.\w+$|os\.urandom$|uuid\.uuid[14]$|numpy\.random\.\w+$|.*SystemRandom$|\.(?:randint|choice|randrange|sample|getrandbits|randbelow|choices)$"
        r"|(?:randint|choice|randrange|urandom|token_hex|token_urlsafe)$",
        "join",
    ),
    _family(
        "xml",
        "parses XML",
        r"(?:xml|lxml|defusedxml)\.(?!sax\.saxutils)[\w.]+$|(?:ET|etree|ElementTree|minidom)\.\w+$|\.parseString$|xmltodict\.\w+$",
    ),
    _family("archive", "unpacks an archive", r".*\.(?:extractall|extract|unpack_archive)$"),
)

_CACHE: dict[str, Family | None] = {}


def family_of(key: str) -> Family | None:
    """Return the family of a called name, None for a call that is not dangerous."""
    if key not in _CACHE:
        if len(_CACHE) > 5000:
            _CACHE.clear()
        _CACHE[key] = next((family for family in FAMILIES if family.dotted.match(key)), None)
    return _CACHE[key]
