import { codeOfOneTime, wordsOf } from '../../../ir/query/words.ts';

/** The kind of a sensitive value. Messages name the value by this word. */
export type SensitiveKind =
  | 'password'
  | 'token'
  | 'key'
  | 'secret'
  | 'card number'
  | 'social security number'
  | 'one-time code'
  | 'environment'
  | 'request';

/**
 * How certain it is that a name denotes a secret. `weak`: the name has another meaning just as often, such as a parser's
 * `token`, and counts only if the context supports it.
 */
export type Certainty = 'certain' | 'likely' | 'weak';

/** The secret that a name denotes. */
export interface SensitiveName {
  readonly kind: SensitiveKind;
  readonly sure: Certainty;
}

const known = new Map<string, SensitiveName | undefined>();
const maxKnown = 20_000;

/**
 * The kind of secret that a variable, member, entry or parameter of this name holds. The last word decides: undefined for
 * `passwordField`, `tokenCount` and `passwordResetUrl`, and also for names of hashes and masks.
 */
export function sensitiveName(name: string): SensitiveName | undefined {
  if (!mayBeSensitive.test(name) || name.length > 80) return undefined;
  if (!known.has(name)) {
    if (known.size >= maxKnown) known.clear();
    known.set(name, read(name));
  }
  return known.get(name);
}

/** Matches every name that may be sensitive, and others too. A fast filter before `sensitiveName`. */
export const mayBeSensitive: RegExp =
  /pass|pwd|secret|token|key|card|cvv|cvc|ssn|social|otp|jwt|bearer|authorization|credential|pin|cc|code/i;

function read(name: string): SensitiveName | undefined {
  if (/^(OLD)?PWD$/.test(name)) return undefined;
  // Texts of a user interface name no values.
  if (/\s/.test(name)) return undefined;
  const words = wordsOf(name.replace(/\d+$/, ''));
  if (words.some((word) => otherWords.has(word))) return undefined;
  while (words.length > 1 && fillers.has(words.at(-1) ?? '')) words.pop();
  const joined = words.join(' ');
  const last = words.at(-1) ?? '';
  // The number of a SIM card is a phone's, and a memory card has a serial number.
  if (words.includes('card') && words.some((word) => unpaid.has(word))) return undefined;
  // The contents of a token are no token.
  if ((last === 'token' || last === 'jwt') && words.some((word) => opened.has(word))) return undefined;
  for (const [pattern, kind, sure] of phrases) if (pattern.test(joined)) return { kind, sure };
  if (last === 'pass')
    return { kind: 'password', sure: words.length > 1 && accounts.test(joined) ? 'certain' : 'weak' };
  if (last === 'token') return tokenOf(words, name);
  if (last === 'secret') return { kind: 'secret', sure: secretSure(words, name) };
  return undefined;
}

const phrases: readonly (readonly [RegExp, SensitiveKind, Certainty])[] = [
  [/^(access|refresh|auth|bearer|jwt|api|oauth) ?token (secret|key)$/, 'secret', 'certain'],
  [/(^| )(\w{0,12}password|passwd|\w{0,8}passwd|pass ?phrase|pass ?word|pass ?wd)$/, 'password', 'certain'],
  [/(^| )(user|db|my|smtp|mail|admin|root|login|old|new|database|account) ?pwd$/, 'password', 'certain'],
  // A shell's working directory has this name too.
  [/^pwd$/, 'password', 'weak'],
  [/(^| )(pwd|passcode|pass code)$/, 'password', 'likely'],
  [/(^| )(access|auth|bearer|jwt|api|oauth|id|session|refresh)token$/, 'token', 'certain'],
  [
    /(^| )(api ?key|secret ?key|private ?key|secret access key|(encryption|signing|master|hmac|jwt|aes|storage account) key)$/,
    'key',
    'certain',
  ],
  [/(^| )(private ?key pem|secret key base)$/, 'key', 'likely'],
  // The key of an element, the id of a key, a name in a storage.
  [/(^| )(access|session|shared|crypto|cipher|account) key$/, 'key', 'weak'],
  [
    /(^| )(credit ?card|card ?(number|num|no)|credit ?card ?(number|num|no)|cc ?(number|num)|debit ?card( ?(number|num))?)$/,
    'card number',
    'certain',
  ],
  [/(^| )(cvv|cvc|cvn|card (verification|security) code)$/, 'card number', 'certain'],
  [
    /(^| )(ssn|social security|social ?security ?(number|num|no)|socialsecurity)$/,
    'social security number',
    'certain',
  ],
  [
    /(^| )(otp|totp|one time (code|password)|mfa code|backup code|recovery code|pin code|(card|user|account|atm) pin)$/,
    'one-time code',
    'likely',
  ],
  [codeOfOneTime, 'one-time code', 'likely'],
  [/(^| )jwt$/, 'token', 'certain'],
  [/^(bearer|authorization|auth header|authorization header)$/, 'token', 'likely'],
  [/(^| )credential$/, 'password', 'likely'],
];

