import { setTimeout as sleep } from 'node:timers/promises';
import { renderToStream, sendHtml } from 'bulwark/html';
import { expect } from 'vitest';
import { THEN, t } from './case.ts';
import { attackBy, type ProgramCase, useBy } from './program-case.ts';
import { evil, failsWith, failure, late, read, served, unhandled } from './stream-tools.ts';

/** Thenables, failures, aborts and clients that leave. */
export const latePrograms: readonly ProgramCase[] = [
  // Thenables.
  useBy('a query that runs when it is awaited, as those of Knex do, runs once', async () => {
    let runs = 0;
    const query = {
      [THEN]: (done: unknown, failed: unknown) => {
        runs += 1;
        return Promise.resolve(`row ${runs}`).then(done as never, failed as never);
      },
    };
    expect([await read(late('<p>~</p>', query)), runs]).toEqual(['<p>row 1</p>', 1]);
  }),
  attackBy('a thenable that resolves twice', async () =>
    expect(
      await read(
        late('<p>~</p>', {
          [THEN]: (f: (v: unknown) => void) => {
            f('a');
            f(evil);
            f(t('<b></b>'));
          },
        }),
      ),
    ).toBe('<p>a</p>'),
  ),
  attackBy('a thenable that resolves and then throws', async () =>
    expect(
      await read(
        late('<p>~</p>', {
          [THEN]: (f: (v: unknown) => void) => {
            f('a');
            throw new Error('late');
          },
        }),
      ),
    ).toBe('<p>a</p>'),
  ),
  attackBy('a thenable whose then is a getter that changes', async () => {
    let reads = 0;
    const value = {
      get [THEN]() {
        reads += 1;
        return reads === 1 ? (f: (v: unknown) => void) => f('a') : undefined;
      },
    };
    const got = await failure(async () =>
      expect(await read(late('<p>~</p>', value))).not.toContain('object Object'),
    );
    expect(got).not.toMatch(/Assertion/);
  }),
  attackBy('a thenable whose then throws', async () =>
    expect(
      await failure(
        async () =>
          await read(
            late('<p>~</p>', {
              get [THEN]() {
                throw new Error('mine');
              },
            }),
          ),
      ),
    ).not.toBe('nothing was thrown'),
  ),
  attackBy('lists of promises 100,000 deep', async () => {
    let deep: unknown = 'x';
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    await failsWith(/^html\/not-text$/, async () => await read(late('<p>~</p>', Promise.resolve(deep))));
  }),
  attackBy(
    'an async iterable that throws',
    async () =>
      await failsWith(
        /mine/,
        async () =>
          await read(
            late(
              '<p>~</p>',
              (async function* () {
                yield 'a';
                throw new Error('mine');
              })(),
            ),
          ),
      ),
  ),
  ...[undefined, null, 5, 'x', true].map((step) =>
    attackBy(`an async iterator whose next() gives ${step}`, async () => {
      const items = { [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve(step) }) };
      await expect(read(late('<p>~</p>', items))).rejects.toThrow(TypeError);
    }),
  ),
  attackBy(
    'a promise that rejects cuts the page off',
    async () =>
      await failsWith(/mine/, async () => await read(late('<p>~</p>', Promise.reject(new Error('mine'))))),
  ),
  attackBy('a second promise that rejects while the first is awaited', async () => {
    const count = await unhandled(
      async () =>
        await failure(
          async () => await read(late('<p>~~</p>', sleep(20, 'a'), Promise.reject(new Error('mine')))),
        ),
    );
    expect(count).toBe(0);
  }),
  attackBy('a page with a promise that rejects, and that is never sent', async () => {
    expect(
      await unhandled(() => {
        late('<p>~</p>', Promise.reject(new Error('mine')));
      }),
    ).toBe(0);
  }),
  attackBy('a promise that rejects, in a list that is refused', async () => {
    expect(
      await unhandled(() => failure(() => t('<p>~~</p>', Promise.reject(new Error('mine')), { x: 1 }))),
    ).toBe(0);
  }),
  attackBy('promises in a late list of which one rejects', async () => {
    expect(
      await unhandled(() =>
        failure(
          async () =>
            await read(
              late('<p>~</p>', Promise.resolve([sleep(20, 'a'), Promise.reject(new Error('mine'))])),
            ),
        ),
      ),
    ).toBe(0);
  }),
  attackBy('a page that is aborted before a promise behind rejects', async () => {
    const stop = new AbortController();
    expect(
      await unhandled(async () => {
        const done = failure(
          async () =>
            await read(
              late(
                '~~',
                sleep(500, 'a', { ref: false }),
                sleep(15).then(() => {
                  throw new Error('mine');
                }),
              ),
              { signal: stop.signal },
            ),
        );
        stop.abort();
        await done;
      }),
    ).toBe(0);
  }),
  attackBy('an abort ends the stream with an error, and the iterator', async () => {
    const stop = new AbortController();
    let returned = false;
    async function* endless(): AsyncGenerator<string> {
      try {
        for (;;) {
          await sleep(1);
          yield 'x';
        }
      } finally {
        returned = true;
      }
    }
    setTimeout(() => stop.abort(), 20);
    expect(
      await failure(async () => await read(late('<p>~</p>', endless()), { signal: stop.signal })),
    ).not.toBe('nothing was thrown');
    await sleep(10);
    expect(returned).toBe(true);
  }),
  attackBy('a signal that is aborted already', async () =>
    expect(
      await failure(
        async () => await read(late('<p>~</p>', Promise.resolve('x')), { signal: AbortSignal.abort() }),
      ),
    ).not.toBe('nothing was thrown'),
  ),
  attackBy('a reader that goes away ends the iterator', async () => {
    let returned = false;
    async function* endless(): AsyncGenerator<string> {
      try {
        for (;;) yield 'x'.repeat(10_000);
      } finally {
        returned = true;
      }
    }
    const reader = renderToStream(late('<p>~</p>', endless())).getReader();
    for (let turn = 0; turn < 3; turn += 1) await reader.read();
    await reader.cancel();
    await sleep(10);
    expect(returned).toBe(true);
  }),
  attackBy('no more is made than is read', async () => {
    let made = 0;
    async function* endless(): AsyncGenerator<string> {
      for (;;) {
        made += 1;
        yield 'x'.repeat(10_000);
      }
    }
    const reader = renderToStream(late('<p>~</p>', endless())).getReader();
    for (let turn = 0; turn < 3; turn += 1) await reader.read();
    await sleep(30);
    expect(made).toBeLessThan(20);
    await reader.cancel();
  }),
  attackBy('a client can tell that a page was cut off', async () => {
    await served(
      (_, res) =>
        void sendHtml(
          res,
          late(
            '<p>~</p>',
            sleep(5).then(() => {
              throw new Error('mine');
            }),
          ),
        ).catch(() => undefined),
      async (url) => {
        await expect(fetch(url).then((response) => response.text())).rejects.toThrow();
      },
    );
  }),
  attackBy('a client that goes away ends the iterator', async () => {
    let returned = false;
    async function* endless(): AsyncGenerator<string> {
      try {
        for (;;) {
          await sleep(1);
          yield 'x'.repeat(1000);
        }
      } finally {
        returned = true;
      }
    }
    await served(
      (_, res) => void sendHtml(res, late('<p>~</p>', endless())).catch(() => undefined),
      async (url) => {
        const stop = new AbortController();
        const response = await fetch(url, { signal: stop.signal });
        await response.body?.getReader().read();
        stop.abort();
        await sleep(50);
      },
    );
    expect(returned).toBe(true);
  }),
];
