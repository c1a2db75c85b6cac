import { lastName } from './dotted-names.ts';

/** What a sink does with what it is given. */
export const SINK_KINDS = [
  'sql',
  'command',
  'code',
  'path',
  'html',
  'deserialization',
  'xml',
  'redirect',
  'fetch',
  'hash',
  'cipher',
  'random',
  'tls',
  'temporary-file',
  'archive',
  'permission',
] as const;
export type SinkKind = (typeof SINK_KINDS)[number];

/** What a sanitizer makes its argument fit for. */
export const SANITIZER_KINDS = ['html', 'command', 'path', 'number', 'other'] as const;
export type SanitizerKind = (typeof SANITIZER_KINDS)[number];

const words = (text: string): string[] => text.trim().split(/\s+/);

/**
 * Sinks by full name, or by what stands before the last dot with a star behind it. Of web frameworks' names the
 * last is enough (`SINK_METHODS`): frameworks re-export them everywhere.
 */
const SINKS: Record<SinkKind, string[]> = {
  sql: words(`sqlalchemy.text sqlalchemy.sql.text pandas.read_sql pandas.read_sql_query pd.read_sql
    pd.read_sql_query django.db.models.expressions.RawSQL`),
  command:
    words(`os.system os.popen os.popen2 os.popen3 os.popen4 os.startfile subprocess.* commands.* popen2.*
    os.execl os.execle os.execlp os.execv os.execve os.execvp os.spawnl os.spawnlp os.spawnv os.spawnvp
    os.posix_spawn pty.spawn pexpect.* asyncio.create_subprocess_shell asyncio.create_subprocess_exec
    asyncio.subprocess.create_subprocess_shell`),
  code: words('eval exec compile execfile __import__ importlib.import_module builtins.eval builtins.exec'),
  path: words(`open io.open codecs.open file os.open os.remove os.unlink os.rmdir os.mkdir os.makedirs os.rename
    os.replace os.listdir os.walk os.scandir os.symlink os.link os.path.join os.chdir shutil.copy shutil.copyfile
    shutil.copy2 shutil.copytree shutil.move shutil.rmtree pathlib.Path pathlib.PurePath Path glob.glob
    tarfile.open zipfile.ZipFile aiofiles.open gzip.open`),
  html: words(
    'markupsafe.Markup jinja2.Markup flask.Markup django.utils.safestring.mark_safe string.Template',
  ),
  deserialization:
    words(`pickle.load pickle.loads pickle.Unpickler cPickle.load cPickle.loads cPickle.Unpickler
    yaml.load yaml.load_all yaml.unsafe_load yaml.full_load yaml.Loader marshal.load marshal.loads shelve.open
    dill.load dill.loads jsonpickle.decode joblib.load torch.load numpy.load np.load pandas.read_pickle
    pd.read_pickle ruamel.yaml.load`),
  xml: words(`xml.etree.ElementTree.* xml.etree.cElementTree.* xml.sax.* xml.dom.minidom.* xml.dom.pulldom.*
    lxml.etree.* ElementTree.* ET.* etree.* xmlrpc.client.* xmltodict.parse`),
  redirect: words('flask.redirect django.shortcuts.redirect redirect HttpResponseRedirect RedirectResponse'),
  fetch: words(`requests.* httpx.* urllib.request.urlopen urllib.request.urlretrieve urllib.urlopen
    urllib.urlretrieve urllib2.urlopen urlopen urllib.request.Request aiohttp.request`),
  hash: words(`hashlib.md5 hashlib.sha1 hashlib.new md5.new sha.new md5.md5 Crypto.Hash.MD5.new Crypto.Hash.SHA.new
    Crypto.Hash.MD4.new Crypto.Hash.MD2.new crypt.crypt
    cryptography.hazmat.primitives.hashes.MD5 cryptography.hazmat.primitives.hashes.SHA1`),
  cipher: words(`Crypto.Cipher.DES.new Crypto.Cipher.DES3.new Crypto.Cipher.ARC2.new Crypto.Cipher.ARC4.new
    Crypto.Cipher.Blowfish.new Crypto.Cipher.AES.new Crypto.Cipher.XOR.new AES.new DES.new ARC4.new
    RSA.generate DSA.generate Crypto.PublicKey.RSA.generate rsa.generate_private_key dsa.generate_private_key
    cryptography.hazmat.primitives.ciphers.modes.ECB`),
  random: words('random.*'),
  tls: words(`ssl.wrap_socket ssl._create_unverified_context ssl._create_stdlib_context ssl.SSLContext
    ssl.SSLContext.wrap_socket paramiko.AutoAddPolicy paramiko.WarningPolicy OpenSSL.SSL.Context ssl.CERT_NONE`),
  'temporary-file': words('tempfile.mktemp mktemp os.tempnam os.tmpnam'),
  archive: words('tarfile.TarFile.extractall shutil.unpack_archive'),
  permission: words('os.chmod os.umask os.fchmod'),
};

