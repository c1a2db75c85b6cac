/**
 * What a person must decide about the findings of rules that no operator rewrites, because every rewrite
 * would be a guess. By rule; a test compares the keys with the table of rules.
 */
export const ruleDecisions: Readonly<Record<string, string>> = {
  B102: 'Decide what the executed text may hold; a table of functions by name usually replaces it.',
  B301: 'Decide who writes what is read here: JSON holds plain data, and a signature proves a pickle of your own.',
  B302: 'Decide on a format for data from outside, such as JSON; marshal can crash the interpreter.',
  B304: 'Decide how data that is already encrypted is read once the cipher changes; AES-GCM is a successor.',
  B305: 'Decide how data that is already encrypted is read once the mode changes; GCM also detects tampering.',
  B310: 'Decide which schemes the address may have, and refuse file: and the others before it is opened.',
  B312: 'Decide whether the other side speaks SSH; telnet sends everything in the clear.',
  B321: 'Decide whether the server offers FTPS or SFTP; FTP sends everything in the clear.',
  B401: 'Decide whether the other side speaks SSH; telnet sends everything in the clear.',
  B402: 'Decide whether the server offers FTPS or SFTP; FTP sends everything in the clear.',
  B403: 'Only data that this program wrote and nobody could change may be unpickled.',
  B404: 'Nothing, where each process is started from a list and without a shell.',
  B405: 'Decide whether the XML can come from outside; defusedxml refuses what is dangerous.',
  B406: 'Decide whether the XML can come from outside; defusedxml refuses what is dangerous.',
  B407: 'Decide whether the XML can come from outside; defusedxml refuses what is dangerous.',
  B408: 'Decide whether the XML can come from outside; defusedxml refuses what is dangerous.',
  B409: 'Decide whether the XML can come from outside; defusedxml refuses what is dangerous.',
  B411: 'Decide whether the XML can come from outside; defusedxml.xmlrpc refuses what is dangerous.',
  B412: 'Decide how the server starts the program: as CGI it takes its proxy from a request header.',
  B413: 'Decide when to move to cryptography or pycryptodome; pycrypto is no longer mended.',
  B415: 'Decide whether the machine can be managed otherwise; IPMI sends its password hash to whoever asks.',
  B508: 'Decide with those who run the devices when SNMPv3 can be used.',
  B509: 'Decide with those who run the devices on SNMPv3 with authentication and privacy.',
  B601: 'Decide which commands may run; put shlex.quote around each value that is part of one.',
  B603: 'Nothing, where the program that is started and its options are fixed.',
  B604: 'Decide whether the function hands its command to a shell; it should take a list of words instead.',
  B606: 'Nothing, where the program that is started and its options are fixed.',
  B607: 'Decide whether the search path can be trusted; else name the program by its full path.',
  B612: 'Decide who may configure logging; the verify argument checks what comes in.',
  B615: 'Decide which revision is trusted and name its commit.',
  B702: "Decide which values are HTML; Mako escapes with default_filters=['h'].",
  B703: 'Decide whether the text is HTML, and put values into it with format_html, which escapes them.',
};

/** The decision that a rule's finding asks for; undefined where an operator is tried. */
export function decisionFor(rule: string): string | undefined {
  return ruleDecisions[rule];
}
