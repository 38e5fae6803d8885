import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { configureEvents } from '../event/index.ts';
import { memoryStore, rateLimit } from '../rate-limit/index.ts';
import { currentRequest } from '../request/index.ts';
import { bulwark, bulwarkErrors, routeRateLimit } from './index.ts';

configureEvents({ sinks: [] });

describe('on a web Request', () => {
  const limiter = () => rateLimit({ store: memoryStore(), limit: 1, windowSeconds: 60, key: 'address' });

  it('a limit by address needs the option connection: bulwark/invalid-option', async () => {
    const log: unknown[] = [];
    const app = new Hono();
    app.use('/all/*', bulwark({ rateLimit: limiter() }));
    app.use('/route', bulwark());
    app.onError(bulwarkErrors({ onError: (error) => void log.push(error) }));
    app.get('/all/a', (c) => c.text('passed'));
    app.get('/route', routeRateLimit(limiter()), (c) => c.text('passed'));
    for (const path of ['/all/a', '/route']) {
      const headers = { 'x-forwarded-for': '203.0.113.9', 'cf-connecting-ip': '203.0.113.9' };
      expect((await app.request(path, { headers })).status).toBe(500);
    }
    expect(log.map((error) => (error as { code: string }).code)).toEqual(
      Array(2).fill('bulwark/invalid-option'),
    );
  });

  it('counts by the address that the option names', async () => {
    const app = new Hono();
    app.use(
      bulwark({ rateLimit: limiter(), connection: (c) => ({ remote: c.req.header('cf-connecting-ip') }) }),
    );
    app.onError(bulwarkErrors());
    app.get('/', (c) => c.text(currentRequest()?.client ?? 'none'));
    const from = (address: string) => app.request('/', { headers: { 'cf-connecting-ip': address } });
    expect(await (await from('203.0.113.1')).text()).toBe('203.0.113.1');
    expect((await from('203.0.113.1')).status).toBe(429);
    expect((await from('203.0.113.2')).status).toBe(200);
  });

  it('answers a failure of the option connection with the headers', async () => {
    const app = new Hono();
    app.use(
      bulwark({
        connection() {
          throw new Error('hunter2');
        },
      }),
    );
    const log: unknown[] = [];
    app.onError(bulwarkErrors({ onError: (error) => void log.push(error) }));
    app.get('/', (c) => c.text('passed'));
    const answer = await app.request('/');
    expect(answer.status).toBe(500);
    expect(answer.headers.get('x-frame-options')).toBe('DENY');
    expect(log).toHaveLength(1);
  });

  it('takes no address from a polluted prototype', async () => {
    const app = new Hono();
    app.use(bulwark({ connection: () => ({}) }));
    app.get('/', (c) => c.text(currentRequest()?.client ?? 'none'));
    const polluted = Object.prototype as { remote?: string; incoming?: object };
    polluted.remote = '10.0.0.1';
    polluted.incoming = { headers: {}, socket: { remoteAddress: '10.0.0.1' } };
    try {
      expect(await (await app.request('/')).text()).toBe('none');
      const other = new Hono();
      other.use(bulwark());
      other.get('/', (c) => c.text(currentRequest()?.client ?? 'none'));
      expect(await (await other.request('/')).text()).toBe('none');
    } finally {
      delete polluted.remote;
      delete polluted.incoming;
    }
  });

  it.each([{ connection: 'cf-connecting-ip' }, { conection: () => ({}) }, { maxBodyBytes: 'x' }])(
    'refuses %j at startup: bulwark/invalid-option',
    (options) => {
      expect(() => bulwark(options as never)).toThrow(
        expect.objectContaining({ code: 'bulwark/invalid-option' }) as Error,
      );
    },
  );
});
