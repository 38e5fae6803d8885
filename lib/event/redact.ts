import { visible } from './visible.ts';

/**
 * Takes secrets out of text that goes to a log, by the name they stand behind and by their own shape, and makes what is
 * left harmless to print: no control characters, at most `longest` characters.
 *
 * @example
 * ```ts
 * import { redact } from 'bulwark/event';
 *
 * redact('https://api.example.com/?token=s3cr3t&page=2'); // 'https://api.example.com/?token=[redacted]&page=2'
 * redact('Authorization: Bearer abc.def.ghi'); // 'Authorization: [redacted]'
 * redact('paid with 4111 1111 1111 1111'); // 'paid with [card]'
 * ```
 */
export function redact(text: string, longest: number = 256): string {
  // A secret cut in half at the bound must not lose the shape that gives it away, so more is read than is kept.
  let clean = text.slice(0, longest * 4);
  for (const [pattern, replacement] of shapes) clean = clean.replace(pattern, replacement as string);
  clean = visible(clean.replace(cardLike, (digits) => (isCardNumber(digits) ? '[card]' : digits)));
  return clean.length > longest ? `${clean.slice(0, longest - 1)}\u2026` : clean;
}

/** True for the name of a field whose value is a secret, whatever it looks like. */
export function isSecretName(name: string): boolean {
  return secretName.test(name);
}

const names =
  'pass(?:word|wd|phrase|code)?|pwd|secret|token|api[-_.]?key|access[-_.]?key|private[-_.]?key|client[-_.]?secret|' +
  'auth(?:orization)?|credentials?|session(?:[-_.]?id)?|sid|cookie|csrf|xsrf|jwt|otp|pin|cvv|cvc|signature|sig|ssn';

/** The whole name, or its last word: `password`, `x-api-key`, `resetToken`, `db_password`. */
const secretName = new RegExp(
  `(?:^|[-_.\\s])(?:set-)?(?:${names})s?$|(?:Password|Secret|Token|Key|Cookie)$`,
  'i',
);

// Each pattern is a fixed prefix and then one class repeated, so that none can backtrack over the text.
const shapes: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^-]*(?:-----END [A-Z ]{0,40}-----)?/g, '[private key]'],
  // Whole headers: everything up to the end of the line.
  [
    /\b((?:proxy-)?authorization|set-cookie|cookie)(["']?\s{0,4}[:=]\s{0,4})[^\r\n]{1,2000}/gi,
    '$1$2[redacted]',
  ],
  // scheme://user:password@host
  [/\b([a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/?#@:]{0,200}:[^\s/?#@]{1,400}@/gi, '$1[redacted]@'],
  [/\b(bearer|basic|digest|negotiate)(\s{1,4})[\w+/=.~-]{6,}/gi, '$1$2[redacted]'],
  // name=value, "name": "value", name: value
  [
    new RegExp(
      `(^|[^A-Za-z0-9])((?:[\\w.-]{0,30}[-_.])?(?:${names})s?)(["']?\\s{0,4}(?:=|:|%3[Dd])\\s{0,4})` +
        `(?:"[^"\\r\\n]{0,1000}"?|'[^'\\r\\n]{0,1000}'?|[^\\s&;,"'<>{}]{1,1000})`,
      'gi',
    ),
    '$1$2$3[redacted]',
  ],
  [
    /([A-Za-z0-9]{1,30}(?:Password|Secret|Token|Key))(["']?\s{0,4}[=:]\s{0,4})["']?[^\s&;,"'<>{}]{1,1000}/g,
    '$1$2[redacted]',
  ],
  [/\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}/g, '[token]'],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{12,16}\b/g, '[key]'],
  [
    /\b(?:gh[pousr]_|github_pat_|glpat-|xox[abposr]-|sk[-_](?:live|test|ant|proj)[-_]|rk_live_|AIza|npm_|hf_)[\w-]{10,}/g,
    '[key]',
  ],
];

const cardLike = /\b\d(?:[ -]?\d){12,18}\b/g;

/** Luhn's check (ISO/IEC 7812-1) over 13 to 19 digits. */
function isCardNumber(text: string): boolean {
  const digits = text.replace(/[ -]/g, '');
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 0 ? digit : digit * 2;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0 && !/^0+$/.test(digits);
}
