import { type Sql, template } from '../query.ts';
import { readSite, type Site } from '../template/sql-site.ts';

const known = new Map<string, Sql>();

/** A fragment of text that stands in this library's own source. Each is read once. */
export function staticFragment(text: string): Sql {
  const found = known.get(text);
  if (found) return found;
  const made = template(readSite([text]), [], 0);
  known.set(text, made);
  return made;
}

const sites = new Map<string, Site>();
const mostKept = 32;

/** The site of conditions in a row. Those of usual lengths are kept; how many there are can be up to a client. */
export function conditionSite(word: 'and' | 'or', count: number): Site {
  const key = `${word} ${count}`;
  const found = sites.get(key);
  if (found) return found;
  const made = readSite(['((', ...new Array<string>(count - 1).fill(`) ${word} (`), '))']);
  if (count <= mostKept) sites.set(key, made);
  return made;
}
