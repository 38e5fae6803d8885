import { DbMistake } from './mistake.ts';
import { printable } from './printable.ts';
import type { Target } from './target.ts';

/** An error of a driver as a mistake: what the server said, printable, without the password in any of its spellings. */
export function connectionMistake(target: Target, error: unknown): DbMistake {
  return new DbMistake(
    'db/connect',
    `${printable(`${target.host}:${target.port}`)}: ${saidBy(target, error)}`,
    'Nothing was checked.',
    'Check the address, the user and the password. For a private CA add ?sslrootcert=/path/ca.pem; for a server without TLS, ?sslmode=disable.',
  );
}

/** The text of an error, for a report. */
export function saidBy(target: Target, error: unknown): string {
  const { code, message, errors } = error as { code?: unknown; message?: unknown; errors?: unknown };
  // Node's AggregateError of several addresses has no message of its own.
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  const said = (message || (first as Error | undefined)?.message || 'it failed') as string;
  const text = typeof code === 'string' && !said.includes(code) ? `${said} (${code})` : said;
  return printable(without(target.password, text));
}

function without(password: string | undefined, text: string): string {
  if (password === undefined || password === '') return text;
  return [password, encodeURIComponent(password)].reduce(
    (rest, secret) => rest.replaceAll(secret, '***'),
    text,
  );
}
