import type { Cwe } from './finding.ts';
import type { OperatorName } from './operators.ts';

/**
 * Whether a rule's findings count under the `practical` policy.
 * `by-severity`: high and medium do. `always`: hard-coded secrets, which Bandit reports as low.
 * `never`: the rule flags an import, or a call that is written as it should be.
 */
export type PracticalCounting = 'by-severity' | 'always' | 'never';

export type AnalyzerRule = {
  id: string;
  name: string;
  cwe: Cwe;
  practical: PracticalCounting;
  /** The rewrite that may remove the finding without a model; null where there is none yet. */
  operator: OperatorName | null;
};

function row(
  id: string,
  name: string,
  cwe: Cwe,
  practical: PracticalCounting,
  operator: OperatorName | null,
): AnalyzerRule {
  return { id, name, cwe, practical, operator };
}

/** Every rule of Bandit 1.9.4, by id; a test compares ids, names and CWEs with the installed Bandit. */
export const banditRules: readonly AnalyzerRule[] = [
  row('B101', 'assert_used', 'CWE-703', 'never', 'explicit-check'),
  row('B102', 'exec_used', 'CWE-78', 'by-severity', null),
  row('B103', 'set_bad_file_permissions', 'CWE-732', 'by-severity', 'private-permissions'),
  row('B104', 'hardcoded_bind_all_interfaces', 'CWE-605', 'by-severity', 'bind-address'),
  row('B105', 'hardcoded_password_string', 'CWE-259', 'always', 'secret-from-env'),
  row('B106', 'hardcoded_password_funcarg', 'CWE-259', 'always', 'secret-from-env'),
  row('B107', 'hardcoded_password_default', 'CWE-259', 'always', 'secret-from-env'),
  row('B108', 'hardcoded_tmp_directory', 'CWE-377', 'by-severity', 'temporary-path'),
  row('B110', 'try_except_pass', 'CWE-703', 'by-severity', 'logged-exception'),
  row('B112', 'try_except_continue', 'CWE-703', 'by-severity', 'logged-exception'),
  row('B113', 'request_without_timeout', 'CWE-400', 'by-severity', 'request-timeout'),
  row('B201', 'flask_debug_true', 'CWE-94', 'by-severity', 'debug-off'),
  row('B202', 'tarfile_unsafe_members', 'CWE-22', 'by-severity', 'safe-extract'),
  row('B301', 'pickle', 'CWE-502', 'by-severity', null),
  row('B302', 'marshal', 'CWE-502', 'by-severity', null),
  row('B303', 'md5', 'CWE-327', 'by-severity', 'replace-weak-hash'),
  row('B304', 'ciphers', 'CWE-327', 'by-severity', null),
  row('B305', 'cipher_modes', 'CWE-327', 'by-severity', null),
  row('B306', 'mktemp_q', 'CWE-377', 'by-severity', 'private-temporary-file'),
  row('B307', 'eval', 'CWE-78', 'by-severity', 'literal-eval'),
  row('B308', 'mark_safe', 'CWE-79', 'by-severity', 'escape-markup'),
  row('B310', 'urllib_urlopen', 'CWE-22', 'by-severity', null),
  row('B311', 'random', 'CWE-330', 'by-severity', 'secure-random'),
  row('B312', 'telnetlib', 'CWE-319', 'by-severity', null),
  row('B313', 'xml_bad_cElementTree', 'CWE-20', 'by-severity', 'safe-xml-parser'),
  row('B314', 'xml_bad_ElementTree', 'CWE-20', 'by-severity', 'safe-xml-parser'),
  row('B315', 'xml_bad_expatreader', 'CWE-20', 'by-severity', 'safe-xml-parser'),
  row('B316', 'xml_bad_expatbuilder', 'CWE-20', 'by-severity', 'safe-xml-parser'),
  row('B317', 'xml_bad_sax', 'CWE-20', 'by-severity', 'safe-xml-parser'),
  row('B318', 'xml_bad_minidom', 'CWE-20', 'by-severity', 'safe-xml-parser'),
  row('B319', 'xml_bad_pulldom', 'CWE-20', 'by-severity', 'safe-xml-parser'),
  row('B321', 'ftplib', 'CWE-319', 'by-severity', null),
  row('B323', 'unverified_context', 'CWE-295', 'by-severity', 'verify-certificate'),
  row('B324', 'hashlib_insecure_functions', 'CWE-327', 'by-severity', 'replace-weak-hash'),
  row('B401', 'import_telnetlib', 'CWE-319', 'never', null),
  row('B402', 'import_ftplib', 'CWE-319', 'never', null),
  row('B403', 'import_pickle', 'CWE-502', 'never', null),
  row('B404', 'import_subprocess', 'CWE-78', 'never', null),
  row('B405', 'import_xml_etree', 'CWE-20', 'never', null),
  row('B406', 'import_xml_sax', 'CWE-20', 'never', null),
  row('B407', 'import_xml_expat', 'CWE-20', 'never', null),
  row('B408', 'import_xml_minidom', 'CWE-20', 'never', null),
  row('B409', 'import_xml_pulldom', 'CWE-20', 'never', null),
  row('B411', 'import_xmlrpclib', 'CWE-20', 'never', null),
  row('B412', 'import_httpoxy', 'CWE-284', 'never', null),
  row('B413', 'import_pycrypto', 'CWE-327', 'never', null),
  row('B415', 'import_pyghmi', 'CWE-319', 'never', null),
  row('B501', 'request_with_no_cert_validation', 'CWE-295', 'by-severity', 'verify-certificate'),
  row('B502', 'ssl_with_bad_version', 'CWE-327', 'by-severity', 'modern-tls'),
  row('B503', 'ssl_with_bad_defaults', 'CWE-327', 'by-severity', 'modern-tls'),
  row('B504', 'ssl_with_no_version', 'CWE-327', 'by-severity', 'modern-tls'),
  row('B505', 'weak_cryptographic_key', 'CWE-326', 'by-severity', 'strong-key-size'),
  row('B506', 'yaml_load', 'CWE-20', 'by-severity', 'safe-loader'),
  row('B507', 'ssh_no_host_key_verification', 'CWE-295', 'by-severity', 'verify-host-key'),
  row('B508', 'snmp_insecure_version', 'CWE-319', 'by-severity', null),
  row('B509', 'snmp_weak_cryptography', 'CWE-319', 'by-severity', null),
  row('B601', 'paramiko_calls', 'CWE-78', 'by-severity', null),
  row('B602', 'subprocess_popen_with_shell_equals_true', 'CWE-78', 'by-severity', 'argv-without-shell'),
  row('B603', 'subprocess_without_shell_equals_true', 'CWE-78', 'never', null),
  row('B604', 'any_other_function_with_shell_equals_true', 'CWE-78', 'by-severity', null),
  row('B605', 'start_process_with_a_shell', 'CWE-78', 'by-severity', 'argv-without-shell'),
  row('B606', 'start_process_with_no_shell', 'CWE-78', 'never', null),
  row('B607', 'start_process_with_partial_path', 'CWE-78', 'never', null),
  row('B608', 'hardcoded_sql_expressions', 'CWE-89', 'by-severity', 'parameterize-query'),
  row('B609', 'linux_commands_wildcard_injection', 'CWE-155', 'by-severity', 'argv-without-shell'),
  row('B610', 'django_extra_used', 'CWE-89', 'by-severity', 'parameterize-query'),
  row('B611', 'django_rawsql_used', 'CWE-89', 'by-severity', 'parameterize-query'),
  row('B612', 'logging_config_insecure_listen', 'CWE-94', 'by-severity', null),
  row('B613', 'trojansource', 'CWE-838', 'by-severity', 'visible-source'),
  row('B614', 'pytorch_load', 'CWE-502', 'by-severity', 'weights-only-load'),
  row('B615', 'huggingface_unsafe_download', 'CWE-494', 'by-severity', null),
  row('B701', 'jinja2_autoescape_false', 'CWE-94', 'by-severity', 'autoescape'),
  row('B702', 'use_of_mako_templates', 'CWE-80', 'by-severity', null),
  row('B703', 'django_mark_safe', 'CWE-80', 'by-severity', null),
  row('B704', 'markupsafe_markup_xss', 'CWE-79', 'by-severity', 'escape-markup'),
];
