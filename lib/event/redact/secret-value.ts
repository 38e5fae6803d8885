import type { NameStrength } from './secret-name.ts';
import type { Leaf } from './structured-value.ts';

/**
 * How a value follows its name, from the clearest: quoted or after `=` (`given`); after a colon (`glued`); after a colon
 * and a space (`prose`); after a space only (`spaced`).
 */
export type Standing = 'given' | 'glued' | 'prose' | 'spaced';

/** Decides whether the `value` of `name` is a secret. */
export function isSecretValue(
  value: string,
  name: string,
  strength: NameStrength,
  standing: Standing,
): boolean {
  if (isPlaceholder(value, name) || isMode(value, name)) return false;
  if (strength === 'maybe') return looksIssued(value);
  if (strength === 'number') return /^\d{4,12}$/.test(value);
  if (standing === 'glued')
    return looksSecret(value) || /pass$/i.test(name) || (strength === 'always' && !/secret$/i.test(name));
  if (standing === 'given') return !(strength === 'given' && /^\d{1,3}$/.test(value));
  if (standing === 'spaced') return looksSpaced(value, name, strength);
  if (strength === 'always') return !prose.test(value);
  return looksSecret(value) || /^\d{4,12}$/.test(value);
}

/** Decides whether a string is a secret, if it is in the object or list that a secret's name holds. */
export function isSecretLeaf(
  value: string,
  { key, quoted }: Leaf,
  name: string,
  strength: NameStrength,
): boolean {
  if (isPlaceholder(value, name) || isMode(value, key || name) || verdict.test(value)) return false;
  // A list under a field's name holds what is wrong with it.
  if (key === '' && !/s$/i.test(name) && advice.test(value)) return false;
  if (!quoted && !/\d/.test(value)) return false;
  if (describing.test(key)) return looksIssued(value) && /[A-Z]/.test(value);
  if (strength === 'always' && !container.test(name)) return !/^\d{1,3}$/.test(value);
  if (strength === 'number') return /^\d{4,12}$/.test(value);
  if (strength === 'maybe' && !/s$/i.test(name)) return looksIssued(value);
  return /\d/.test(value) && looksSecret(value);
}

/** True for a state or a setting: `session=closed`, `credentials: include` (fetch), `sig=SIGTERM`. */
function isMode(value: string, name: string): boolean {
  if (value.length > 40) return false;
  const bare = value.replace(/[.,;:)}\]]+$/, '');
  if (/^sig$/i.test(name)) return /^SIG[A-Z]{2,6}\d?$/.test(bare);
  if (/credentials$/i.test(name)) return /^(?:include|omit|same-origin)$/.test(bare);
  return /(?:session|auth|authentication|authorization)$/i.test(name) && state.test(bare);
}

const state =
  /^(?:open|opened|opening|closed|closing|started|starting|ended|expired|expiring|active|inactive|idle|stale|fresh|valid|invalid|missing|absent|present|ok|failed|failure|success|succeeded|denied|enabled|disabled|required|optional|pending|revoked|timeout|lost|created|destroyed|established|restored|resumed|on|off|basic|bearer|digest|oauth2?|anonymous)$/i;

