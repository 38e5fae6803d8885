import type { Cast } from './environment.ts';
import { Failure, isType, known, list, type Plain } from './value.ts';

/**
 * How libraries read texts of the environment. Read from django-environ 0.12.0 (`environ.py`), python-decouple 3.6 (`decouple.py`) and
 * marshmallow's `Boolean`, which environs uses.
 */
export function castNamed(library: 'environ' | 'environs' | 'decouple', name: string): Cast | undefined {
  if (name === 'bool') return booleans[library];
  return casts.get(name);
}

const casts: ReadonlyMap<string, Cast> = new Map<string, Cast>([
  ['str', (text) => text],
  ['int', (text) => whole(text)],
  ['float', (text) => (text.trim() === '' || Number.isNaN(Number(text)) ? notRead(text) : Number(text))],
  ['list', (text) => parts(text)],
  ['tuple', (text) => parts(text.replace(/^\(+|\)+$/g, ''))],
  ['csv', (text) => parts(text, true)],
]);

const booleans: { readonly [library: string]: Cast } = {
  environ: (text) =>
    /^\s*[+-]?\d+\s*$/.test(text)
      ? Number(text) !== 0
      : /^(true|on|ok|y|yes|1)$/.test(text.toLowerCase().trim()),
  decouple: (text) => (text === '' ? false : strtobool(text)),
  environs: (text) => strtobool(text),
};

/** https://docs.python.org/3.11/distutils/apiref.html#distutils.util.strtobool */
export function strtobool(text: string): boolean | Failure {
  if (/^(y|yes|t|true|on|1)$/i.test(text)) return true;
  return /^(n|no|f|false|off|0)$/i.test(text) ? false : notRead(text);
}

export function whole(text: string): number | Failure {
  return /^\s*[+-]?\d+(_\d+)*\s*$/.test(text) ? Number(text.replace(/_/g, '')) : notRead(text);
}

function notRead(text: string): Failure {
  return new Failure(`the text ${JSON.stringify(text.slice(0, 40))} cannot be read`);
}

function parts(text: string, trims = false): Plain {
  const all = text
    .slice(0, 5000)
    .split(',')
    .filter((part) => part !== '');
  return list(all.map((part) => known(trims ? part.trim() : part)));
}

/** `bool` of the type itself. */
export function castName(plain: Plain | undefined): string {
  return isType(plain, 'reference') ? plain.path.replace(/^builtins\./, '') : '?';
}
