import { wordsOf } from '../../../ir/query/words.ts';
import { looksDrawnOfLetters } from './drawn-letters.ts';

/** What the shape of a text shows: the kind of secret that the text is, and whether this is certain. */
export interface SecretShape {
  /** The kind of secret, for messages: `A GitHub token`. */
  readonly what: string;
  readonly isCertain: boolean;
}

const shapes: readonly (readonly [pattern: RegExp, what: string, isCertain: boolean])[] = [
  [/^-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s*[A-Za-z0-9+/=]{16}/, 'A private key', true],
  [/^(?:ghp|gho|ghu|ghs|ghr)_[A-Za-z0-9]{36}$/, 'A GitHub token', true],
  [/^github_pat_[A-Za-z0-9_]{60,}$/, 'A GitHub token', true],
  [/^glpat-[A-Za-z0-9_-]{20,}$/, 'A GitLab token', true],
  [/^(?:sk|rk)_live_[A-Za-z0-9]{16,}$/, 'A Stripe key', true],
  [/^xox[abprs]-\d+-[A-Za-z0-9-]{16,}$/, 'A Slack token', true],
  [/^https:\/\/hooks\.slack\.com\/services\/T\w{8,}\/B\w{8,}\/\w{20,}$/, 'A Slack webhook', true],
  [/^SG\.[\w-]{16,}\.[\w-]{32,}$/, 'A SendGrid key', true],
  [/^npm_[A-Za-z0-9]{36}$/, 'An npm token', true],
  [/^pypi-AgE[\w-]{40,}$/, 'A PyPI token', true],
  [/^sk-(?:proj|ant)-[\w-]{32,}$/, 'An AI service key', true],
  [/^sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}$/, 'An AI service key', true],
  [/^xapp-\d-[A-Z0-9]+-\d+-[a-f0-9]{32,}$/, 'A Slack token', true],
  [/^hf_[A-Za-z]{34}$/, 'A Hugging Face token', true],
  [/^do[opr]_v1_[a-f0-9]{64}$/, 'A DigitalOcean token', true],
  [/^shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}$/, 'A Shopify token', true],
  [/^dckr_pat_[\w-]{27,}$/, 'A Docker Hub token', true],
  [/^hvs\.[\w-]{24,}$/, 'A Vault token', true],
  [/^glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}$/, 'A Grafana token', true],
  [/^rubygems_[a-f0-9]{48}$/, 'A RubyGems token', true],
  [/^dapi[a-f0-9]{32}$/, 'A Databricks token', true],
  [/^AIza[\w-]{35}$/, 'A Google key', false],
  [/^SK[a-f0-9]{32}$/, 'A Twilio key ID', false],
  [/^(?:AKIA|ASIA)[A-Z0-9]{16}$/, 'An AWS access key ID', false],
];

