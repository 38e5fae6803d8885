import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { configureEvents } from '../event/index.ts';
import { refuse } from '../internal/refuse.ts';
import { deny } from '../refusal/decision.ts';
import { bulwark, bulwarkErrors } from './index.ts';

configureEvents({ sinks: [] });

async function serve(app: Express): Promise<string> {
  const server = app.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('bulwarkErrors', () => {
  it('answers a refusal that a client wrapped as that refusal, and any other cause as a failure', async () => {
    const failing = (cause: unknown) => (): never => {
      throw new TypeError('fetch failed', { cause });
    };
    const refused = (): unknown => {
      try {
        return refuse(
          deny('fetch/private-address', { host: 'intranet', address: '10.0.0.5', rule: '10.0.0.0/8' }),
        );
      } catch (error) {
        return error;
      }
    };
    const onError = vi.fn();
    const app = express().use(bulwark());
    app.get('/refused', failing(refused())).get('/failed', failing(new Error('ECONNREFUSED')));
    app.use(bulwarkErrors({ onError }));
    const url = await serve(app);
    expect((await fetch(`${url}/refused`)).status).toBe(400);
    expect(onError).not.toHaveBeenCalled();
    expect((await fetch(`${url}/failed`)).status).toBe(500);
    expect(onError).toHaveBeenCalledOnce();
  });
});
