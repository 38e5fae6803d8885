import { zipOf } from '../attack/uploads.ts';
import { programs } from '../programs.ts';
import { downloads } from '../run/shop-folder.ts';
import type { Legitimate } from './requests.ts';

/** Something that an honest visitor does with files, programs and lists. */
export interface TradeRequest extends Omit<Legitimate, 'body'> {
  /** A form with files is made for each shop. */
  readonly body?: Readonly<Record<string, string | readonly string[]>> | (() => FormData);
}

const download = (file: string): Legitimate => ({
  ...{ name: `download: ${file}`, method: 'GET', path: `download?${new URLSearchParams({ file })}` },
});

const lists: readonly (readonly [name: string, text: string])[] = [
  ['products.json', '[{"name":"Rope","size":{"mm":12}},{"name":"Anchor","tags":["new","8 kg"]}]'],
  [
    'products.yaml',
    '- name: Rope\n  pier: &pier {number: 4, open: "6:00"}\n- name: Sail\n  pier: *pier\n- {name: No, country: no}\n',
  ],
  ['products.csv', 'name,price,phone\r\n"Rope, 12 mm",2.40,+353 21 496 0000\r\nRebate,-12.50,\r\n'],
  ['Produkte (Gr\u00f6\u00dfe 50%).json', '[{"name":"Gr\u00f6\u00dfe XL"}]'],
  ['\u5546\u54c1\u4e00\u89a7.yaml', '- {name: \u30ed\u30fc\u30d7}\n'],
  [
    'products.xml',
    '<products><product><name>Tar &amp; oakum</name><price>22.10</price></product><product><name>Caf\u00e9 table</name></product></products>',
  ],
];

const importOf = ([name, text]: (typeof lists)[number]): Legitimate => ({
  ...{ name: `import: ${name}`, method: 'POST', path: 'import', body: { name, text } },
});

const post = (path: string, body: Readonly<Record<string, string>>, name: string): Legitimate => ({
  ...{ name, method: 'POST', path, body },
});

const invoices: readonly string[] = [
  "O'Brien & Sons; Ltd",
  'Hansen A/S (50% off) > 10 < 20',
  '\u674e\u5c0f\u9f99 | \u05e9\u05dc\u05d5\u05dd',
  '-12.50',
];

const rules: readonly string[] = [
  'order.total > 100 ? 10 : 0',
  'order.items * 2 + (order.total - 100) / 10',
  "order.total >= 150 && order.items !== 4 ? 'ten' : 'none'",
];

const patterns: readonly string[] = ['rope, \\d+ mm', '^(anchor|union)', '(.+)+e', '[^a-z]%'];

const bio = (text: string, i: number): Legitimate => ({
  ...{ name: `export: ${text}`, method: 'POST', path: 'users', view: 'customers.csv' },
  body: {
    ...{ email: `trade${i}@example.com`, name: 'Anna, "the rope"', bio: text },
    ...{ website: 'https://example.com/', password: "it's secret and salty" },
  },
});

function pictures(): FormData {
  const form = new FormData();
  const zip = zipOf([
    ['rope.png', 'a picture'],
    ['boats/caf\u00e9 100%.png', 'another'],
    ['boats/\u8239.png', 'a third'],
  ]);
  form.append('archive', new Blob([zip], { type: 'application/zip' }), 'Bilder (neu).zip');
  return form;
}

export const tradeRequests: readonly TradeRequest[] = [
  ...Object.keys(downloads).map(download),
  ...lists.map(importOf),
  ...(programs.invoice
    ? invoices.map((customer) => post('invoice', { customer }, `invoice: ${customer}`))
    : []),
  ...(programs.tar ? [post('archive', { file: 'prices.csv' }, 'an archive of one file')] : []),
  ...(programs.tar
    ? [{ ...post('archive', {}, 'an archive of all'), body: { file: Object.keys(downloads) } }]
    : []),
  ...(programs.prlimit
    ? [{ name: 'pictures in a zip', method: 'POST', path: 'pictures', body: pictures } as const]
    : []),
  post('basket', { saved: '{"items":["Rope, 12 mm","Tar & oakum kit"]}' }, 'a basket of another device'),
  ...rules.map((rule) => post('discount', { rule }, `discount: ${rule}`)),
  ...patterns.map(
    (pattern): Legitimate => ({
      ...{ name: `filter: ${pattern}`, method: 'GET' },
      path: `filter?${new URLSearchParams({ pattern })}`,
    }),
  ),
  ...['-12.50', '+353 21 496 0000', 'Sails @ dawn = joy', '2026-12-01'].map(bio),
  ...(programs.invoice
    ? ['The "Anchor" Inn', 'Cash & Carry $5'].map((customer) => ({
        ...post('invoice', { customer }, `invoice: ${customer}`),
        undefendedFails: 'the shell reads the name, and a part of it is gone',
      }))
    : []),
];
