import type { Socket } from 'node:net';
import { openFile } from '../../path/open-file.ts';
import type { SafePath } from '../../path/safe-path.ts';

const chunkBytes = 64 * 1024;

/** How much of a file was sent. */
export interface Sending {
  /** Set by the caller when no more is wanted. */
  isOver: boolean;
  sent: number;
  /** The end was sent too. */
  isWhole: boolean;
}

/** Sends a file in INSTREAM's form: each chunk after its length in four bytes, and a length of zero at the end. */
export async function streamFile(socket: Socket, path: SafePath, sending: Sending): Promise<void> {
  const { handle } = await openFile(path);
  try {
    await send(socket, Buffer.from('zINSTREAM\0'));
    while (!sending.isOver) {
      // A new buffer each time, because the socket still holds the previous one.
      const chunk = Buffer.allocUnsafe(4 + chunkBytes);
      const { bytesRead } = await handle.read(chunk, 4, chunkBytes, sending.sent);
      chunk.writeUInt32BE(bytesRead);
      sending.sent += bytesRead;
      // Set before sending: the answer may arrive before `send` resolves.
      sending.isWhole = bytesRead === 0;
      await send(socket, chunk.subarray(0, 4 + bytesRead));
      if (sending.isWhole) return;
    }
  } finally {
    await handle.close();
  }
}

/** Waits until it is in the kernel's buffer, so that memory stays bounded if clamd reads slowly. */
function send(socket: Socket, data: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.write(data, (error) => (error ? reject(error) : resolve()));
  });
}
