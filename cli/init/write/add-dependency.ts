import { type JsonObject, type JsonProperty, parseTree } from './json-places.ts';

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
  const root = parseTree(text);
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const unit = /\n([ \t]+)"/.exec(text)?.[1] ?? '  ';
  const entry = `${JSON.stringify(name)}: ${JSON.stringify(value)}`;
  const object = root.properties.find((property) => property.name === field);
  if (!object) {
    const body = `${JSON.stringify(field)}: {${newline}${unit}${unit}${entry}${newline}${unit}}`;
    return insert(text, root, root.properties.at(-1), body, newline + unit, newline);
  }
  if (!object.object) return text;
  const there = object.object.properties.find((property) => property.name === name);
  if (there) return replace ? text.slice(0, there.at) + entry + text.slice(there.end) : text;
  const inline = object.object.properties.length > 0 && !text.slice(object.at, object.end).includes('\n');
  const lead = inline ? ' ' : newline + unit + unit;
  return insert(text, object.object, before(object.object, name), entry, lead, inline ? ' ' : newline + unit);
}

/** The entry that the new one follows: the last, or its neighbour if all are sorted. */
function before({ properties }: JsonObject, name: string): JsonProperty | undefined {
  const names = properties.map((property) => property.name);
  if (names.some((one, i) => i > 0 && one < (names[i - 1] ?? ''))) return properties.at(-1);
  return properties.findLast((property) => property.name < name);
}

function insert(
  text: string,
  object: JsonObject,
  after: JsonProperty | undefined,
  body: string,
  lead: string,
  close: string,
): string {
  if (after) return `${text.slice(0, after.end)},${lead}${body}${text.slice(after.end)}`;
  const open = object.at + 1;
  const [first] = object.properties;
  if (first) return `${text.slice(0, open)}${lead}${body},${text.slice(open)}`;
  return `${text.slice(0, open)}${lead}${body}${close}${text.slice(object.end - 1)}`;
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
