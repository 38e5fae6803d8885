/**
 * bulwark's sanitiser beside others: CPU time as a ratio to sanitize-html's, which does the same in the same round.
 *
 * npx tsx bench/html/sanitize.ts [rounds] [pair]
 * `pair` leaves the other ones out.
 */
import { configureEvents } from 'bulwark/event';
import { median, ratioOf } from '../interval.ts';
import { inTurns } from '../turns.ts';
import { bulwark, type Contender, others, reference } from './sanitize-contenders.ts';
import { documents } from './sanitize-documents.ts';

const rounds = Number(process.argv[2] ?? 15);
const pair = process.argv[3] === 'pair';
configureEvents({ sinks: [] });

for (const { name, markup, calls } of documents) {
  // DOMPurify and jsdom take seconds, and a gigabyte, for a megabyte.
  const contenders = [bulwark, reference, ...(pair ? [] : others)].filter(
    (one) => markup.length < 100_000 || !one.name.startsWith('DOMPurify'),
  );
  const taken = new Map<Contender, number[]>(contenders.map((one) => [one, []]));
  const measure = async (one: Contender, round: number): Promise<void> => {
    const before = process.cpuUsage();
    for (let i = 0; i < calls; i++) one.run(markup);
    const { user, system } = process.cpuUsage(before);
    if (round >= 0) taken.get(one)?.push((user + system) / calls);
  };
  for (const one of contenders) for (let i = 0; i < 3; i++) await measure(one, -1);
  await inTurns(rounds, contenders, measure);
  console.log(`${name} (${markup.length} characters, ${rounds} rounds)`);
  const bare = taken.get(reference) ?? [];
  for (const [{ name: contender }, times] of taken) {
    const { median: middle, low, high } = ratioOf(times, bare);
    const ms = (median(times) / 1000).toFixed(2);
    console.log(
      `  ${contender.padEnd(22)} ${middle.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})  ${ms} ms`,
    );
  }
}
