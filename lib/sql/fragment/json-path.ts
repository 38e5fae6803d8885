import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import { fragment, type Hole, type Sql } from '../query.ts';
import { takeValue } from '../value/sql-value.ts';
import { operand, readExpression } from './expression.ts';
import { written } from './written.ts';

/** An object's key, or an array index counted from 0. */
export type JsonStep = string | number;

/**
 * Reads the value at a path in a JSON column, as text: strings without quotes; `true`, numbers and whole objects as
 * JSON. It is NULL if there is no value, and for JSON null. The server receives each step as a value, separately from
 * the text, so `*`, `[0]` and quotes are ordinary keys. A string is never an index, a number is never
 * a key, and neither can select part of a string.
 *
 * Throws the Refusal `sql/invalid-json-path` for a path without steps or with more than 16, for keys of more than 512
 * characters, and for invalid indexes; and the refusals of a placeholder for anything but strings and numbers. MariaDB can't find
 * a key that begins with a minus, so such keys are refused on MySQL too.
 *
 * The column is of type `json` or `jsonb`, or on MySQL and SQLite also text that contains JSON. If an object has a key twice, the
 * database decides which one is read.
 *
 * @example
 * ```ts
 * import { sql } from 'bulwark/sql';
 *
 * declare const req: { query: { setting: string } };
 * sql`select ${sql.jsonPath('u.settings', ['theme', req.query.setting])} as setting from users u`;
 * // PostgreSQL: select ("u"."settings" -> cast($1 as text) ->> cast($2 as text)) as setting from users u
 * ```
 */
export function jsonPath(column: string | Sql, path: readonly JsonStep[]): Sql {
  const expression = operand(readExpression(column));
  const steps = takePath(path);
  return fragment({
    kind: 'choice',
    choose(dialect) {
      if (dialect === 'postgres') return onPostgres(expression, steps);
      return dialect === 'mysql' ? onMysql(expression, steps) : onSqlite(expression, steps);
    },
  });
}

const mostSteps = 16;
const longestKey = 512;
const greatestIndex = 2 ** 31 - 1;

function takePath(path: unknown): readonly JsonStep[] {
  if (!Array.isArray(path)) return invalid(`${path === null ? 'null' : typeof path} as a path`);
  const { length } = path;
  if (length === 0 || length > mostSteps) return invalid(`${length} steps`);
  const steps: JsonStep[] = [];
  // An index, because iteration is the list's own, and hides the gaps of a sparse one.
  for (let i = 0; i < length; i++) steps.push(takeStep(path[i]));
  return steps;
}

function takeStep(step: unknown): JsonStep {
  if (step === null) return refuse(deny('sql/missing-value', { type: 'null' }));
  const taken = takeValue(step);
  if (!taken.allow) return refuse(taken);
  const { value } = taken;
  if (typeof value === 'string') return value.length <= longestKey ? value : invalid('long key');
  if (typeof value !== 'number') {
    if (typeof value === 'object') return refuse(deny('sql/object-as-value', { type: 'object' }));
    return invalid(`${typeof value} as a step`);
  }
  return Number.isInteger(value) && value >= 0 && value <= greatestIndex ? value : invalid('index');
}

function invalid(reason: string): never {
  return refuse(deny('sql/invalid-json-path', { reason }));
}

/**
 * By `->`, which for a text looks among keys alone and for a number among items. But to `-> 0` a text or number of jsonb is
 * an array of itself; `#>`, which takes a text for a key or an index, knows better, and is asked as well.
 */
function onPostgres(column: Sql, steps: readonly JsonStep[]): Sql {
  const texts = ['('];
  let end = '';
  steps.forEach((step, i) => {
    texts.push(`${end} ${i === steps.length - 1 ? '->>' : '->'} cast(`);
    end = typeof step === 'number' ? ' as int)' : ' as text)';
  });
  const found = written([...texts, `${end})`], [column, ...steps]);
  const indexed = steps.findLastIndex((step) => typeof step === 'number');
  if (indexed === -1) return found;
  const path = Object.freeze(steps.slice(0, indexed + 1).map(String));
  const tested = ['(case when ', ' #> cast(', ' as text[]) is not null then ', ' end)'];
  return written(tested, [column, path, found]);
}

/**
 * By a path of its own language, in which each key is a JSON string between quotes (Kysely's CVE-2026-44635 was a key
 * without). There `[0]` of what is no array is the thing itself, so each array is asked whether it is one.
 */
function onMysql(column: Sql, steps: readonly JsonStep[]): Sql {
  const texts = ['(case when '];
  const holes: Hole[] = [];
  let path = '$';
  for (const step of steps) {
    if (typeof step === 'number') {
      holes.push(column, path);
      texts[texts.length - 1] += 'json_type(json_extract(';
      texts.push(', ', ")) = 'ARRAY' and ");
      path += `[${step}]`;
    } else {
      if (step.startsWith('-')) return invalid('key with a minus in front, which MariaDB does not find');
      path += `.${JSON.stringify(step)}`;
    }
  }
  holes.push(column, path, column, path);
  texts[texts.length - 1] += 'json_type(json_extract(';
  texts.push(', ', ")) <> 'NULL' then json_unquote(json_extract(", ', ', ')) end)');
  return written(texts, holes);
}

/**
 * By comparing each key with a value: its paths cannot write some keys in some releases, and `->` takes texts such as
 * `$.a` and `[0]` for paths. A table of a FROM sees none of those beside it, so that no name in the column is one of
 * json_each's.
 */
function onSqlite(column: Sql, steps: readonly JsonStep[]): Sql {
  const last = `j${steps.length}`;
  const value = `case ${last}.type when 'true' then 'true' when 'false' then 'false' else cast(${last}.value as text) end`;
  const tables = steps.map((_, i) => {
    const before = `j${i}`;
    const inside =
      i === 0 ? 'j0.x' : `case when ${before}.type in ('object', 'array') then ${before}.value end`;
    return `json_each(${inside}) as j${i + 1}`;
  });
  const texts = [`(select ${value} from (select `, ` as x) as j0, ${tables.join(', ')} where j1.key = `];
  for (let i = 2; i <= steps.length; i++) texts.push(` and j${i}.key = `);
  return written([...texts, ')'], [column, ...steps]);
}
