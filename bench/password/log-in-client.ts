import { Agent, request } from 'node:http';
import { sharedPassword } from './log-in-server.ts';

export interface Served {
  readonly ok: number;
  /** Refused more than three times, or answered with anything else. */
  readonly failed: number;
  /** How many log-ins needed so many retries. */
  readonly retries: readonly number[];
  /** From the first request to the last answer. */
  readonly ms: number;
}

const mostRetries = 3;
const warmUp = 400;

/** Sends all at once, each on a connection of its own, and comes back when Retry-After says. */
export function sendLogIns(): void {
  process.on('message', async ({ port, logIns }: { port: number; logIns: number }) => {
    const agent = new Agent({ maxSockets: Number.POSITIVE_INFINITY });
    const retries = Array.from({ length: mostRetries + 1 }, () => 0);
    let failed = 0;
    const one = async (user: number): Promise<void> => {
      for (let retry = 0; retry <= mostRetries; retry++) {
        const { status, retryAfter } = await post(
          agent,
          port,
          JSON.stringify({ user, password: sharedPassword }),
        );
        if (status === 204) {
          retries[retry] = (retries[retry] as number) + 1;
          return;
        }
        if (status !== 503) break;
        await new Promise((resolve) => setTimeout(resolve, retryAfter * 1_000));
      }
      failed += 1;
    };
    // A server that is flooded has answered others before, and so has its compiler.
    for (let user = 0; user < warmUp; user += 2) await Promise.all([one(user), one(user + 1)]);
    retries.fill(0);
    const started = performance.now();
    await Promise.all(Array.from({ length: logIns }, (_, user) => one(user)));
    const ms = performance.now() - started;
    const ok = retries.reduce((sum, count) => sum + count, 0);
    process.send?.({ ok, failed, retries, ms } satisfies Served);
  });
  process.once('disconnect', () => process.exit());
}

function post(agent: Agent, port: number, body: string): Promise<{ status: number; retryAfter: number }> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, agent, method: 'POST' }, (response) => {
      response.resume().once('end', () => {
        resolve({ status: response.statusCode ?? 0, retryAfter: Number(response.headers['retry-after']) });
      });
    });
    sent.once('error', reject).end(body);
  });
}
