import { hole, templateMisuse } from './template-misuse.ts';

export interface Attribute {
  readonly name: string;
  /** Where the white space in front of the name starts. */
  readonly start: number;
  /** Behind the closing quote. */
  readonly end: number;
  /** The value's own stretch, without its quotes; empty where there is none. */
  readonly valueStart: number;
  readonly valueEnd: number;
  /** True for a hole in place of an attribute, which has no name then. */
  readonly spread?: true;
}

export interface StartTag {
  readonly name: string;
  readonly start: number;
  /** Behind the `>`. */
  readonly end: number;
  readonly attributes: readonly Attribute[];
  readonly selfClosing: boolean;
}

const space = /[\t\n\f\r ]*/y;
const tagName = /[A-Za-z][^\t\n\f\r />\0]*/y;
const plainTagName = /^[a-z][a-z0-9_.:-]*$/;
const attributeName = /[^\t\n\f\r />=\0]*/y;
const plainAttributeName = /^[^"'<`\u007f-\u009f]+$/;
const unquotedValue = /[^\t\n\f\r >\0]*/y;

/**
 * Reads a start tag as the tokenizer of the HTML standard does (13.2.5.6 to 13.2.5.40), and refuses what that calls a
 * parse error in a tag: browsers agree on what it means, readers do not.
 */
export function readStartTag(source: string, start: number): StartTag {
  const name = readTagName(source, start + 1);
  let at = start + 1 + name.length;
  const attributes: Attribute[] = [];
  const seen = new Set<string>();
  for (;;) {
    const spaceStart = at;
    at = skip(space, source, at);
    const next = source[at];
    if (next === undefined) {
      throw templateMisuse('html/unfinished-template', source, start, 'Close this tag with ">".');
    }
    if (next === '>') return { name, start, end: at + 1, attributes, selfClosing: false };
    if (next === '/') {
      if (source[at + 1] === '>') return { name, start, end: at + 2, attributes, selfClosing: true };
      throw templateMisuse('html/malformed-template', source, at, 'Remove this slash, or write "/>".');
    }
    if (next === hole) {
      const behind = source[at + 1] ?? '';
      if (at === spaceStart || !/[\t\n\f\r />]/.test(behind)) {
        throw templateMisuse('html/dynamic-name', source, at, attributeFix);
      }
      attributes.push({ name: '', start: at, end: at + 1, valueStart: at, valueEnd: at, spread: true });
      at += 1;
      continue;
    }
    if (at === spaceStart) {
      throw templateMisuse('html/malformed-template', source, at, 'Put a space between attributes.');
    }
    const attribute = readAttribute(source, spaceStart, at);
    if (seen.has(attribute.name)) {
      throw templateMisuse('html/malformed-template', source, at, 'Remove one of the two attributes.');
    }
    seen.add(attribute.name);
    attributes.push(attribute);
    at = attribute.end;
  }
}

/** Reads `</name>`, which holds nothing else. */
export function readEndTag(source: string, start: number): { readonly name: string; readonly end: number } {
  const name = readTagName(source, start + 2);
  const at = skip(space, source, start + 2 + name.length);
  if (source[at] === '>') return { name, end: at + 1 };
  if (source[at] === undefined) {
    throw templateMisuse('html/unfinished-template', source, start, 'Close this tag with ">".');
  }
  throw templateMisuse('html/malformed-template', source, at, 'An end tag holds a name and nothing else.');
}

function readTagName(source: string, at: number): string {
  const end = skip(tagName, source, at);
  const name = source.slice(at, end).toLowerCase();
  if (source[end] === hole) throw templateMisuse('html/dynamic-name', source, end, elementFix);
  if (plainTagName.test(name)) return name;
  throw templateMisuse(
    'html/malformed-template',
    source,
    at,
    'Write the tag name in ASCII letters and digits.',
  );
}

function readAttribute(source: string, start: number, nameStart: number): Attribute {
  const nameEnd = skip(attributeName, source, nameStart);
  const name = source.slice(nameStart, nameEnd).toLowerCase();
  if (source[nameEnd] === hole) throw templateMisuse('html/dynamic-name', source, nameEnd, attributeFix);
  if (!plainAttributeName.test(name)) {
    throw templateMisuse('html/malformed-template', source, nameStart, 'An attribute starts with its name.');
  }
  const equals = skip(space, source, nameEnd);
  if (source[equals] !== '=') {
    return { name, start, end: nameEnd, valueStart: nameEnd, valueEnd: nameEnd };
  }
  const valueStart = skip(space, source, equals + 1);
  const quote = source[valueStart];
  if (quote === '"' || quote === "'") {
    const valueEnd = source.indexOf(quote, valueStart + 1);
    if (valueEnd !== -1) return { name, start, end: valueEnd + 1, valueStart: valueStart + 1, valueEnd };
    throw templateMisuse(
      'html/unfinished-template',
      source,
      valueStart,
      `Close this attribute with ${quote}.`,
    );
  }
  const valueEnd = skip(unquotedValue, source, valueStart);
  if (source[valueEnd] === hole) {
    const value = source.slice(valueStart, valueEnd);
    throw templateMisuse('html/unquoted-attribute', source, valueEnd, `Write ${name}="${value}\${...}".`);
  }
  if (valueEnd === valueStart || /["'<=`]/.test(source.slice(valueStart, valueEnd))) {
    throw templateMisuse('html/malformed-template', source, valueStart, 'Quote this attribute value.');
  }
  return { name, start, end: valueEnd, valueStart, valueEnd };
}

/** Where `pattern`, which is sticky and matches the empty string too, ends. */
function skip(pattern: RegExp, source: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(source) ? pattern.lastIndex : at;
}

/** What to do where a name would be dynamic. */
export const attributeFix: string =
  `Write the attribute's name yourself: name="\${...}". A boolean attribute, such as disabled="\${flag}", ` +
  `is written or left out as its value says. Several at once are \${attrs({ name: value })}.`;
const elementFix = 'Write one template for each element, and choose between the templates.';
