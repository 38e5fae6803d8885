import { Misuse } from '../refusal/misuse.ts';
import type { ChunkSource } from './chunk-source.ts';

/** Reads the body of a web request chunk by chunk. */
export function readWebStream(request: Request): ChunkSource {
  if (request.bodyUsed || request.body?.locked === true) throw new Misuse('upload/body-already-read');
  const reader = request.body?.getReader();
  return {
    async next() {
      const read = await reader?.read();
      return read?.value;
    },
    // The server decides what becomes of the connection.
    drop: () => void reader?.cancel().catch(() => {}),
  };
}
