import { DOMParser } from '@xmldom/xmldom';
import { describe, expect, it } from 'vitest';
import * as otherXpath from 'xpath';
import { library, nodeQueries, valueQueries, xpathInjections } from '../../../checks/parse/xpath-queries.ts';
import { configureEvents } from '../../event/index.ts';
import { parseXml, type XmlElement } from '../xml/index.ts';
import { createXpath, xpath } from './index.ts';

configureEvents({ sinks: [] });
const tree = parseXml(library);
const refused = (code: string) => expect.objectContaining({ name: 'Refusal', code });
const misuse = expect.objectContaining({ name: 'Misuse', code: 'parse/invalid-xpath' });

/** A query as a literal, for queries in a list. */
function literal(...texts: string[]): TemplateStringsArray {
  return Object.freeze(Object.assign([...texts], { raw: Object.freeze([...texts]) }));
}

/** Members that the package's types leave out. */
interface OtherQuery {
  select(options: object): Node[];
  evaluateString(options: object): string;
  evaluateNumber(options: object): number;
  evaluateBoolean(options: object): boolean;
}
const parseOther = (otherXpath as unknown as { parse: (query: string) => OtherQuery }).parse;

describe('a query', () => {
  const other = new DOMParser().parseFromString(library, 'text/xml');

  it.each(nodeQueries)('finds the nodes that another implementation finds: %s', (query) => {
    const expected = parseOther(query).select({ node: other });
    expect(xpath(literal(query)).texts(tree)).toEqual(expected.map((node) => textOf(node)));
  });

  it.each(valueQueries)('gives the value that another implementation gives: %s', (query) => {
    const expected = parseOther(query);
    const options = { node: other };
    expect(xpath(literal(query)).text(tree)).toBe(expected.evaluateString(options));
    expect(xpath(literal(query)).number(tree)).toEqual(expected.evaluateNumber(options));
    expect(xpath(literal(query)).boolean(tree)).toBe(expected.evaluateBoolean(options));
  });

  it('gives elements of the tree', () => {
    const found = xpath`//book[@id = ${'b2'}]`.elements(tree);
    expect(found).toHaveLength(1);
    expect(found[0]).toBe(tree.children[3]);
    expect(xpath`/book/title`.text(found[0] as XmlElement)).toBe('Das Zweite');
    expect(xpath`//book[price > ${12} and author = ${'Ada'}]/@id`.texts(tree)).toEqual(['b1']);
    expect(xpath`//book[${2}]/@id`.texts(tree)).toEqual(['b2']);
    expect(xpath`boolean(//book) = ${true}`.boolean(tree)).toBe(true);
    expect(xpath`local-name(/)`.text(tree)).toBe('');
  });

  it('reads namespaces by URI', () => {
    const root = parseXml('<p:a xmlns:p="urn:1"><b xmlns="urn:2" p:x="1" x="2"/><b/></p:a>');
    const named = createXpath({ namespaces: { one: 'urn:1', '': 'urn:2' } });
    expect(named`/one:a/b/@one:x`.texts(root)).toEqual(['1']);
    expect(named`/one:a/b/@x`.texts(root)).toEqual(['2']);
    expect(named`count(//one:*)`.number(root)).toBe(1);
    expect(xpath`count(//b)`.number(root)).toBe(1);
    expect(xpath`count(//*)`.number(root)).toBe(3);
    expect(() => xpath`//one:a`).toThrow(misuse);
  });
});

describe('an injection', () => {
  const users = parseXml(
    '<users><user name="ada" password="s3cret" role="admin"/><user name="bob" password="hunter2" role="user"/></users>',
  );

  it.each(xpathInjections)('is compared literally: %s', (value) => {
    expect(xpath`//user[@name = ${value} and @password = ${value}]`.elements(users)).toEqual([]);
    expect(xpath`//user[@name = ${'bob'} and @password = ${value}]`.boolean(users)).toBe(false);
    expect(xpath`//user[contains(@name, ${'bob'})][@password = ${value}]`.elements(users)).toEqual([]);
    expect(xpath`string(${value})`.text(users)).toBe(value);
  });

  it('finds a user if the query is built as a string', () => {
    const found = xpathInjections.filter((value) => {
      try {
        return (
          xpath(literal(`//user[@name = '${value}' and @password = '${value}']`)).elements(users).length > 0
        );
      } catch {
        return false;
      }
    });
    expect(found.length).toBeGreaterThan(5);
  });

  it.each([
    [undefined],
    [null],
    [['ada']],
    [{ toString: () => 'ada' }],
    [Number.NaN],
    [Symbol('a')],
    [() => 'ada'],
    [1n],
  ])('is no other type: %s', (value) => {
    expect(() => xpath`//user[@name = ${value as never}]`).toThrow(refused('parse/not-allowed'));
  });

  it('is not accepted as a position if it is text, which would select everything', () => {
    expect(() => xpath`//user[${'1'}]`.elements(users)).toThrow(refused('parse/not-allowed'));
    expect(xpath`//user[${1}]/@name`.texts(users)).toEqual(['ada']);
  });
});

