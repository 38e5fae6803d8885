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

const longest = 400;

/** A text on one line, with what cannot be seen written out. */
export function shown(text: string): string {
  const quoted = JSON.stringify(text);
  return quoted.length <= longest ? quoted : `${quoted.slice(0, longest)}... (${text.length} characters)`;
}
