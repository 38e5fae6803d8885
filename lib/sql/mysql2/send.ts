import { type Mysql2Query, mysql2Query } from './for-mysql2.ts';
import type { CoreConnection } from './mysql2-client.ts';

/** What mysql2 gives back for one statement: rows and their columns, the header of none, or lists of these. */
export type Sent = readonly [result: unknown, fields: unknown];

/** Runs a statement prepared on the server, one statement by its protocol, and its values as parameters. */
export function sendPrepared(core: CoreConnection, query: Mysql2Query): Promise<Sent> {
  return settled(core, (done) => core.execute(query, done));
}

/** Runs a text of this library's own: MySQL prepares neither `savepoint` nor `set transaction`. */
export function sendText(core: CoreConnection, text: string): Promise<Sent> {
  return settled(core, (done) => core.query(mysql2Query(text, []), done));
}

/** mysql2 told the end of a statement without its answer. */
export class NoAnswer extends Error {
  override readonly name: 'NoAnswer' = 'NoAnswer' as const;
}

function settled(
  core: CoreConnection,
  start: (
    done: (error: unknown, result: unknown, fields?: unknown) => void,
  ) => ReturnType<CoreConnection['execute']>,
): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => {
      core.off('error', fail);
      reject(error);
    };
    core.on('error', fail);
    const command = start((error, result, fields) => {
      if (error) return fail(error);
      core.off('error', fail);
      resolve([result, fields]);
    });
    // To a server that asks for a file in answer to a prepared statement, mysql2 never calls back.
    command.once('end', () =>
      setImmediate(() => {
        core.off('error', fail);
        reject(new NoAnswer());
      }),
    );
  });
}
