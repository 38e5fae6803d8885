import { quietByDefault } from '../../event/record.ts';
import { knownOptions } from '../../internal/known-options.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { type SqlPayload, sqlPayloads } from '../corpus/sql.ts';
import { defaultTimeoutMs, requireMs } from '../in-time.ts';
import type { Tried } from '../input/derive-payloads.ts';
import { requireTexts } from '../require-texts.ts';
import { tapFor } from './statement-tap.ts';
import { tryStatements } from './try-statements.ts';

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
  const derives = given.payloads === undefined;
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
  const loud = quietByDefault();
  try {
    await tryStatements(tap, run, { payloads, derives, timeoutMs, harmless });
  } finally {
    loud();
    busy.delete(tap.at);
  }
}

function asPayloads(given: readonly (string | SqlPayload)[]): readonly Tried[] {
  if (Array.isArray(given) && given.length > 0) return given.map(asPayload);
  throw new Misuse('bulwark/invalid-option', 'payloads is a list of at least one.');
}

function asPayload(given: string | SqlPayload): Tried {
  if (typeof given === 'string') return { payload: given };
  if (typeof given?.payload === 'string') return given;
  throw new Misuse('bulwark/invalid-option', 'payloads are texts, or records of the corpus.');
}
