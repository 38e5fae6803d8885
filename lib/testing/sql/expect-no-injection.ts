import { knownOptions } from '../../internal/known-options.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { type SqlPayload, sqlPayloads } from '../corpus/sql.ts';
import { failure, shown } from '../failure.ts';
import { defaultTimeoutMs, inTime, requireMs, someTurns } from '../in-time.ts';
import { requireTexts } from '../require-texts.ts';
import { isTransactionCommand, seenStatements } from './seen-statements.ts';
import { type Gate, type Tap, tapFor } from './statement-tap.ts';

export interface NoInjectionOptions {
  /** What is tried; every payload of the corpus by default. */
  readonly payloads?: readonly (string | SqlPayload)[];
  /**
   * Values that lead to statements which no other harmless value leads to: a column that may be sorted by, an id that
   * passes a check of its form. A word and a number that stand nowhere else are always tried.
   */
  readonly harmless?: readonly string[];
  /** How long `run` may take for one value, in milliseconds. 4000 by default. */
  readonly timeoutMs?: number;
}

/** They stand in no statement by chance, and the number goes where only a number may. */
const word = 'bulwarkharmless';
const number = '7040917';

/** What a tap is at. Another one at the same would let through what the first one stops. */
const busy = new WeakSet<object>();

/**
 * Guarantee: whatever the payload, the driver was handed the same statements as for a harmless value: token for token the
 * same, but for the values in literals, and with nothing of the payload in the text. So the value is a parameter. Where the
 * driver writes values into the text, as `query` of mysql2 does, the text that it makes is the same as well. What there are
 * as many of as there are values (a list, rows, `a = ? and a = ?`) counts once, and a name that differs between two runs
 * with the same value is made up.
 *
 * Each statement is looked at before it is sent. One that a payload changed is not sent, so that no attack reaches the
 * database. What is as it should be runs: use a database that is there for tests. Nothing else may use `db` meanwhile.
 * What `run` throws is not looked at, as a payload may well be refused. Each harmless value is run twice.
 *
 * @param db what statements are sent by: a pool or a client of pg or mysql2, a client of postgres.js, a PGlite, a
 *   database of better-sqlite3 or node:sqlite. Of `database(pool)`, the pool
 * @param run uses the value, as the application does; what it gives is awaited
 * @throws AssertionError for the first payload that changed a statement, for a value that is written into the text,
 *   where no statement was sent for any harmless value, and for a run that does not end
 * @throws Misuse `bulwark/invalid-option`, also where one runs on the same client already; of SQLite, on any database
 *
 * @example
 * ```ts
 * import { sql } from 'bulwark/sql';
 * import { database } from 'bulwark/sql/pg';
 * import { expectNoInjection } from 'bulwark/testing';
 * import pg from 'pg';
 *
 * const pool = new pg.Pool();
 * const db = database(pool);
 * await expectNoInjection(pool, (name) => db.all(sql`select id from users where name = ${name}`));
 * await expectNoInjection(pool, (name) => pool.query(`select id from users where name = '${name}'`));
 * // AssertionError: SQL injection: a payload changed the statement.
 * ```
 */
export async function expectNoInjection(
  db: object,
  run: (payload: string) => unknown,
  options: NoInjectionOptions = {},
): Promise<void> {
  const names = ['payloads', 'harmless', 'timeoutMs'] as const;
  const given = knownOptions<NoInjectionOptions>(options, names);
  const payloads = asPayloads(given.payloads ?? sqlPayloads);
  const timeoutMs = requireMs('timeoutMs', given.timeoutMs ?? defaultTimeoutMs);
  const harmless = requireTexts('harmless', given.harmless ?? []);
  const tap = tapFor(db);
  if (busy.has(tap.at)) {
    const hint =
      'Await it: of SQLite, on any database. A test that its runner gave up goes on, and needs a longer limit there.';
    throw new Misuse('bulwark/invalid-option', 'expectNoInjection runs already on this client.', { hint });
  }
  busy.add(tap.at);
  try {
    await tryAll(tap, run, { payloads, timeoutMs, harmless });
  } finally {
    busy.delete(tap.at);
  }
}

