/**
 * Whether the time of a failed log-in says if there is a user, or how old their hash is: a wrong password for an unknown user
 * and for users with hashes of argon2id, bcrypt and PBKDF2. The difference of medians to the argon2id user, with its 95 %
 * interval, in milliseconds and as a share of one verification of argon2id, from interleaved rounds in random order.
 *
 * Two controls in the same rounds must be told apart: one that answers at once where there is no user, and one that verifies the
 * old hash alone.
 *
 * npx tsx bench/password/timing.ts [--rounds 120]
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { verify } from '@node-rs/argon2';
import { configureEvents } from '../../lib/event/index.ts';
import { verifyBcrypt } from '../../lib/password/algorithm/bcrypt.ts';
import { passwords } from '../../lib/password/index.ts';
import type { BcryptHash } from '../../lib/password/stored-hash.ts';
import { median, mulberry32 } from '../interval.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '120' } } });
const rounds = Number(values.rounds);
configureEvents({ sinks: [] });

const wrong = 'correct horse battery stable';
const guard = passwords({ legacy: ['$2b$10$', 'pbkdf2_sha256$600000$'] });
const bcrypt: BcryptHash = {
  algorithm: 'bcrypt',
  cost: 10,
  prehashed: false,
  encoded: '$2b$10$vjddlUh5K6aldUsmTfBLJO.AnkBZnUshYo/fFJLWdpZGvcWNqdFQK',
};
const stored = {
  argon2id: await guard.hash('correct horse battery staple'),
  bcrypt: bcrypt.encoded,
  pbkdf2: `pbkdf2_sha256$600000$seasalt$${Buffer.alloc(32).toString('base64')}`,
};
const cases: Readonly<Record<string, () => Promise<unknown>>> = {
  'argon2id user': () => guard.verify(wrong, stored.argon2id),
  'unknown user': () => guard.verify(wrong, undefined),
  'bcrypt user': () => guard.verify(wrong, stored.bcrypt),
  'PBKDF2 user': () => guard.verify(wrong, stored.pbkdf2),
  'control: argon2id verified': () => verify(stored.argon2id, wrong),
  'control: unknown user, early return': async () => undefined,
  'control: bcrypt verified alone': () => verifyBcrypt(bcrypt, wrong),
};
const names = Object.keys(cases);
const taken = new Map(names.map((name) => [name, [] as number[]]));
const random = mulberry32(1);
const warmUp = 10;

console.log(`load ${loadavg()[0]?.toFixed(2)}, ${rounds} rounds`);
for (let round = -warmUp; round < rounds; round++) {
  for (const name of shuffled(names)) {
    const started = performance.now();
    await cases[name]?.();
    if (round >= 0) taken.get(name)?.push(performance.now() - started);
  }
}

const verification = median(taken.get('control: argon2id verified') as number[]);
console.log(
  `one verification of argon2id: ${verification.toFixed(2)} ms; 5 % of it: ${(verification / 20).toFixed(3)} ms`,
);
for (const name of names) {
  const control = name.startsWith('control');
  const base = taken.get(control ? 'control: argon2id verified' : 'argon2id user') as number[];
  const times = taken.get(name) as number[];
  if (times === base) continue;
  const { low, high } = differenceOf(times, base);
  const apart = low > verification / 20 || high < -verification / 20;
  const within = low > -verification / 20 && high < verification / 20;
  console.log(
    `${name.padEnd(36)}${median(times).toFixed(2).padStart(8)} ms; difference ${low.toFixed(3)} to ${high.toFixed(3)} ms, ` +
      `${((100 * low) / verification).toFixed(1)} to ${((100 * high) / verification).toFixed(1)} %: ` +
      `${within ? 'within 5 %' : apart ? 'told apart' : 'undecided'}`,
  );
}

function shuffled(list: readonly string[]): string[] {
  const left = [...list];
  return list.map(() => left.splice(Math.floor(random() * left.length), 1)[0] as string);
}

/** The 95 % interval of the difference of medians, by resampling the rounds. */
function differenceOf(times: readonly number[], base: readonly number[]): { low: number; high: number } {
  const differences = Array.from({ length: 4_000 }, () => {
    const drawn = times.map(() => Math.floor(random() * times.length));
    return median(drawn.map((i) => times[i] as number)) - median(drawn.map((i) => base[i] as number));
  }).sort((a, b) => a - b);
  return { low: differences[100] as number, high: differences[3_899] as number };
}
