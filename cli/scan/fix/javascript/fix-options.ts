import type { Node } from 'oxc-parser';
import { type Edit, type Fixer, left, type Proposal } from '../fix.ts';
import { calledName, hasPlainArguments, type JavascriptFile, nodeAt, source } from './javascript-file.ts';

const notWritten = left('The setting is not written in the call.');

/** `rejectUnauthorized: false` goes; where nothing else is set, it is switched on. */
export const fixUnauthorized: Fixer<JavascriptFile> = {
  rules: ['tls/unverified'],
  propose(found, file): Proposal {
    const value = nodeAt(file, 'Literal', found.at, found.end);
    const property = value && file.parents.get(value);
    const object = property && file.parents.get(property);
    if (value?.value !== false || property?.type !== 'Property' || object?.type !== 'ObjectExpression')
      return notWritten;
    if (source(file, property.key) !== 'rejectUnauthorized') return notWritten;
    const edit =
      object.properties.length === 1
        ? { at: value.start, end: value.end, text: 'true' }
        : withoutProperty(file, object, property);
    return { title: 'Check the certificate', edits: [edit] };
  },
};

/** Flags that a cookie's options lack, or switch off. */
export const fixCookie: Fixer<JavascriptFile> = {
  rules: ['cookie/flags'],
  propose(found, file): Proposal {
    const call = nodeAt(file, 'CallExpression', found.at, found.end);
    const place = call && optionsPlace.get(calledName(call) ?? '');
    const isMethod = call?.callee.type === 'MemberExpression';
    if (!call || place === undefined || !hasPlainArguments(file, call)) return notWritten;
    const index = calledName(call) === 'setCookie' && isMethod ? place - 1 : place;
    const options = call.arguments[index];
    const last = call.arguments.at(-1);
    const wanted = [
      ['HttpOnly', 'httpOnly'],
      ['Secure', 'secure'],
    ].filter(([word]) => found.finding.message.includes(word as string));
    const title = "Set the cookie's flags";
    if (
      !options &&
      last &&
      call.arguments.length === index &&
      call.arguments.every(({ type }) => type !== 'SpreadElement')
    ) {
      const code = `, { ${wanted.map(([, name]) => `${name}: true`).join(', ')} }`;
      return { title, edits: [{ at: last.end, end: last.end, text: code }] };
    }
    if (options?.type !== 'ObjectExpression') return notWritten;
    const edits: Edit[] = [];
    const missing: string[] = [];
    for (const [, name = ''] of wanted) {
      const there = options.properties.find(
        (one) => one.type === 'Property' && source(file, one.key) === name,
      );
      if (!there) missing.push(`${name}: true`);
      else if (there.type === 'Property' && source(file, there.value) === 'false') {
        edits.push({ at: there.value.start, end: there.value.end, text: 'true' });
      } else return notWritten;
    }
    if (options.properties.some(({ type }) => type === 'SpreadElement')) return notWritten;
    if (missing.length > 0) edits.push(withProperties(file, options, missing));
    return edits.length > 0 ? { title, edits } : notWritten;
  },
};

/** Which argument the options are: `res.cookie(name, value, options)`, `setCookie(c, name, value, options)`. */
const optionsPlace: ReadonlyMap<string, number> = new Map([
  ['cookie', 2],
  ['setCookie', 3],
]);

type ObjectNode = Extract<Node, { type: 'ObjectExpression' }>;

function withoutProperty(file: JavascriptFile, object: ObjectNode, property: Node): Edit {
  const before = /,\s*$/.exec(file.text.slice(object.start, property.start));
  if (before) return { at: object.start + before.index, end: property.end, text: '' };
  const after = /^\s*,\s*/.exec(file.text.slice(property.end));
  return { at: property.start, end: property.end + (after?.[0].length ?? 0), text: '' };
}

function withProperties(file: JavascriptFile, object: ObjectNode, codes: readonly string[]): Edit {
  const last = object.properties.at(-1);
  if (!last) return { at: object.start, end: object.end, text: `{ ${codes.join(', ')} }` };
  const lineStart = file.text.lastIndexOf('\n', last.start - 1) + 1;
  const indent = file.text.slice(lineStart, last.start);
  const newline = file.text.includes('\r\n') ? '\r\n' : '\n';
  const separator = indent.trim() === '' && lineStart > object.start ? `,${newline}${indent}` : ', ';
  return { at: last.end, end: last.end, text: codes.map((code) => separator + code).join('') };
}
