import type { Confidence } from '../../../finding/finding.ts';
import { isSecretOutright, looksMadeUp, looksSecret, secretKind } from '../../rule/secret-text.ts';
import type { NamedValue } from './named-values.ts';
import type { Surroundings } from './surroundings.ts';

/** How sure it is that a value that has a name is a secret that somebody uses; `undefined` where it is none. */
export function judgeNamed(
  { name, value, isKey, at }: NamedValue,
  around: Surroundings,
  text: string,
): Confidence | undefined {
  const kind = isKey ? 'key' : secretKind(name);
  if (kind === undefined || isReference(value)) return undefined;
  const isMadeUp = isSecretOutright(name) && looksMadeUp(value, false);
  if (!looksSecret(value, kind) && !isMadeUp) return undefined;
  if (around.isTemplate || around.isTest || around.isOfClient || ofPages.test(name)) return 'low';
  const isDrawn = looksRandom(value);
  if (around.isContainers) return isDrawn ? 'medium' : 'low';
  // A key of its own protects a developer's machine; one of a service is valid wherever it is written.
  if (around.isDevelopment) return isDrawn && kind === 'key' && !ownKey.test(name) ? 'medium' : 'low';
  if (isDrawn) return 'high';
  return kind === 'password' && isBesideThisMachine(text, at) ? 'low' : 'medium';
}

/** Tools put what has such a name into the page that everybody gets. */
const ofPages = /^(?:NEXT_PUBLIC|NUXT_PUBLIC|REACT_APP|VITE|EXPO_PUBLIC|GATSBY|VUE_APP|PUBLIC)_/;

/** What the program signs its own tokens and sessions with. */
const ownKey =
  /jwt|session|cookie|sign|django|flask|^secret_?key$|secret_key_base|app_?(?:key|secret)|nextauth|^auth_secret$|encrypt/i;

/** The value stands elsewhere, or is encrypted. */
function isReference(value: string): boolean {
  return /^(?:ENC[[(]|encrypted:|\{cipher\}|AQIC|!\w|&\w+$|\*\w+$|@Microsoft\.KeyVault|(?:vault|ssm|sm|secretsmanager|awssm|op|doppler|infisical|keyring|env|file|secret|secretref|gcpsecret|kms|base64|sops|ref|valueFrom)[:+]|ssh-(?:rsa|ed25519|dss) |age1|0x)/i.test(
    value,
  );
}

/** The password of a database on the developer's own machine, as the lines around it say. */
function isBesideThisMachine(text: string, at: number): boolean {
  return /localhost|127\.0\.0\.1|\b0\.0\.0\.0|host\.docker\.internal/.test(
    text.slice(Math.max(0, at - near), at + near),
  );
}

/** Some lines. */
const near = 250;

/** Whether kinds of signs take turns as in no text that a person makes up. */
function looksRandom(text: string): boolean {
  if (/^[\da-f]{24,}$/i.test(text)) return /\d/.test(text) && /[a-f]/i.test(text);
  if (text.length < 10) return false;
  let turns = 0;
  for (let i = 1; i < text.length; i++) if (classOf(text, i) !== classOf(text, i - 1)) turns++;
  return turns * 3 >= text.length;
}

function classOf(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code >= 97 && code <= 122) return 0;
  if (code >= 65 && code <= 90) return 1;
  return code >= 48 && code <= 57 ? 2 : 3;
}
