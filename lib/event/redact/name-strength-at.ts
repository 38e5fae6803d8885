import { type NameStrength, nameStrength } from './secret-name.ts';

/** The names under which a pair keeps its value: `name="password" value="..."`. */
const pairValue = /^(?:value|val|content|received|input)$/i;
const pairName =
  /(?<![\w-])(?:name|key|path|field|id|header|property|param)["']?\s?[=:]\s?\[?["']?([\w.[\]-]{1,64})/gi;
const pairNameBehind =
  /["']?(?:\s?,\s?|\s)["']?(?:name|key|path|field|header)["']?\s?[=:]\s?\[?["']?([\w.-]{1,64})/y;

/** A word before the name that belongs to it, in prose: `API key: ...`. */
const labelBefore = /(?:^|[\s"'({[])([a-z\d]{2,15})[ \t]$/i;

/** True for the value half of a pair. */
export function isPairValue(name: string): boolean {
  return pairValue.test(name);
}

/** Judges the name at `at` by its own words and by the words before it. */
export function nameStrengthAt(
  text: string,
  at: number,
  name: string,
  sign: string,
): NameStrength | undefined {
  if (/^identified$/i.test(name)) return /^\s+by\s/i.test(sign) ? 'always' : undefined;
  if (pairValue.test(name)) return pairStrength(text.slice(Math.max(0, at - 150), at));
  if (!/[ \t]/.test(text.charAt(at - 1))) return nameStrength(name);
  const label = labelBefore.exec(text.slice(Math.max(0, at - 18), at))?.[1];
  return (label !== undefined && nameStrength(`${label} ${name}`)) || nameStrength(name);
}

function pairStrength(before: string): NameStrength | undefined {
  const pair = [...before.matchAll(pairName)].at(-1);
  if (pair && !/[{}<>]/.test(before.slice(pair.index + pair[0].length)))
    return nameStrength(pair[1] as string);
  // <password value="...">
  const element = /^<([\w:-]{1,64})[^>]*$/.exec(before.slice(Math.max(0, before.lastIndexOf('<'))));
  return element ? nameStrength(element[1] as string) : undefined;
}

/** Judges a pair whose value ends at `end` and is followed by its name. */
export function nameStrengthBehind(text: string, end: number): NameStrength | undefined {
  pairNameBehind.lastIndex = end;
  const name = pairNameBehind.exec(text)?.[1];
  return name === undefined ? undefined : nameStrength(name);
}
