/** Nobody writes longer comments; those are not read but taken for what must not be shown. */
const MAX_READ = 20_000;
/** Shorter ones say nothing. */
const MIN_READ = 4;

/** Characters that are not seen, or that turn the order of others around. An emoji's selector is no secret. */
const INVISIBLE = /(?![\n\t\r\f]|\uFE0F)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const INVISIBLE_ALL = new RegExp(INVISIBLE, 'gu');

/** What chat templates and instruction formats mark turns with; read before anything is folded. */
const MARKERS: readonly RegExp[] = [
  /<\|[^|>\n]{1,60}\|>/,
  /\[\/?INST\]|<<\/?SYS>>/i,
  /<\/?(?:system|assistant|human|instructions?|start_of_turn|end_of_turn|tool_calls?|function_calls?|think)>/i,
  /#{2,}\s*(?:instructions?|response|system|user|assistant|human|input)\b/i,
  /^[\s#"'>*-]*(?:human|assistant|system|ai)\s*:/im,
  /```|~~~/,
];

const MODEL = String.raw`(?:ai|a\.i\.|llms?|gpt(?:-?\d\S*)?|chatgpt|claude|gemini|copilot|codex|assistants?|chatbots?|bots?|agents?|(?:(?:large |small )?language |code |ai )models?)`;
const ORDERS =
  '(?:instructions?|prompts?|rules?|messages?|directions?|directives?|guidelines?|constraints?|requirements?|orders|commands|findings?|context|conversation)';

/** What is said to a model, and what is said of code to whoever judges it; read folded and in lower case. */
const SENTENCES: readonly RegExp[] = [
  // Take back what was asked.
  new RegExp(
    String.raw`\b(?:ignor\w*|disregard|forget|override|overrule|bypass|skip|discard|stop following)\b.{0,30}\b(?:all|any|the|your|my|these|those|every|previous|prior|above|earlier|preceding|following|former|other|system|such)\b.{0,40}\b${ORDERS}\b`,
  ),
  new RegExp(
    String.raw`\b(?:new|updated|real|actual|additional|following|your) (?:\w+ )?${ORDERS} ?(?::|are|is|follow)`,
  ),
  /\byour (?:new |real |only |next )?(?:task|job|goal|role|mission|duty|objective|answer|output|reply|response)s? (?:is|are|now|must|shall|should|has to)\b/,
  // Speak to it.
  new RegExp(
    String.raw`\byou(?:'re| are| act)(?: now)?(?: as)? (?:an? |the |my )?(?:[\w-]+ ){0,4}${MODEL}\b`,
  ),
  new RegExp(String.raw`\b(?:as|being) an? (?:[\w-]+ ){0,2}${MODEL}\b`),
  new RegExp(
    String.raw`\b(?:dear|hey|hello|hi|attention|note|message|instructions?|hint|warning|important|request)\b\W{0,3}(?:to |for |all |any |the |dear ){0,3}${MODEL}\b`,
  ),
  new RegExp(
    String.raw`\b(?:if you(?:'re| are)?|when you(?:'re| are)?|to any|to the|for any|for the) (?:an? |are )?(?:[\w-]+ ){0,2}${MODEL}\b`,
  ),
  new RegExp(String.raw`^\W*@?${MODEL} ?[,:!]`),
  /\b(?:system|developer|hidden|initial|original) (?:prompt|message|instructions?)\b/,
  /\b(?:act|behave|respond|reply|answer|output|roleplay|pretend) (?:as|like|with|only|exactly|to be)\b/,
  /\b(?:reveal|repeat|print|leak|show|output)\b.{0,20}\b(?:prompt|instructions)\b/,
  /\b(?:begin|beginning|start|end) of (?:the )?(?:\w+ )?(?:prompt|instructions?|data|code|context|input|conversation)\b/,
  /\b(?:jailbreak|developer mode|dan mode|do anything now)\b/,
  // Have the code left alone.
  /\b(?:do not|don'?t|never|must not|mustn'?t|should not|shouldn'?t|no need to|nobody may|without|refrain from|avoid|not to be|cannot be|may not be)\b.{0,25}\b(?:chang|modif|fix|edit|alter|touch|rewrit|refactor|repair|report|flag|remov|replac|secur|patch|analy[sz]|scan|saniti[sz]|mention|harden)\w*/,
  /\b(?:leave|keep)\b.{0,40}\b(?:as[- ]is|as it (?:is|stands)|unchanged|untouched|alone|verbatim|exactly|the same)\b/,
  /\b(?:must|should|shall|has to|have to) (?:stay|remain)\b.{0,20}\b(?:as|unchanged|untouched|the same|exactly)\b/,
  // Call it good.
  /\b(?:safe|secure|secured|reviewed|audited|approved|verified|vetted|trusted|whitelisted|false[- ]positives?|not vulnerable|bug[- ]free|sanctioned|certified|compliant)\b.{0,30}\b(?:by|here|already|code|call|query|function|file|module|line|purpose|design|team|review|intended|secur\w*|can be ignored)\b/,
  /\bknown (?:to be )?(?:safe|good)\b/,
  /\b(?:is|are|was|were|been|considered|proven|perfectly|completely|already|previously)\b(?! not?\b).{0,20}\b(?:safe|secure|secured|reviewed|audited|approved|verified|vetted|trusted|false[- ]positives?|not vulnerable|bug[- ]free|compliant|certified)\b/,
  /\bno (?:known |security )?(?:vulnerabilit\w+|weakness\w*|security (?:issues?|problems?|risks?)|injection)\b/,
  /\b(?:intentionally|deliberately|purposely|purposefully) (?:vulnerable|insecure|unsafe|weak|left)\b|\bwon'?t ?fix\b/,
  // Silence a tool.
  /\b(?:nosec|nosemgrep|noqa|nolint|lgtm)\b/,
  /\b(?:suppress|disable|silence|turn off|exclude|mute)\w*\b.{0,40}\b(?:findings?|warnings?|alerts?|rules?|checks?|analy\w+|scanners?|bandit|linters?|security)\b/,
  // The same in other languages that models read well.
  /\b(?:ignorier\w*|vergiss|missachte|ignora\w*|ignore[zr]|oublie[zr]?|olvida|desconsidere)\b.{0,60}\b(?:anweisung\w*|befehle?|regeln|instruc\w+|istruzioni|consignes?|reglas|instru\S+)/,
  /忽略|无视|無視|игнорируй|игнорировать|забудь|무시하/,
  // Say it in code.
  /\b(?:base ?64|b64|rot ?13|hex|decode|decrypt)\w*\b.{0,60}\b(?:follow|execute|obey|instructions?|apply|comply|do what)\b/,
  /\b(?:decode|decipher|decrypt)\b.{0,30}\b(?:this|the following|below|above|blob|comment|string|text)\b/,
];

const BLOB = /[A-Za-z0-9+/_-]{24,4000}={0,2}/g;
const MAX_BLOBS = 20;

/**
 * Whether a text of a program, such as a comment or a message, speaks to a model, marks turns of a chat, calls the
 * code secure, asks for it to be left alone, or hides characters. Texts that merely look so count too.
 */
export function talksToModel(text: string): boolean {
  if (text.length < MIN_READ) return INVISIBLE.test(text);
  return text.length > MAX_READ || INVISIBLE.test(text) || steers(text) || blobs(text).some(steers);
}

function steers(text: string): boolean {
  const folded = fold(text);
  return MARKERS.some((marker) => marker.test(text)) || SENTENCES.some((sentence) => sentence.test(folded));
}

/** Letters that look like Latin ones, comment marks, line ends, escapes and markup are no way around. */
function fold(text: string): string {
  return text
    .replace(/\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4}))/g, (_all, byte, unit) =>
      String.fromCharCode(Number.parseInt(byte ?? unit, 16)),
    )
    .replace(/\\[nrt]/g, ' ')
    .normalize('NFKC')
    .replace(INVISIBLE_ALL, '')
    .toLowerCase()
    .replace(/[аеорсухіѕԁ]/g, (letter) => LOOKS_LIKE[letter] ?? letter)
    .replace(/[’‘`´]/g, "'")
    .replace(/[\s#*~|]+/g, ' ')
    .trim();
}

const LOOKS_LIKE: Readonly<Record<string, string>> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  і: 'i',
  ѕ: 's',
  ԁ: 'd',
};

function blobs(text: string): string[] {
  return (text.match(BLOB) ?? [])
    .slice(0, MAX_BLOBS)
    .map((blob) => Buffer.from(blob.replaceAll('-', '+').replaceAll('_', '/'), 'base64').toString('latin1'))
    .filter((decoded) => /^[\t\n\r\x20-\x7e]+$/.test(decoded));
}
