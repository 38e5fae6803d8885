import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configureEvents } from '../../event/index.ts';
import type { SecurityEvent } from '../../event/security-event.ts';
import { refusalOf } from '../../internal/refuse.ts';
import { withRequest } from '../../request/context.ts';
import { createInspector } from './create-inspector.ts';

const events: SecurityEvent[] = [];
let recorder = configureEvents({ sinks: [] });

beforeEach(async () => {
  await recorder.flush();
  events.length = 0;
  recorder = configureEvents({ sinks: [{ name: 'test', write: (batch) => void events.push(...batch) }] });
});
afterEach(() => void configureEvents({ sinks: [] }));

const asked = <T>(query: object, work: () => T): T => withRequest({ inputs: () => ({ query }) }, work);

/** Texts of 61 dots and colons, each another one, whose parts are those of the others. */
function alike(count: number): string[] {
  let state = 1;
  return Array.from({ length: count }, () =>
    Array.from({ length: 61 }, () => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return state & 0x10000 ? '.' : ':';
    }).join(''),
  );
}

describe('an inspector', () => {
  it('reports until its date, where the code may be reported', async () => {
    const until = new Date(Date.now() + 60_000);
    const inspector = createInspector('postgres', { mode: 'report', until });
    expect(asked({ q: '1 or 1=1' }, () => inspector.inspect('select 1 or 1=1'))).toBeUndefined();
    expect(inspector.inspect('select 1; select 2')).toBeUndefined();
    expect(inspector.inspect('select \0')).toBeUndefined();
    expect(inspector.inspect('select $1', [{ a: 1 }])).toBeUndefined();
    await recorder.flush();
    expect(events.map(({ code, action }) => `${action} ${code}`)).toEqual([
      'reported sql/input-in-text',
      'reported sql/stacked-statements',
      'reported sql/nul-in-text',
      'reported sql/object-parameter',
    ]);
    const over = createInspector('postgres', { mode: 'report', until: new Date(Date.now() - 1) });
    expect(over.inspect('select 1; select 2')).toMatchObject({ code: 'sql/stacked-statements' });
    expect(() => createInspector('postgres', { mode: 'report' } as never)).toThrow(
      expect.objectContaining({ code: 'bulwark/report-without-end' }),
    );
  });

  it('lets a statement of its own compare a column with itself', () => {
    const inspector = createInspector('postgres', {});
    const text = 'select * from t where id = id and tenant = 7';
    expect(asked({ q: 'id' }, () => inspector.inspect(text))).toMatchObject({ code: 'sql/input-in-text' });
    // It comes without the input as well, so that the application wrote it.
    expect(asked({ q: 'a b' }, () => inspector.inspect(text))).toBeUndefined();
    expect(asked({ q: 'id' }, () => inspector.inspect(text))).toBeUndefined();
    expect(asked({ q: 'id' }, () => inspector.inspect('select * from u where id = id'))).toMatchObject({
      code: 'sql/input-in-text',
    });
  });

  it('tells where the input came from, and the statement without its values', async () => {
    const inspector = createInspector('mysql', {});
    const secret = "hunter2' or 'a'='a";
    const denied = asked({ secret }, () =>
      inspector.inspect(`select * from u where p = '${secret}' and n = 4711`),
    );
    if (denied) refusalOf(denied);
    await recorder.flush();
    expect(events[0]?.evidence).toEqual({
      source: 'query.secret',
      statement: 'select * from u where p = ? or ? = ? and n = ?',
    });
  });

  it('says once for each request that there was more than it compares', async () => {
    const inspector = createInspector('postgres', {});
    const many = Array.from({ length: 10_050 }, (_, i) => `a ${i}`);
    asked({ many }, () => {
      expect(inspector.inspect('select 1')).toBeUndefined();
      expect(inspector.inspect('select 2')).toBeUndefined();
      expect(inspector.inspect("select 'x' or a 77")).toMatchObject({ code: 'sql/input-in-text' });
    });
    await recorder.flush();
    expect(events.map(({ code, action, count }) => ({ code, action, count }))).toEqual([
      { code: 'sql/inputs-incomplete', action: 'reported', count: 1 },
    ]);
    asked({ many: many.slice(0, 50) }, () => expect(inspector.inspect('select 3')).toBeUndefined());
    await recorder.flush();
    expect(events.length).toBe(1);
  });

  it('refuses what would take too long to compare', () => {
    const inspector = createInspector('postgres', {});
    const same = alike(9000);
    const long = `select '${alike(1600).join('')}'`;
    expect(asked({ same }, () => inspector.inspect(long))).toMatchObject({
      code: 'sql/inspection-too-large',
    });
    expect(asked({ q: same[0] }, () => inspector.inspect(long))).toBeUndefined();
  });

  it('reads by the modes of the server', () => {
    const injected = "select '\\' or 1=1 -- '";
    const query = { q: "\\' or 1=1 -- " };
    const plain = createInspector('mysql', {});
    const other = createInspector('mysql', { noBackslashEscapes: true });
    expect(asked(query, () => plain.inspect("select '\\\\'' or 1=1 -- '"))).toBeUndefined();
    expect(asked(query, () => other.inspect(injected))).toMatchObject({ code: 'sql/input-in-text' });
    const quoted = createInspector('mysql', { ansiQuotes: true });
    expect(quoted.inspect('select "a\\"; select 1')).toMatchObject({ code: 'sql/stacked-statements' });
    expect(plain.inspect('select "a\\"; select 1"')).toBeUndefined();
  });

  it('takes scripts outside of requests where it is told so', () => {
    const inspector = createInspector('postgres', { scripts: true });
    expect(inspector.inspect('select 1; select 2')).toBeUndefined();
    const denied = asked({}, () => inspector.inspect('select 1; select 2'));
    expect(denied).toMatchObject({ code: 'sql/stacked-statements' });
  });

  it('reads no option from a prototype', () => {
    const options = Object.create({ scripts: true, jsonObjects: true, mode: 'report', until: new Date() });
    const inspector = createInspector('postgres', options);
    expect(inspector.inspect('select 1; select 2')).toMatchObject({ code: 'sql/stacked-statements' });
    expect(inspector.inspect('select $1', [{}])).toMatchObject({ code: 'sql/object-parameter' });
  });
});
