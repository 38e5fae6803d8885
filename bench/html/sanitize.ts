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
import { documents, type SanitizeDocument } from './sanitize-documents.ts';

const rounds = Number(process.argv[2] ?? 15);
const pair = process.argv[3] === 'pair';
configureEvents({ sinks: [] });

for (const document of documents) {
  console.log(`${document.name} (${document.markup.length} characters, ${rounds} rounds)`);
  await compare(
    document,
    pair ? [bulwark] : [bulwark, ...others.filter((one) => !isSlow(one, document))],
    rounds,
  );
  const slow = pair ? [] : others.filter((one) => isSlow(one, document));
  if (slow.length > 0) await compare({ ...document, calls: 1 }, slow, 3);
}

/** DOMPurify and jsdom take seconds, and a gigabyte, for a megabyte: three rounds are enough to tell. */
function isSlow({ name }: Contender, { markup }: SanitizeDocument): boolean {
  return name.startsWith('DOMPurify') && markup.length > 100_000;
}

async function compare(
  { markup, calls }: SanitizeDocument,
  compared: readonly Contender[],
  times: number,
): Promise<void> {
  const contenders = [...compared, reference];
  const taken = new Map<Contender, number[]>(contenders.map((one) => [one, []]));
  const measure = async (one: Contender, round: number): Promise<void> => {
    const before = process.cpuUsage();
    for (let i = 0; i < calls; i++) one.run(markup);
    const { user, system } = process.cpuUsage(before);
    if (round >= 0) taken.get(one)?.push((user + system) / calls);
  };
  const warmUps = times > 3 ? 3 : 1;
  for (const one of contenders) for (let i = 0; i < warmUps; i++) await measure(one, -1);
  await inTurns(times, contenders, measure);
  const bare = taken.get(reference) ?? [];
  for (const [{ name }, each] of taken) {
    const { median: middle, low, high } = ratioOf(each, bare);
    const ms = (median(each) / 1000).toFixed(2);
    console.log(
      `  ${name.padEnd(22)} ${middle.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})  ${ms} ms`,
    );
  }
}
