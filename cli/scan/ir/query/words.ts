import { maxNameLength } from '../../budgets/ir.ts';
/**
 * The words of a name, in lower case: `resetToken`, `RESET_TOKEN` or `reset-tokens` -> `reset`, `token`. Only some
 * plurals become singular: see `singulars`.
 */
export function wordsOf(name: string): string[] {
  return name
    .slice(0, maxNameLength)
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '')
    .map((word) => singulars.get(word) ?? word);
}

const singulars: ReadonlyMap<string, string> = new Map(
  'token password secret session key code cookie nonce signature credential pin coupon voucher invitation'
    .split(' ')
    .map((word) => [`${word}s`, word]),
);

/** Whether one of the names contains one of these words. */
export function haveWord(names: Iterable<string>, words: ReadonlySet<string>): boolean {
  for (const name of names) for (const word of wordsOf(name)) if (words.has(word)) return true;
  return false;
}

export type Secrecy = 'secret' | 'likely';

/**
 * Whether a value's name suggests that it is a secret, which nobody may guess: `resetToken`, `otp` or `session_id` ->
 * `secret`; `loginCode` or `challenge` -> `likely`. Undefined for other names, such as `tokenCount` or `cacheKey`.
 */
export function secrecyOf(name: string): Secrecy | undefined {
  const words = wordsOf(name);
  if (words.some((word) => plain.has(word))) return undefined;
  const joined = words.join(' ');
  if (words.some((word) => secret.has(word)) || secretPhrases.test(joined)) return 'secret';
  if (words.some((word) => likely.has(word)) || likelyPhrases.test(joined) || isPin(words)) return 'likely';
  return undefined;
}

/** `pickupPin` and `pin`; not `mapPin` or the pin of a circuit. */
function isPin(words: readonly string[]): boolean {
  return words.includes('pin') && !words.some((word) => otherPins.has(word));
}

const otherPins = new Set(
  `map maps marker markers geo location place gpio led io input output digital analog circuit board chip sensor motor
  connector icon drop bowling hair tie post posts message messages tab item items unpin toggle click status`.split(
    /\s+/,
  ),
);

const secret = new Set(
  `token password passwd pwd passphrase passcode secret otp totp nonce csrf xsrf apikey sessionid sessid jwt
  authtoken salt credential mfa`.split(/\s+/),
);
const secretPhrases =
  /\b(session id|session key|(api|secret|private|access|encryption|signing|auth|crypt|crypto|cipher|aes|master|license|licence) key|pin code|backup code|recovery code|one time code|initiali[sz]ation vector|remember (me|key|code|cookie))\b|^(sid|iv|session)$/;
const likely = new Set(['challenge', 'voucher', 'invitation']);
/**
 * Matches the name of a code that is sent to users to verify who they are. The name must be given as words: `password reset
 * code`, `verification code`.
 */
export const codeOfOneTime: RegExp =
  /(^| )(login|reset|verify|verification|confirmation|activation|sign in|signin|two factor|unlock) (code|pin)$/;
const likelyPhrases =
  /\b(login|reset|verify|verification|confirm|confirmation|auth|access|security|sms|email|mail|activation|invite|sign in|signin|two factor|fa|oauth|unlock|entry|door|pairing|claim|redeem|redemption|pickup|release|coupon|gift|gift card|promo|discount|link) (code|pin|digits)\b|\bcoupon$|\b(new|make|generate|retrieve|retrieval|recover|recovery|activation|confirmation|verification|unlock) key\b|\bauth state\b/;

/** Words that show that a name is about something else than a secret, such as its length. */
const plain = new Set(
  `count length size delay jitter interval timeout ttl expiry expires index position color colour limit max min
  test mock fake dummy sample samples placeholder cache element dom node style parser lexer tokenizer tokenize
  type kind name label boundary retry rate bucket weight probability price cost usage page row column
  metric stats chance embedding embeddings vocab vocabulary logits prompt attempt`.split(/\s+/),
);
