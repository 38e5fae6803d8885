import type { Socket as DatagramSocket } from 'node:dgram';
import { isIP, isIPv6, type Socket } from 'node:net';
import { cancel, late, later, now, sleep, within } from '../clock.ts';
import { dial, type TlsOptions } from './dial.ts';
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

/** A datagram a message (RFC 5426). That the kernel took one says nothing about its arrival. */
export function datagramTransport({ host, port, timeoutMs }: Target): SyslogTransport {
  let socket: DatagramSocket | undefined;

  async function open(): Promise<DatagramSocket> {
    // Loaded where it is used: most applications have no other use for it.
    const { createSocket } = await import('node:dgram');
    const opened = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
    opened.on('error', () => {
      // Closed already where it is no longer the one, and closing it twice would throw.
      if (socket === opened) close();
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

  function close(): void {
    socket?.close();
    socket = undefined;
  }

  return {
    async send(messages) {
      const time = { ends: now() + timeoutMs, timeoutMs };
      const to = await inTime(time, address());
      socket ??= await open();
      const opened = socket;
      const all = messages();
      const sent = all.map(
        (message) =>
          new Promise<void>((resolve, reject) => {
            opened.send(message, port, to, (error) => (error ? reject(error) : resolve()));
          }),
      );
      await inTime(time, Promise.all(sent));
    },
    close,
  };
}

interface StreamTarget extends Target {
  readonly reconnectMs: number;
  readonly tls: TlsOptions | undefined;
}

/** How long the other side may take to end what was closed. */
const lingerMs = 1_000;

/** One connection for all messages, with their length in front; opened again where it ended. */
export function streamTransport(target: StreamTarget): SyslogTransport {
  const { timeoutMs, reconnectMs } = target;
  let socket: Socket | undefined;
  let notBefore = 0;

  async function open(ends: number): Promise<Socket> {
    const waitMs = notBefore - now();
    if (now() + waitMs >= ends) throw new Error('the last connection failed a moment ago');
    if (waitMs > 0) await sleep(waitMs);
    try {
      return await tryAgain(ends, () => openOnce(ends));
    } catch (error) {
      notBefore = now() + reconnectMs;
      throw error;
    }
  }

  async function openOnce(ends: number): Promise<Socket> {
    // Before the socket is there, so that no error of it comes before its listeners.
    const secure = target.tls && (await import('node:tls'));
    const opened = dial(target, secure);
    // The other side has nothing to say; reading it shows when it ends.
    opened.resume();
    opened.once('close', () => {
      if (socket === opened) socket = undefined;
    });
    const connected = new Promise<void>((resolve, reject) => {
      opened.on('error', reject);
      opened.once('close', () => reject(new Error('the connection ended')));
      opened.once(secure ? 'secureConnect' : 'connect', resolve);
    });
    try {
      await inTime({ ends, timeoutMs }, connected);
    } catch (error) {
      opened.destroy();
      throw error;
    }
    return opened;
  }

  return {
    async send(messages) {
      const ends = now() + timeoutMs;
      socket ??= await open(ends);
      const opened = socket;
      // One text and one write, because each write is a call of the system.
      const text = messages().map(framed).join('');
      opened.ref();
      let ended = (): void => {};
      const taken = new Promise<void>((resolve, reject) => {
        ended = () => reject(new Error('the connection ended'));
        opened.once('close', ended);
        opened.write(text, (error) => (error ? reject(error) : resolve()));
      });
      try {
        await inTime({ ends, timeoutMs }, taken);
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
      const closed = socket;
      socket = undefined;
      if (!closed) return;
      closed.end();
      // All of it is the kernel's already; a peer that never ends its side must not keep the socket.
      const timer = later(() => closed.destroy(), Math.min(timeoutMs, lingerMs));
      timer.unref();
      closed.once('close', () => cancel(timer));
    },
  };
}

function framed(message: string): string {
  return `${Buffer.byteLength(message)} ${message}`;
}

/** Until `ends`; the error names the whole time. */
async function inTime<T>(
  { ends, timeoutMs }: { readonly ends: number; readonly timeoutMs: number },
  work: Promise<T>,
): Promise<T> {
  const result = await within(ends - now(), work);
  if (result === late) throw new Error(`nothing was taken within ${timeoutMs} ms`);
  return result;
}
