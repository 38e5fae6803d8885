import { type Abstract, prefixOf } from '../dataflow/domain/abstract.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Call, Inst } from '../ir/ir.ts';
import { statementMethods, statementNames } from '../libraries/conventions/statement-methods.ts';
import { hit, sinkOf } from './sinks.ts';

/**
 * Checks the first argument of a method whose receiver is unknown, but whose name is common for database methods. The
 * argument counts as SQL if it begins with an SQL keyword, all in lower case or all in upper case. `Select` may begin a
 * sentence.
 */
export function checkGuessedStatement(
  frame: FunctionView,
  value: number,
  inst: Inst & Call,
  callee: Inst,
  args: readonly Abstract[],
): void {
  if (callee.op !== 'member' || !statementMethods.has(callee.name)) return;
  const at = inst.args.findIndex((_, i) => {
    const name = inst.names?.[i];
    return name ? statementNames.includes(name) : i === 0;
  });
  const given = args[at];
  if (given === undefined || inst.spread?.includes(at)) return;
  // `{ sql: '...', values }`
  const texts = [given, ...statementNames.flatMap((name) => given.fields?.get(name) ?? [])];
  for (const text of texts)
    if (beginning.test(prefixOf(text)))
      hit(frame, sinkOf(frame, 'sql', value, inst, callee.name, true), text);
}

const beginning =
  /^\s*(?:select|insert\s+into|update|delete\s+from|replace\s+into|with|merge\s+into|truncate|alter|drop|create|grant|SELECT|INSERT\s+INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO|WITH|MERGE\s+INTO|TRUNCATE|ALTER|DROP|CREATE|GRANT)\s/;
