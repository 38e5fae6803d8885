import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findProgram } from '../../../checks/machine/program.ts';
import { billionLaughs, xmlAttacks } from '../../../checks/parse/xml-attacks.ts';
import { configureEvents } from '../../event/index.ts';
import { parseXml, parseXmlObject, textOf, type XmlElement } from './index.ts';

configureEvents({ sinks: [] });
const refused = (code: string) => expect.objectContaining({ name: 'Refusal', code });

describe('an attack', () => {
  it.each(xmlAttacks)('is refused: $name', ({ document, code }) => {
    expect(() => parseXml(document)).toThrow(refused(code));
    expect(() => parseXmlObject(document)).toThrow(refused(code));
  });

  it('is not quoted by the refusal', () => {
    for (const document of [
      '<a><b></secret>',
      '<secret:a/>',
      '<a>&secret;</a>',
      '<a secret="1" secret="2"/>',
    ]) {
      try {
        parseXml(document);
        expect.unreachable();
      } catch (error) {
        expect(JSON.stringify({ ...(error as object), message: (error as Error).message })).not.toContain(
          'secret',
        );
      }
    }
  });

  it('has the right line and column', () => {
    expect(() => parseXml('<a>\n  <b c=1/></a>')).toThrow(
      expect.objectContaining({
        detail: { format: 'xml', reason: 'unquoted attribute value', line: 2, column: 8 },
      }),
    );
  });
});

const python = findProgram('python3');
describe.skipIf(python === undefined)(
  `the same attack on another parser${python ? '' : ': python3 is not installed'}`,
  () => {
    let folder = '';
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'bulwark-xml-'));
      writeFileSync(join(folder, 'secret'), 'the secret of the file');
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    const expat = `
import io, sys, xml.sax
class Text(xml.sax.ContentHandler):
  def characters(self, text): sys.stdout.write(text)
parser = xml.sax.make_parser()
parser.setFeature(xml.sax.handler.feature_external_ges, True)
parser.setContentHandler(Text())
parser.parse(io.StringIO(sys.argv[1]))`;
    const read = (document: string): string =>
      execFileSync(python as string, ['-c', expat, document], { encoding: 'utf8', timeout: 20_000 });

    it('reads the file', () => {
      const document = `<!DOCTYPE a [<!ENTITY x SYSTEM "file://${folder}/secret">]><a>&x;</a>`;
      expect(read(document)).toBe('the secret of the file');
      expect(() => parseXml(document)).toThrow(refused('parse/not-allowed'));
    });

    it('multiplies the document', () => {
      expect(read(billionLaughs(4))).toHaveLength(30_000);
      expect(() => parseXml(billionLaughs(4))).toThrow(refused('parse/not-allowed'));
    });
  },
);

