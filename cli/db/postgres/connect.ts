import { Client } from 'pg';
import { connectionMistake } from '../connection-mistake.ts';
import { DbMistake } from '../mistake.ts';
import type { Target } from '../target.ts';

const connectMs = 10_000;
const answerMs = 60_000;
const oldest = 130_000;

/** One connection. The caller ends it. */
export async function connectPostgres(target: Target): Promise<Client> {
  const { host, port, user, database, password, tls } = target;
  const client = new Client({
    ...{ host, port, user, database },
    // A variable that is not set is not asked for again by the driver.
    password: password ?? '',
    ssl: tls && {
      rejectUnauthorized: tls.rejectUnauthorized,
      ...(tls.ca === undefined ? {} : { ca: tls.ca }),
      ...(tls.anyName ? { checkServerIdentity: () => undefined } : {}),
    },
    connectionTimeoutMillis: connectMs,
    query_timeout: answerMs,
    application_name: 'bulwark db',
  });
  // A connection that is cut between two statements is told by the next one.
  client.on('error', () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    throw connectionMistake(target, error);
  }
}

/** The version as a number, 150020 for 15.20. */
export async function postgresVersion(client: Client): Promise<number> {
  const { rows } = await client.query<{ version: string }>(
    "select current_setting('server_version_num') as version",
  );
  const version = Number(rows[0]?.version);
  if (version >= oldest) return version;
  throw new DbMistake(
    'db/server',
    `PostgreSQL ${Math.floor(version / 10_000)} is too old.`,
    'PostgreSQL 12 and older get no security fixes, and these checks are for 13 and later.',
    'Upgrade to a supported version.',
  );
}
