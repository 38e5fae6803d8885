import { decodeBase64 } from '../../internal/decode-base64.ts';
import { withoutKnownSecrets } from '../../internal/known-secrets.ts';
import { withoutBankAccounts } from './bank-account.ts';
import { withoutCardNumbers } from './card-number.ts';
import { withoutColumnSecrets } from './column-secret.ts';
import { withoutCommandSecrets } from './command-secret.ts';
import { decodeCarrier } from './decode-carrier.ts';
import { withoutNamedSecrets } from './named-value.ts';
import { withoutAssignedSecrets } from './secret-assignment.ts';
import { mayNameSecret } from './secret-name.ts';
import { withoutShapedSecrets } from './secret-shape.ts';
import { withoutSpokenSecrets } from './spoken-secret.ts';
import { withoutPathSecrets } from './url-path-secret.ts';
import { visible } from './visible.ts';

/**
 * Redacts the secrets in a text that goes to a log, and makes the rest safe to print: no control characters, at most
 * `longest` characters (CWE-532, CWE-117).
 *
 * It knows a secret by the name in front of it (`password=`, `"token":`, an XML element, a column), by its own shape
 * (a private key, an issuer's token, a payment card), and by its value if `bulwark/secrets` loaded it. It decodes percent-encoding, JSON escapes and HTML entities, up to
 * four levels deep. Ordinary text stays: a bare word after `token:` is kept, because parsers write that. Takes time in
 * proportion to `longest` and never throws.
 *
 * @example
 * ```ts
 * import { redact } from 'bulwark/event';
 *
 * redact('https://api.example.com/?token=s3cr3t&page=2'); // 'https://api.example.com/?token=[redacted]&page=2'
 * redact('Authorization: Bearer abc.def.ghi'); // 'Authorization: [redacted]'
 * redact('paid with 4111 1111 1111 1111'); // 'paid with [card]'
 * redact('unexpected token: semicolon'); // the same
 * ```
 */
export function redact(text: string, longest: number = 256): string {
  if (short.test(text) && !(text.length > 15 && numbered.test(text))) {
    return unshared(withoutKnownSecrets(text.slice(0, longest)));
  }
  // A secret that is cut at the limit must not lose the shape that gives it away, so this reads more than it keeps.
  let clean = withoutSecrets(beginning(text, longest * 4));
  // Check each level of encoding. If none hides a secret, the text stays as it was.
  let level = clean;
  for (let depth = 0; depth < 4 && /[%\\]|&[a-z#]\w{1,7};/i.test(level); depth++) {
    const decoded = decodeCarrier(level);
    if (decoded === level) break;
    level = withoutSecrets(decoded);
    if (level !== decoded) clean = level;
  }
  clean = visible(clean);
  return unshared(
    clean.length > longest ? `${clean.slice(0, longest - 1).replace(halfPair, '')}\u2026` : clean,
  );
}

/**
 * An address, a range, a UUID, a word, a method or a route: most of what events hold. None is a secret unless it has the
 * digits of a payment card.
 */
const short =
  /^(?:[\da-f]{0,4}(?:[.:/][\da-f]{0,4}){1,10}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[a-z]{1,12}|[A-Z]{1,10}|(?:\/:?[a-z-]{0,12}){1,10})$/;

/** A dozen digits before any hyphen: a UUID has eight there, and an address of IPv4 is shorter than a card. */
const numbered = /^(?:[^\d-]*\d){12}/;

function withoutSecrets(text: string): string {
  let clean = withoutShapedSecrets(withoutKnownSecrets(text));
  if (/auth|cookie/i.test(clean)) clean = clean.replace(header, '$1[redacted]');
  if (/[bdnk][a-z]{3,8}\s/i.test(clean)) {
    clean = clean.replace(scheme, (found, before: string, credentials: string) =>
      areCredentials(before, credentials) ? `${before}[redacted]` : found,
    );
  }
  clean = withoutPathSecrets(withoutCardNumbers(clean));
  // A command line has spaces, or is a list of arguments.
  if (/\s|["'],\[?["']/.test(clean)) clean = withoutSpokenSecrets(withoutCommandSecrets(clean));
  if (/[A-Z]{2}\d\d/.test(clean)) clean = withoutBankAccounts(clean);
  if (!mayNameSecret(clean)) return clean;
  return withoutAssignedSecrets(withoutNamedSecrets(withoutColumnSecrets(clean)));
}

const colon = 0x3a;

function areCredentials(name: string, text: string): boolean {
  if (text.length >= 20) return true;
  if (!/[\d=]|[a-z][A-Z]/.test(text)) return false;
  // "basic" is more often followed by a word than by credentials.
  return !/^basic/i.test(name) || decodeBase64(text).includes(colon);
}

// Whole headers, to the end of the line: a cookie is many pairs, and a scheme stands before its credentials.
const header =
  /((?<![\w-])(?:(?:proxy-)?authorization[\s+]{0,4}[:=][\s+]{0,4}(?=[\w-]{2,30}[\s+]{1,4}[^\s]{4})|(?:set-)?cookie\s{0,4}:\s{0,4}(?=[^\s=;"']{1,200}=)))(?:(?!\\u000[ad])[^\r\n])+/gi;
const scheme =
  /\b((?:bearer|basic|digest|negotiate|ntlm|apikey)\s{1,4})(?!(?:realm|error|charset|scope|stale)=)([\w+/=.~%-]{6,})/gi;
const halfPair = /[\ud800-\udbff]$/;

/** The first characters; where that cuts, not the piece of a word or of a number at the cut. */
function beginning(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const piece = /(?:\d[\d .+-]{0,24})?[^\s&;,"'<>]{0,128}$/.exec(text.slice(longest - 160, longest));
  return text.slice(0, longest - (piece?.[0].length ?? 0));
}

/** A slice keeps the whole string that it came from alive, and that may be a body of megabytes; a copy does not. */
function unshared(text: string): string {
  return text.length < 13 ? text : (JSON.parse(JSON.stringify(text)) as string);
}
