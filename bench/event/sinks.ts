/**
 * The CPU time of one refusal with each sink of the network in trouble: a receiver that answers, one that hangs, one that
 * fails or is away, and one that is flooded (it takes 25 ms over a batch, and 500 events may wait).
 *
 * - `own path`: until the refusal is thrown and caught. It is what a request waits for.
 * - `later`: what the process does on other turns of the event loop, until the sinks are closed.
 * - `whole`: both.
 * - `an event`: of `later`, what is more than without a sink, for each event that a sink was handed.
 *
 * Every refusal is one of its own, from 100,000 clients, 20 a turn of the loop; of a round's, 5,000 are written and the
 * rest is counted. Interleaved rounds; medians and their 95 % intervals, in microseconds.
 *
 * npx tsx bench/event/sinks.ts [--refusals 10000] [--rounds 15] [--only otlp]
 */
import { parseArgs } from 'node:util';
import { configureEvents, type RecorderOptions, type Sink } from '../../lib/event/index.ts';
import { median } from '../interval.ts';
import { collector, inTurns } from '../turns.ts';
import { column } from './column.ts';
import { startReceivers } from './receivers.ts';
import { refused } from './refused.ts';
import { type SinkCase, sinkCases } from './sink-cases.ts';

const { values } = parseArgs({
  options: {
    refusals: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '15' },
    only: { type: 'string', default: '' },
  },
});
const perRound = Number(values.refusals);
const rounds = Number(values.rounds);
const perTurn = 20;
const warmUp = 2;
const unmeasured = 5_000;

interface Round {
  readonly own: number;
  readonly later: number;
  readonly handed: number;
}

const { ports, child } = await startReceivers();
process.removeAllListeners('warning').on('warning', () => {});
const collect = collector();
const cases = sinkCases(ports).filter(({ name }) => name === 'no sink' || name.includes(values.only));
const taken = new Map(cases.map(({ name }) => [name, [] as Round[]]));
let next = 0;
await inTurns(warmUp + rounds, cases, async (one, round) => {
  const measured = await flood(one);
  if (round >= warmUp) taken.get(one.name)?.push(measured);
});
child.kill();

const title = ['own path', 'later', 'whole', 'an event'].map((name) => name.padEnd(25)).join('');
console.log(`${''.padEnd(28)}${title}`);
const without = taken.get('no sink') as Round[];
for (const [name, all] of taken) {
  const anEvent = all.map(
    ({ later, handed }, i) => (perRound * (later - (without[i] as Round).later)) / handed,
  );
  const columns = [
    column(
      all.map(({ own }) => own),
      1,
    ),
    column(
      all.map(({ later }) => later),
      1,
    ),
    column(
      all.map(({ own, later }) => own + later),
      1,
    ),
    median(all.map(({ handed }) => handed)) > 0 ? column(anEvent, 1) : '',
  ];
  console.log(`${name.padEnd(28)}${columns.join('')}`.trimEnd());
}

async function flood({ options }: SinkCase): Promise<Round> {
  const { sinks, ...more } = options();
  let handed = 0;
  const counting = (sink: Sink): Sink => ({
    ...sink,
    write(events) {
      handed += events.length;
      return sink.write(events);
    },
  });
  collect();
  // Not measured: young space is small after a collection, and grows within these.
  configureEvents({ sinks: [] });
  for (let i = 0; i < unmeasured; i++) refused(next++);
  const recorder = configureEvents({ ...more, sinks: sinks.map(counting) } satisfies RecorderOptions);
  let own = 0;
  const start = process.cpuUsage();
  for (let done = 0; done < perRound; done += perTurn) {
    const before = process.cpuUsage();
    for (let i = 0; i < perTurn; i++) refused(next++);
    const { user, system } = process.cpuUsage(before);
    own += user + system;
    await new Promise((resolve) => setImmediate(resolve));
  }
  await recorder.close();
  const { user, system } = process.cpuUsage(start);
  return { own: own / perRound, later: (user + system - own) / perRound, handed };
}
