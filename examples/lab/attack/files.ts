import type { Attack, Place } from './attack.ts';
import { effectOf } from './effect.ts';
import { request } from './request.ts';

const place = { group: 'Path traversal', part: 'path', fixed: true, code: [{ file: 'files.ts' }] } as const;

const download: Place = {
  ...place,
  endpoint: 'GET download file',
  async fire(app, range, payload) {
    const path = `download?${new URLSearchParams({ file: payload })}`;
    return effectOf(app, await request(app, 'GET', path), range);
  },
};

const forged = 'name,price\r\nRope,0.01\r\n';

const kept: Place = {
  ...place,
  endpoint: 'POST import name',
  async fire(app, range, payload) {
    const reply = await request(app, 'POST', 'import', { name: payload, text: forged });
    const prices = await request(app, 'GET', 'download?file=prices.csv');
    const outcome = await effectOf(app, reply, range);
    return {
      ...outcome,
      ...(prices.body === forged && { lost: "every customer's price list replaced" }),
    };
  },
};

export const filePlaces: readonly Place[] = [download, kept];

/** Names that lead out of the folder that they are for. */
export function fileAttacks(): Attack[] {
  const own = { guide: false, kind: 'traversal' };
  return [
    { ...download, ...own, name: 'one folder up', payload: '../private/customers.key' },
    { ...download, ...own, name: 'down, and up twice', payload: 'manuals/../../private/customers.key' },
    { ...download, ...own, name: 'up in the middle', payload: './/..//private//./customers.key' },
    { ...kept, ...own, name: 'over the price list', payload: '../downloads/prices.csv' },
    { ...kept, ...own, name: 'a detour over the price list', payload: 'a/../../downloads/prices.csv' },
  ];
}
