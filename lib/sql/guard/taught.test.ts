import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { configureEvents } from '../../event/index.ts';
import { withRequest } from '../../request/context.ts';
import { inputBounds } from '../../request/inputs.ts';
import { createInspector, type Inspector } from './create-inspector.ts';

const payload = "x' or '1'='1";
const injected = `select id from note where owner = '${payload}'`;
const until = new Date(Date.now() + 60_000);

beforeAll(() => void configureEvents({ sinks: [] }));
afterAll(() => void configureEvents({ sinks: [] }));

const asked = <T>(query: object, work: () => T): T => withRequest({ inputs: () => ({ query }) }, work);
const refused = { code: 'sql/input-in-text' };

/** What an attacker can have happen before the attack: none of it may help. */
const lessons: readonly (readonly [title: string, lesson: (inspector: Inspector) => void])[] = [
  ['a job that put what is stored into the text', (inspector) => inspector.inspect(injected)],
  ['a request of which nothing was told', (inspector) => withRequest({}, () => inspector.inspect(injected))],
  [
    'a request with empty inputs, as that of a queue',
    (inspector) => withRequest({ inputs: () => ({}) }, () => inspector.inspect(injected)),
  ],
  [
    'a request that put what is stored into the text',
    (inspector) => asked({ page: 'a b' }, () => inspector.inspect(injected)),
  ],
  [
    'a request whose body was told too late',
    (inspector) => {
      const parts: { query: object; body?: object } = { query: { page: 'a b' } };
      withRequest({ inputs: () => ({ ...parts }) }, () => {
        inspector.inspect(injected);
        parts.body = { payload };
        expect(inspector.inspect(injected)).toMatchObject(refused);
      });
    },
  ],
  [
    'a request with more than is compared',
    (inspector) => {
      const many = Array.from({ length: inputBounds.strings }, (_, i) => `a ${i}`);
      asked({ many, payload: { payload } }, () => inspector.inspect(injected));
    },
  ],
  [
    'an input in a form that no decoder knows',
    (inspector) => asked({ q: [...payload].reverse().join('') }, () => inspector.inspect(injected)),
  ],
  ['a harmless input', (inspector) => asked({ q: 'x' }, () => inspector.inspect(harmless('x')))],
  [
    'the same attack, many times',
    (inspector) => {
      for (let i = 0; i < 5; i++) asked({ q: payload }, () => inspector.inspect(injected));
    },
  ],
  [
    'statements of the application with the same shape',
    (inspector) =>
      asked({ q: 'a b' }, () => {
        inspector.inspect("select id from note where owner = 'a' or 'b'='c'");
        inspector.inspect("select id from note where owner = 'x' or '1'='1' ");
      }),
  ],
];

function harmless(owner: string): string {
  return `select id from note where owner = '${owner}'`;
}

describe('an attack is refused', () => {
  it.each(lessons)('after %s', (_, lesson) => {
    const inspector = createInspector('postgres', {});
    lesson(inspector);
    expect(asked({ q: payload }, () => inspector.inspect(injected))).toMatchObject(refused);
    expect(asked({ q: payload }, () => inspector.inspect(injected, [payload]))).toMatchObject(refused);
    expect(asked({ q: 'Ann' }, () => inspector.inspect(harmless('Ann')))).toBeUndefined();
  });

  it('by a text that was sent twice, when it was reported the first time', () => {
    const inspector = createInspector('postgres', { mode: 'report', until });
    const bound = 'select id from note where owner = $1 or parent = 1 or 1=1';
    try {
      for (const text of [injected, bound]) {
        expect(asked({ q: payload, id: '1 or 1=1' }, () => inspector.inspect(text))).toBeUndefined();
      }
      vi.setSystemTime(until);
      expect(asked({ q: payload }, () => inspector.inspect(injected))).toMatchObject(refused);
      expect(asked({ id: '1 or 1=1' }, () => inspector.inspect(bound, ['1 or 1=1']))).toMatchObject(refused);
    } finally {
      vi.useRealTimers();
    }
  });

  it('that is also sent as a value of the statement, as where half of it was mended', () => {
    const id = '1 or 1=1';
    const inspector = createInspector('postgres', {});
    const text = (id: string): string => `select id from note where owner = $1 or parent = ${id}`;
    for (const values of [[id], [`${id} and more`], [], [id]]) {
      expect(asked({ id }, () => inspector.inspect(text(id), values))).toMatchObject(refused);
      expect(asked({ id, other: `${id} and more` }, () => inspector.inspect(text(id), values))).toMatchObject(
        refused,
      );
      const quoted = `select id from note where owner = '${id}' or parent = ${id}`;
      expect(asked({ id }, () => inspector.inspect(quoted, values))).toMatchObject(refused);
    }
    inspector.inspect(text(id), [id]);
    expect(asked({ id }, () => inspector.inspect(text(id), [id]))).toMatchObject(refused);
    expect(asked({ id: '17' }, () => inspector.inspect(text('17'), ['17']))).toBeUndefined();
  });
});

describe('a search for words that the statement has too', () => {
  const text = 'select id from note where draft = false and title ilike $1';
  const q = 'draft = false';

  it('passes once the statement was sent without them', () => {
    const inspector = createInspector('postgres', {});
    expect(asked({ q: 'to do' }, () => inspector.inspect(text, ['%to do%']))).toBeUndefined();
    expect(asked({ q }, () => inspector.inspect(text, [`%${q}%`]))).toBeUndefined();
  });

  it('is refused before, and does not make itself known', () => {
    const inspector = createInspector('postgres', {});
    for (let i = 0; i < 3; i++) {
      expect(asked({ q }, () => inspector.inspect(text, [`%${q}%`]))).toMatchObject(refused);
    }
    inspector.inspect(text, ['%to do%']);
    expect(asked({ q }, () => inspector.inspect(text, [`%${q}%`]))).toMatchObject(refused);
  });
});

