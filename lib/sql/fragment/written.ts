import { type Hole, type Sql, template } from '../query.ts';
import { bareSite, type Site } from '../template/sql-site.ts';

const sites = new Map<string, Site>();
const mostKept = 256;
const mostTexts = 31;

/**
 * Texts that this library puts together itself, of brackets, commas and keywords, with a hole between each two of them.
 * There can be many, and they are not read again. The same short ones are the same site each time, so that statements
 * made of them are known again.
 */
export function written(texts: readonly string[], holes: readonly Hole[], shown = ''): Sql {
  return template(siteFor(texts, shown), holes);
}

function siteFor(texts: readonly string[], shown: string): Site {
  const key = texts.length > mostTexts ? undefined : [shown, ...texts].join('\0');
  const known = key === undefined ? undefined : sites.get(key);
  if (known) return known;
  const made = Object.freeze({ ...bareSite(0), texts: Object.freeze(texts), shown });
  if (key !== undefined && sites.size < mostKept) sites.set(key, made);
  return made;
}
