import { connect } from 'node:net';
import { TargetMistake } from '../target-mistake.ts';

/** An address and a port of TCP. */
export interface Destination {
  readonly address: string;
  readonly port: number;
}

/** `silent`: no answer in time, as behind a firewall that drops. */
export type Reach = 'open' | 'refused' | 'silent' | 'unreachable';

/**
 * Reads `10.0.0.5:5432` or `[fd00::5]:5432`.
 *
 * @throws {TargetMistake} for anything else: names, ranges and lists are not tried
 */
export function parseDestination(text: string): Destination {
  const [, v6, v4, port] =
    /^(?:\[([0-9a-f:.]{2,45})\]|(\d{1,3}(?:\.\d{1,3}){3})):(\d{1,5})$/i.exec(text) ?? [];
  const url = `http://${v6 === undefined ? v4 : `[${v6}]`}/`;
  const isValid = port !== undefined && Number(port) > 0 && Number(port) <= 65_535 && URL.canParse(url);
  if (!isValid) {
    throw new TargetMistake(
      `--probe-address ${JSON.stringify(text.slice(0, 100))} is not an address with a port.`,
      'One connection is opened to each address that you name. Names and ranges are not tried.',
      'Write --probe-address 10.0.0.5:5432 or --probe-address [fd00::5]:5432',
    );
  }
  return { address: v6 ?? v4 ?? '', port: Number(port) };
}

/** Opens one connection and closes it at once. Nothing is sent. It never throws. */
export function probeHost({ address, port }: Destination, timeoutMs: number): Promise<Reach> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    const settle = (reach: Reach): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(reach);
    };
    const timer = setTimeout(() => settle('silent'), timeoutMs);
    socket.on('connect', () => settle('open'));
    socket.on('error', ({ code }: NodeJS.ErrnoException) =>
      settle(
        code === 'ECONNREFUSED' || code === 'ECONNRESET'
          ? 'refused'
          : code === 'ETIMEDOUT'
            ? 'silent'
            : 'unreachable',
      ),
    );
  });
}
