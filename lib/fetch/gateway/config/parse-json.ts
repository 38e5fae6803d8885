import { invalidAt } from './config-fields.ts';

/**
 * A configuration in JSON. A key that stands twice is refused, as `JSON.parse` takes the last one and a reader the first
 * (RFC 8259, 4). What it says shows nothing of the file, which may hold passwords.
 */
export function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const at = /at position (\d+)/.exec((error as Error).message)?.[1];
    throw invalidAt('', `The file is no JSON${at === undefined ? '' : `, at ${placeOf(text, Number(at))}`}.`);
  }
  const twice = findTwice(text);
  if (twice === undefined) return value;
  throw invalidAt('', `The file has a key twice in one group, at ${placeOf(text, twice)}.`);
}

/** Where a key of one object stands for the second time. The text is JSON already, so a few signs say all. */
function findTwice(text: string): number | undefined {
  const groups: (Set<string> | undefined)[] = [];
  for (const { 0: sign, 1: after, index } of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?|[{}[\]]/g)) {
    if (sign === '{' || sign === '[') groups.push(sign === '{' ? new Set() : undefined);
    else if (sign === '}' || sign === ']') groups.pop();
    else if (after !== undefined) {
      // Two spellings of one key are one: "a" and "\u0061".
      const key = JSON.parse(sign.slice(0, -after.length)) as string;
      const group = groups.at(-1);
      if (group?.has(key)) return index;
      group?.add(key);
    }
  }
  return undefined;
}

function placeOf(text: string, position: number): string {
  const before = text.slice(0, position).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
