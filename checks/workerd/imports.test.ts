import { describe, expect, it } from 'vitest';
import { bundleWorker } from './bundle-worker.ts';

const from = (path: string): URL => new URL(`../../lib/${path}/index.ts`, import.meta.url);

describe('what workers can import', () => {
  it.each([
    ...['hono', 'web', 'request', 'csp', 'csrf', 'cors', 'redirect', 'session/sealed', 'headers', 'errors'],
    ...['rate-limit', 'session', 'parse'],
  ])('bulwark/%s needs nothing of Node but AsyncLocalStorage', async (path) => {
    const { imports } = await bundleWorker(from(path));
    expect(imports.filter((name) => name !== 'node:async_hooks')).toEqual([]);
  });

  it('finds an import of Node', async () => {
    expect((await bundleWorker(from('path'))).imports).toContain('node:fs/promises');
  });
});
