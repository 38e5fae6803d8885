/** Measures in a process of its own: see render.ts. */
import { configureEvents } from 'bulwark/event';
import { checkTemplates } from 'bulwark/html';
import { median, ratioOf } from '../interval.ts';
import { inTurns } from '../turns.ts';
import { bulwark, type Contender, others, reference } from './render-contenders.ts';
import { products } from './render-shop.ts';

const rounds = Number(process.argv[2]);
const calls = 400;
configureEvents({ sinks: [] });
const contenders = [bulwark, reference, ...others];
const taken = new Map<Contender, number[]>(contenders.map((one) => [one, []]));

async function measure(one: Contender, round: number): Promise<void> {
  const before = process.cpuUsage();
  let length = 0;
  for (let i = 0; i < calls; i++) {
    const page = one.render(`Products ${i}`, products);
    // Reading a character makes one string of the pieces, as sending them would.
    length += page.length + (page.charCodeAt(100) & 1);
  }
  const { user, system } = process.cpuUsage(before);
  if (length < calls * 1_000) throw new Error(`${one.name} makes no page.`);
  if (round >= 0) taken.get(one)?.push((user + system) / calls);
}

for (let i = 0; i < 3; i++) for (const one of contenders) await measure(one, -1);
await inTurns(rounds, contenders, measure);

console.log(
  `A page of ${products.length} products, ${rounds} rounds of ${calls}: CPU time as a ratio to hono/html's.`,
);
for (const [{ name }, times] of taken) {
  const { median: middle, low, high } = ratioOf(times, taken.get(reference) ?? []);
  const us = median(times).toFixed(0).padStart(6);
  console.log(
    `  ${name.padEnd(24)} ${middle.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)}) ${us} us a page`,
  );
}

/** Templates as an application has them, each different, so that none is found in a cache. */
const templates = Array.from({ length: 2_000 }, (_, i) => ({
  strings: [
    `<li class="row-${i} `,
    '" data-id="',
    '"><a href="/products/',
    '?from=',
    '" title="',
    '">',
    '</a> <span>',
    '</span><p>',
    '</p></li>',
  ],
}));
const compiled: number[] = [];
for (let round = 0; round < rounds; round++) {
  const before = process.cpuUsage();
  checkTemplates(templates);
  const { user, system } = process.cpuUsage(before);
  compiled.push((user + system) / templates.length);
}
console.log(
  `A call site is compiled in ${median(compiled).toFixed(1)} us, the first 2,000 in ${(compiled[0] ?? 0).toFixed(1)} us each.`,
);
