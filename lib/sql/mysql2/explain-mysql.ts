import { codeOf, connectionFailure } from '../database/connection-failure.ts';
import type { Failure, FailureKind } from '../database/failure.ts';
import { mistakeIn } from './mistake-in.ts';
import { namesIn } from './names-in.ts';
import { NoAnswer } from './send.ts';

/** What an error of mysql2 means: the server's own, a socket's, or one of the sentences that mysql2 throws. */
export function explainMysql(error: unknown): Failure | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof NoAnswer) return { kind: 'connection', hint: noAnswerHint };
  const { errno, sqlState, sqlMessage, fatal } = error as unknown as Record<string, unknown>;
  if (typeof errno === 'number' && errno > 0 && typeof sqlMessage === 'string') {
    const found =
      exact[errno] ?? (typeof sqlState === 'string' ? classes[sqlState.slice(0, 2)] : undefined) ?? 'other';
    // A failed login ends the connection. A statement may name a database that does not exist.
    const kind = errno === 1049 && fatal !== true ? 'schema' : found;
    const hint = hints[errno];
    const mistake = kind === 'schema' ? mistakeIn(errno, sqlMessage) : undefined;
    return {
      kind,
      databaseCode: String(errno),
      ...namesIn(errno, sqlMessage),
      ...(hint !== undefined && { hint }),
      ...(mistake !== undefined && { mistake }),
    };
  }
  const known = connectionFailure(error) ?? sentences.find(([pattern]) => pattern.test(error.message))?.[1];
  if (known) return known;
  const code = codeOf(error);
  if (fatal !== true && !code?.startsWith('PROTOCOL_')) return undefined;
  return { kind: 'connection', ...(code !== undefined && { databaseCode: code }) };
}

const noAnswerHint = 'The server asked for a file (LOCAL INFILE), which is never sent.';

/** By the number, as MariaDB gives many an error the general SQLSTATE. */
const exact: Readonly<Record<number, FailureKind>> = {
  ...of('unique', [1022, 1062, 1169, 1557, 1586, 1761, 1762]),
  ...of('foreign-key', [1216, 1217, 1451, 1452]),
  ...of('not-null', [1048, 1263, 1364]),
  ...of('check', [3819, 4025]),
  ...of(
    'data',
    [1153, 1210, 1264, 1265, 1292, 1300, 1301, 1365, 1366, 1367, 1406, 1411, 1690, 3140, 3988, 4038],
  ),
  ...of('serialization', [1020, 1243, 1615]),
  ...of('deadlock', [1213, 1614]),
  ...of('lock-timeout', [1205, 3572]),
  ...of('timeout', [1969, 3024]),
  ...of('cancelled', [1317]),
  ...of('connection', [1053, 1077, 1079, 1152, 1158, 1159, 1160, 1161, 1927, 4031]),
  ...of('pool', [1040, 1203, 1226]),
  ...of('login', [1045, 1049, 1129, 1130, 1251, 1698, 1820, 1862]),
  ...of('permission', [1044, 1142, 1143, 1227, 1370]),
  ...of('read-only', [1290, 1792, 1836]),
};

const classes: Readonly<Record<string, FailureKind>> = {
  '08': 'connection',
  '22': 'data',
  '23': 'check',
  '28': 'login',
  '40': 'serialization',
  '42': 'schema',
};

const hints: Readonly<Record<number, string>> = {
  1040: 'The server has no connection left: make the pools smaller, or raise max_connections.',
  1203: 'The account has no connection left: make the pools smaller, or raise max_user_connections.',
  1153: 'The values are larger than max_allowed_packet.',
  1295: 'The server cannot prepare this kind of statement. It takes no values: give it to mysql2 itself.',
  1317: 'Someone or something ended it.',
  1461: 'The server holds no more prepared statements: raise max_prepared_stmt_count, or lower maxPreparedStatements.',
};

function of(kind: FailureKind, errnos: readonly number[]): Record<number, FailureKind> {
  return Object.fromEntries(errnos.map((errno) => [errno, kind]));
}

const sentences: readonly (readonly [RegExp, Failure])[] = [
  [
    /^(No connections available|Queue limit reached)/,
    {
      kind: 'pool',
      hint: 'All connections were in use: release those that are held, raise `connectionLimit`, or look for slow statements.',
    },
  ],
  [/^Pool is closed/, { kind: 'pool', hint: 'The pool has already ended.' }],
  [/^Can't (add new command|write) .*in closed state|^Can't write in closed state/, { kind: 'connection' }],
  [
    /^Server does not support secure connection/,
    { kind: 'connection', hint: 'The server does not support TLS.' },
  ],
];