describe('an ordinary document', () => {
  it('becomes a frozen tree', () => {
    const tree = parseXml(
      '<?xml version="1.0" encoding="UTF-8"?><?xml-stylesheet href="x.xsl"?>\n<order id="7" note="a&#10;b">' +
        '<!-- c --><to>Zo\u00eb &lt;z&gt; &amp; &quot;&apos;</to><![CDATA[<raw>]]> tail<empty/></order>\n<!-- end -->',
    );
    expect(tree).toEqual({
      ...{
        name: 'order',
        namespace: '',
        attributes: Object.assign(Object.create(null), { id: '7', note: 'a\nb' }),
      },
      children: [
        { name: 'to', namespace: '', attributes: Object.create(null), children: ['Zo\u00eb <z> & "\''] },
        '<raw> tail',
        { name: 'empty', namespace: '', attributes: Object.create(null), children: [] },
      ],
    });
    for (const part of [tree, tree.attributes, tree.children, tree.children[0]])
      expect(Object.isFrozen(part)).toBe(true);
    expect(textOf(tree)).toBe('Zo\u00eb <z> & "\'<raw> tail');
  });

  it('may mention a DOCTYPE in text', () => {
    const text = '<a><!-- <!DOCTYPE a> --><![CDATA[<!DOCTYPE a [<!ENTITY x "y">]>]]>&lt;!DOCTYPE&gt;</a>';
    expect(textOf(parseXml(text))).toBe('<!DOCTYPE a [<!ENTITY x "y">]><!DOCTYPE>');
  });

  it('keeps a value whole where comments or instructions split it (CVE-2017-11427)', () => {
    const text = '<id>ada@example.com<!-- -->.evil<?x?>.example<![CDATA[]]></id>';
    expect(parseXml(text).children).toEqual(['ada@example.com.evil.example']);
  });

  it('says which namespace each name has, whatever its prefix', () => {
    const tree = parseXml(
      '<a xmlns="urn:1" xmlns:p="urn:2" p:x="1" x="2" xml:lang="de"><p:b xmlns:p="urn:3"/><p:b/><b xmlns=""/></a>',
    );
    expect(tree.namespace).toBe('urn:1');
    expect({ ...tree.attributes }).toEqual({
      ...{ '{urn:2}x': '1', x: '2', '{http://www.w3.org/XML/1998/namespace}lang': 'de' },
    });
    expect(tree.children.map((child) => (child as XmlElement).namespace)).toEqual(['urn:3', 'urn:2', '']);
  });

  it('ignores XInclude and schema locations', () => {
    const include =
      '<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd" parse="text"/></a>';
    expect((parseXml(include).children[0] as XmlElement).attributes['href']).toBe('file:///etc/passwd');
  });

  it.each([
    [
      'bytes with a byte order mark',
      Buffer.from('\ufeff<?xml version="1.0" encoding="utf-8"?><a>\u00e9</a>'),
    ],
    ['UTF-8 by its other name', Buffer.from('<?xml version="1.0" encoding="UTF8"?><a>\u00e9</a>')],
    ['a string with one', '\ufeff<a>\u00e9</a>'],
    ['a string that was UTF-16', '<?xml version="1.0" encoding="utf-16" standalone="yes"?><a>\u00e9</a>'],
    ['names of other scripts', '<gr\u00f6\u00dfe \u5024="1">\u00e9</gr\u00f6\u00dfe>'],
    ['names of the language', '<constructor toString="1">\u00e9</constructor>'],
    ['exactly 100 levels', `${'<a>'.repeat(100)}\u00e9${'</a>'.repeat(100)}`],
    ['exactly 100,000 elements', `<a>\u00e9${'<b/>'.repeat(99_999)}</a>`],
    [
      'exactly 100 attributes',
      `<a ${Array.from({ length: 100 }, (_, n) => `b${n}=""`).join(' ')}>\u00e9</a>`,
    ],
    ['exactly a megabyte', `<a>\u00e9${'x'.repeat(1_000_000 - 9)}</a>`],
    ['line ends of all kinds', '<a>\r\n\u00e9\r</a>'],
    ['a character beyond the first plane', '<a>\u00e9&#x1F600;\u{1f600}</a>'],
  ])('may have %s', (_, document) => {
    expect(textOf(parseXml(document))).toContain('\u00e9');
  });

  it('may be larger if the limits allow it', () => {
    const many = `<a>${'<b/>'.repeat(100_000)}</a>`;
    expect(parseXml(many, { maxElements: 100_001 }).children).toHaveLength(100_000);
    expect(parseXml('<a>'.repeat(500) + '</a>'.repeat(500), { maxDepth: 500 }).name).toBe('a');
  });

  it('written by any serialiser is read back', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', '<', '>', '&', '"', "'", ' ', '\u00e9', '\u{1f600}', ']]>', '\t'),
    });
    const name = fc.constantFrom('a', 'b-1', 'constructor', '\u00e9');
    const tree = fc.letrec<{ node: readonly [string, Record<string, string>, readonly unknown[]] }>(
      (tie) => ({
        node: fc.tuple(
          name,
          fc.dictionary(name, text, { maxKeys: 3 }),
          fc.oneof(
            { maxDepth: 3 },
            text.map((one) => [one]),
            fc.array(tie('node'), { maxLength: 3 }),
          ),
        ),
      }),
    ).node;
    const escaped = (one: string) => one.replace(/[<>&"\t]/g, (character) => `&#${character.charCodeAt(0)};`);
    type Node = readonly [string, Record<string, string>, readonly (string | Node)[]];
    const write = (node: string | Node): string =>
      typeof node === 'string'
        ? escaped(node)
        : `<${node[0]}${Object.entries(node[1])
            .map(([key, value]) => ` ${key}="${escaped(value)}"`)
            .join('')}>${node[2].map(write).join('')}</${node[0]}>`;
    const plain = ({ name, attributes, children }: XmlElement): Node => [
      name,
      { ...attributes },
      children.map((child) => (typeof child === 'string' ? child : plain(child))),
    ];
    const withoutEmpty = ([key, attributes, children]: Node): Node => [
      key,
      { ...attributes },
      children
        .filter((child) => child !== '')
        .map((child) => (typeof child === 'string' ? child : withoutEmpty(child))),
    ];
    fc.assert(
      fc.property(tree, (node) => {
        expect(plain(parseXml(write(node as Node)))).toEqual(withoutEmpty(node as Node));
      }),
      { numRuns: 300 },
    );
  });
});

describe('any text', () => {
  it('gives a tree or a refusal', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '</',
      '/>',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<?',
      '?>',
      '&',
      ';',
      '"',
      "'",
      '=',
      'a',
      'xmlns',
      ':',
      ' ',
      '#x',
      '1',
      '<!DOCTYPE',
      '[',
      ']',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece, { maxLength: 30 }).map((parts) => `<a>${parts.join('')}</a>`),
    );
    fc.assert(
      fc.property(fc.oneof(text, fc.uint8Array()), (input) => {
        try {
          parseXmlObject(input);
        } catch (error) {
          expect(error).toMatchObject({ name: 'Refusal' });
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