describe('a mistake', () => {
  it.each([
    [["//user[@name = '", "']"]],
    [['//user[@name = "', '"]']],
    [['//', '/@role']],
    [['//user/@', '']],
    [['//us', '[1]']],
    [['', '[1]/a']],
  ])('in where a value stands is a Misuse: %j', (texts) => {
    expect(() => xpath(literal(...texts), 'a').elements(tree)).toThrow(misuse);
  });

  it.each([
    '',
    '//',
    '//user[',
    '//user[]',
    '//user]',
    'a b',
    '1 +',
    '$a',
    '//a[@b=$c]',
    '//a:b',
    'document("x")',
    "id('a')",
    'foo()',
    'count()',
    'count(1, 2)',
    '//user[@name="a]',
    'a!',
    'following::a',
    'namespace::*',
    '//comment()',
    '@',
    '..a',
    'a::b',
    '(',
    ')',
    'a//',
  ])('in the query is a Misuse: %s', (query) => {
    expect(() => xpath(literal(query))).toThrow(misuse);
  });

  it('in a call is a Misuse', () => {
    for (const query of ['//user', ['//user'], undefined])
      expect(() => (xpath as (query: unknown) => unknown)(query)).toThrow(misuse);
    expect(() => xpath`//@id`.elements(tree)).toThrow(misuse);
    expect(() => xpath`1 + 1`.elements(tree)).toThrow(misuse);
    expect(() => xpath`count(1)`.number(tree)).toThrow(misuse);
    expect(() => xpath`(1)/a`.texts(tree)).toThrow(misuse);
  });

  it.each([{ maxSteps: 0 }, { maxStep: 1 }, { namespaces: [] }, { namespaces: { a: '' } }])(
    'in the options is a Misuse: %j',
    (options) => {
      expect(() => createXpath(options as never)).toThrow(
        expect.objectContaining({ code: 'bulwark/invalid-option' }),
      );
    },
  );
});

describe('a large document', () => {
  it('is queried within a limit of steps', () => {
    const wide = parseXml(`<a>${'<b/>'.repeat(50_000)}</a>`);
    expect(xpath`count(//b)`.number(wide)).toBe(50_000);
    expect(() => xpath`count(//b[count(../b) > ${1}])`.number(wide)).toThrow(refused('parse/too-many'));
    expect(() => xpath`count(//b[preceding-sibling::b])`.number(wide)).toThrow(refused('parse/too-many'));
    expect(() =>
      xpath`//b = //b`.boolean(
        parseXml(`<a>${Array.from({ length: 5_000 }, (_, n) => `<b>${n}</b>`).join('')}<c/></a>`),
      ),
    ).not.toThrow();
    expect(() => xpath`//b = //c`.boolean(parseXml(`<a>${'<b>1</b><c>2</c>'.repeat(5_000)}</a>`))).toThrow(
      refused('parse/too-many'),
    );
    expect(() => createXpath({ maxSteps: 100 })`count(//b)`.number(wide)).toThrow(refused('parse/too-many'));
  });

  it('has its text joined within the limit', () => {
    const deep = parseXml(`${'<a>x'.repeat(99)}<a>${'y'.repeat(900_000)}</a>${'</a>'.repeat(99)}`);
    expect(xpath`string-length(.)`.number(deep)).toBe(900_099);
    expect(() => xpath`count(//*[contains(., 'z')])`.number(deep)).toThrow(refused('parse/too-many'));
  });

  it('has long text split within the limit', () => {
    const rows = parseXml(`<a><t>${'x'.repeat(300_000)}</t>${'<b n="x"/>'.repeat(100)}</a>`);
    const few = createXpath({ maxSteps: 100_000 });
    expect(few`substring(/a/t, 300000)`.text(rows)).toBe('x');
    for (const query of ['substring(/a/t, 2)', "translate(/a/t, 'x', 'y')", 'string-length(/a/t)']) {
      expect(() => few(literal(`count(//b[${query} = @n])`)).number(rows)).toThrow(refused('parse/too-many'));
    }
  });
});

function textOf(node: unknown): string {
  const { nodeType, nodeValue, textContent, documentElement } = node as Node & { documentElement?: Node };
  if (nodeType === 9) return documentElement?.textContent ?? '';
  return (nodeType === 1 ? textContent : nodeValue) ?? '';
}