const accounts =
  /^(db|database|smtp|mail|email|auth|user|admin|root|login|account|my|new|old|ftp|ssh|redis|proxy|client|server|sudo|key|service) pass$/;

/**
 * The secret that a name ending in `token` denotes. `accessToken` is certain. `token` may be a parser's, and `tokens` a number.
 */
function tokenOf(words: readonly string[], name: string): SensitiveName | undefined {
  const before = words.at(-2) ?? '';
  if (grants.has(before)) return { kind: 'token', sure: 'certain' };
  const isOther = words.some((word) => traded.has(word) || (counted.has(word) && /tokens$/i.test(name)));
  return isOther ? undefined : { kind: 'token', sure: 'weak' };
}

/** Words before `card` that denote no means of payment. */
const unpaid = new Set(
  'sim esim sd memory flash graphics video sound network business report score playing'.split(' '),
);

const opened = new Set('decoded parsed payload claims'.split(' '));

/** Words before `tokens` that count the tokens of a language model. */
const counted = new Set(
  `n num completion output cached reasoning thinking context generated estimated consumed spent billed per avg average
  image audio extra free paid chunk batch train training accepted rejected predicted sampled`.split(/\s+/),
);

/** Words before `token` that denote tokens that are traded, those of a design system, or the name of a lock (WebDAV shows it). */
const traded = new Set(
  `reward lp base quote native governance stake staking staked swap nft utility wrapped liquidity vault collateral debt lock
  fungible spacing font typography border radius shadow size motion breakpoint semantic`.split(/\s+/),
);

const grants = new Set(
  `access refresh auth bearer api jwt oauth oidc session reset id login user admin client service github gitlab slack
  bot npm secret verification invite invitation magic device push personal authentication authorization signin
  remember app web hook webhook aws azure bearer deploy registry publish security sso impersonation recovery`.split(
    /\s+/,
  ),
);

/** `clientSecret` is certain. A plain `secret` is likely, but `secrets` is as often a module or a list of names. */
function secretSure(words: readonly string[], name: string): Certainty {
  if (/secrets$/i.test(name)) return words.length > 1 ? 'likely' : 'weak';
  return words.length > 1 ? 'certain' : 'likely';
}

/** Words at the end of a name that only describe the form of a secret. They are ignored. */
const fillers = new Set(
  'plain plaintext text clear cleartext raw decrypted value val str string confirm confirmation again repeat repeated new old current bytes arg param b temp tmp'.split(
    ' ',
  ),
);

/** Words that show that the name is about something other than the secret. */
const otherWords = new Set(
  `hash hashed hashes hasher digest encrypted encrypt encryptor cipher ciphertext enc masked mask redacted redact obfuscated
  censored sanitized sanitised salt salted fingerprint public publishable pub anon csrf xsrf csrfmiddlewaretoken
  length len size count num_tokens total used usage max min limit bucket quota budget rate remaining weight score
  is has had was should must can no not non without with valid invalid isvalid missing empty weak strong strength wrong bad
  incorrect expired needs need require required requires enabled disabled enable disable allow allowed support supports
  use using uses show hide hidden visible toggle check checked match matches verify verified validate validation validator
  policy rule rules field label placeholder name names type types kind url uri link links path paths  
  filename page view route router endpoint screen dialog modal forgot forgotten changed
  expiry expires expiration ttl timeout duration age timestamp error errors message msg warning info status
  regex pattern re helper handler callback fn func function factory schema column columns
  index idx offset pos position parser lexer lex stream syntax node tree tokenizer tokenize
  tokenized cancel cancellation abort next prev previous continuation cursor sync unk pad eos bos sep cls special
  injection inject symbol metadata meta hint mode test fake mock dummy example sample prompt title icon element el
  scheme algorithm alg algo format prefix suffix delimiter separator style design price contract mint pool amount balance erc
  spy stub comma semicolon eof keyword operator punctuation identifier literal bracket paren colon question answer
  generator state action event reducer selector props ref input button changes history version map
  close open whitespace comment top maps gmaps mapbox firebase block left right first final trailing leading ending starting best
  htpasswd htdigest cell color colour theme tag tags attr attribute class classes`.split(/\s+/),
);
