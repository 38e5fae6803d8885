import type { NamedLine } from './lines-of.ts';
import type { NamedValue } from './named-values.ts';

/**
 * Reads the name and the value in a line: `export NAME=value`, `name: value`, `ENV NAME value`,
 * `//registry.npmjs.org/:_authToken=value`.
 */
export function fromLine({ text, at }: NamedLine): NamedValue | undefined {
  const registry = /^(\s*(?:\/\/\S{1,200}:)?(_authToken|_password|_auth)\s*=\s*)/.exec(text);
  const pair =
    registry ??
    /^(\s*(?:(?:export|set|env|arg)\s+)?["']?([\w.-]{1,120})["']?\s*[=:]\s*)/i.exec(text) ??
    /^(\s*(?:ENV|ARG)\s+(\w{1,120})\s+)/.exec(text);
  if (!pair) return undefined;
  const [, before = '', name = ''] = pair;
  const written = valueIn(text.slice(before.length));
  return (
    written && {
      name,
      owner: '',
      value: written.value,
      at: at + before.length + written.at,
      isKey: name === '_auth',
    }
  );
}

/**
 * Reads the name and the value in `name = "value"`. A value without quotes doesn't count, as it would be the name of another
 * value.
 */
export function fromQuoted({ text, at }: NamedLine): NamedValue | undefined {
  const [, before = '', name = '', value = ''] =
    /^(\s*["']?([\w.-]{1,120})["']?\s*=\s*["'])([^"'\\]{6,512})["']/.exec(text) ?? [];
  return name === '' ? undefined : { name, owner: '', value, at: at + before.length, isKey: false };
}

/**
 * Returns a value without its quotes and without a comment after it, and where it begins in the text. Undefined if the
 * value is too short or too long, or has spaces and no quotes.
 */
export function valueIn(text: string): { readonly value: string; readonly at: number } | undefined {
  const quoted = /^(["'])([^"']{6,512})\1/.exec(text);
  if (quoted) return { value: quoted[2] ?? '', at: 1 };
  const value = text.replace(/\s[#;].*$/, '').trimEnd();
  return value.length < 6 || value.length > 512 || /^["'#;]|\s/.test(value) ? undefined : { value, at: 0 };
}
