import type { AssertionError } from 'node:assert';
import { failure, shown } from '../failure.ts';
import type { Tried } from '../input/derive-payloads.ts';

/** What a test is told about the payload. */
export function whichPayload({ name, why }: Tried): string | undefined {
  return [name, why].filter(Boolean).join(': ') || undefined;
}

export function changedStatement(
  tried: Tried,
  client: string,
  text: string,
  closest: string,
  compared: { readonly actual: string; readonly expected: string },
): AssertionError {
  const facts = {
    payload: shown(tried.payload),
    which: whichPayload(tried),
    client,
    statement: shown(text),
    harmless: shown(closest),
    'what to do': 'bind the value as a parameter; the statement was stopped before it was sent',
  };
  return failure('SQL injection: a payload changed the statement.', facts, compared);
}

export function writtenIntoText(client: string, value: string, text: string): AssertionError {
  return failure('SQL injection: the value is part of the statement text, not a parameter.', {
    ...{ value: shown(value), client, statement: shown(text) },
    'what to do':
      'bind the value as a parameter; escaping that happens to hold is one mistake away from a hole',
  });
}

export function provesNothing(
  reason: string,
  facts: Readonly<Record<string, string | undefined>>,
  advice: string,
  cause: unknown,
): AssertionError {
  const thrown = cause === undefined ? undefined : shown(String(cause));
  return failure(
    `This test proves nothing: ${reason}.`,
    { ...facts, '`run` threw': thrown, 'what to do': advice },
    { cause },
  );
}
