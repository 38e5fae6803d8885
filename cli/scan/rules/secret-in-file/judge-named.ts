import type { Confidence } from '../../../finding/finding.ts';
import {
  isPlaceholder,
  isSecretOutright,
  looksMadeUp,
  looksSecret,
  secretKind,
} from '../kit/sensitive/secret-text.ts';
import { isOfDatabaseBeside } from './database-beside.ts';
import { isOfWords, looksRandom } from './looks-random.ts';
import type { NamedValue } from './named-values.ts';
import { isSaidHarmless } from './said-harmless.ts';
import { isOfSigning, isWeakKey } from './signing-key.ts';
import type { Surroundings } from './surroundings.ts';

/** How sure it is that a value that has a name is a secret that somebody uses; `undefined` where it is none. */
export function judgeNamed(written: NamedValue, around: Surroundings, text: string): Confidence | undefined {
  const named = { ...written, value: withoutMark(written.value) };
  const { name, owner, value } = named;
  const signs = isOfSigning(named);
  const kind = named.isKey || signs ? 'key' : secretKind(name);
  if (kind === undefined || isReference(value) || /^encrypted/i.test(owner)) return undefined;
  const isTyped = isSecretOutright(name) && looksMadeUp(value, false) && !isNameOfSecret(named);
  const isMadeUp = isTyped || (signs && isWeakKey(value));
  if (!isMadeUp && !looksSecret(value, kind)) return undefined;
  const isOfLetters = kind === 'key' && !/\d/.test(value) && isOfWords(value);
  if (isOfLetters && !isMadeUp) return undefined;
  const typed = typedInside(value);
  if (isForOthers(named, around) || isSaidHarmless(text, written)) return 'low';
  if (typed !== undefined && isPlaceholder(typed)) return 'low';
  const isDrawn = looksRandom(typed ?? value);
  const isOwn = signs || ownKey.test(name);
  if (around.isOfRun) return isDrawn && !isOwn && !ofDatabase.test(name) ? 'medium' : 'low';
  if (around.isContainers) return isDrawn ? 'medium' : 'low';
  // A key of its own protects a developer's machine; one of a service is valid wherever it is written.
  if (around.isDevelopment) return isDrawn && kind === 'key' && !isOwn ? 'medium' : 'low';
  if (around.isDefaults) return isDrawn ? (isOwn ? 'medium' : 'high') : 'low';
  if (kind === 'password' && isOfDatabaseBeside(named, text)) return isDrawn ? 'medium' : 'low';
  return isDrawn ? 'high' : 'medium';
}

/** It is to be filled in, opens what tests make, or is given to every browser. */
function isForOthers({ name, owner }: NamedValue, around: Surroundings): boolean {
  const isOfSearch = /algolia|docsearch/i.test(`${owner} ${name}`) && !/admin/i.test(name);
  return (
    around.isTemplate ||
    around.isTest ||
    around.isOfTests ||
    around.isOfClient ||
    ofPages.test(name) ||
    isOfSearch
  );
}

/** `secret: shop-session-secret`, as a cluster has them by their names. */
function isNameOfSecret({ name, value }: NamedValue): boolean {
  return /^secret$/i.test(name) && /^[a-z\d]{1,40}(?:-[a-z\d]{1,40}){0,9}-secrets?$/.test(value);
}

/** Tools put what has such a name into the page that everybody gets. */
const ofPages = /^(?:NEXT_PUBLIC|NUXT_PUBLIC|REACT_APP|VITE|EXPO_PUBLIC|GATSBY|VUE_APP|PUBLIC)_/;

/** What the program signs its own tokens and sessions with. */
const ownKey =
  /jwt|session|cookie|sign|django|flask|otp|^(?:base64[-_]?)?secret$|^secret_?key$|secret_key_base|app_?(?:key|secret)|nextauth|^auth_secret$|encrypt/i;

/** A run of CI starts its own database. */
const ofDatabase = /postgres|mysql|maria|mongo|redis|rabbit|mssql|^sa_|(?:^|_)(?:db|pg|database)_?/i;

/** Laravel's keys say how they are written. */
function withoutMark(value: string): string {
  return value.replace(/^base64:(?=[A-Za-z\d+/]{20,}={0,2}$)/, '');
}

/** The value stands elsewhere, is encrypted, public (as the keys of emulators and addresses of wallets are), or no text of ASCII. */
function isReference(value: string): boolean {
  return /^(?:ENC[[(]|encrypted:|\{cipher\}|AQIC|!\w[\w.:]*\s|!vault$|&\w+$|\*\w+$|@Microsoft\.KeyVault|(?:vault|ssm|sm|secretsmanager|awssm|op|doppler|infisical|keyring|env|file|secret|secretref|gcpsecret|kms|base64|sops|ref|valueFrom)[:+]|ssh-(?:rsa|ed25519|dss) |age1|0x(?![\da-f]{64}$)|0xac0974bec39a17e3|0x59c6995e998f97a5|pk[._](?:live_|test_|eyJ)|phc_|sb_publishable_|Eby8vdM02xNOcqFlqUwJ|C2y6yDjf5\/R\+ob0N8A7C)|\\u[\da-f]{4}/i.test(
    value,
  );
}

/** The text that a value is the base64 of, where somebody typed it. */
function typedInside(value: string): string | undefined {
  if (value.length < 16 || value.length % 4 !== 0 || !/^[A-Za-z\d+/]+={0,2}$/.test(value)) return undefined;
  const text = Buffer.from(value, 'base64').toString('utf8').trimEnd();
  return /^[\x20-\x7e]{8,}$/.test(text) ? text : undefined;
}
