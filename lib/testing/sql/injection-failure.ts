import type { AssertionError } from 'node:assert';
import { failure, shown } from '../failure.ts';
import { type Tried, whichPayload } from '../input/derive-payloads.ts';

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
    'what to do': 'bind the value as a parameter; escaping by hand is one mistake away from an injection',
  });
}