/** Sinks by the last name alone, for objects that the file does not tell. */
const SINK_METHODS: Partial<Record<SinkKind, string[]>> = {
  sql: words(`execute executemany executescript raw read_sql read_sql_query extra exec_driver_sql execute_query
    run_query query execute_sql executesql insert_db query_db mogrify`),
  command:
    words(`exec_command run_command run_ssh _run_ssh ssh_execute _ssh_execute _cli_run cli_run shell _execute
    _run_command run_cmd call_command check_output popen Popen getoutput getstatusoutput create_subprocess_shell`),
  html: words(`mark_safe Markup render_template_string HttpResponse HttpResponseBadRequest HttpResponseNotFound
    make_response Response HTMLResponse format_html_join SafeString SafeText Environment Template`),
  path: words(`send_file send_from_directory FileResponse save saveas upload_file download_file`),
  redirect: words('HttpResponseRedirect RedirectResponse HTTPFound HTTPRedirect'),
  fetch: words('urlopen urlretrieve'),
  archive: words('extractall extract unpack_archive'),
  deserialization: words('unsafe_load'),
  'temporary-file': words('mktemp'),
  hash: words('md5 sha1'),
  tls: words('set_missing_host_key_policy'),
};

const SANITIZERS: Record<SanitizerKind, string[]> = {
  html: words(`html.escape cgi.escape xml.sax.saxutils.escape escape escape_html escapeHTML html_escape markupsafe.escape
    flask.escape django.utils.html.escape conditional_escape bleach.clean clean strip_tags format_html sanitize_html
    nh3.clean linebreaks urlencode jsonify json_dumps`),
  command: words('shlex.quote pipes.quote shellquote shell_quote quote shlex.split shlex.join list2cmdline'),
  path: words(`os.path.basename basename secure_filename werkzeug.utils.secure_filename safe_join flask.safe_join
    os.path.abspath os.path.realpath os.path.normpath abspath realpath normpath resolve relative_to is_relative_to
    commonpath commonprefix os.path.commonpath os.path.commonprefix get_valid_filename`),
  number: words('int float bool len uuid.UUID UUID ord round abs hash isdigit isalnum isnumeric'),
  other:
    words(`ast.literal_eval json.loads yaml.safe_load re.escape urllib.parse.quote urllib.parse.quote_plus
    urllib.quote url_has_allowed_host_and_scheme is_safe_url url_for reverse hmac.compare_digest re.fullmatch
    fullmatch quote_plus quote_ident quote_name escape_string`),
};

/** Names that promise a check or a cleaning, wherever they come from. */
export const SANITIZER_LIKE =
  /escape|saniti[sz]e|clean|quote|validat|valid_|_valid|check|safe|secure|strip_tags|whitelist|allow|verify|encrypt/i;