describe('a search for words that the statement has too, with the value in a literal', () => {
  const text = (q: string): string =>
    `select id, title from note where draft = false and title like '%${q}%'`;

  it('passes once the statement was sent with another value', () => {
    const inspector = createInspector('postgres', {});
    expect(asked({ q: 'draft = false' }, () => inspector.inspect(text('draft = false')))).toMatchObject(
      refused,
    );
    expect(asked({ q: 'to do' }, () => inspector.inspect(text('to do')))).toBeUndefined();
    for (const q of ['draft = false', 'id, title']) {
      expect(asked({ q }, () => inspector.inspect(text(q)))).toBeUndefined();
    }
  });

  it('lets no other text pass, nor quotes', () => {
    const inspector = createInspector('postgres', {});
    const raw = (q: string): string => `select id from note where owner = '${q}' or parent = ${q}`;
    for (const q of ['1', 'a']) expect(asked({ q }, () => inspector.inspect(raw(q)))).toBeUndefined();
    expect(asked({ q: '1 or 1=1' }, () => inspector.inspect(raw('1 or 1=1')))).toMatchObject(refused);
    const twice = (q: string): string =>
      `select id from note where title = '${q.replaceAll("'", "''")}' or owner = '${q}'`;
    inspector.inspect(twice("a' or 'b'='c"));
    asked({ q: 'e f' }, () => expect(inspector.inspect(twice("a' or 'b'='c"))).toBeUndefined());
    expect(asked({ q: payload }, () => inspector.inspect(twice(payload)))).toMatchObject(refused);
  });
});

describe('a search for words that other statements of the request have', () => {
  const session =
    'select s.id, count(*) from sessions s left join people p on p.id = s.person where s.id = $1 and s.open ' +
    'group by s.id limit 10';
  const byLiteral = (id: string): string => session.replace('$1', `'${id}'`);
  const search = 'select id from products where name ilike $1';
  const words = ['limit 10', 'left join people p on', 'count(*)', 'where s', 'group by s', 'and s', 's.id,'];

  it.each(words)('passes once they were sent without it: %s', (q) => {
    const inspector = createInspector('postgres', {});
    const request = (q: string, id: string): (object | undefined)[] =>
      asked({ q }, () => [
        inspector.inspect(session, [id]),
        inspector.inspect(byLiteral(id)),
        inspector.inspect(search, [`%${q}%`]),
      ]);
    expect(request('to do', 'a1')).toEqual([undefined, undefined, undefined]);
    expect(request(q, 'b2')).toEqual([undefined, undefined, undefined]);
  });

  it.each<readonly [string, object]>([
    ['a word', { q: 'shoes' }],
    ['a number', { id: '7' }],
    ['nothing', {}],
  ])('passes once they were sent with %s', (_, query) => {
    const inspector = createInspector('postgres', {});
    asked(query, () => expect(inspector.inspect(session, ['a1'])).toBeUndefined());
    asked({ q: 'limit 10' }, () => expect(inspector.inspect(session, ['b2'])).toBeUndefined());
  });

  it('is refused where nothing was told of the requests that sent them', () => {
    const inspector = createInspector('postgres', {});
    withRequest({}, () => inspector.inspect(session, ['a1']));
    withRequest({ inputs: () => ({}) }, () => inspector.inspect(session, ['a1']));
    inspector.inspect(session, ['a1']);
    expect(asked({ q: 'and s.open' }, () => inspector.inspect(session, ['b2']))).toMatchObject(refused);
  });

  it('is refused where the text is another one', () => {
    const inspector = createInspector('postgres', {});
    asked({ q: 'to do' }, () => inspector.inspect(byLiteral('a1')));
    const more = `${byLiteral('a1')} offset 10`;
    expect(asked({ q: 'limit 10 offset 10' }, () => inspector.inspect(more))).toMatchObject(refused);
    expect(asked({ q: 'group by s.id' }, () => inspector.inspect(more))).toMatchObject(refused);
  });

  it('is refused where quotes or comments came with it', () => {
    const text = "select id from note where owner = 'a' or shared = 'b'";
    const inspector = createInspector('postgres', {});
    expect(asked({ q: 'to do' }, () => inspector.inspect(text))).toBeUndefined();
    expect(asked({ q: "a' or shared = 'b" }, () => inspector.inspect(text))).toMatchObject(refused);
    expect(asked({ q: 'or shared' }, () => inspector.inspect(text))).toBeUndefined();
  });
});

describe('the texts that passed in a request', () => {
  it('are read again once there are more inputs, or for another request', () => {
    const inspector = createInspector('postgres', {});
    const parts: { query: object; body?: object } = { query: { page: 'a b' } };
    withRequest({ inputs: () => ({ ...parts }) }, () => {
      expect(inspector.inspect(injected)).toBeUndefined();
      expect(inspector.inspect(injected)).toBeUndefined();
      asked({ q: payload }, () => expect(inspector.inspect(injected)).toMatchObject(refused));
      parts.body = { payload };
      expect(inspector.inspect(injected)).toMatchObject(refused);
    });
  });

  it('are bounded', () => {
    const inspector = createInspector('postgres', {});
    asked({ q: payload }, () => {
      for (let i = 0; i < 500; i++) expect(inspector.inspect(`select ${i}`)).toBeUndefined();
      expect(inspector.inspect(injected)).toMatchObject(refused);
    });
  });
});
