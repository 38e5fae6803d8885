import { connect, type Socket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';

export type TlsOptions = Pick<ConnectionOptions, 'ca' | 'cert' | 'key' | 'passphrase' | 'servername'>;

const minVersion = 'TLSv1.2' as const;

export interface Dialled {
  readonly host: string;
  readonly port: number;
  readonly tls: TlsOptions | undefined;
}

/**
 * Begins a connection, by what is written here and nothing else. Node reads dozens of options, and what is left out would be
 * read of a polluted Object.prototype: `path` would send the events to another's socket, `ca` would have another vouch for
 * the server (CWE-1321). Its `tls` copies them into an object that has that prototype, so that it is not enough to have none.
 *
 * @param secure `node:tls`, where the connection is one
 */
export function dial({ host, port, tls }: Dialled, secure: typeof import('node:tls') | undefined): Socket {
  if (!secure) return connect(alone({ ...unset, host, port }));
  const { ca, cert, key, passphrase, servername } = tls ?? {};
  return secure.connect(
    alone({
      ...{ ...unset, host, port, servername },
      // Made apart, because this reads the options themselves and no copy.
      secureContext: secure.createSecureContext(alone({ ca, cert, key, passphrase, minVersion })),
      ...{ rejectUnauthorized: true, checkServerIdentity: secure.checkServerIdentity, minDHSize: 1024 },
    }),
  );
}

/** What `net` and `tls` read of options that decides where a connection goes, by what it is verified, and what reads it. */
const unset: object = Object.fromEntries(
  (
    'path socket handle fd lookup family hints localAddress localPort blockList autoSelectFamily ' +
    'autoSelectFamilyAttemptTimeout timeout signal onread noDelay keepAlive keepAliveInitialDelay allowHalfOpen ' +
    'highWaterMark session ALPNProtocols pskCallback requestOCSP enableTrace'
  )
    .split(' ')
    .map((name) => [name, undefined]),
);

function alone<T extends object>(options: T): T {
  return Object.assign(Object.create(null), options);
}
