import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
// @ts-expect-error Its types are those of Express 5.
import express4 from 'express4';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bulwarkErrors, staticFiles as expressFiles, bulwark as onExpress } from '../../express/index.ts';
import { bulwark, type Handler, staticFiles } from '../index.ts';

let folder: string;
let stop: () => void = () => {};
const escaped: unknown[] = [];
const note = (error: unknown): void => void escaped.push(error);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulwark-static-'));
  writeFileSync(join(folder, 'app.js'), 'run()');
  mkdirSync(join(folder, 'docs'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  escaped.length = 0;
  process.on('uncaughtException', note).on('unhandledRejection', note);
});
afterEach(() => {
  stop();
  process.off('uncaughtException', note).off('unhandledRejection', note);
  expect(escaped).toEqual([]);
});

async function start(
  app: Parameters<typeof createServer>[1],
): Promise<(path: string) => Promise<[number, string]>> {
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stop = () => void server.close();
  const { port } = server.address() as AddressInfo;
  return async (path) => {
    const signal = AbortSignal.timeout(5_000);
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      signal,
      headers: { connection: 'close' },
    });
    return [answer.status, await answer.text()];
  };
}

const missing = (): Error => Object.assign(new Error('no such page'), { status: 404, expose: true });
const failures: unknown[] = [];
const onNode = (handler: Handler): ReturnType<typeof start> =>
  start(bulwark({ onError: (error) => void failures.push(error) }, handler));

describe('staticFiles without a framework (CWE-248)', () => {
  const forms: [string, (assets: ReturnType<typeof staticFiles>) => Handler][] = [
    [
      'a next that throws',
      (assets) => (req, res) =>
        assets(req, res, (error) => {
          throw error ?? missing();
        }),
    ],
    [
      'an async next',
      (assets) => (req, res) => assets(req, res, (error) => Promise.reject(error ?? missing())),
    ],
    [
      'no next',
      (assets) => async (req, res) => {
        if (!(await assets(req, res))) throw missing();
      },
    ],
  ];

  it.each(forms)('answers a missing file with 404, and goes on, with %s', async (_name, handler) => {
    const ask = await onNode(handler(staticFiles(folder)));
    for (const path of ['/none.js', '/.env', '/docs/', '/%2e%2e/x', '/app.js/x']) {
      expect((await ask(path))[0], path).toBe(404);
    }
    expect(await ask('/app.js')).toEqual([200, 'run()']);
  });

  it.each(forms)('answers a failure with 500 and without details, with %s', async (_name, handler) => {
    failures.length = 0;
    const files = staticFiles(folder);
    const ask = await onNode((req, res) => {
      // As a library that wraps the response and fails once.
      if (req.url === '/app.js') {
        res.setHeader = () => {
          Reflect.deleteProperty(res, 'setHeader');
          throw new Error('secret-4471');
        };
      }
      return handler(files)(req, res);
    });
    const [status, body] = await ask('/app.js');
    expect(status).toBe(500);
    expect(body).not.toContain('4471');
    expect(failures).toHaveLength(1);
    expect((await ask('/none.js'))[0]).toBe(404);
  });

  it('resolves with whether it answered', async () => {
    const assets = staticFiles(folder);
    const answered: boolean[] = [];
    const ask = await onNode(async (req, res) => {
      const wasSent = await assets(req, res);
      answered.push(wasSent);
      if (!wasSent) res.end('mine');
    });
    expect(await ask('/app.js')).toEqual([200, 'run()']);
    expect(await ask('/cart')).toEqual([200, 'mine']);
    expect(answered).toEqual([true, false]);
  });
});

describe.each([
  ['Express 5', express],
  ['Express 4', express4 as typeof express],
])('staticFiles with %s', (_name, framework) => {
  it('passes a missing file on, and what the next handler throws goes to the error handlers', async () => {
    const app = framework().use(onExpress());
    app.use('/assets', expressFiles(folder));
    app.use('/assets/:name', () => {
      throw missing();
    });
    app.use(bulwarkErrors());
    const ask = await start(app);
    expect((await ask('/assets/none.js'))[0]).toBe(404);
    expect(await ask('/assets/app.js')).toEqual([200, 'run()']);
  });

  it('returns no promise, which Express would take for a second call of next', () => {
    const returned = expressFiles(folder)({ method: 'POST' } as never, {} as never, () => {});
    expect(returned).toBeUndefined();
  });
});
