import { connect as createSocket, isIP, type Socket } from 'node:net';
import { type Connection, createConnection } from 'mysql2/promise';
import { connectionMistake } from '../connection-mistake.ts';
import type { Target } from '../target.ts';

const connectMs = 10_000;
const answerMs = 20_000;

/** One connection, one statement a call, in a session whose quoting is known. The caller ends it. */
export async function connectMariadb(target: Target): Promise<Connection> {
  const { host, port, user, database, password, tls } = target;
  let connection: Connection | undefined;
  try {
    connection = await createConnection({
      ...(host.startsWith('/') ? { socketPath: host } : { host, port }),
      ...(isIP(host) === 0 ? {} : { stream: () => addressSocket(host, port) }),
      ...{ user, database, charset: 'utf8mb4', connectTimeout: connectMs, multipleStatements: false },
      password: password ?? '',
      ...(tls === undefined
        ? {}
        : {
            ssl: {
              rejectUnauthorized: tls.rejectUnauthorized,
              verifyIdentity: tls.rejectUnauthorized && !tls.anyName,
              ...(tls.ca === undefined ? {} : { ca: tls.ca }),
            },
          }),
    });
    // A connection that is cut between two statements is told by the next one.
    connection.on('error', () => {});
    await connection.query({ sql: "set session sql_mode = ''", timeout: answerMs });
    return connection;
  } catch (error) {
    connection?.destroy();
    throw connectionMistake(target, error);
  }
}

/**
 * mysql2 gives Node no name to check for an address, and Node then checks the certificate for `localhost`. Node takes the
 * socket's own `_host` first, which it sets for names; without that, such a certificate is refused.
 */
function addressSocket(host: string, port: number): Socket {
  return Object.assign(createSocket({ host, port, noDelay: true }), { _host: host });
}

export type MariadbRow = Readonly<Record<string, unknown>>;

/** Rows of one query, `?` being a list of strings. */
export async function rowsOf(
  connection: Connection,
  sql: string,
  values: readonly (readonly string[])[] = [],
): Promise<MariadbRow[]> {
  const [rows] = await connection.query({ sql, values: [...values], timeout: answerMs });
  return rows as MariadbRow[];
}
