import { encodedTexts } from './encoded-texts.ts';
import { type FileRole, fileRole } from './file-role.ts';
import { findByShape } from './find-by-shape.ts';
import type { FoundSecret } from './found-secret.ts';
import { namedSecrets } from './named-secrets.ts';
import { positionalSecrets } from './positional-secrets.ts';
import { privateKeys } from './private-keys.ts';
import { isPublicKey } from './public-keys.ts';
import { settingsSecrets } from './settings-secrets.ts';
import { signedTokens } from './signed-tokens.ts';
import { urlPasswords } from './url-passwords.ts';

/** Of one file. */
const mostSecrets = 100;
/** What is longer is data, where names and values are not told apart. */
const mostNamed = 2_000_000;

/** The secrets in a file, in order. The time is linear in its size. */
export function findSecrets(path: string, bytes: Buffer): readonly FoundSecret[] {
  const text = bytes.toString('latin1');
  const role = fileRole(path, text);
  const found: FoundSecret[] = [];
  add(found, inText(bytes, text));
  for (const { bytes: inner, at, end } of encodedTexts(text)) {
    if (found.length >= mostSecrets) break;
    const [first] = inText(inner, inner.toString('latin1'));
    if (first) add(found, [{ ...first, title: `${first.title}, in base64`, at, end }]);
  }
  if (bytes.length <= mostNamed && !bytes.includes(0)) {
    add(found, settingsSecrets(path, text));
    add(found, namedSecrets(path, bytes, text));
    add(found, positionalSecrets(text));
  }
  return found
    .filter((one) => !isPublicKey(one, path, text))
    .flatMap((one) => judged(one, role))
    .sort((a, b) => a.at - b.at);
}

function* inText(bytes: Buffer, text: string): Generator<FoundSecret> {
  yield* privateKeys(text);
  yield* findByShape(bytes, mostSecrets);
  yield* signedTokens(text);
  yield* urlPasswords(text);
}

function add(found: FoundSecret[], more: Iterable<FoundSecret>): void {
  for (const one of more) {
    if (found.length >= mostSecrets) return;
    if (!found.some((other) => other.at < one.end && one.at < other.end)) found.push(one);
  }
}

/** Kinds that have no shape of their own, or are written in every test. */
const unshaped: ReadonlySet<string> = new Set([
  'password',
  'named-secret',
  'signed-token',
  'url-password',
  'database-url',
]);
const said: Readonly<Record<Exclude<FileRole, 'usual'>, string>> = {
  test: 'it stands in a test or an example',
  documentation: 'it stands in documentation',
  template: 'it stands in a file that is to be filled in',
  lock: 'it stands in a lock file',
  minified: 'it stands in code that was packed',
};

/** What a file is for decides how much a secret in it counts. */
function judged(one: FoundSecret, role: FileRole): readonly FoundSecret[] {
  if (role === 'usual' || (one.kind === 'url-password' && role === 'lock')) return [one];
  if (unshaped.has(one.kind)) return [];
  return [{ ...one, doubt: one.doubt ?? said[role] }];
}