/** What fixes put in place of a sink. */
const SAFE = new Set(
  words(`yaml.safe_load yaml.safe_load_all yaml.SafeLoader yaml.CSafeLoader SafeLoader CSafeLoader safe_load
    tempfile.mkstemp tempfile.mkdtemp tempfile.NamedTemporaryFile tempfile.TemporaryFile tempfile.TemporaryDirectory
    tempfile.SpooledTemporaryFile mkstemp mkdtemp NamedTemporaryFile TemporaryFile TemporaryDirectory
    hashlib.sha224 hashlib.sha256 hashlib.sha384 hashlib.sha512 hashlib.blake2b hashlib.blake2s hashlib.sha3_256
    hashlib.sha3_512 hashlib.pbkdf2_hmac hashlib.scrypt sha256 sha512 bcrypt.hashpw bcrypt.gensalt bcrypt.checkpw
    generate_password_hash check_password_hash secrets.token_hex secrets.token_bytes secrets.token_urlsafe
    secrets.choice secrets.randbelow secrets.SystemRandom random.SystemRandom os.urandom uuid.uuid4
    ast.literal_eval literal_eval json.loads json.load hmac.compare_digest ssl.create_default_context
    create_default_context render_template render safe_join defusedxml.ElementTree.parse
    defusedxml.ElementTree.fromstring paramiko.RejectPolicy`),
);

/** Settings and names that a fix takes away. */
const WEAK = new Set(
  words(`yaml.Loader yaml.UnsafeLoader yaml.FullLoader yaml.CLoader ssl.CERT_NONE ssl.PROTOCOL_SSLv2 ssl.PROTOCOL_SSLv3
    ssl.PROTOCOL_SSLv23 ssl.PROTOCOL_TLSv1 ssl.PROTOCOL_TLSv1_1 paramiko.AutoAddPolicy paramiko.WarningPolicy
    AES.MODE_ECB Crypto.Cipher.AES.MODE_ECB ssl._create_unverified_context MD5 SHA1 MODE_ECB hashes.MD5 hashes.SHA1
    CERT_NONE UnsafeLoader FullLoader AutoAddPolicy hashlib.algorithms_available`),
);

const SOURCES = new Set(
  words(`input raw_input sys.argv sys.stdin os.environ os.getenv sys.stdin.read sys.stdin.readline os.environ.get
    flask.request request argparse.ArgumentParser cgi.FieldStorage`),
);
const SOURCE_METHODS = new Set(
  words(`get_argument get_arguments get_query_argument get_body_argument recv recvfrom recv_into get_json getfirst
    parse_args get_secure_cookie get_cookie read_body raw_input`),
);
const REQUEST =
  /(^|\.)(request|req|self\.request|info\.context)\.(args|form|values|json|data|cookies|headers|files|GET|POST|PUT|REQUEST|META|FILES|COOKIES|query_params|path_params|query_string|get|get_json|get_data|params|body|arguments|match_info|matchdict|query|url|path|remote_addr|stream|rel_url|QUERY|post)\b/;

const byName = new Map<string, SinkKind>();
const byPackage = new Map<string, SinkKind>();
const byMethod = new Map<string, SinkKind>();
for (const kind of SINK_KINDS) {
  for (const name of SINKS[kind]) {
    if (name.endsWith('.*')) byPackage.set(name.slice(0, -2), kind);
    else byName.set(name, kind);
  }
  for (const name of SINK_METHODS[kind] ?? []) byMethod.set(name, kind);
}
const sanitizers = new Map<string, SanitizerKind>();
for (const kind of SANITIZER_KINDS) for (const name of SANITIZERS[kind]) sanitizers.set(name, kind);

/** The sink that a call of this dotted name is, by the whole name first, or null. */
export function sinkOf(dotted: string): SinkKind | null {
  const last = lastName(dotted);
  const known = byName.get(dotted) ?? byPackage.get(dotted.slice(0, -last.length - 1));
  if (known) return SAFE.has(dotted) ? null : known;
  return byMethod.get(last) ?? null;
}

/** What a call of this name cleans its argument for, or null. */
export function sanitizerOf(dotted: string): SanitizerKind | null {
  return sanitizers.get(dotted) ?? sanitizers.get(lastName(dotted)) ?? null;
}

export function isSafe(dotted: string): boolean {
  if (SAFE.has(dotted) || SAFE.has(lastName(dotted))) return true;
  return dotted.startsWith('secrets.') || dotted.startsWith('defusedxml');
}

export function isWeak(dotted: string): boolean {
  return WEAK.has(dotted) || WEAK.has(lastName(dotted));
}

/** A name that holds what somebody outside sends. */
export function isSource(dotted: string): boolean {
  return SOURCES.has(dotted) || SOURCE_METHODS.has(lastName(dotted)) || REQUEST.test(dotted);
}
