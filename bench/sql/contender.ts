import type { Operations } from './operations.ts';

/** One way to ask the same questions of the same server. */
export interface Contender extends Operations {
  readonly name: string;
  /** Besides pg's named statements: what differs from it in one thing only. */
  readonly twin?: string;
}

/** Contenders that share a pool. */
export interface Connected {
  readonly contenders: readonly Contender[];
  close(): Promise<unknown>;
}

/** For all alike; no connection may end between two turns. */
export const poolSize = 8;
