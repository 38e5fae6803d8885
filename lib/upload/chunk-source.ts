/** A source of chunks. After a failure, it isn't asked again. */
export interface ChunkSource {
  /** The next chunk, or undefined at the end. Rejects if the client went away. */
  next(): Promise<Uint8Array | undefined>;
  /** Reads what the client still sends, within limits, so that it sees the answer; or tells it to stop. */
  drop(): void;
}
