import { createServer, type Socket } from 'node:net';
import { afterAll } from 'vitest';

/** What a server that speaks INSTREAM does with the file that it was sent, byte for byte. */
export type Behaviour = (socket: Socket, file: Buffer) => void;

const endings: (() => void)[] = [];

// Here, as a hook that a test adds while it runs is never called.
afterAll(() => {
  for (const end of endings) end();
});

/**
 * A server that reads INSTREAM as clamd's manual has it, and then does what the test wants. It closes connections with another command
 * or a wrong frame.
 *
 * @param early is called with each new connection, before anything came
 */
export async function speakClamd(
  behave: Behaviour,
  early: (socket: Socket) => void = () => undefined,
): Promise<{ readonly port: number; readonly open: () => number }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let received = Buffer.alloc(0);
    let answered = false;
    early(socket);
    socket.on('data', (data) => {
      received = Buffer.concat([received, data]);
      const file = fileIn(received);
      if (file === 'wrong') socket.destroy();
      else if (file !== 'more' && !answered) {
        answered = true;
        behave(socket, file);
      }
    });
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endings.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as { port: number }).port, open: () => sockets.size };
}

const command = 'zINSTREAM\0';

function fileIn(received: Buffer): Buffer | 'more' | 'wrong' {
  if (received.byteLength < command.length) return 'more';
  if (received.toString('latin1', 0, command.length) !== command) return 'wrong';
  const chunks: Buffer[] = [];
  for (let at = command.length; at + 4 <= received.byteLength; ) {
    const length = received.readUInt32BE(at);
    if (length === 0) return received.byteLength === at + 4 ? Buffer.concat(chunks) : 'wrong';
    chunks.push(received.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return 'more';
}
