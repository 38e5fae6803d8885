import type { Readable, Writable } from 'node:stream';

/** Kernel limits, each for one process: a program that starts others gives each of them the same again. */
export interface ProcessLimits {
  /** RLIMIT_AS: the whole address space. Not for Node, which reserves gigabytes that it never uses. */
  readonly memoryBytes?: number;
  /** RLIMIT_DATA: private writable memory, for Node. */
  readonly dataBytes?: number;
  readonly cpuSeconds?: number;
  /** The largest file that it may write. */
  readonly fileBytes?: number;
  readonly openFiles?: number;
}

export type ProcessInput = string | Uint8Array | AsyncIterable<Uint8Array | string>;

export interface ProcessSpec {
  /** Absolute. No shell is started, and PATH is not searched. */
  readonly file: string;
  readonly args: readonly string[];
  /** The whole environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** `'pipe'` for a `stdin` that the caller writes to. Without it, standard input is empty. */
  readonly stdin?: ProcessInput | 'pipe';
  /** Includes the time in which the caller reads the output. */
  readonly timeoutMs: number;
  /** For standard output and standard error together. */
  readonly maxOutputBytes: number;
  readonly limits?: ProcessLimits;
  readonly signal?: AbortSignal;
}

export type StoppedBy = 'time' | 'output' | 'abort';

export interface ProcessEnd {
  /** Null if a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Undefined if it ended by itself. */
  readonly stoppedBy: StoppedBy | undefined;
}

export interface RunningProcess {
  readonly pid: number | undefined;
  /** Null unless `stdin: 'pipe'` was asked for. */
  readonly stdin: Writable | null;
  /** Ends with an error if the process is stopped, so that half an output isn't taken for a complete one. */
  readonly stdout: Readable;
  readonly stderr: Readable;
  /**
   * Resolves when the process and its group are gone and the output has arrived. Rejects if the process could not be started, or if its input
   * failed.
   */
  readonly ended: Promise<ProcessEnd>;
  /** Stops it as an abort does. */
  stop(): void;
}
