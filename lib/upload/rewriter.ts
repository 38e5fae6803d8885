import type { SafePath } from '../path/safe-path.ts';

/** The result of a rewriter. */
export interface Rewritten {
  /** The media type that was written, such as `image/png`. */
  readonly type: string;
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
}

/** Decodes a file and writes a new one from its content, without metadata, appended data or a second format. */
export interface Rewriter {
  /** The media types that it rewrites. */
  readonly types: readonly string[];
  /**
   * Reads `from` and creates `to`, which must not exist.
   *
   * @throws Refusal if the file can't be decoded, or exceeds a limit
   * @throws a system error, such as EEXIST
   */
  rewrite(from: SafePath, to: SafePath, type: string): Promise<Rewritten>;
}
