import { settingsFormat } from '../project/settings-format.ts';
import { commonWords, isPlaceholder, secretKind, secretShape } from '../rule/secret-text.ts';
import { namedValues } from '../rules/secret-in-file/named-values.ts';
import { literalsIn } from './literals-in.ts';
import type { TextRange } from './text-range.ts';

/**
 * Everything in a text that may be a secret: by its shape, as the password of a URL, or by the name of what it is given
 * to. More than the rules report: one mask too many in an excerpt costs little, and a secret in a CI log costs a lot.
 */
export function* secretRanges(path: string, text: string): Generator<TextRange> {
  yield* shapedRanges(text);
  yield* namedLiterals(text);
  const format = settingsFormat(path);
  if (format === undefined) return;
  for (const { name, value, at, isKey } of namedValues(text, format)) {
    if (isKey || mayBeValue(name, value)) yield { at, end: at + value.length };
  }
}

/** What is a secret by its shape alone, in any text. */
export function* shapedRanges(text: string): Generator<TextRange> {
  for (const found of text.matchAll(privateKey)) {
    const [whole, head = ''] = found;
    yield { at: found.index + head.length, end: found.index + whole.length };
  }
  for (const found of text.matchAll(token)) {
    const word = found[0].replace(/[.-]+$/, '');
    const isSecret = secretShape(word) !== undefined || signedToken.test(word);
    if (isSecret) yield { at: found.index, end: found.index + word.length };
  }
  for (const pattern of [urlPassword, dsnPassword, webhook]) {
    for (const found of text.matchAll(pattern)) {
      const [whole, before = '', secret = ''] = found;
      if (/^[<${]|^%[(s]/.test(secret)) continue;
      const at = found.index + before.length;
      yield { at, end: pattern === webhook ? found.index + whole.length : at + secret.length };
    }
  }
}

// All repetitions are bounded, as the text may be an attacker's.
const privateKey = /(-----BEGIN [A-Z\d ]{0,40}PRIVATE KEY[A-Z ]{0,10}-----)(?:(?!-----END)[\s\S]){1,8000}/g;
const token = /(?<![\w.-])[\w.-]{16,3000}/g;
const signedToken = /^ey[JA][\w-]{8,}\.e[yw][\w-]{8,}\.[\w-]{16,}$/;
const urlPassword = /(:\/\/[^\s:/@?#"'`]{0,100}:)([^\s:/@?#"'`]{3,100})(?=@)/g;
const dsnPassword = /((?<![\w.-])[\w.-]{1,60}:)([^\s:@"'`/()]{3,100})(?=@tcp[46]?\()/g;
const webhook =
  /(https:\/\/(?:hooks\.slack\.com\/services|discord(?:app)?\.com\/api\/webhooks)\/)([\w/-]{10,300})/g;

/** Literals that a name calls a secret: `password: '...'`, `env.SECRET || '...'`, `get("TOKEN", "...")`. */
function* namedLiterals(text: string): Generator<TextRange> {
  for (const { at, end, open } of literalsIn(text, true)) {
    if (end - at < leastValue || end - at > mostValue) continue;
    const before = text.slice(Math.max(0, open - 120), open);
    const line = before.slice(before.lastIndexOf('\n') + 1);
    const behind = text.slice(end + 1, end + 100);
    if (!mayName.test(line) && !mayName.test(behind)) continue;
    const names = [nameBefore.exec(line)?.[1], nameBehind.exec(behind)?.[1]];
    const value = text.slice(at, end);
    if (names.some((name) => name !== undefined && mayBeValue(name, value))) yield { at, end };
  }
}

const leastValue = 3;
const mostValue = 4096;
const mayName = /pass|pwd|secret|token|key/i;
const nameBefore =
  /(?<![\w$-])([\w$-]{1,80})["'`\])]{0,3}\s{0,9}(?::[^=,;]{0,40})?(?:[!=:]?=|[!=]==|:|,|\|\||\?\?|\bor|\()\s{0,9}[A-Za-z.]{0,20}\(?\s{0,2}$/;
const nameBehind = /^\s{0,5}[!=]==?\s{0,5}(?:[\w$]{1,60}\.){0,5}([\w$]{1,80})/;

function mayBeValue(name: string, value: string): boolean {
  if (secretKind(name) === undefined || value.length < leastValue || value.length > mostValue) return false;
  return !isPlaceholder(value) && !commonWords.test(value) && value.split(/\s/, 5).length < 5;
}
