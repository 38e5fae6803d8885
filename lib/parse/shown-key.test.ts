import { encode as encodeMsgpack } from '@msgpack/msgpack';
import { expect, it } from 'vitest';
import { configureEvents } from '../event/index.ts';
import { parseCsv } from './csv/index.ts';
import { parseForm, parseJson } from './index.ts';
import { parseMsgpack } from './msgpack/index.ts';
import { parseXmlObject } from './xml/index.ts';
import { parseYaml } from './yaml/index.ts';

configureEvents({ sinks: [] });

const long = 'k'.repeat(100_000);
const twice: readonly [string, () => unknown, unknown][] = [
  ['JSON', () => parseJson(`{"${long}":1,"${long}":2}`), { key: 'k'.repeat(200) }],
  ['a form', () => parseForm(`${long}=1&${long}=2`), { key: 'k'.repeat(200) }],
  ['YAML', () => parseYaml(`? ${long}\n: 1\n? ${long}\n: 2\n`), { key: 'k'.repeat(200) }],
  ['CSV', () => parseCsv(`${long},${long}\n1,2`), { key: 'k'.repeat(200) }],
  ['XML', () => parseXmlObject(`<a><${long}/><${long}/></a>`), { key: 'k'.repeat(200) }],
  ['MessagePack', () => parseMsgpack(msgpackTwice()), { key: 'k'.repeat(200) }],
  ['JSON with a short key', () => parseJson('{"id":1,"id":2}'), { key: 'id' }],
];

function msgpackTwice(): Uint8Array {
  const key = encodeMsgpack(long);
  return Buffer.concat([Buffer.of(0x82), key, Buffer.of(1), key, Buffer.of(2)]);
}

it.each(twice)('the key that %s has twice is in the refusal, cut to 200 characters', (_, parse, detail) => {
  expect(parse).toThrow(
    expect.objectContaining({ code: 'parse/duplicate-key', detail: expect.objectContaining(detail) }),
  );
});
