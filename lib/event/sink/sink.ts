import type { SecurityEvent } from '../security-event.ts';

/** A place that events go to. What it throws, and how long it takes, never reaches a request. */
export interface Sink {
  /** Shown when the sink fails, and in the recorder's counts. */
  readonly name: string;
  /**
   * For how many milliseconds after a write the next batch gathers, unless it is full: for a sink to which one event costs
   * about what a hundred do. 0 unless told.
   */
  readonly gatherMs?: number;
  /** Takes a batch, or throws and has taken nothing of it. Called again only once the former call has settled. */
  write(events: readonly SecurityEvent[]): void | Promise<void>;
  close?(): void | Promise<void>;
}

/** What a sink writes of an event, where that is not the event itself: `toEcs`, `toOcsf`, or a function of your own. */
export type Shape = (event: SecurityEvent) => object;

/** Counts of events, where one that stands for n identical ones counts n. */
export interface SinkStats {
  readonly name: string;
  /** The sink has taken them. */
  readonly written: number;
  /** In the queue, or in a write that has not come back. */
  readonly waiting: number;
  /** The sink will not see them; an `event/dropped` tells it how many, by code. */
  readonly dropped: number;
}
