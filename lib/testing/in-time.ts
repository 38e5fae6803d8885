import { Misuse } from '../refusal/misuse.ts';
import { failure } from './failure.ts';

/** A test may have replaced the clock by one that it winds itself. */
const { setTimeout, setImmediate, clearTimeout } = globalThis;

/** Within the limits of test runners, of which 5 seconds is the shortest: the run that hangs is named. */
export const defaultTimeoutMs = 4_000;

/** What a timer takes. */
const mostMs = 2 ** 31 - 1;

/** @throws Misuse `bulwark/invalid-option` */
export function requireMs(name: string, ms: number): number {
  if (typeof ms === 'number' && ms >= 0 && ms <= mostMs) return ms;
  throw new Misuse('bulwark/invalid-option', `${name} is a number of milliseconds.`);
}

/**
 * Awaits `run`, and no longer than is said: one that never ends would leave the process as an oracle made it.
 *
 * @throws AssertionError that names what is said to be run
 */
export async function inTime(
  run: () => unknown,
  timeoutMs: number,
  facts: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_done, fail) => {
    const hint = 'await only what ends, or set a longer `timeoutMs`';
    const error = failure(`\`run\` did not end within ${timeoutMs} ms.`, { ...facts, 'what to do': hint });
    timer = setTimeout(() => fail(error), timeoutMs);
  });
  try {
    await Promise.race([run(), late]);
  } finally {
    clearTimeout(timer);
  }
}

const turns = 5;
const stepMs = 5;

/**
 * Waits for what is not awaited: some turns of the event loop, and then, while the process waits for more than it did
 * before, as long as is said.
 *
 * @param before what `process.getActiveResourcesInfo()` gave
 */
export async function settled(before: readonly string[] | undefined, settleMs: number): Promise<void> {
  await someTurns();
  for (let waited = 0; waited < settleMs && waitsForMore(before); waited += stepMs) {
    await new Promise((done) => setTimeout(done, stepMs));
  }
}

/** Of the event loop: what is started at the end of a function, and needs nothing from elsewhere, has come to where it goes. */
export async function someTurns(): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise((done) => setImmediate(done));
}

/** Timers, requests and sockets by which the process would not end yet. Undefined where the runtime does not tell. */
export function activeResources(): readonly string[] | undefined {
  return typeof process.getActiveResourcesInfo === 'function' ? process.getActiveResourcesInfo() : undefined;
}

function waitsForMore(before: readonly string[] | undefined): boolean {
  const now = activeResources();
  if (before === undefined || now === undefined) return true;
  const left = [...before];
  return now.some((kind) => {
    const at = left.indexOf(kind);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
