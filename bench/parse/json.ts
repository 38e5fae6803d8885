/**
 * The CPU time of parsing JSON: `parseJson` beside secure-json-parse and bare `JSON.parse`, in 15 interleaved rounds.
 *
 * All three get the same string. secure-json-parse refuses `__proto__` and `constructor` with `prototype`. `parseJson` refuses those too, and
 * duplicate names, half pairs of surrogates and overflowing numbers; it counts bytes, depth, names and items, and keeps large integers.
 * Neither applies a schema.
 *
 * npx tsx bench/parse/json.ts
 */
import secureJson from 'secure-json-parse';
import { parseJson } from '../../lib/parse/index.ts';
import { ratioOf } from '../interval.ts';
import { collector, inTurns } from '../turns.ts';
import { documents } from './json-documents.ts';

const rounds = 15;
const bytesARound = 20_000_000;
const contenders = {
  'JSON.parse': (text: string) => JSON.parse(text) as unknown,
  'secure-json-parse': (text: string) => secureJson.parse(text) as unknown,
  parseJson: (text: string) => parseJson(text),
};
const collect = collector();

for (const [name, text] of Object.entries(documents)) {
  const calls = Math.ceil(bytesARound / text.length);
  const times = new Map(Object.keys(contenders).map((contender) => [contender, [] as number[]]));
  for (const parse of Object.values(contenders)) for (let i = 0; i < calls / 2; i++) parse(text);
  await inTurns(rounds, Object.entries(contenders), async ([contender, parse]) => {
    collect();
    const before = process.cpuUsage();
    for (let i = 0; i < calls; i++) parse(text);
    const { user, system } = process.cpuUsage(before);
    times.get(contender)?.push((user + system) / calls);
  });
  const of = (contender: keyof typeof contenders): number[] => times.get(contender) as number[];
  // Throughput of ours in proportion to the peer's: the inverse of the times.
  const told = (['secure-json-parse', 'JSON.parse'] as const).map((peer) => {
    const { median, low, high } = ratioOf(of(peer), of('parseJson'));
    return `${median.toFixed(2)} of ${peer} (${low.toFixed(2)} to ${high.toFixed(2)})`;
  });
  console.log(`${name.padEnd(28)} ${told.join('   ')}`);
}
