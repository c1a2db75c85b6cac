import type { RepairTarget } from '#domain/repair.ts';
import { operatorPatterns } from './operator-patterns.ts';
import type { Remedy } from './remedy.ts';

/** What to do about a target: as its rule says, its operator, or the class of its weakness. */
export function remedyFor({ operator, rule, cwe }: Pick<RepairTarget, 'operator' | 'rule' | 'cwe'>): Remedy {
  const known = ruleRemedies[rule] ?? (operator === null ? null : operatorPatterns[operator]);
  return known ?? (cwe === null ? null : cweRemedies[cwe]) ?? anyRemedy;
}

const defusedXml: Remedy = {
  requirement: 'Import the XML parser from defusedxml, under the same name.',
  pattern: ['import xml.etree.ElementTree as ET', 'import defusedxml.ElementTree as ET'],
};
const json: Remedy = {
  requirement: 'Read and write the data as JSON.',
  pattern: ['data = pickle.loads(blob)', 'data = json.loads(blob)'],
};
const authenticatedCipher =
  'Encrypt with AES-GCM and a new nonce each time, kept with the data, and check the tag when decrypting.';
const fixedProgram: Remedy = {
  requirement: 'Start a fixed program, given as a list of words, without a shell.',
  pattern: ['subprocess.Popen(command.split())', 'subprocess.Popen(["/usr/bin/tar", "-xf", name])'],
};
const ssh: Remedy = {
  requirement: 'Speak to the server over an encrypted connection.',
  pattern: [
    'telnet = telnetlib.Telnet(host)',
    'client = paramiko.SSHClient(); client.load_system_host_keys(); client.connect(host)',
  ],
};
const ftps: Remedy = {
  requirement: 'Use FTP over TLS and protect the data connection.',
  pattern: ['ftp = ftplib.FTP(host)', 'ftp = ftplib.FTP_TLS(host)  # after login: ftp.prot_p()'],
};
const htmlFormat: Remedy = {
  requirement: 'Put values into HTML with format_html, which escapes them.',
  pattern: ['mark_safe("<b>" + name + "</b>")', 'format_html("<b>{}</b>", name)'],
};

/** Rules of Bandit that no operator mends, or whose own pattern says more than the operator's. */
export const ruleRemedies: Readonly<Record<string, Remedy>> = {
  B102: {
    requirement: 'Call fixed functions by name from a table; run no text as code.',
    pattern: ['exec(name + "()")', 'ACTIONS[name]()'],
  },
  B301: json,
  B302: { requirement: json.requirement, pattern: ['marshal.loads(blob)', 'json.loads(blob)'] },
  B304: {
    requirement: authenticatedCipher,
    pattern: ['DES.new(key, DES.MODE_ECB)', 'AES.new(key, AES.MODE_GCM, nonce=os.urandom(12))'],
  },
  B305: {
    requirement: authenticatedCipher,
    pattern: [
      'Cipher(algorithms.AES(key), modes.ECB())',
      'Cipher(algorithms.AES(key), modes.GCM(os.urandom(12)))',
    ],
  },
  B308: htmlFormat,
  // Bandit cannot see the check, so it takes an opener as well.
  B310: {
    requirement:
      'Refuse every address whose scheme is not http or https, then open it with an opener in place of urlopen.',
    pattern: [
      'answer = urllib.request.urlopen(url)',
      'if urllib.parse.urlsplit(url).scheme not in ("http", "https"):\n    raise ValueError("Only http and https addresses")\nanswer = urllib.request.build_opener().open(urllib.request.Request(url))',
    ],
  },
  B312: ssh,
  B314: {
    requirement: operatorPatterns['safe-xml-parser'].requirement,
    pattern: ['xml.etree.ElementTree.fromstring(text)', 'defusedxml.ElementTree.fromstring(text)'],
  },
  B321: ftps,
  B323: {
    requirement: operatorPatterns['verify-certificate'].requirement,
    pattern: ['ssl._create_unverified_context()', 'ssl.create_default_context()'],
  },
  B401: ssh,
  B402: ftps,
  B403: json,
  B404: fixedProgram,
  B405: defusedXml,
  B406: defusedXml,
  B407: defusedXml,
  B408: defusedXml,
  B409: defusedXml,
  B411: {
    requirement: 'Make xmlrpc safe with defusedxml before it is used.',
    pattern: [
      'import xmlrpc.client',
      'import xmlrpc.client, defusedxml.xmlrpc; defusedxml.xmlrpc.monkey_patch()',
    ],
  },
  B412: {
    requirement: 'Serve through WSGI; a CGI script takes its proxy from a request header.',
    pattern: [
      'wsgiref.handlers.CGIHandler().run(app)',
      'wsgiref.simple_server.make_server("127.0.0.1", 8000, app).serve_forever()',
    ],
  },
  B413: {
    requirement: 'Import the same names from Cryptodome.',
    pattern: ['from Crypto.Cipher import AES', 'from Cryptodome.Cipher import AES'],
  },
  B415: ssh,
  B508: {
    requirement: 'Use SNMPv3 with authentication and privacy.',
    pattern: [
      'CommunityData("public", mpModel=0)',
      'UsmUserData(user, os.environ["SNMP_AUTH_KEY"], os.environ["SNMP_PRIV_KEY"])',
    ],
  },
  B509: {
    requirement: 'Give the SNMPv3 user an authentication key and a privacy key.',
    pattern: [
      'UsmUserData(user)',
      'UsmUserData(user, os.environ["SNMP_AUTH_KEY"], os.environ["SNMP_PRIV_KEY"])',
    ],
  },
  B601: {
    requirement: 'Quote every value that is part of the remote command with shlex.quote.',
    pattern: ['client.exec_command("ls " + folder)', 'client.exec_command("ls " + shlex.quote(folder))'],
  },
  B603: fixedProgram,
  B604: {
    requirement: 'Hand the command over as a list of words without a shell.',
    pattern: ['start("ping " + host, shell=True)', 'start(["ping", host])'],
  },
  B606: fixedProgram,
  B607: {
    requirement: 'Name the program by its full path.',
    pattern: ['subprocess.run(["tar", "-xf", name])', 'subprocess.run(["/usr/bin/tar", "-xf", name])'],
  },
  B612: {
    requirement: 'Check what comes in with the verify argument.',
    pattern: ['logging.config.listen(port)', 'logging.config.listen(port, verify=checked_signature)'],
  },
  B615: {
    requirement: 'Name the revision by its commit.',
    pattern: [
      'AutoModel.from_pretrained(name)',
      'AutoModel.from_pretrained(name, revision=os.environ["MODEL_REVISION"])',
    ],
  },
  B702: {
    requirement: "Escape values with Mako's h filter.",
    pattern: ['mako.template.Template(text)', "mako.template.Template(text, default_filters=['h'])"],
  },
  B703: htmlFormat,
};

