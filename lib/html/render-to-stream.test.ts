import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configureEvents } from '../event/index.ts';
import { currentRequest, withRequest } from '../request/index.ts';
import { html, htmlResponse, type LateHtml, renderToStream, type SafeHtml } from './index.ts';

const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);

beforeEach(() => {
  configureEvents({ sinks: [] });
  unhandled.length = 0;
  process.on('unhandledRejection', note);
});

afterEach(async () => {
  for (let i = 0; i < 3; i++) await turn();
  process.removeListener('unhandledRejection', note);
  expect(unhandled).toEqual([]);
});

const text = (page: SafeHtml | LateHtml): Promise<string> => new Response(renderToStream(page)).text();
const never = new Promise<string>(() => {});

async function chunksOf(page: SafeHtml | LateHtml): Promise<string[]> {
  const chunks: string[] = [];
  for await (const chunk of renderToStream(page) as unknown as AsyncIterable<Uint8Array>) {
    chunks.push(new TextDecoder().decode(chunk));
  }
  return chunks;
}

describe('a page that waits', () => {
  it('asks a query for its rows once, and not before its turn', async () => {
    const asked: string[] = [];
    // As those of Knex and Mongoose, which run when they are awaited.
    const query = (name: string): PromiseLike<string> => {
      const start = (done: (rows: string) => void): void => {
        asked.push(name);
        done(name);
      };
      return { ['then' as string]: start } as never;
    };
    const page = html`${query('a')}${query('b')}`;
    expect(asked).toEqual([]);
    expect(await text(page)).toBe('ab');
    expect(asked).toEqual(['a', 'b']);
  });

  it('is streamed in order, whatever is ready first', async () => {
    let first = (_: string): void => {};
    const slow = new Promise<string>((resolve) => {
      first = resolve;
    });
    const page = html`<ul>${slow}|${Promise.resolve('<b>')}</ul>${[1, Promise.resolve(html`<i>${2}</i>`)]}`;
    const reader = renderToStream(page).getReader();
    const decode = async (): Promise<string> => new TextDecoder().decode((await reader.read()).value);
    expect(await decode()).toBe('<ul>');
    const next = decode();
    first('a');
    expect(await next).toBe('a');
    expect([await decode(), await decode(), await decode(), await decode()]).toEqual([
      '|',
      '&lt;b&gt;',
      '</ul>1',
      '<i>2</i>',
    ]);
    expect((await reader.read()).done).toBe(true);
  });

  it('takes iterables, within each other and within promises', async () => {
    async function* rows(depth: number): AsyncGenerator<unknown> {
      yield html`<li>${depth}</li>`;
      if (depth > 0) yield html`<ul>${rows(depth - 1) as AsyncIterable<string>}</ul>`;
      yield ['a', null, Promise.resolve('<'), false];
    }
    const expected = '<li>1</li><ul><li>0</li>a&lt;</ul>a&lt;';
    expect(await text(html`${rows(1) as AsyncIterable<string>}`)).toBe(expected);
    expect(await text(html`${Promise.resolve(html`${rows(1) as AsyncIterable<string>}`)}!`)).toBe(
      `${expected}!`,
    );
    expect(await text(html`<p>x</p>`)).toBe('<p>x</p>');
    expect(await chunksOf(html`${Promise.resolve('')}${Promise.resolve(null)}`)).toEqual([]);
  });

  it('takes a list that is longer than what a call takes', async () => {
    const list = Promise.resolve(Array.from({ length: 150_000 }, () => Promise.resolve('x')));
    let length = 0;
    for await (const chunk of renderToStream(html`<p>${list}</p>`)) length += chunk.length;
    expect(length).toBe(150_007);
  });

  it('escapes and refuses as a page that does not', async () => {
    await expect(text(html`<svg>${Promise.resolve(html`<p>x</p>`)}</svg>`)).rejects.toMatchObject({
      code: 'html/foreign-content',
    });
    await expect(
      text(html`<svg>${html`<g>${Promise.resolve(html`<p>x</p>`)}</g>`}</svg>`),
    ).rejects.toMatchObject({
      code: 'html/foreign-content',
    });
    await expect(text(html`${Promise.resolve({ a: 1 })}`)).rejects.toMatchObject({ code: 'html/not-text' });
    await expect(text(html`${Promise.resolve(new Date()) as never}`)).rejects.toMatchObject({
      code: 'html/invalid-value',
    });
    expect(await text(html`<svg>${Promise.resolve(html`<g></g>`)}</svg>`)).toBe('<svg><g></g></svg>');
    expect(await text(html`${Promise.resolve('\0L\0')}`)).toBe('\ufffdL\ufffd');
  });

  it('has the nonce of the request that asked for it', async () => {
    const [markup, nonce] = await withRequest({}, async () => {
      const page = html`<style></style>${turn().then(() => html`<script>x</script>`)}`;
      return [await text(page), currentRequest()?.nonce];
    });
    expect(markup).toBe(`<style nonce="${nonce}"></style><script nonce="${nonce}">x</script>`);
    expect(await text(html`<style></style>${Promise.resolve(null)}`)).toBe('<style></style>');
  });

  it('asks for no more than what is read', async () => {
    let made = 0;
    async function* rows(): AsyncGenerator<string> {
      for (;;) yield `${++made}`;
    }
    const reader = renderToStream(html`<ul>${rows()}</ul>`).getReader();
    for (let i = 0; i < 5; i++) await turn();
    expect(made).toBe(0);
    await reader.read();
    await reader.read();
    for (let i = 0; i < 5; i++) await turn();
    expect(made).toBe(1);
    await reader.cancel();
  });

  it('ends with the error of what it waits for, and tells open iterables', async () => {
    let closed = 0;
    async function* rows(): AsyncGenerator<unknown> {
      try {
        yield 'a';
        yield Promise.reject(new Error('database'));
      } finally {
        closed++;
      }
    }
    await expect(text(html`<p>${Promise.reject(new Error('x'))}</p>`)).rejects.toThrow('x');
    await expect(text(html`${rows() as AsyncIterable<string>}`)).rejects.toThrow('database');
    for (let i = 0; i < 3; i++) await turn();
    expect(closed).toBe(1);
    async function* refused(): AsyncGenerator<unknown> {
      try {
        yield { a: 1 };
      } finally {
        closed++;
      }
    }
    await expect(text(html`${refused() as AsyncIterable<string>}`)).rejects.toMatchObject({
      code: 'html/not-text',
    });
    for (let i = 0; i < 3; i++) await turn();
    expect(closed).toBe(2);
  });

  it('leaves no rejection unhandled that comes before its turn, or is never asked for', async () => {
    const reader = renderToStream(html`${never}${Promise.reject(new Error('late'))}`).getReader();
    html`${Promise.reject(new Error('never rendered'))}`;
    for (let i = 0; i < 3; i++) await turn();
    const read = reader.read();
    await reader.cancel(new Error('gone'));
    expect((await read).done).toBe(true);
  });

  it('ends at once when it is cancelled or aborted, also while it waits', async () => {
    let closed = 0;
    const stuck: AsyncIterable<string> = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise(() => {}),
        return: () => {
          closed++;
          return Promise.reject(new Error('ignored'));
        },
      }),
    };
    const reader = renderToStream(html`<p>${stuck}`).getReader();
    await reader.read();
    const waiting = reader.read();
    await turn();
    await reader.cancel();
    expect((await waiting).done).toBe(true);
    expect(closed).toBe(1);

    const abort = new AbortController();
    const aborted = renderToStream(html`<p>${stuck}`, { signal: abort.signal }).getReader();
    await aborted.read();
    const cut = aborted.read();
    await turn();
    abort.abort(new Error('stop'));
    await expect(cut).rejects.toThrow('stop');
    expect(closed).toBe(2);
    await expect(
      text(html`x`).then(() => renderToStream(html`x`, { signal: abort.signal }).getReader().read()),
    ).rejects.toThrow('stop');
  });

  it('leaves no rejection unheard where another value ends the page', async () => {
    const unheard: unknown[] = [];
    const note = (reason: unknown): void => void unheard.push(reason);
    process.on('unhandledRejection', note);
    const late = (): Promise<string> => pause(1).then(() => Promise.reject(new Error('late')));
    const bad = { a: 1 } as never;
    try {
      for (const make of [
        () => html`<h1>${bad}</h1><p>${late()}</p>`,
        () => html`${[bad]}${[[late()]]}`,
        () => html`<p title="${late() as never}">x</p>`,
      ]) {
        expect(make).toThrow();
      }
      await expect(text(html`${Promise.resolve([bad, late()])}`)).rejects.toThrow();
      await pause(20);
    } finally {
      process.off('unhandledRejection', note);
    }
    expect(unheard).toEqual([]);
  });

  it('takes no page that it did not make', () => {
    expect(() => renderToStream('<b>' as never)).toThrow(
      expect.objectContaining({ code: 'html/not-safe-html' }),
    );
    expect(() => htmlResponse({} as never)).toThrow(expect.objectContaining({ code: 'html/not-safe-html' }));
  });
});

describe('htmlResponse', () => {
  it('says what it is, whatever the headers say', async () => {
    const response = htmlResponse(html`<p>${'\u00e9'}</p>`, {
      status: 404,
      headers: { 'content-type': 'text/plain', a: 'b' },
    });
    expect([response.status, response.headers.get('content-type'), response.headers.get('a')]).toEqual([
      404,
      'text/html; charset=utf-8',
      'b',
    ]);
    expect(await response.text()).toBe('<p>\u00e9</p>');
    expect(await htmlResponse(html`${Promise.resolve('x')}`).text()).toBe('x');
  });
});
