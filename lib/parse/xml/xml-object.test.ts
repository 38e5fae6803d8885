import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { configureEvents } from '../../event/index.ts';
import { parseXmlObject } from './index.ts';

configureEvents({ sinks: [] });
const refused = (code: string) => expect.objectContaining({ name: 'Refusal', code });

describe('an object', () => {
  it('has a property for each element and attribute', () => {
    const text =
      '<order id="7"><to>Ada</to><item sku="A">two</item><item/><note lang="de"> a </note><x><y/></x></order>';
    expect(parseXmlObject(text, { lists: ['item'] })).toEqual({
      order: {
        ...{ '@id': '7', to: 'Ada', item: [{ '@sku': 'A', '#text': 'two' }, ''] },
        ...{ note: { '@lang': 'de', '#text': ' a ' }, x: { y: '' } },
      },
    });
    expect(parseXmlObject('<a><item>1</item></a>', { lists: ['item'] })).toEqual({ a: { item: ['1'] } });
    expect(parseXmlObject('<a>\n <b>1</b>\n</a>')).toEqual({ a: { b: '1' } });
  });

  it('is typed and validated by its schema', () => {
    const schema = z.object({ order: z.object({ '@id': z.coerce.number(), to: z.string() }) });
    const { order } = parseXmlObject('<order id="7"><to>Ada</to></order>', { schema });
    expect(order['@id'] + 1).toBe(8);
    expect(() => parseXmlObject('<order id="x"><to>Ada</to></order>', { schema })).toThrow(
      refused('parse/invalid-data'),
    );
    expect(() => parseXmlObject('<admin/>', { schema })).toThrow(refused('parse/invalid-data'));
  });

  it.each([
    ['an element that occurs twice', '<a><role>user</role><role>admin</role></a>', 'parse/duplicate-key'],
    ['text between elements', '<a>x<b/></a>', 'parse/not-allowed'],
    [
      'constructor with prototype',
      '<a><constructor><prototype>1</prototype></constructor></a>',
      'parse/dangerous-key',
    ],
  ])('is refused for %s', (_, text, code) => {
    expect(() => parseXmlObject(text)).toThrow(refused(code));
  });

  it('may have an element named constructor, such as a Formula 1 team', () => {
    const result = parseXmlObject('<car><constructor>Ferrari</constructor><toString>x</toString></car>');
    expect(result).toEqual({ car: { constructor: 'Ferrari', toString: 'x' } });
    expect(({} as { constructor: unknown }).constructor).toBe(Object);
  });

  it('names namespaces as the options say, and never confuses two', () => {
    const options = { namespaces: { '': 'urn:order', inv: 'urn:invoice' } };
    const text =
      '<p:order xmlns:p="urn:order" xmlns:q="urn:invoice"><q:total q:x="1" x="2" p:y="3"/><total/><other xmlns="urn:o"/></p:order>';
    expect(parseXmlObject(text, options)).toEqual({
      order: {
        'inv:total': { '@inv:x': '1', '@x': '2', '@{urn:order}y': '3', '#text': '' },
        '{}total': '',
        '{urn:o}other': '',
      },
    });
    expect(parseXmlObject('<a xmlns="urn:a"/>')).toEqual({ '{urn:a}a': '' });
  });
});

describe('a mistake', () => {
  it.each([
    { maxDepth: 0 },
    { maxDepth: 501 },
    { maxElement: 1 },
    { schema: 1 },
    { lists: 'a' },
    { namespaces: ['a'] },
    { namespaces: { a: '' } },
  ])('in the options is a Misuse: %j', (options) => {
    expect(() => parseXmlObject('<a/>', options as never)).toThrow(
      expect.objectContaining({ name: 'Misuse', code: 'bulwark/invalid-option' }),
    );
  });
});
