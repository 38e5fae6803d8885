/**
 * bulwark's sanitiser beside others: CPU time as a ratio to sanitize-html's, which does the same in the same round. Each
 * has a process of its own with a bounded heap, and a peer that runs out of it, or of time, is shown with that.
 *
 * npm ci --prefix bench/peers && npx tsx bench/html/sanitize.ts [rounds] [pair]
 * `pair` leaves the other ones out.
 */
import { median, ratioOf } from '../interval.ts';
import { type MeasuredChild, startChild } from './measured-child.ts';
import { contenders, reference } from './sanitize-contenders.ts';
import { documents } from './sanitize-documents.ts';

const rounds = Number(process.argv[2] ?? 15);
const pair = process.argv[3] === 'pair';
const names = Object.keys(contenders).filter((name) => !pair || name === 'bulwark' || name === reference);
const warmUps = 3;
/** So long does one call take at most that is made in each round; what is slower takes part in three. */
const slowUs = 1_000_000;

// They go on from one document to the next, so that their code is compiled, as a server's is.
const running = new Map<string, MeasuredChild>();
try {
  for (const [index, { name, markup }] of documents.entries()) {
    console.log(`${name} (${markup.length} characters, ${rounds} rounds)`);
    for (const one of names) if (!running.has(one)) running.set(one, await startChild(one));
    await compare(index);
  }
} finally {
  for (const child of running.values()) child.stop();
}

async function compare(document: number): Promise<void> {
  const taken = new Map<string, (number | undefined)[]>(names.map((name) => [name, []]));
  const ended = new Map<string, string>();
  const measure = async (name: string, round: number): Promise<void> => {
    const child = running.get(name);
    if (!child || ended.has(name)) return;
    const times = taken.get(name) ?? [];
    const slow = times.some((one) => one !== undefined && one > slowUs);
    if (slow && round >= 3) return;
    try {
      const us = await child.measure(document);
      if (round >= 0) times[round] = us;
    } catch (error) {
      ended.set(name, error instanceof Error ? error.message : String(error));
      child.stop();
      running.delete(name);
    }
  };
  for (const name of names) for (let i = 0; i < warmUps; i++) await measure(name, -1);
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) await measure(name, round);
  }
  for (const name of names) console.log(`  ${name.padEnd(22)} ${resultOf(name)}`);

  function resultOf(name: string): string {
    const why = ended.get(name);
    if (why !== undefined) return `no result: ${why}`;
    const bare = taken.get(reference) ?? [];
    const both = (taken.get(name) ?? []).flatMap((own, round) => {
      const theirs = bare[round];
      return own !== undefined && theirs !== undefined ? [[own, theirs] as const] : [];
    });
    if (both.length === 0) return 'no result: nothing to compare it with';
    const {
      median: middle,
      low,
      high,
    } = ratioOf(
      both.map(([own]) => own),
      both.map(([, theirs]) => theirs),
    );
    const ms = (median(both.map(([own]) => own)) / 1000).toFixed(2);
    const few = both.length < rounds ? `, ${both.length} rounds` : '';
    return `${middle.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})  ${ms} ms${few}`;
  }
}
