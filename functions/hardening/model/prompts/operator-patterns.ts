import type { OperatorName } from '#domain/operators.ts';
import type { Remedy } from './remedy.ts';

/** Of every operator: what a model is to do where the operator itself cannot. */
export const operatorPatterns: Readonly<Record<OperatorName, Remedy>> = {
  'parameterize-query': {
    requirement:
      "Pass every value as a query parameter in the driver's own style (?, %s, :name) and keep the query's text; choose names of tables and columns from a fixed set.",
    pattern: [
      `query = "SELECT * FROM users WHERE name = '" + name + "'"\ndb.execute(query)`,
      'query = "SELECT * FROM users WHERE name = ?"\ndb.execute(query, (name,))',
    ],
  },
  'safe-loader': {
    requirement: 'Load YAML with safe_load, which takes no Loader.',
    pattern: ['yaml.load(text, Loader=yaml.Loader)', 'yaml.safe_load(text)'],
  },
  'secret-from-env': {
    requirement: 'Read the secret from an environment variable, without a default in the code.',
    pattern: ['DB_PASSWORD = "hunter2x"', 'DB_PASSWORD = os.environ["DB_PASSWORD"]'],
  },
  'argv-without-shell': {
    requirement: 'Start the same program from a list of words without a shell; a value is one word.',
    pattern: ['os.system("ping -c 1 " + host)', 'subprocess.run(["ping", "-c", "1", host])'],
  },
  'verify-host-key': {
    requirement: 'Load the known hosts and refuse every other.',
    pattern: [
      'client.set_missing_host_key_policy(paramiko.AutoAddPolicy())',
      'client.load_system_host_keys(); client.set_missing_host_key_policy(paramiko.RejectPolicy())',
    ],
  },
  'modern-tls': {
    requirement: 'Name PROTOCOL_TLS, which takes the newest version that both sides know.',
    pattern: [
      'ssl.wrap_socket(plain, ssl_version=ssl.PROTOCOL_TLSv1)',
      'ssl.wrap_socket(plain, ssl_version=ssl.PROTOCOL_TLS)',
    ],
  },
  'verify-certificate': {
    requirement: 'Verify the certificate.',
    pattern: ['requests.get(url, verify=False, timeout=60)', 'requests.get(url, timeout=60)'],
  },
  'strong-key-size': {
    requirement: 'Make keys of at least 2048 bits, or on a curve of at least 224.',
    pattern: ['RSA.generate(1024)', 'RSA.generate(2048)'],
  },
  'secure-random': {
    requirement: 'Draw what must not be guessed with secrets; the distribution stays.',
    pattern: ['random.choice(letters)', 'secrets.choice(letters)'],
  },
  'replace-weak-hash': {
    requirement:
      'Hash with SHA-256 wherever this digest is made or compared; usedforsecurity=False is no fix.',
    pattern: ['hashlib.md5(data).hexdigest()', 'hashlib.sha256(data).hexdigest()'],
  },
  'hoist-global': {
    requirement: 'Write the global statement as the first line of the function, and nowhere else in it.',
    pattern: ['if n < left:\n    global left', 'global left\nif n < left:'],
  },
  'request-timeout': {
    requirement: 'Give the request a timeout.',
    pattern: ['requests.get(url)', 'requests.get(url, timeout=60)'],
  },
  'debug-off': {
    requirement: 'Serve without the debugger.',
    pattern: ['app.run(debug=True)', 'app.run(debug=False)'],
  },
  'bind-address': {
    requirement: 'Listen on this machine unless an environment variable says otherwise.',
    pattern: [
      'server.bind(("0.0.0.0", 80))',
      'server.bind((os.environ.get("BIND_ADDRESS", "127.0.0.1"), 80))',
    ],
  },
  'private-temporary-file': {
    requirement: 'Let tempfile create the file, not only its name.',
    pattern: [
      "path = tempfile.mktemp('.txt')",
      "descriptor, path = tempfile.mkstemp('.txt'); os.close(descriptor)",
    ],
  },
  'temporary-path': {
    requirement: 'Put the file into a new private folder that tempfile makes.',
    pattern: ["path = '/tmp/note.txt'", "path = os.path.join(tempfile.mkdtemp(), 'note.txt')"],
  },
  'private-permissions': {
    requirement: 'Let nobody but the owner write or run the file.',
    pattern: ['os.chmod(path, 0o777)', 'os.chmod(path, 0o700)'],
  },
  'safe-extract': {
    requirement: 'Unpack with the data filter.',
    pattern: ["tar.extractall('out')", "tar.extractall('out', filter='data')"],
  },
  'weights-only-load': {
    requirement: 'Load weights only.',
    pattern: ["torch.load('model.pt')", "torch.load('model.pt', weights_only=True)"],
  },
  'safe-xml-parser': {
    requirement: 'Parse XML with defusedxml, under the same name.',
    pattern: ['xml.dom.minidom.parse(path)', 'defusedxml.minidom.parse(path)'],
  },
  autoescape: {
    requirement: 'Escape values in HTML templates.',
    pattern: [
      'jinja2.Environment(loader=loader)',
      'jinja2.Environment(loader=loader, autoescape=jinja2.select_autoescape())',
    ],
  },
  'escape-markup': {
    requirement: 'Mark only fixed text as HTML and put values in with format, which escapes them.',
    pattern: ['Markup(f"<td>{name}</td>")', 'Markup("<td>{}</td>").format(name)'],
  },
  'explicit-check': {
    requirement: 'Check with if and raise AssertionError.',
    pattern: ["assert size > 0, 'no size'", "if not size > 0:\n    raise AssertionError('no size')"],
  },
  'logged-exception': {
    requirement: 'Log the exception that is ignored.',
    pattern: [
      'except OSError:\n    pass',
      'except OSError:\n    logging.getLogger(__name__).debug("Ignored an exception", exc_info=True)',
    ],
  },
  'visible-source': {
    requirement: 'Write invisible characters in texts as escapes and take them out of comments.',
    pattern: ['name = "a<U+202E>b"', 'name = "a\\u202eb"'],
  },
  'literal-eval': {
    requirement: 'Read the text as data without running it.',
    pattern: ['eval(text)', 'ast.literal_eval(text)'],
  },
  'refuse-weak-hash': {
    requirement: 'Refuse broken digests where the caller names one.',
    pattern: [
      'if name not in hashlib.algorithms_available:',
      'if name not in hashlib.algorithms_available - {"md4", "md5", "md5-sha1", "sha1"}:',
    ],
  },
  'escape-html': {
    requirement: 'Escape every value that is put into HTML.',
    pattern: ['return f"<p>Hello, {name}!</p>"', 'return f"<p>Hello, {html.escape(name)}!</p>"'],
  },
  'quote-shell-word': {
    requirement: 'Quote every value that becomes a word of a shell command.',
    pattern: ['return f"tar -xf {name}"', 'return f"tar -xf {shlex.quote(name)}"'],
  },
  'contain-path': {
    requirement: 'Refuse a path outside its folder before it is used.',
    pattern: [
      'path = os.path.join(FOLDER, name)',
      'path = os.path.abspath(os.path.join(FOLDER, name))\nif os.path.commonpath([os.path.abspath(FOLDER), path]) != os.path.abspath(FOLDER):\n    raise ValueError("The path is outside its folder")',
    ],
  },
};
