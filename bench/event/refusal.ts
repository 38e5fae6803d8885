/**
 * The CPU time of one refusal, from the decision to the error that is caught, in the three cases of an event: new, the
 * same again, and one too many. Fifteen interleaved rounds; median and 95 % interval of the median.
 *
 * npx tsx bench/event/refusal.ts
 */
import { configureEvents } from '../../lib/event/index.ts';
import { refuse } from '../../lib/internal/refuse.ts';
import { deny } from '../../lib/refusal/decision.ts';
import { withRequest } from '../../lib/request/context.ts';

const rounds = 15;
const perRound = 2000;

type Case = (i: number, round: number) => void;

function refused(host: string, client: string): void {
  withRequest({ method: 'POST', route: '/preview', client }, () => {
    try {
      refuse(deny('fetch/private-address', { host, address: '10.0.0.5', rule: '10.0.0.0/8' }));
    } catch {
      // That is the refusal.
    }
  });
}

const cases: Readonly<Record<string, Case>> = {
  'an error of its own, thrown and caught': () => {
    try {
      throw new Error('refused');
    } catch {
      // For comparison.
    }
  },
  'a new event': (i, round) =>
    refused(`http://h${round}-${i}.example/?token=t${i}&page=2`, `10.0.${i & 3}.${i & 255}`),
  'the same event again': () => refused('http://h.example/?token=t&page=2', '10.0.0.1'),
  'an event too many': (i, round) => refused(`http://h${round}-${i}.example/?token=t${i}&page=2`, '10.0.0.1'),
};

const times = new Map(Object.keys(cases).map((name) => [name, [] as number[]]));
for (let round = -3; round < rounds; round++) {
  for (const [name, run] of Object.entries(cases)) {
    const maxKeys = name === 'an event too many' ? 1 : 100_000;
    const recorder = configureEvents({
      sinks: [{ name: 'nowhere', write() {} }],
      maxKeys,
      maxQueue: 100_000,
    });
    const start = process.cpuUsage();
    for (let i = 0; i < perRound; i++) run(i, round);
    const { user, system } = process.cpuUsage(start);
    // The first rounds warm up.
    if (round >= 0) times.get(name)?.push((user + system) / perRound);
    await recorder.close();
  }
}

for (const [name, all] of times) {
  const sorted = all.toSorted((a, b) => a - b);
  const at = (i: number): string => (sorted[i] ?? Number.NaN).toFixed(2);
  // Order statistics 4 and 12 of 15 enclose the median with 96 % confidence.
  console.log(`${name.padEnd(42)} ${at(7).padStart(7)} us   (${at(3)} to ${at(11)})`);
}
