import { settingsFormat } from '../../project/settings-format.ts';
import {
  isPlaceholder,
  looksSecret,
  secretKind,
  secretShape,
} from '../../rules/kit/sensitive/secret-text.ts';
import { namedValues } from '../../rules/secret-in-file/named-values.ts';
import { mayBeValue } from './may-be-value.ts';
import { namedLiterals } from './named-literals.ts';
import type { TextRange } from './text-range.ts';

/**
 * Finds all parts of a text that may be secrets: by their shape, such as a private key or the password in a URL, or by the
 * name that they are assigned to. It finds more than the rules report, because one mask too many in an excerpt costs
 * little, but a secret in a CI log costs a lot.
 */
export function* secretRanges(path: string, text: string): Generator<TextRange> {
  yield* shapedRanges(text);
  yield* namedLiterals(text);
  yield* namedWords(text);
  const format = settingsFormat(path);
  if (format === undefined) return;
  for (const { name, value, at, isKey } of namedValues(text, format)) {
    if (isKey || mayBeValue(name, value)) yield { at, end: at + value.length };
  }
}

/** Finds the secrets that are recognised by their shape, in any text. */
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
  for (const pattern of [urlPassword, dsnPassword, webhook, credentials]) {
    for (const found of text.matchAll(pattern)) {
      const [, before = '', secret = ''] = found;
      const isWritten =
        pattern === credentials
          ? !/\d|[A-Z]/.test(secret) || isPlaceholder(secret)
          : /^[<${]|^%[(s]/.test(secret);
      const at = found.index + before.length;
      if (!isWritten) yield { at, end: at + secret.length };
    }
  }
}

// All repetitions are bounded, because the text may be an attacker's.
const privateKey = /(-----BEGIN [A-Z\d ]{0,40}PRIVATE KEY[A-Z ]{0,10}-----)(?:(?!-----END)[\s\S]){1,8000}/g;
const token = /(?<![\w.-])[\w.-]{16,3000}/g;
const signedToken = /^ey[JA][\w-]{8,}\.e[yw][\w-]{8,}\.[\w-]{16,}$/;
const urlPassword = /(:\/\/[^\s:/@?#"'`]{0,100}:)([^\s:/@?#"'`]{3,100})(?=@)/g;
const dsnPassword = /((?<![\w.-])[\w.-]{1,60}:)([^\s:@"'`/()]{3,100})(?=@tcp[46]?\()/g;
const webhook =
  /(https:\/\/(?:hooks\.slack\.com\/services|discord(?:app)?\.com\/api\/webhooks)\/)([\w/-]{10,300})/g;
const credentials = /(\b(?:[Bb]asic|[Bb]earer|BASIC|BEARER) {1,3})([A-Za-z\d+/._~-]{8,2000}={0,2})/g;

/** Unquoted values: `--password=...`, `?token=...&`, `Password=...;`, and those in comments. */
function* namedWords(text: string): Generator<TextRange> {
  for (const found of text.matchAll(namedWord)) {
    const [whole, name = '', value = ''] = found;
    const kind = secretKind(name.replace(/^-+/, ''));
    const end = found.index + whole.length;
    if (kind !== undefined && looksSecret(value, kind)) yield { at: end - value.length, end };
  }
}

const namedWord =
  /(?<![\w$-])([\w$-]{0,40}(?:[Pp]ass|PASS|[Pp]wd|PWD|[Ss]ecret|SECRET|[Tt]oken|TOKEN|[Kk]ey|KEY)[\w$-]{0,20})[ \t]{0,3}[:=][ \t]{0,3}([^\s"'`;,&<>()[\]{}$\\]{6,200})/g;
