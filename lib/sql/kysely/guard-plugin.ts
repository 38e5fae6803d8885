import { refuse } from '../../internal/refuse.ts';
import { createInspector, type Inspector } from '../guard/create-inspector.ts';
import type { MysqlGuardOptions } from '../guard/guard-options.ts';
import type { DialectName } from '../lex/dialect-name.ts';

/** The part of a `KyselyPlugin` that is needed here. */
export interface GuardPlugin {
  transformQuery<N extends object>(args: { readonly node: N }): N;
  transformResult<R>(args: { readonly result: R }): Promise<R>;
}

/**
 * Creates a Kysely plugin that inspects everything in a query that Kysely didn't write itself: the texts of `sql.raw`, of Kysely's
 * `sql` tag and of `sql.lit`, and objects as values. `execute` rejects with the `Refusal`. A `CompiledQuery` passed
 * to `executeQuery` bypasses plugins: guard the pool too, which inspects everything.
 *
 * @throws Misuse `bulwark/invalid-option`, `bulwark/report-without-end`
 *
 * @example
 * ```ts
 * import { bulwarkPlugin } from 'bulwark/sql/kysely';
 * import { Kysely, PostgresDialect } from 'kysely';
 * import pg from 'pg';
 *
 * const db = new Kysely<{ users: { id: number } }>({
 *   dialect: new PostgresDialect({ pool: new pg.Pool() }),
 *   plugins: [bulwarkPlugin('postgres')],
 * });
 * ```
 */
export function bulwarkPlugin(dialect: DialectName, options: MysqlGuardOptions = {}): GuardPlugin {
  const inspector = createInspector(dialect, options);
  const mark = dialect === 'postgres' ? '$1' : '?';
  return {
    transformQuery({ node }) {
      inspectNode(node, inspector, mark);
      return node;
    },
    async transformResult({ result }) {
      return result;
    },
  };
}

interface Node {
  readonly kind?: unknown;
  readonly sqlFragments?: unknown;
  readonly parameters?: unknown;
  readonly value?: unknown;
  readonly values?: unknown;
  readonly immediate?: unknown;
}

function inspectNode(root: object, inspector: Inspector, mark: string): void {
  const values: unknown[] = [];
  const texts: string[] = [];
  const waiting: unknown[] = [root];
  const seen = new Set<object>();
  while (waiting.length > 0) {
    const node = waiting.pop() as Node;
    if (typeof node !== 'object' || node === null || seen.has(node)) continue;
    seen.add(node);
    if (node.kind === 'ValueNode') {
      if (node.immediate === true && typeof node.value === 'string') {
        // As Kysely writes it, in MySQL too, where a backslash would have to be doubled.
        texts.push(`select '${node.value.replaceAll("'", "''")}'`);
      } else values.push(node.value);
    } else if (node.kind === 'PrimitiveValueListNode' && Array.isArray(node.values)) {
      values.push(...(node.values as unknown[]));
    } else {
      if (node.kind === 'RawNode')
        texts.push(`${node === root ? '' : 'select '}${textOf(node, seen, waiting)}`);
      else waiting.push(...Object.values(node));
    }
  }
  for (const text of texts.length === 0 ? [''] : texts) {
    const denied = inspector.inspect(text, values);
    if (denied) refuse(denied);
  }

  /** With the raw texts inside of it, as they will stand there. */
  function textOf(raw: Node, within: Set<object>, others: unknown[]): string {
    const fragments = Array.isArray(raw.sqlFragments) ? (raw.sqlFragments as unknown[]) : [];
    const parameters = Array.isArray(raw.parameters) ? (raw.parameters as unknown[]) : [];
    return fragments
      .map((fragment, i) => {
        const parameter = parameters[i] as Node | undefined;
        if (parameter === undefined) return String(fragment);
        if (parameter.kind !== 'RawNode' || within.size > mostNodes) {
          others.push(parameter);
          return `${fragment}${mark}`;
        }
        within.add(parameter);
        return `${fragment}${textOf(parameter, within, others)}`;
      })
      .join('');
  }
}

const mostNodes = 10_000;
