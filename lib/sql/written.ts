import { fragment, type Hole, type Sql } from './query.ts';
import { bareSite } from './sql-site.ts';

/**
 * Texts that this library puts together itself, of brackets, commas and keywords, with a hole between each two of them.
 * There can be many, and they are not read again.
 */
export function written(texts: readonly string[], holes: readonly Hole[], shown = ''): Sql {
  const site = { ...bareSite(0), texts: Object.freeze(texts), shown };
  return fragment({ kind: 'template', site, holes: Object.freeze(holes) });
}
