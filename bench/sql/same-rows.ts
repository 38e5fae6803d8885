import { deepStrictEqual } from 'node:assert';
import type { Contender } from './contender.ts';
import { callerOf, operationNames } from './operations.ts';

/** A contender that answers something else would be measured at other work. */
export async function assertSameRows(reference: Contender, contenders: readonly Contender[]): Promise<void> {
  for (const operation of operationNames) {
    for (let i = 0; i < 20; i++) {
      const expected = plain(await callerOf(reference, operation)(i));
      for (const contender of contenders) {
        const actual = plain(await callerOf(contender, operation)(i));
        deepStrictEqual(actual, expected, `${contender.name} answers ${operation} otherwise`);
      }
    }
  }
}

/** Rows without the prototypes and the extra fields that some drivers give them. */
function plain(answer: unknown): unknown {
  if (Array.isArray(answer)) return Array.from(answer, plain);
  return { ...(answer as object) };
}
