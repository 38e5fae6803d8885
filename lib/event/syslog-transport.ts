import type { Socket as DatagramSocket } from 'node:dgram';
import { connect, isIP, isIPv6, type Socket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import { tryAgain } from './try-again.ts';

export interface SyslogTransport {
  /** Asks for the messages once it can send them. Resolves when the kernel has taken all. */
  send(messages: () => readonly string[]): Promise<void>;
  close(): void;
}

interface Target {
  readonly host: string;
  readonly port: number;
  readonly timeoutMs: number;
}

export function datagramTransport({ host, port, timeoutMs }: Target): SyslogTransport {
  let socket: DatagramSocket | undefined;

  async function open(): Promise<DatagramSocket> {
    // Loaded where it is used: most applications have no other use for it.
    const { createSocket } = await import('node:dgram');
    const opened = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
    opened.on('error', () => {
      opened.close();
      socket = undefined;
    });
    opened.unref();
    return opened;
  }

  /** Once a batch: the socket would look it up for each datagram. */
  async function address(): Promise<string> {
    if (isIP(host) !== 0) return host;
    const { lookup } = await import('node:dns/promises');
    return (await lookup(host, 4)).address;
  }

  return {
    async send(messages) {
      const ends = performance.now() + timeoutMs;
      const to = await address();
      socket ??= await open();
      const opened = socket;
      const all = messages();
      await inTime({ ends, timeoutMs }, (settle) => {
        let left = all.length;
        if (left === 0) settle();
        for (const message of all)
          opened.send(message, port, to, (error) => {
            left--;
            if (error || left === 0) settle(error);
          });
      });
    },
    close() {
      socket?.close();
      socket = undefined;
    },
  };
}

interface StreamTarget extends Target {
  readonly reconnectMs: number;
  readonly tls: ConnectionOptions | undefined;
}

export function streamTransport(target: StreamTarget): SyslogTransport {
  const { host, port, timeoutMs, reconnectMs } = target;
  let socket: Socket | undefined;
  let notBefore = 0;

  async function open(ends: number): Promise<Socket> {
    const waitMs = notBefore - performance.now();
    if (performance.now() + waitMs >= ends) throw new Error('the last connection failed a moment ago');
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    try {
      return await tryAgain(ends - performance.now(), () => openOnce(ends));
    } catch (error) {
      notBefore = performance.now() + reconnectMs;
      throw error;
    }
  }

  async function openOnce(ends: number): Promise<Socket> {
    const secure = target.tls && (await import('node:tls'));
    const opened = secure
      ? secure.connect({
          ...target.tls,
          ...{ host, port, minVersion: 'TLSv1.2', rejectUnauthorized: true },
        })
      : connect({ host, port });
    // The other side has nothing to say; reading it shows when it ends.
    opened.resume();
    opened.once('close', () => {
      if (socket === opened) socket = undefined;
    });
    try {
      await inTime({ ends, timeoutMs }, (settle) => {
        opened.on('error', settle);
        opened.once('close', () => settle(new Error('the connection ended')));
        opened.once(secure ? 'secureConnect' : 'connect', () => settle());
      });
    } catch (error) {
      opened.destroy();
      throw error;
    }
    return opened;
  }

  return {
    async send(messages) {
      const ends = performance.now() + timeoutMs;
      socket ??= await open(ends);
      const opened = socket;
      // One text and one write, because each write is a call of the system.
      const text = messages().map(framed).join('');
      opened.ref();
      let ended = (): void => {};
      try {
        await inTime({ ends, timeoutMs }, (settle) => {
          ended = () => settle(new Error('the connection ended'));
          opened.once('close', ended);
          opened.write(text, settle);
        });
      } catch (error) {
        // What was half sent would be read as the beginning of the next message.
        opened.destroy();
        if (socket === opened) socket = undefined;
        throw error;
      } finally {
        opened.off('close', ended);
        opened.unref();
      }
    },
    close() {
      socket?.end();
      socket = undefined;
    },
  };
}

function framed(message: string): string {
  return `${Buffer.byteLength(message)} ${message}`;
}

/** Until `ends`, by `performance.now()`; the error names the whole time. */
function inTime(
  { ends, timeoutMs }: { readonly ends: number; readonly timeoutMs: number },
  work: (settle: (error?: Error | null) => void) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = (): void => reject(new Error(`nothing was taken within ${timeoutMs} ms`));
    const timer = setTimeout(late, ends - performance.now());
    work((error) => {
      clearTimeout(timer);
      if (error) reject(error);
      else resolve();
    });
  });
}