interface Tries {
  readonly payloads: readonly Named[];
  readonly harmless: readonly string[];
  readonly timeoutMs: number;
}

async function tryAll(
  { client, dialect, open }: Tap,
  run: (payload: string) => unknown,
  { payloads, harmless, timeoutMs }: Tries,
): Promise<void> {
  const seen = seenStatements(dialect);
  let inText: Error | undefined;
  let failed: unknown;

  for (const [index, value] of [word, number, ...harmless].flatMap((each) => [each, each]).entries()) {
    const marked = value === word || value === number;
    const error = await runUnder(value, (text, sent = text) => {
      if (marked && seen.holds(text, value)) inText ??= written(client, value, text);
      seen.add(text, sent, index);
      return undefined;
    });
    failed ??= error;
  }
  const [first] = seen.texts();
  if (first === undefined) {
    const hint = 'use `db` in `run`, await it, and give a `harmless` value that your checks let through';
    throw failure(
      'No statement was sent for a harmless value, so nothing can be proved.',
      { client, hint },
      {
        cause: failed,
      },
    );
  }

  for (const payload of payloads) {
    let changed: Error | undefined;
    await runUnder(payload.payload, (text, sent = text) => {
      const control = isTransactionCommand(text);
      if (!control && !(seen.knows(text) && seen.knows(sent))) changed ??= differs(payload, sent);
      else if (seen.holds(text, payload.payload)) inText ??= written(client, payload.payload, text);
      return control ? undefined : changed;
    }).catch((error: unknown) => {
      // A run that was stopped, and then does not end, is told of by what it was stopped for.
      throw changed ?? error;
    });
    if (changed) throw changed;
  }
  if (inText) throw inText;

  /** What `run` threw. It may have been refused. */
  async function runUnder(value: string, gate: Gate): Promise<unknown> {
    const undo = open(gate);
    let failed: unknown;
    try {
      const ran = async (): Promise<void> => {
        try {
          await run(value);
        } catch (error) {
          failed = error;
        }
      };
      await inTime(ran, timeoutMs, { value: shown(value), client });
      // A statement that is not awaited goes by a pool, which gives its client in the next turn.
      await someTurns();
      return failed;
    } finally {
      undo();
    }
  }

  function differs({ payload, name, why }: Named, text: string): Error {
    const facts = {
      payload: shown(payload),
      which: [name, why].filter(Boolean).join(': ') || undefined,
      client,
      statement: shown(text),
      harmless: shown(closest(text)),
      'what to do': 'bind the value as a parameter; the statement was stopped before it was sent',
    };
    const compared = { actual: seen.shapeOf(text), expected: seen.shapeOf(closest(text)) };
    return failure('SQL injection: a payload changed the statement.', facts, compared);
  }

  /** Of what was sent with a harmless value, the one that begins most like it. */
  function closest(text: string): string {
    const common = (other: string): number => {
      let at = 0;
      while (at < text.length && text[at] === other[at]) at++;
      return at;
    };
    return seen.texts().reduce((best, other) => (common(other) > common(best) ? other : best));
  }
}

function written(client: string, value: string, text: string): Error {
  return failure('SQL injection: the value is part of the text of the statement, and not a parameter.', {
    ...{ value: shown(value), client, statement: shown(text) },
    'what to do': 'bind the value as a parameter; that no payload got out of its quotes is luck',
  });
}

type Named = Pick<SqlPayload, 'payload'> & { readonly name?: string; readonly why?: string };

function asPayloads(given: readonly (string | SqlPayload)[]): readonly Named[] {
  if (Array.isArray(given) && given.length > 0) return given.map(asPayload);
  throw new Misuse('bulwark/invalid-option', 'payloads is a list of at least one.');
}

function asPayload(given: string | SqlPayload): Named {
  if (typeof given === 'string') return { payload: given };
  if (typeof given?.payload === 'string') return given;
  throw new Misuse('bulwark/invalid-option', 'payloads are texts, or records of the corpus.');
}
