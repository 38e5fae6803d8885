import type { SafePath } from '../path/safe-path.ts';

/** What a rewriter made. */
export interface Rewritten {
  /** The media type that was written, such as `image/png`. */
  readonly type: string;
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
}

/** Decodes a file and writes a new one from what it shows: metadata, appended data and a second format don't survive that. */
export interface Rewriter {
  /** The media types that it rewrites. */
  readonly types: readonly string[];
  /**
   * Reads `from` and creates `to`.
   *
   * @throws Refusal if the file can't be decoded, or is beyond a limit
   */
  rewrite(from: SafePath, to: SafePath, type: string): Promise<Rewritten>;
}
