import type { SaxesTagNS, XMLDecl } from 'saxes';
import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import { optionalLibrary } from '../optional-library.ts';
import { clarkName, type XmlElement } from './xml-element.ts';
import type { XmlLimits } from './xml-options.ts';

const format = 'xml';
const loadSaxes: () => typeof import('saxes') = optionalLibrary('saxes');

interface OpenElement {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (XmlElement | string)[];
  /** Text up to the next element or the end of this one. Comments don't end it, so they can't split a value (CVE-2017-11427). */
  text: string;
}

/**
 * The tree of a document. The parser knows only the five entities that XML predefines; a DOCTYPE, which could declare others, is refused.
 *
 * @param encodings - what the XML declaration may say, in lower case
 */
export function readTree(text: string, limits: XmlLimits, encodings: ReadonlySet<string>): XmlElement {
  const parser = new (loadSaxes().SaxesParser)({
    xmlns: true,
    defaultXMLVersion: '1.0',
    forceXMLVersion: true,
  });
  const open: OpenElement[] = [];
  let root: XmlElement | undefined;
  let elements = 0;
  let attributes = 0;

  parser.on('error', (error) => invalid(reasonIn(error)));
  parser.on('doctype', () => notAllowed('a DOCTYPE'));
  parser.on('xmldecl', (declaration) => checkDeclaration(declaration));
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('attribute', () => {
    attributes++;
    if (attributes > limits.maxAttributes) tooMany('maxAttributes');
  });
  parser.on('opentagstart', () => {
    attributes = 0;
    elements++;
    if (elements > limits.maxElements) tooMany('maxElements');
    if (open.length === limits.maxDepth)
      refuse(deny('parse/too-deep', { format, maxDepth: limits.maxDepth }));
  });
  parser.on('opentag', (tag) => {
    endText(open.at(-1));
    refuseName(tag.local);
    open.push({ name: tag.local, namespace: tag.uri, attributes: attributesOf(tag), children: [], text: '' });
  });
  parser.on('closetag', () => {
    const closed = open.pop() as OpenElement;
    endText(closed);
    const { text: _, children, ...rest } = closed;
    const element = Object.freeze({ ...rest, children: Object.freeze(children) });
    const parent = open.at(-1);
    if (parent === undefined) root = element;
    else parent.children.push(element);
  });
  parser.write(text).close();
  return root ?? invalid('document must contain a root element');

  function addText(more: string): void {
    const element = open.at(-1);
    if (element !== undefined) element.text += more;
  }

  function invalid(reason: string): never {
    refuse(deny('parse/invalid-syntax', { format, reason, ...position() }));
  }

  function notAllowed(what: string): never {
    refuse(deny('parse/not-allowed', { format, what, ...position() }));
  }

  function tooMany(what: 'maxElements' | 'maxAttributes'): never {
    refuse(deny('parse/too-many', { format, what, most: limits[what] }));
  }

  /** The parser has already passed the character that it rejects. */
  function position(): { readonly line: number; readonly column: number } {
    return { line: parser.line, column: Math.max(1, parser.columnIndex) };
  }

  function checkDeclaration({ version, encoding }: XMLDecl): void {
    if (version !== '1.0') notAllowed('a version of XML other than 1.0');
    if (encoding !== undefined && !encodings.has(encoding.toLowerCase()))
      notAllowed('an encoding other than UTF-8');
  }
}

function endText(element: OpenElement | undefined): void {
  if (element === undefined || element.text === '') return;
  element.children.push(element.text);
  element.text = '';
}

const declarations = 'http://www.w3.org/2000/xmlns/';

function attributesOf(tag: SaxesTagNS): Readonly<Record<string, string>> {
  const found: Record<string, string> = Object.create(null);
  for (const { uri, local, value } of Object.values(tag.attributes)) {
    if (uri === declarations) continue;
    refuseName(local);
    found[clarkName(uri, local)] = value;
  }
  return Object.freeze(found);
}

function refuseName(key: string): void {
  if (key === '__proto__') refuse(deny('parse/dangerous-key', { format, key }));
}

/** The parser's message without its position, and without the part that quotes the document. */
function reasonIn({ message }: Error): string {
  return (/^(?:\d+:\d+: )?([^:]*)/.exec(message)?.[1] ?? '').replace(/\.$/, '');
}