/** True for a placeholder: an SQL parameter, a hole in a template, a type, an expression in code. */
function isPlaceholder(value: string, name: string): boolean {
  if (value.length > 200 || /^\w*\d\w*$/.test(value)) return false;
  if (!/[\w\u00c0-\uffff]/.test(value)) return value.length < 6 || /^(.)\1+$/.test(value);
  // The start of a YAML block, inside JSON.
  if (/^[|>][-+\d]{0,2}(?:\\{1,4}[nr])*$/.test(value)) return true;
  // Redacted before: line ends have become escapes.
  if (/^(?:\\u00[01][\da-f]|\s)+(?:\[redacted\])?(?:\\u00[01][\da-f]|\s)*$/i.test(value)) return true;
  if (standIn.test(value) || hole.test(value)) return true;
  if (value.startsWith('[redacted]')) return value.length === 10 || /^[^\w"'`]*$/.test(value.slice(10));
  // `PWD=/srv/app` is the working directory, and `credentials: /etc/app.json` is a file.
  if (/^[-_]*(?:OLD)?PWD$/i.test(name) && /^(?:[A-Z]:\\|\/(?:[\w.-]+\/)*[a-z.-]+\/?$)/.test(value))
    return true;
  if (
    /^(?:[a-z]{2,20}:)?(?:\/|\.{1,2}\/|~\/|[A-Z]:\\)[\w./\\-]{1,200}\.[a-z]{2,8}$/.test(value) &&
    /(?:key|credential)s?$/i.test(name)
  )
    return true;
  // `where p.token = q.token`, `password = :password`, `password = var.db_password`
  const word = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  const end = value.replace(/[,;)(?!\]"'}]+$/, '').toLowerCase();
  return (
    end.endsWith(word) &&
    /^(?:[:@$]|(?:[a-z_$]\w{0,30}\.){1,5}(?:\w{0,30}_)?|(?:[a-z_$]\w{0,30}\.?){1,3}\[["'])$/.test(
      end.slice(0, -word.length),
    )
  );
}

const standIn =
  /^\(?(?:true|false|yes|no|null|undefined|nil|none|string|str|bytes|number|any|unknown|empty|hidden|masked|filtered|redacted|\[[a-z ]+\]|\*+)[,;:)}\]]*$/i;
const hole =
  /^(?:\?|\$\d{1,3}|%s|\$?\{\{?[\w. ()-]{1,60}\}?\}|\$\{[\w.:-]{1,60}\}|<(?!Buffer)[\w -]{1,40}>|(?:process\.env|import\.meta\.env|os\.environ|os\.getenv)\b[^\s]{0,80}|await|async|typeof|require\([^\s]{0,80}|[a-z_$][\w$]{0,40}(?:\.[a-z_$][\w$]{0,40}){1,4}\([^\s]{0,80})[,;)]*$/;

const prose =
  /^(?:must|should|is|was|are|has|the|an?|too|cannot|can|may|needs?|not|no|at|in|for|of|to|and|or|your|field|required|invalid|missing|expired|wrong|incorrect|changed|reset|unset|empty|optional|minimum|maximum|min|max|only|use|please|enter|check|it|this|that|which|when|if|see)[.,;:!)]*$/i;

/** How a validation error begins. */
const verdict =
  /^(?:(?:is|must|should|can'?t|cannot|can not|may not|has to|does not|doesn'?t|needs? to|too|at least|this|your|please)\s|(?:required|invalid|missing)\b)/i;

/** How a validation error goes on in a list. */
const advice =
  /^(?:needs?|contains?|lacks?|requires?|was|has|have|only|no|not|minimum|maximum|already|do(?:es)?|don'?t|use|include|add|choose|enter|try)\s[a-z\d]/i;

const describing =
  /^(?:type|kind|name|field|path|message|msg|errors?|code|rule|label|description|title|format|pattern|id|loc|location|reason|hint|user|username|login|email|host|namespace|algorithm|alg|provider|version)$/i;

/** Objects with these names hold settings beside the secret. */
const container = /(?:secrets?|credentials?|creds|keys?)$/i;

/** Mostly words follow a space: only letters mixed with digits count, and no address, date, version or file. */
function looksSpaced(value: string, name: string, strength: NameStrength): boolean {
  if (/(?:codes?|otp)$/i.test(name) && /^\d{4,8}[.,;)]*$/.test(value)) return true;
  // An encoded sign, not a value: the next level of decoding shows it.
  if (/^(?:\\+[ux]|%[23]|&)/.test(value)) return false;
  const bare = value.slice(0, 200).replace(/[.,;:)]{1,200}$/, '');
  if (bare.length < (strength === 'always' ? 6 : 16)) return false;
  if (!/\d/.test(bare) || !/[A-Za-z]/.test(bare)) return false;
  return !/[/=@({<[]|^[\w-]+(?:\.[\w-]+)+$|^\d{4}-\d\d-\d\d|^v?\d+\.|:\d*$|^[A-Za-z]+-?\d{1,2}$|^\d{1,2}[A-Za-z-]+$/.test(
    bare,
  );
}

/** Not a word: letters and digits, or long. */
export function looksSecret(value: string): boolean {
  return value.length >= 20 || (value.length >= 6 && /\d/.test(value) && /[A-Za-z]/.test(value));
}

/** Long, in the alphabet of base64 or hexadecimal, with letters and digits. Not a path, not a UUID. */
export function looksIssued(value: string): boolean {
  if (value.length < 16 || !/^[\w+/=.~%-]+$/.test(value)) return false;
  if (!/\d/.test(value) || !/[A-Za-z]/.test(value)) return false;
  return !/\/.*\.[a-z]{2,4}$|^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(value);
}
