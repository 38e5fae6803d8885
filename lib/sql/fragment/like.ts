import { enforce } from '../../internal/refuse.ts';
import { type Decision, deny } from '../../refusal/decision.ts';
import { fragment, type Sql } from '../query.ts';
import { takeValue } from '../value/sql-value.ts';

/**
 * A LIKE or ILIKE pattern that finds the text anywhere. `%`, `_` and the escape character in the text are matched
 * literally, in every dialect.
 *
 * @example
 * ```ts
 * import { contains, sql } from 'bulwark/sql';
 *
 * sql`select id from products where name ilike ${contains('50%')}`; // the pattern is %50\%%
 * ```
 */
export function contains(text: string): Sql {
  return pattern('%', text, '%');
}

/** A LIKE or ILIKE pattern that finds the text at the start. An index with `text_pattern_ops` can be used for LIKE. */
export function startsWith(text: string): Sql {
  return pattern('', text, '%');
}

/** A LIKE or ILIKE pattern that finds the text at the end. */
export function endsWith(text: string): Sql {
  return pattern('%', text, '');
}

function pattern(before: '%' | '', text: unknown, after: '%' | ''): Sql {
  enforce(decideText(text));
  return fragment({ kind: 'pattern', before, text: String(text), after });
}

/** What a hole takes otherwise, a list or null, is no text to look for. */
function decideText(text: unknown): Decision {
  if (text === null) return deny('sql/missing-value', { type: 'null' });
  if (typeof text === 'object') {
    return deny('sql/object-as-value', { type: Array.isArray(text) ? 'list' : 'object' });
  }
  return takeValue(text);
}
