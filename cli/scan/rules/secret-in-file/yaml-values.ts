import { looksSecret, secretKind } from '../kit/sensitive/secret-text.ts';
import { valueIn } from './line-values.ts';
import type { NamedLine } from './lines-of.ts';
import type { NamedValue } from './named-values.ts';

/**
 * Names and values in YAML, line by line: `name: value`, `- NAME=value`, and the two lines `- name: NAME`, `value: value`. The
 * file isn't parsed into a tree: templates aren't valid YAML, and aliases could make a tree of any size.
 */
export function* fromYaml(lines: Iterable<NamedLine>, whole: string): Generator<NamedValue> {
  const isEncoded = /^kind:\s*["']?Secret["']?\s*$/m.test(whole);
  let isInData = false;
  const parents: { readonly name: string; readonly column: number }[] = [];
  let last: { readonly name: string; readonly column: number } | undefined;
  for (const { text, at } of lines) {
    if (/^\S/.test(text)) isInData = /^data:\s*$/.test(text);
    const pair =
      /^(\s*(?:-\s+)*["']?([\w.-]{1,120})["']?\s*:\s+)\S/.exec(text) ??
      /^(\s*-\s+["']?([A-Za-z_]\w{0,100})=)\S/.exec(text);
    const [opened = '', parent = ''] = /^\s*(?:-\s+)*["']?([\w.-]{1,120})["']?\s*:(?:\s|$)/.exec(text) ?? [];
    const place = text.indexOf(parent);
    while (opened !== '' && (parents.at(-1)?.column ?? -1) >= place) parents.pop();
    const owner = parents.at(-1)?.name ?? '';
    if (opened !== '') parents.push({ name: parent, column: place });
    if (!pair) {
      last = undefined;
      continue;
    }
    const [, before = '', key = ''] = pair;
    const written = valueIn(withoutQuote(text, before));
    const column = text.indexOf(key);
    const isOfName = key === 'value' && last?.column === column;
    const name = isOfName ? (last?.name ?? key) : key;
    last = key === 'name' && written ? { name: written.value, column } : undefined;
    if (!written || /^[|>]/.test(written.value)) continue;
    const named = { name, owner, value: written.value, at: at + before.length + written.at, isKey: false };
    if (!isEncoded || !isInData) yield named;
    else if (isSecretInside(named)) yield named;
  }
}

/** The text after the name, without the closing quote of a pair that is quoted as a whole: `- "NAME=value"`. */
function withoutQuote(text: string, before: string): string {
  const value = text.slice(before.length);
  return /-\s+["']\w+=$/.test(before) ? value.replace(/["']$/, '') : value;
}

/** The data of a Kubernetes secret is base64. */
function isSecretInside({ name, value }: NamedValue): boolean {
  const kind = secretKind(name);
  const text = Buffer.from(value, 'base64').toString('utf8');
  return kind !== undefined && /^[\x21-\x7e]+\n?$/.test(text) && looksSecret(text.trim(), kind);
}
