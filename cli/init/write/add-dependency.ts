import { type JsonObject, parseTree } from './json-places.ts';

/**
 * The text of a package.json with an entry in one of its objects, sorted in if the entries are sorted. All else stays as it
 * was written. An entry that exists is kept unless `replace` is set.
 */
export function withEntry(
  text: string,
  field: string,
  name: string,
  value: string,
  replace: boolean = false,
): string {
  return withValue(text, [field], name, value, replace);
}

/** The same at any place of the text: `path` names the objects around the entry, the last of which may be missing. */
export function withValue(
  text: string,
  path: readonly string[],
  name: string,
  value: unknown,
  replace: boolean = false,
): string {
  const around = path.slice(0, -1).reduce<JsonObject | undefined>(memberOf, parseTree(text));
  const field = path.at(-1);
  if (!around) return text;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const unit = /\n([ \t]+)"/.exec(text)?.[1] ?? '  ';
  const entry = `${JSON.stringify(name)}: ${JSON.stringify(value)}`;
  const deep = unit.repeat(path.length);
  const known =
    field === undefined ? { object: around } : around.properties.find((property) => property.name === field);
  if (!known) {
    const isOneLine = !text.trim().includes('\n');
    const lead = isOneLine ? '' : newline + deep;
    const body = isOneLine ? entry : lead + unit + entry + lead;
    const added = `${JSON.stringify(field ?? '')}: {${body}}`;
    const close = isOneLine ? '' : newline + unit.repeat(path.length - 1);
    return insert(text, around, around.properties.length, { entry: added, lead, close });
  }
  const { object } = known;
  if (!object) return text;
  const there = object.properties.find((property) => property.name === name);
  if (there) return replace ? text.slice(0, there.at) + entry + text.slice(there.end) : text;
  const isInline = object.properties.length > 0 && !text.slice(object.at, object.end).includes('\n');
  const lead = isInline ? '' : newline + deep + unit;
  return insert(text, object, placeOf(object, name), { entry, lead, close: newline + deep });
}

function memberOf(object: JsonObject | undefined, name: string): JsonObject | undefined {
  return object?.properties.find((property) => property.name === name)?.object;
}

/** How many entries stand before the new one: all, unless they are sorted. */
function placeOf({ properties }: JsonObject, name: string): number {
  const names = properties.map((property) => property.name);
  const isSorted = names.every((one, i) => i === 0 || one >= (names[i - 1] ?? ''));
  return isSorted ? names.filter((one) => one < name).length : names.length;
}

interface Inserted {
  readonly entry: string;
  /** What stands before each entry. */
  readonly lead: string;
  /** What stands before the closing brace of an object that was empty. */
  readonly close: string;
}

function insert(text: string, object: JsonObject, place: number, { entry, lead, close }: Inserted): string {
  const previous = object.properties[place - 1];
  const [next] = object.properties;
  const space = lead === '' ? ' ' : '';
  if (previous) return `${text.slice(0, previous.end)},${space}${lead}${entry}${text.slice(previous.end)}`;
  if (next) return `${text.slice(0, next.at)}${entry},${space}${lead}${text.slice(next.at)}`;
  return `${text.slice(0, object.at + 1)}${lead}${entry}${close}${text.slice(object.end - 1)}`;
}

/** Without an entry, and without the comma that belonged to it. */
export function withoutEntry(text: string, field: string, name: string): string {
  const object = parseTree(text).properties.find((property) => property.name === field)?.object;
  const index = object?.properties.findIndex((property) => property.name === name) ?? -1;
  const entry = object?.properties[index];
  if (!object || !entry) return text;
  const next = object.properties[index + 1];
  const previous = object.properties[index - 1];
  if (next) return text.slice(0, entry.at) + text.slice(next.at);
  if (previous) return text.slice(0, previous.end) + text.slice(entry.end);
  return `${text.slice(0, object.at)}{}${text.slice(object.end)}`;
}
