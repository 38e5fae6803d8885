/**
 * A million refusals with a million URLs from 100,000 clients, in one process that also answers its event loop:
 * what is kept, what it costs in memory, how late the loop comes, and whether every event is accounted for.
 *
 * npx tsx bench/event/flood.ts [refusals]
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { configureEvents, jsonLinesSink, type SecurityEvent } from '../../lib/event/index.ts';
import { refuse } from '../../lib/internal/refuse.ts';
import { deny } from '../../lib/refusal/decision.ts';
import { isRefusal } from '../../lib/refusal/is-refusal.ts';
import { withRequest } from '../../lib/request/context.ts';

const refusals = Number(process.argv[2] ?? 1_000_000);
const clients = 100_000;
const perTurn = 20;

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');
const megabytes = (): string => {
  collect();
  return `${(process.memoryUsage().heapUsed / 1e6).toFixed(1)} MB`;
};

function attack(i: number): void {
  const client = `10.${(i % clients) >> 16}.${((i % clients) >> 8) & 255}.${(i % clients) & 255}`;
  withRequest({ method: 'POST', route: '/preview', client }, () => {
    try {
      const host = `h${i}.evil.example`;
      refuse(
        deny('fetch/private-address', { host, address: '10.0.0.5', rule: `http://${host}/?token=t${i}` }),
      );
    } catch (error) {
      if (!isRefusal(error, 'fetch/private-address')) throw error;
    }
  });
}

/** The file holds every event or the number of those it does not hold. */
function countIn(directory: string): { readonly written: number; readonly dropped: number } {
  let written = 0;
  let dropped = 0;
  for (const name of readdirSync(directory)) {
    for (const line of readFileSync(join(directory, name), 'utf8').split('\n')) {
      if (line === '') continue;
      const event: SecurityEvent = JSON.parse(line);
      if (event.code !== 'event/dropped') written += event.count;
      else for (const count of Object.values(event.evidence)) dropped += Number(count);
    }
  }
  return { written, dropped };
}

const directory = mkdtempSync(join(tmpdir(), 'bulwark-flood-'));
let calls = 0;
const recorder = configureEvents({
  sinks: [
    jsonLinesSink({ file: join(directory, 'security.jsonl'), maxBytes: 1e9 }),
    // Fails every third time, and is slow besides.
    {
      name: 'unreliable',
      async write() {
        await new Promise((resolve) => setTimeout(resolve, 20));
        if (++calls % 3 === 0) throw new Error('on purpose');
      },
    },
  ],
});
process.on('warning', () => {});
process.removeAllListeners('warning');

const delay = monitorEventLoopDelay({ resolution: 5 });
const heap = [megabytes()];
const started = process.cpuUsage();
let mostKeys = 0;
delay.enable();
for (let i = 0; i < refusals; i++) {
  attack(i);
  if (i % perTurn === 0) await new Promise((resolve) => setImmediate(resolve));
  if (i % 1000 === 0) mostKeys = Math.max(mostKeys, recorder.stats().keys);
  if (i === refusals >> 1) {
    delay.disable();
    heap.push(megabytes());
    delay.enable();
  }
}
delay.disable();
const { user, system } = process.cpuUsage(started);
heap.push(megabytes());
const { keys } = recorder.stats();
await recorder.close();
heap.push(megabytes());

console.log(`refusals            ${refusals}, from ${clients} clients`);
console.log(`keys kept at most   ${Math.max(mostKeys, keys)}`);
console.log(`heap after gc       start ${heap[0]}, middle ${heap[1]}, end ${heap[2]}, closed ${heap[3]}`);
console.log(
  `loop delay          p50 ${(delay.percentile(50) / 1e6).toFixed(1)} ms, p99 ${(delay.percentile(99) / 1e6).toFixed(1)} ms, max ${(delay.max / 1e6).toFixed(1)} ms`,
);
console.log(`CPU per refusal     ${((user + system) / refusals).toFixed(2)} us, the sinks included`);
const { recorded, pending, sinks } = recorder.stats();
let exact = recorded === refusals;
for (const { name, written, waiting, dropped } of sinks) {
  const balanced = pending + written + waiting + dropped === recorded;
  exact &&= balanced;
  console.log(
    `${name.slice(0, 10).padEnd(20)}recorded ${recorded} = written ${written} + waiting ${waiting} + dropped ${dropped}: ${balanced}`,
  );
}
const held = countIn(directory);
exact &&= held.written + held.dropped === recorded;
console.log(
  `in the files        written ${held.written} + told as dropped ${held.dropped} = ${held.written + held.dropped}`,
);
rmSync(directory, { recursive: true });
if (!exact) {
  console.error('The counts do not add up.');
  process.exitCode = 1;
}
