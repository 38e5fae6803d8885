import type { Socket as DatagramSocket } from 'node:dgram';
import { connect, isIPv6, type Socket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';

export interface SyslogTransport {
  /** Resolves when the kernel has taken all messages. */
  send(messages: readonly Buffer[]): Promise<void>;
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

  return {
    async send(messages) {
      socket ??= await open();
      const opened = socket;
      for (const message of messages) {
        await inTime(timeoutMs, (settle) => opened.send(message, port, host, settle));
      }
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

  async function open(): Promise<Socket> {
    if (performance.now() < notBefore) throw new Error('the last connection failed a moment ago');
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
      await inTime(timeoutMs, (settle) => {
        opened.on('error', settle);
        opened.once('close', () => settle(new Error('the connection ended')));
        opened.once(secure ? 'secureConnect' : 'connect', () => settle());
      });
    } catch (error) {
      opened.destroy();
      notBefore = performance.now() + reconnectMs;
      throw error;
    }
    return opened;
  }

  return {
    async send(messages) {
      socket ??= await open();
      const opened = socket;
      const framed = messages.flatMap((message) => [Buffer.from(`${message.length} `), message]);
      opened.ref();
      let ended = (): void => {};
      try {
        await inTime(timeoutMs, (settle) => {
          ended = () => settle(new Error('the connection ended'));
          opened.once('close', ended);
          opened.write(Buffer.concat(framed), settle);
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

function inTime(timeoutMs: number, work: (settle: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`nothing was taken within ${timeoutMs} ms`)), timeoutMs);
    work((error) => {
      clearTimeout(timer);
      if (error) reject(error);
      else resolve();
    });
  });
}
