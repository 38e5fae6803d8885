import { describe, expect, it } from 'vitest';
import { ask, type HttpAnswer, headerIn, shownAnswer } from './answer.ts';
import { cookieHeader, cookiesIn, withAnswer } from './answer-cookies.ts';

const read = (answer: unknown) => ask('a request', () => answer, 1_000);

describe('an answer', () => {
  const lines = ['a=1; Path=/; Secure', 'b=2'];
  const shapes: readonly (readonly [string, () => unknown])[] = [
    [
      'Response',
      () =>
        new Response('hello', {
          status: 201,
          headers: lines.map((line): [string, string] => ['set-cookie', line]),
        }),
    ],
    [
      'supertest',
      () => ({ status: 201, statusCode: 201, headers: { 'set-cookie': lines }, text: 'hello', body: {} }),
    ],
    ['axios', () => Promise.resolve({ status: 201, headers: { 'Set-Cookie': lines }, data: 'hello' })],
    ['a record', () => ({ status: 201, headers: { 'set-cookie': lines, date: undefined }, body: 'hello' })],
    [
      "Fastify's inject",
      () =>
        Promise.resolve({
          statusCode: 201,
          headers: { 'set-cookie': lines },
          payload: 'hello',
          body: 'hello',
        }),
    ],
  ];

  it.each(shapes)('of %s is read', async (_what, send) => {
    const answer = await read(await send());
    expect([answer.status, answer.body]).toEqual([201, 'hello']);
    expect(cookiesIn(answer).map(({ name, value }) => [name, value])).toEqual([
      ['a', '1'],
      ['b', '2'],
    ]);
  });

  it('leaves the body to the test', async () => {
    const response = new Response('hello');
    expect((await read(response)).body).toBe('hello');
    expect(await response.text()).toBe('hello');
    expect((await read(response)).body).toBe('');
  });

  it('is bounded where it is shown', async () => {
    const answer = await read({ status: 302, headers: { location: '/a\n' }, body: 'x'.repeat(10_000) });
    expect(shownAnswer(answer)).toMatch(/^302 to "\/a\\n" "x{300,}"?\.\.\. \(10000 characters\)$/);
    expect(headerIn(answer, 'location')).toBe('/a\n');
  });

  it.each([[undefined], [null], ['hello'], [{}], [{ status: '200', headers: {} }], [{ status: 200 }]])(
    'cannot be %j',
    async (given) => {
      await expect(read(given)).rejects.toMatchObject({ code: 'bulwark/invalid-option' });
    },
  );

  it('that was redirected is red, and so is one that does not come', async () => {
    const redirected = { status: 200, headers: {}, redirected: true } as HttpAnswer;
    await expect(read(redirected)).rejects.toThrow(/^The client followed a redirect/);
    await expect(ask('x', () => new Promise(() => {}), 20)).rejects.toThrow(/did not end within 20 ms/);
    await expect(ask('x', () => Promise.reject(new RangeError('mine')), 20)).rejects.toThrow(RangeError);
  });
});

describe('cookies', () => {
  it('are kept, replaced and removed as a browser does', async () => {
    const jar = new Map([
      ['a', '1'],
      ['b', '2'],
      ['c', '3'],
    ]);
    const lines = [
      ...['a=; Max-Age=0', 'b=new=er; HttpOnly', 'c=; expires=Thu, 01 Jan 1970 00:00:00 GMT', 'd', '=x'],
      'e=5; Max-Age=10; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
    ];
    const kept = withAnswer(jar, await read({ status: 200, headers: { 'set-cookie': lines } }));
    expect(cookieHeader(kept)).toBe('b=new=er; d=; e=5');
    expect(cookieHeader(new Map())).toBe('');
  });
});
