import { connect, type Socket } from 'node:net';

/** Sends bytes, and gives what comes back until the other side closes (or, with `enough`, until that much came). */
export async function sendRaw(
  port: number,
  bytes: string | Buffer,
  enough: (text: string) => boolean = () => false,
): Promise<string> {
  const socket = await openRaw(port);
  socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  const text = await readUntil(socket, enough);
  socket.destroy();
  return text;
}

export function openRaw(port: number): Promise<Socket> {
  return new Promise((done, failed) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    socket.once('connect', () => {
      socket.off('error', failed).on('error', () => {});
      done(socket);
    });
    socket.once('error', failed);
  });
}

/** The text that comes until it is enough, or until the connection ends. */
export function readUntil(socket: Socket, enough: (text: string) => boolean): Promise<string> {
  return new Promise((done) => {
    let text = '';
    // It was reset while nobody read.
    if (socket.destroyed || socket.readableEnded) return done(text);
    const finish = (): void => {
      socket.off('data', more).off('end', finish).off('close', finish);
      socket.pause();
      done(text);
    };
    const more = (chunk: Buffer): void => {
      text += chunk.toString('latin1');
      if (enough(text)) finish();
    };
    socket.on('data', more).once('end', finish).once('close', finish);
    socket.resume();
  });
}

/** A tunnel that was granted; what came after the answer's head is lost in none of the tests. */
export async function openTunnel(port: number, target: string, fields: string = ''): Promise<Socket> {
  const socket = await openRaw(port);
  socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${fields}\r\n`);
  const answer = await readUntil(socket, (text) => text.includes('\r\n\r\n'));
  if (!answer.startsWith('HTTP/1.1 200')) throw new Error(answer);
  return socket;
}

export function basic(user: string, password: string): string {
  return `Proxy-Authorization: Basic ${Buffer.from(`${user}:${password}`).toString('base64')}\r\n`;
}

export function statusOf(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1] ?? 0);
}

export function codeOf(answer: string): string | undefined {
  return /^x-bulwark-code: (.*)\r$/im.exec(answer)?.[1];
}
