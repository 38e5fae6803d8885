import type { Socket } from 'node:net';
import { openFile } from '../../path/open-file.ts';
import type { SafePath } from '../../path/safe-path.ts';

const chunkBytes = 64 * 1024;

/** How far a file was sent. */
export interface Sending {
  /** Set from outside: no more is wanted. */
  isOver: boolean;
  sent: number;
  /** The end was sent too. */
  isWhole: boolean;
}

/** Sends a file as INSTREAM takes it: each chunk after its length in four bytes, and a length of zero at the end. */
export async function streamFile(socket: Socket, path: SafePath, sending: Sending): Promise<void> {
  const { handle } = await openFile(path);
  try {
    await send(socket, Buffer.from('zINSTREAM\0'));
    while (!sending.isOver) {
      // A new buffer each time: the socket still holds the one before.
      const chunk = Buffer.allocUnsafe(4 + chunkBytes);
      const { bytesRead } = await handle.read(chunk, 4, chunkBytes, sending.sent);
      chunk.writeUInt32BE(bytesRead);
      sending.sent += bytesRead;
      // Before it is sent: the answer may be here before `send` resolves.
      sending.isWhole = bytesRead === 0;
      await send(socket, chunk.subarray(0, 4 + bytesRead));
      if (sending.isWhole) return;
    }
  } finally {
    await handle.close();
  }
}

/** Waits until it is in the kernel's buffer, so that memory stays bounded when clamd reads slowly. */
function send(socket: Socket, data: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.write(data, (error) => (error ? reject(error) : resolve()));
  });
}