/** By the class of weakness, for what is no rule of Bandit: the graph network's word, another analyzer's finding. */
export const cweRemedies: Readonly<Record<string, Remedy>> = {
  'CWE-20': {
    requirement: 'Check the value against what is expected before it is used, and refuse everything else.',
    pattern: ['if "example.com" in url:', 'if urllib.parse.urlsplit(url).hostname == "example.com":'],
  },
  'CWE-22': operatorPatterns['contain-path'],
  'CWE-78': operatorPatterns['argv-without-shell'],
  'CWE-79': operatorPatterns['escape-html'],
  'CWE-80': operatorPatterns['escape-html'],
  'CWE-89': operatorPatterns['parameterize-query'],
  'CWE-94': {
    requirement: 'Run no text from outside as code or as a template.',
    pattern: [
      'render_template_string("Hello " + name)',
      'render_template_string("Hello {{ name }}", name=name)',
    ],
  },
  'CWE-95': operatorPatterns['literal-eval'],
  'CWE-117': {
    requirement: 'Take line ends out of values that are logged.',
    pattern: ['log.info("user %s", name)', 'log.info("user %s", name.replace("\\r", "").replace("\\n", ""))'],
  },
  'CWE-155': operatorPatterns['argv-without-shell'],
  'CWE-209': {
    requirement: 'Show a fixed message and log the exception.',
    pattern: ['return str(error), 500', 'log.exception("failed"); return "Internal error", 500'],
  },
  'CWE-215': operatorPatterns['debug-off'],
  'CWE-259': operatorPatterns['secret-from-env'],
  'CWE-284': {
    requirement: 'Check who asks before anything is done or shown.',
    pattern: ['def page():', 'def page():\n    if not session.get("user"):\n        abort(401)'],
  },
  'CWE-295': operatorPatterns['verify-certificate'],
  'CWE-312': {
    requirement: 'Do not log or store the secret.',
    pattern: ['log.info("password %s", password)', 'log.info("password received")'],
  },
  'CWE-319': ssh,
  'CWE-326': operatorPatterns['strong-key-size'],
  'CWE-327': operatorPatterns['replace-weak-hash'],
  'CWE-328': operatorPatterns['replace-weak-hash'],
  'CWE-330': operatorPatterns['secure-random'],
  'CWE-338': operatorPatterns['secure-random'],
  'CWE-377': operatorPatterns['private-temporary-file'],
  'CWE-400': operatorPatterns['request-timeout'],
  'CWE-494': {
    requirement: 'Compare what was downloaded with a known SHA-256 digest before it is used.',
    pattern: [
      'data = answer.content',
      'data = answer.content\nif not hmac.compare_digest(hashlib.sha256(data).hexdigest(), DIGEST):\n    raise ValueError("Not the known file")',
    ],
  },
  'CWE-502': json,
  'CWE-601': {
    requirement: 'Redirect within this site only.',
    pattern: [
      'return redirect(target)',
      'return redirect(target if target.startswith("/") and target[1:2] not in ("/", "\\\\") else "/")',
    ],
  },
  'CWE-605': operatorPatterns['bind-address'],
  'CWE-611': operatorPatterns['safe-xml-parser'],
  'CWE-643': {
    requirement: 'Pass values to XPath as variables.',
    pattern: ['tree.xpath("//user[@name=\'" + name + "\']")', 'tree.xpath("//user[@name=$name]", name=name)'],
  },
  'CWE-703': operatorPatterns['logged-exception'],
  'CWE-730': {
    requirement: 'Escape values that become part of a regular expression.',
    pattern: ['re.search(word, text)', 're.search(re.escape(word), text)'],
  },
  'CWE-732': operatorPatterns['private-permissions'],
  'CWE-798': operatorPatterns['secret-from-env'],
  'CWE-838': operatorPatterns['visible-source'],
  'CWE-918': {
    requirement: 'Call only hosts of a fixed list.',
    pattern: [
      'requests.get(url, timeout=60)',
      'if urllib.parse.urlsplit(url).hostname not in ALLOWED_HOSTS:\n    raise ValueError("Host not allowed")\nrequests.get(url, timeout=60)',
    ],
  },
};

const anyRemedy: Remedy = {
  requirement: 'Take the weakness away, so that the finding is gone and everything else works as before.',
  pattern: ['', ''],
};
