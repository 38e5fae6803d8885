import { loginLimit, memoryStore } from '../../lib/rate-limit/index.ts';
import { keyring } from '../../lib/secrets/index.ts';
import { median } from '../interval.ts';

/** Microseconds of CPU that a log-in costs beside its password: a try reserved, and taken back with a new device cookie. */
export async function logInCost(rounds: number, collect: () => void): Promise<number> {
  const logIns = 2_000;
  const login = loginLimit({ store: memoryStore(), keys: keyring('t0rD6sUuZ3yJQm8cWl5xFvA2eHk9bNPi') });
  const taken: number[] = [];
  for (let round = -2; round < rounds; round++) {
    collect();
    const before = process.cpuUsage();
    for (let user = 0; user < logIns; user++) {
      const attempt = await login.reserve({
        account: `user${user}`,
        address: `10.1.${user >> 8}.${user & 255}`,
      });
      await attempt.succeeded();
    }
    const { user, system } = process.cpuUsage(before);
    if (round >= 0) taken.push((user + system) / logIns);
  }
  return median(taken);
}