const anyShape = new RegExp(shapes.map(([pattern]) => pattern.source).join('|'));
const urlWithPassword =
  /^[a-z][a-z\d+.-]{1,30}:\/\/([^\s:/@?#]{0,100}):([^\s:/@?#]{3,100})@([^\s:/@?#,]{1,200})/i;
/** A fast filter: matches every text that has the shape of a secret or is a URL with a password. Most texts don't match. */
export const mayBeSecret: RegExp = new RegExp(`${anyShape.source}|${urlWithPassword.source}`, 'i');

const maxText = 8192;

/** The kind of secret that the shape of a text shows. Undefined if it shows none, or the text is a placeholder. */
export function secretShape(text: string): SecretShape | undefined {
  if (text.length < 16 || text.length > maxText) return undefined;
  const found = anyShape.test(text) ? shapes.find(([pattern]) => pattern.test(text)) : undefined;
  if (found && (text.startsWith('-') || !isPlaceholder(text))) return { what: found[1], isCertain: found[2] };
  return undefined;
}

/**
 * The password in a URL: `postgres://user:password@host/`. Undefined if the URL has none, if the password is a
 * placeholder, or if the host is local or an example.
 */
export function passwordInUrl(text: string): string | undefined {
  if (text.length > 1000) return undefined;
  const found = urlWithPassword.exec(text);
  const [, user = '', password = '', host = ''] = found ?? [];
  if (
    !found ||
    password === user ||
    /^(localhost|127\.|0\.0\.0\.0|\[?::1|host\b|hostname|example\.|.*\.(example|test|invalid)$|.*example\.(com|org|net)$)/i.test(
      host,
    )
  )
    return undefined;
  return isPlaceholder(password) || commonWords.test(password) ? undefined : password;
}

export type SecretKind = 'password' | 'key';

/**
 * The kind of secret that a name denotes: `dbPassword` -> `password`; `JWT_SECRET` and `apiKey` -> `key`. Undefined for
 * other names.
 */
export function secretKind(name: string): SecretKind | undefined {
  if (!/pass|pwd|secret|token|key/i.test(name)) return undefined;
  const words = wordsOf(name);
  const last = words[words.length - 1] ?? '';
  const before = words[words.length - 2] ?? '';
  if (words.some((word) => otherWords.has(word))) return undefined;
  // An action with its rate limit: `change_password: "5/m"`. The last token of a parser: `previousToken`.
  if (last === 'password' && words.length > 1 && actions.has(words[0] ?? '')) return undefined;
  if (last === 'token' && readings.has(before)) return undefined;
  if (
    /^(password|passwd|pwd|passphrase|passcode)$/.test(last) ||
    (last === 'phrase' && before === 'pass') ||
    (last === 'pass' && /^(db|smtp|mail|auth|user|admin|root)$/.test(before))
  )
    return 'password';
  if (/^(secret|token|apikey|secretkey|apitoken|authtoken|accesstoken|privatekey)$/.test(last)) return 'key';
  if (last === 'key' && keyWords.has(before)) return 'key';
  if (/secret key base$/.test(words.join(' '))) return 'key';
  return undefined;
}

const keyWords = new Set(
  'api secret private access encryption signing auth crypto cipher aes hmac jwt master session app account service license shared'.split(
    ' ',
  ),
);
const actions = new Set('change update forgot forgotten set enter confirm check verify require'.split(' '));
const readings = new Set(
  'last previous prev current significant peeked lookahead closing opening'.split(' '),
);
const otherWords = new Set(
  `public publishable anon site csrf xsrf placeholder label field name header env url uri path file prefix suffix hint
  message error regex pattern param type cursor page next continuation sync cancel cancellation abort syntax lexer parser
  symbol injection inject provider design separator delimiter end start eof eos bos pad unk mask special default example
  dummy fake mock test sample`.split(/\s+/),
);

/** Whether a text in a variable with a secret's name looks like a secret, and not like a word, a label or a placeholder. */
export function looksSecret(text: string, kind: SecretKind): boolean {
  const least = kind === 'password' ? 6 : 12;
  if (kind === 'password' && looksDrawnOfLetters(text)) return !isPlaceholder(text);
  if (text.length < least || text.length > 512 || /\s/.test(text) || !/^[\x21-\x7e]+$/.test(text))
    return false;
  if (isPlaceholder(text) || isPublicKey(text)) return false;
  return kind === 'password' ? looksPassword(text) : hasFormOfKey(text);
}

/**
 * Whether a text has the form of a key that a person made up. Unlike `looksSecret`, this also accepts texts that resemble
 * a placeholder: `token-abcdef1234`.
 */
export function isMadeUpKey(text: string): boolean {
  return /^[\w.+/=-]{12,200}$/.test(text) && !/(.)\1{4,}/.test(text) && hasFormOfKey(text);
}

function hasFormOfKey(text: string): boolean {
  if (commonWords.test(text) || isName(text)) return false;
  const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/].filter((one) => one.test(text)).length;
  const letters = new Set(text).size;
  if (letters < Math.min(6, text.length)) return false;
  if (!/\d/.test(text)) return text.length >= 16 && caseChanges(text) * 3 >= text.length;
  return classes >= 3 || text.length >= 16;
}

/** Whether a text is a public RSA or curve key without its PEM lines. It can only verify, so it is no secret. */
function isPublicKey(text: string): boolean {
  return /^MI(?:[GI][A-Za-z0-9]{1,4}MA0GCSqGSIb3DQEBAQUA|GfMA0GCSqGSIb3DQEBAQUA|IBIjANBgkqhkiG9w0BAQEFAAOC)|^M[CFEGH][ow][wkYE]\w{0,4}EwYHKoZIzj0CAQ/.test(
    text,
  );
}

/** Whether a text looks like a password: true for `admin123` and `SuperSecret1`, false for `new_password` and `password2`. */
function looksPassword(text: string): boolean {
  const letters = text.replace(/[^A-Za-z]/g, '');
  if (letters === '' || letters === text || new Set(text).size < 4) return false;
  // Rate limits: `5/m` and `20/hour/ip,5/m/key`
  if (/^\d+\/[a-z]+([/,][\da-z]+)*$/i.test(text)) return false;
  if (/^(.*[-_.:/#@])?(password|passwd|pwd|pass|passphrase)[-_]?\d?$/i.test(text)) return false;
  const isWords = text.replace(/[-_.:/#@ +]/g, '') === letters;
  return (
    !isWords &&
    !/^(https?|file|env|vault|arn|urn|data):|^[./~\\#]|^\d{4}-\d\d-\d\d|\(\)$|\[[^\]]*\]/.test(text)
  );
}

/**
 * Whether a text is a weak key that a person made up, such as `my-super-secret-key`. Call it only for a name that certainly holds
 * a secret (`isSecretOutright`).
 * @param isDefault whether the text is a default, used if no secret is configured. If so, almost any text counts as weak.
 */
export function looksMadeUp(text: string, isDefault: boolean): boolean {
  if (
    text.length < 3 ||
    text.length > 200 ||
    /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(text) ||
    /[<>{}$/]|^[*\u2022\u25cf]+$|your|placeholder|example/i.test(text)
  )
    return false;
  if (isDefault) return !/\s.*\s/.test(text);
  return (
    /^[\w!@#%^&*.-]{10,}$/.test(text) &&
    /secret/i.test(text) &&
    /super|my|very|top|jwt|app|session|key|shh|dev|123/i.test(text)
  );
}

/** Whether a name certainly denotes a secret key: `JWT_SECRET`, `secretKey`. */
export function isSecretOutright(name: string): boolean {
  const words = wordsOf(name);
  const last = words[words.length - 1];
  return secretKind(name) === 'key' && (last === 'secret' || (last === 'key' && words.includes('secret')));
}

/** Whether a text is not a real secret: a placeholder to replace, a template, a masked value, or a value for tests. */
export function isPlaceholder(text: string): boolean {
  return (
    /[<>{}]|\.\.\.|(.)\1{4,}|^[*\u2022\u25cf]+$|^\([a-z -]+\)$|^\[[a-z -]+\]$|^__[a-z_]+$/.test(text) ||
    (/\$\(|\$\w|%\w|%\(|\*{2,}/.test(text) && !looksDrawn(text)) ||
    /your|change|example|placeholder|replace|insert|dummy|sample|todo|fixme|redact|xxx|random[-_ ]?(?:string|key|secret|value|password)|some[-_ ]?random|abcdef|qwerty|foobar|lorem|123456|not[-_]?(a|so)?[-_]?(real|secret)|fake|mock|test(ing)?([^a-z]|$)/i.test(
      text,
    )
  );
}

/**
 * Whether letters and digits alternate as in a random text. Django's random keys contain `$`, `%` and `*`, which mark
 * placeholders in other texts. False for a password hash.
 */
function looksDrawn(text: string): boolean {
  if (text.length < 20 || /^\$\w+\$|^(pbkdf2|bcrypt|argon2|scrypt|md5|sha\d)\w*\$|%\d+\$/i.test(text))
    return false;
  let turns = 0;
  for (let i = 1; i < text.length; i++) if (isDigit(text, i) !== isDigit(text, i - 1)) turns++;
  return turns >= 6;
}

function isDigit(text: string, at: number): boolean {
  return /\d/.test(text[at] ?? '');
}

export const commonWords: RegExp =
  /^(password|passwd|pass|pwd|secret|token|root|admin|user|guest|postgres|mysql|mongo|redis|rabbit|none|null|undefined|true|false|default|empty|unknown|required|optional|hidden|basic|bearer|string|text|value|key|api[-_]?key|secret[-_]?key)\d*[!]?$/i;

/** Whether a text names something: words with separators, a path, an address, a member, a version, an algorithm. */
function isName(text: string): boolean {
  return (
    (/^[A-Za-z]+\d{0,3}([-_.:/@#+ ][A-Za-z]*\d{0,3})*$/.test(text) && caseChanges(text) * 3 < text.length) ||
    /^(https?|wss?|ftp|file|data|urn|mailto|arn|vault|secret|env|ssm|op|aws|gcp|projects|ref):?\/?\/?[:/]/i.test(
      text,
    ) ||
    /^[./~\\]/.test(text) ||
    (text.startsWith('#') && !looksDrawn(text)) ||
    /\.(json|ya?ml|pem|key|crt|txt|js|ts|py|env|html?)$/i.test(text) ||
    /^[\d.,:;/+-]+$/.test(text) ||
    /^[A-Za-z_$][\w$]*(\.[A-Za-z_$][\w$]*)+(\(.*)?$/.test(text) ||
    /\\[dDwWsSb.]|\[[^\]]*\][*+]|\(\?|\(\)$/.test(text) ||
    /^\d{4}-\d\d-\d\d/.test(text)
  );
}

function caseChanges(text: string): number {
  let changes = 0;
  for (let i = 1; i < text.length; i++) {
    const a = text.charCodeAt(i - 1);
    const b = text.charCodeAt(i);
    if (isLetter(a) && isLetter(b) && a < 97 !== b < 97) changes++;
  }
  return changes;
}

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}
