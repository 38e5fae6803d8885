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

/** How certain it is that a named value is a secret in use. `undefined` if it is no secret. */
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
  // In development, a signing key protects only a developer's machine. A service's key is valid wherever it is written.
  if (around.isDevelopment) return isDrawn && kind === 'key' && !isOwn ? 'medium' : 'low';
  if (around.isDefaults) return isDrawn ? (isOwn ? 'medium' : 'high') : 'low';
  if (kind === 'password' && isOfDatabaseBeside(named, text)) return isDrawn ? 'medium' : 'low';
  return isDrawn ? 'high' : 'medium';
}

/** Whether it is a placeholder, belongs to tests, or is sent to every browser. */
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

/** `secret: shop-session-secret`: the name of a secret in a cluster. */
function isNameOfSecret({ name, value }: NamedValue): boolean {
  return /^secret$/i.test(name) && /^[a-z\d]{1,40}(?:-[a-z\d]{1,40}){0,9}-secrets?$/.test(value);
}

/** Build tools put variables with these prefixes into the page. */
const ofPages = /^(?:NEXT_PUBLIC|NUXT_PUBLIC|REACT_APP|VITE|EXPO_PUBLIC|GATSBY|VUE_APP|PUBLIC)_/;

/** Names of keys with which the program signs its own tokens and sessions. */
const ownKey =
  /jwt|session|cookie|sign|django|flask|otp|^(?:base64[-_]?)?secret$|^secret_?key$|secret_key_base|app_?(?:key|secret)|nextauth|^auth_secret$|encrypt/i;

/** Databases that a CI job starts for itself. */
const ofDatabase = /postgres|mysql|maria|mongo|redis|rabbit|mssql|^sa_|(?:^|_)(?:db|pg|database)_?/i;

/** Laravel's keys begin with their encoding. */
function withoutMark(value: string): string {
  return value.replace(/^base64:(?=[A-Za-z\d+/]{20,}={0,2}$)/, '');
}

/** Whether the value is a reference, is encrypted or public (such as emulator keys and wallet addresses), or isn't ASCII text. */
function isReference(value: string): boolean {
  return /^(?:ENC[[(]|encrypted:|\{cipher\}|AQIC|!\w[\w.:]*\s|!vault$|&\w+$|\*\w+$|@Microsoft\.KeyVault|(?:vault|ssm|sm|secretsmanager|awssm|op|doppler|infisical|keyring|env|file|secret|secretref|gcpsecret|kms|base64|sops|ref|valueFrom)[:+]|ssh-(?:rsa|ed25519|dss) |age1|0x(?![\da-f]{64}$)|0xac0974bec39a17e3|0x59c6995e998f97a5|pk[._](?:live_|test_|eyJ)|phc_|sb_publishable_|Eby8vdM02xNOcqFlqUwJ|C2y6yDjf5\/R\+ob0N8A7C)|\\u[\da-f]{4}/i.test(
    value,
  );
}

/** The text that a value encodes in base64, if a person typed it. */
function typedInside(value: string): string | undefined {
  if (value.length < 16 || value.length % 4 !== 0 || !/^[A-Za-z\d+/]+={0,2}$/.test(value)) return undefined;
  const text = Buffer.from(value, 'base64').toString('utf8').trimEnd();
  return /^[\x20-\x7e]{8,}$/.test(text) ? text : undefined;
}
