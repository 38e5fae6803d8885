import { type Denied, deny } from '../refusal/decision.ts';
import { decodedForms } from './decoded-forms.ts';
import { foldLookAlikes } from './fold-look-alikes.ts';
import { isDevice, readAsAnother } from './windows-name.ts';

export type DeniedPath = Denied<'path/outside-root' | 'path/unsafe-name' | 'path/too-long'>;

/** The limits of Linux for a path and for a name (PATH_MAX, NAME_MAX). Windows allows 255 UTF-16 units in a name, which 255 bytes never exceed. */
const mostBytes = 4_095;
const mostNameBytes = 255;

/** The components of an untrusted path, or the denial. Pure. */
export function judgePath(input: unknown): readonly string[] | DeniedPath {
  if (typeof input !== 'string')
    return unsafe(`(${Array.isArray(input) ? 'array' : typeof input})`, 'not a string');
  if (input === '') return unsafe(input, 'empty');
  if (input.length > mostBytes || Buffer.byteLength(input) > mostBytes)
    return tooLong(input, mostBytes, 'in all');
  if (!input.isWellFormed()) return unsafe(input, 'half a surrogate pair');
  if (/\p{Cc}/u.test(input)) return unsafe(input, input.includes('\0') ? 'a NUL' : 'a control character');
  return judgeText(input) ?? judgeComponents(input) ?? judgeMeanings(input) ?? input.split('/');
}

function judgeText(input: string): DeniedPath | undefined {
  if (input.includes('\\')) return traversal(input, 'a backslash');
  if (input.startsWith('/')) return traversal(input, 'an absolute path');
  if (/^[a-z]:/i.test(input)) return traversal(input, 'a drive letter');
  return undefined;
}

function judgeComponents(input: string): DeniedPath | undefined {
  for (const component of input.split('/')) {
    if (component === '') return unsafe(input, 'an empty name');
    if (isDotSegment(component)) return traversal(input, 'a dot segment');
    if (Buffer.byteLength(component) > mostNameBytes) return tooLong(input, mostNameBytes, 'in one name');
    const another = readAsAnother(component);
    if (another !== undefined) return unsafe(input, another);
  }
  return undefined;
}

/** How a layer reads it that decodes it once more, or folds look-alikes to ASCII. */
function judgeMeanings(input: string): DeniedPath | undefined {
  for (const form of decodedForms(input)) {
    if (form === undefined) return traversal(input, 'encoded too often');
    if (form !== input) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
      if (/[\0-\x1f\x7f]/.test(form)) return unsafe(input, 'an encoded control character');
      if (/^(?:[/\\]|[a-z]:)/i.test(form)) return traversal(input, 'an encoded absolute path');
      if (form.split(/[/\\]/).some(isDevice)) return unsafe(input, 'an encoded device name of Windows');
    }
    const folded = foldLookAlikes(form);
    if ((folded !== input || form !== input) && folded.split(/[/\\]/).some(isDotSegment))
      return traversal(input, 'an encoded dot segment');
  }
  return undefined;
}

/** Servers such as Tomcat cut off everything after a semicolon (`..;/`), and careless decoders drop a percent sign. */
function isDotSegment(component: string): boolean {
  return /^\s*\.{1,2}[\s%]*(?:;.*)?$/su.test(component);
}

function traversal(input: string, reason: string): DeniedPath {
  return deny('path/outside-root', { input: input.slice(0, 512), reason });
}

function unsafe(input: string, reason: string): DeniedPath {
  return deny('path/unsafe-name', { input: input.slice(0, 512), reason });
}

function tooLong(input: string, bytes: number, where: string): DeniedPath {
  return deny('path/too-long', { input: input.slice(0, 512), reason: `more than ${bytes} bytes ${where}` });
}
