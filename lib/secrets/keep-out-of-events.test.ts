import { describe, expect, it } from 'vitest';
import { configureEvents, record } from '../event/record.ts';
import { redact } from '../event/redact/redact.ts';
import type { SecurityEvent } from '../event/security-event.ts';
import { keyring } from './keyring.ts';
import { secrets } from './secrets.ts';

const token = 'b6V0rj7nqYwE5tq0';
const password = 'Zk4-mQ9 xT2';
const word = 'plumbingsoap';
const uuid = '0b5fd1a7-6d2c-4c1e-9d55-2f3c8a1e7b90';

describe('a secret that was loaded', () => {
  it('is in no event, whatever surrounds it', async () => {
    const text = (value: string): string => `could not reach ${value} in time`;
    expect(redact(text(token))).toBe(text(token));
    const url = `amqp://app:${encodeURIComponent(`${password}-7q`)}@mq/`;
    const env = { TOKEN: token, MQ_URL: url, WORD: word, ID: uuid };
    await secrets(
      { TOKEN: 'secret', MQ_URL: 'secret', WORD: 'secret', ID: 'secret' },
      { env, folder: false },
    );
    expect(redact(text(token))).toBe('could not reach [redacted] in time');
    expect(redact(`${token}${token}`)).toBe('[redacted][redacted]');
    expect(redact(token)).toBe('[redacted]');
    expect(redact(word)).toBe('[redacted]');
    expect(redact(uuid)).toBe('[redacted]');
    expect(redact(`%22${token}%22 \\"${token}`)).not.toContain(token);
    expect(redact(text(`${password}-7q`))).not.toContain(password);
    expect(redact(text(encodeURIComponent(`${password}-7q`)))).not.toContain('mQ9');

    const events: SecurityEvent[] = [];
    const recorder = configureEvents({
      sinks: [{ name: 'test', write: async (batch) => void events.push(...batch) }],
    });
    record('secrets/weak-secret', 'reported', { name: `x-${token}`, reason: text(token) });
    await recorder.close();
    expect(events).toHaveLength(1);
    expect(JSON.stringify(events)).not.toContain(token);
  });

  it('may be the master of a keyring', () => {
    const master = 'o7Tq2Lx9VbR4nYw1KpC6uZsE3hMd8GfJ';
    keyring(master);
    expect(redact(`read ${master} from it`)).toBe('read [redacted] from it');
  });

  it('leaves ordinary words of events alone, also where one was a secret in development', async () => {
    const env = { A: 'development', B: 'postgres-password', C: 'short7x' };
    await secrets({ A: 'secret', B: 'secret', C: 'secret' }, { env, folder: false });
    for (const text of [...Object.values(env), 'a development server', 'amqp', token.slice(0, 8)]) {
      expect(redact(text)).toBe(text);
    }
  });

  it('is one of 64 at most: the oldest is forgotten', async () => {
    const made = Array.from({ length: 65 }, (_, index) => `q7-${index}-Rt5zXw2Lm9`);
    for (const value of made) await secrets({ TOKEN: 'secret' }, { env: { TOKEN: value }, folder: false });
    expect(redact(`it is ${made[0]} now`)).toContain(made[0]);
    for (const value of made.slice(1)) expect(redact(`it is ${value} now`)).toBe('it is [redacted] now');
  });
});
