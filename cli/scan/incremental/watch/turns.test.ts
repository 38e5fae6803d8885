import { expect, it, vi } from 'vitest';
import { createTurns } from './turns.ts';

/** Turns that end when they are told to. */
function open(): {
  readonly turns: ReturnType<typeof createTurns>;
  readonly signals: AbortSignal[];
  readonly end: () => Promise<void>;
} {
  const signals: AbortSignal[] = [];
  const ends: (() => void)[] = [];
  const turns = createTurns(50, async (signal) => {
    signals.push(signal);
    await new Promise<void>((resolve) => ends.push(resolve));
  });
  const end = async (): Promise<void> => {
    ends.shift()?.();
    await vi.advanceTimersByTimeAsync(0);
  };
  return { turns, signals, end };
}

it('gathers a burst, and does not begin while it lasts', async () => {
  vi.useFakeTimers();
  const { turns, signals } = open();
  for (let at = 0; at < 5; at++) {
    turns.request();
    await vi.advanceTimersByTimeAsync(40);
  }
  expect(signals).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(20);
  expect(signals).toHaveLength(1);
});

it('does not wait for ever where it is never quiet', async () => {
  vi.useFakeTimers();
  const { turns, signals } = open();
  for (let at = 0; at < 30; at++) {
    turns.request();
    await vi.advanceTimersByTimeAsync(40);
  }
  expect(signals).toHaveLength(1);
});

it('runs once more for what comes meanwhile, not at once, and tells the turn that runs', async () => {
  vi.useFakeTimers();
  const { turns, signals, end } = open();
  turns.request();
  await vi.advanceTimersByTimeAsync(50);
  expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  turns.request();
  turns.request();
  await vi.advanceTimersByTimeAsync(500);
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  await end();
  await vi.advanceTimersByTimeAsync(50);
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
  await end();
  await vi.advanceTimersByTimeAsync(500);
  expect(signals).toHaveLength(2);
});

it('begins nothing once it is stopped, and waits for what runs', async () => {
  vi.useFakeTimers();
  const { turns, signals, end } = open();
  turns.request();
  await vi.advanceTimersByTimeAsync(50);
  let isOver = false;
  const stopped = turns.stop().then(() => {
    isOver = true;
  });
  turns.request();
  await vi.advanceTimersByTimeAsync(500);
  expect([isOver, signals[0]?.aborted]).toEqual([false, true]);
  await end();
  await stopped;
  await vi.advanceTimersByTimeAsync(500);
  expect(signals).toHaveLength(1);
  const quiet = open();
  quiet.turns.request();
  await quiet.turns.stop();
  await vi.advanceTimersByTimeAsync(500);
  expect(quiet.signals).toHaveLength(0);
});
