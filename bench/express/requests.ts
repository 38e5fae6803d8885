import { connect, type Socket } from 'node:net';

const request = Buffer.from(
  'GET /api/product/7?ref=mail HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\nUser-Agent: bench\r\n\r\n',
);
const longestAnswer = 65_536;

/** Kept connections, each with one request at a time: `send` makes so many, and waits for their answers. */
export async function connections(
  port: number,
  count: number,
): Promise<{ send(requests: number): Promise<void>; close(): void }> {
  const sockets = await Promise.all(Array.from({ length: count }, () => open(port)));
  return {
    async send(requests) {
      let left = requests;
      const lane = async (socket: Socket): Promise<void> => {
        while (left-- > 0) await exchange(socket);
      };
      await Promise.all(sockets.map(lane));
    },
    close() {
      for (const socket of sockets) socket.destroy();
    },
  };
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket));
    socket.once('error', reject);
  });
}

function exchange(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    const take = (chunk: Buffer): void => {
      text += chunk.toString('latin1');
      const end = text.indexOf('\r\n\r\n');
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1]);
      if (end === -1 || text.length < end + 4 + length) {
        if (text.length > longestAnswer) done(new Error('an answer without an end'));
        return;
      }
      done(text.startsWith('HTTP/1.1 200 ') ? undefined : new Error(text.slice(0, end)));
    };
    const closed = (): void => done(new Error('the server closed the connection'));
    const done = (failure: Error | undefined): void => {
      socket.off('data', take).off('close', closed);
      if (failure) reject(failure);
      else resolve();
    };
    socket.on('data', take).on('close', closed);
    if (socket.destroyed) closed();
    else socket.write(request);
  });
}
