import { type Results, type Summary, summarize } from '../report/summary.ts';
import type { Shot } from './fire-all.ts';
import type { Side } from './open-lab.ts';

/** A run while it goes on, for somebody who watches. */
export interface RunProgress {
  /** What is done now, in a few words. */
  readonly doing: string;
  /** Attacks that both applications have answered. */
  readonly done: number;
  readonly of: number;
  readonly finished: boolean;
  /** Of what has been fired so far; of all, once it is finished. */
  summary(): Summary;
}

/** A run that somebody reports on. */
export interface RunWatch extends RunProgress {
  start(of: number): void;
  say(doing: string): void;
  shot(side: Side, shot: Shot): void;
  finish(summary: Summary): void;
}

export function watchRun(): RunWatch {
  const shots: Record<Side, Shot[]> = { undefended: [], defended: [] };
  let doing = 'Starting both shops';
  let of = 0;
  let kept: Summary | undefined;
  let keptAt = -1;
  let finished = false;
  const done = (): number => Math.min(shots.undefended.length, shots.defended.length);
  return {
    get doing() {
      return doing;
    },
    get done() {
      return done();
    },
    get of() {
      return of;
    },
    get finished() {
      return finished;
    },
    summary() {
      if (kept === undefined || (!finished && keptAt !== done())) {
        keptAt = done();
        kept = summarize(soFar(shots, keptAt));
      }
      return kept;
    },
    start(count) {
      of = count;
    },
    say(text) {
      doing = text;
    },
    shot: (side, shot) => void shots[side].push(shot),
    finish(summary) {
      kept = summary;
      finished = true;
    },
  };
}

function soFar(shots: Record<Side, Shot[]>, count: number): Results {
  return {
    theirs: shots.undefended.slice(0, count),
    ours: shots.defended.slice(0, count),
    ...{ comparisons: [], ablated: [], chromium: true, server: false },
  };
}

/** A run that has ended. */
export function finishedRun(summary: Summary): RunProgress {
  const of = summary.total.fired;
  return { ...{ doing: 'Done', done: of, of, finished: true }, summary: () => summary };
}
