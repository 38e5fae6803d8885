import { AssertionError } from 'node:assert';

/** What every runner shows as a failed test. Each line of `facts` is a name and what was seen. */
export function failure(
  sentence: string,
  facts: Readonly<Record<string, string | undefined>>,
  options: { readonly cause?: unknown; readonly actual?: unknown; readonly expected?: unknown } = {},
): AssertionError {
  const told = Object.entries(facts).filter(([, value]) => value !== undefined);
  const width = Math.max(0, ...told.map(([name]) => name.length));
  const lines = told.map(([name, value]) => `  ${`${name}:`.padEnd(width + 1)} ${value}`);
  const { cause, ...compared } = options;
  const error = new AssertionError({ message: [sentence, ...lines].join('\n'), ...compared });
  if (cause !== undefined) error.cause = cause;
  return error;
}

/** For a test that would be green whatever the code does. */
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

const longest = 400;

/** A text on one line, with what cannot be seen written out. */
export function shown(text: string): string {
  const quoted = JSON.stringify(text);
  return quoted.length <= longest ? quoted : `${quoted.slice(0, longest)}... (${text.length} characters)`;
}
