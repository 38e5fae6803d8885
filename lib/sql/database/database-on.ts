import { knownOptions } from '../../internal/known-options.ts';
import { Misuse } from '../../refusal/misuse.ts';
import type { Sql } from '../query.ts';
import { render, type Statement } from '../render/render.ts';
import { checkRows } from './check-rows.ts';
import type { CheckedOptions, Database, StatementOptions, StreamOptions } from './database.ts';
import type { Answer, Driver, Session } from './driver.ts';
import { errorOf } from './error-of.ts';
import { type Limits, limitsOf } from './limits.ts';
import type { RowSchema } from './standard-schema.ts';

type Options = StatementOptions & Partial<CheckedOptions<unknown>> & StreamOptions;

/** Where statements run: on any connection of a driver, or on the one of a transaction. */
export interface Runner {
  readonly driver: Driver;
  run(statement: Statement, limits: Limits): Promise<Answer>;
  /** Holds a connection for a stream. */
  hold(limits: Limits): Promise<Pick<Session, 'stream' | 'release'>>;
  readonly transaction: Database['transaction'];
}

export function databaseOn(runner: Runner): Database {
  const { driver } = runner;

  async function answer(query: unknown, options: Options): Promise<Answer> {
    const statement = render(query, driver.dialect);
    try {
      return await runner.run(statement, limitsOf(options));
    } catch (error) {
      throw errorOf(error, driver, statement);
    }
  }

  async function rowsOf(query: unknown, options: Options | undefined): Promise<unknown[]> {
    const own = ownOptions(options, ['signal', 'timeoutMs', 'row']);
    const row = schemaOf(own);
    const { rows } = await answer(query, own);
    return row === undefined ? (rows as unknown[]) : checkRows(rows, row);
  }

  async function* stream(
    query: unknown,
    options: Options | undefined,
  ): AsyncGenerator<unknown, void, undefined> {
    const statement = render(query, driver.dialect);
    const own = ownOptions(options, ['signal', 'timeoutMs', 'row', 'batch']);
    const limits = limitsOf(own);
    const batch = batchOf(own);
    const row = schemaOf(own);
    let session: Awaited<ReturnType<Runner['hold']>> | undefined;
    let broken = false;
    try {
      session = await runner.hold(limits).catch((error: unknown) => {
        throw errorOf(error, driver, statement);
      });
      for await (const rows of failing(session.stream(statement, batch, limits))) {
        yield* row === undefined ? rows : await checkRows(rows, row);
      }
    } finally {
      session?.release(broken);
    }

    /** An error of the stream, and not of the reader or of the schema. */
    async function* failing(batches: AsyncIterable<readonly unknown[]>): AsyncIterable<readonly unknown[]> {
      try {
        yield* batches;
      } catch (error) {
        broken = true;
        throw errorOf(error, driver, statement);
      }
    }
  }

  const methods = {
    all: rowsOf,
    async many(query: unknown, options?: Options) {
      const rows = await rowsOf(query, options);
      if (rows.length === 0) throw notOneRow(0);
      return rows;
    },
    async one(query: unknown, options?: Options) {
      const rows = await rowsOf(query, options);
      if (rows.length !== 1) throw notOneRow(rows.length);
      return rows[0];
    },
    async maybe(query: unknown, options?: Options) {
      const rows = await rowsOf(query, options);
      if (rows.length > 1) throw notOneRow(rows.length);
      return rows[0];
    },
    async execute(query: Sql, options?: StatementOptions) {
      return (await answer(query, ownOptions(options, ['signal', 'timeoutMs']))).count;
    },
    stream,
    transaction: runner.transaction,
  };
  return Object.freeze(methods) as unknown as Database;
}

const noOptions: Options = Object.freeze(Object.create(null) as Options);

function ownOptions(options: Options | undefined, names: readonly (keyof Options & string)[]): Options {
  return options === undefined ? noOptions : knownOptions(options, names);
}

function schemaOf({ row }: Options): RowSchema | undefined {
  if (row === undefined || typeof row['~standard']?.validate === 'function') return row;
  throw new Misuse(
    'bulwark/invalid-option',
    '`row` takes a schema of zod, valibot, arktype or another Standard Schema library.',
  );
}

function batchOf({ batch = 100 }: Options): number {
  if (Number.isSafeInteger(batch) && batch >= 1 && batch <= 10_000) return batch;
  throw new Misuse('bulwark/invalid-option', '`batch` takes a whole number from 1 to 10000.');
}

function notOneRow(found: number): Misuse {
  return new Misuse('sql/not-one-row', `It gave ${found}.`);
}
