import type { Node } from 'oxc-parser';
import type { FunctionNode, ModuleFile } from './module-file.ts';

/** Where a value is written. */
export interface Spot {
  readonly file: ModuleFile;
  readonly node: Node;
}

/** What is known of a value without running the program. In production `NODE_ENV` is `production`. */
export type Value = (
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null | undefined }
  /** A text of which parts are not known: each is `\0`. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'regex'; readonly source: string }
  | { readonly kind: 'array'; readonly items: readonly Value[]; readonly isOpen: boolean }
  | {
      readonly kind: 'object';
      readonly fields: ReadonlyMap<string, Value>;
      /** It may have other fields too. */
      readonly isOpen: boolean;
    }
  | { readonly kind: 'function'; readonly file: ModuleFile; readonly node: FunctionNode }
  | { readonly kind: 'class'; readonly file: ModuleFile; readonly node: ClassNode }
  /** An instance of a class of the application; `this` in its methods. */
  | { readonly kind: 'instance'; readonly file: ModuleFile; readonly node: ClassNode }
  /** What a module of the application exports. */
  | { readonly kind: 'module'; readonly file: ModuleFile }
  /** What a package exports: `helmet` with `hsts`. `default` is left out of the path. */
  | { readonly kind: 'package'; readonly name: string; readonly path: readonly string[] }
  /** A name that the language or Node defines: `process`, `env`. */
  | { readonly kind: 'global'; readonly path: readonly string[] }
  /** A variable of the environment. */
  | { readonly kind: 'environment'; readonly name: string }
  /** What a call, or `new`, of something that is not the application's own returns. */
  | { readonly kind: 'result'; readonly callee: Value; readonly file: ModuleFile; readonly node: CallNode }
  /** A property of what such a call returns: `app.use`. */
  | { readonly kind: 'member'; readonly of: Value; readonly key: string }
  | {
      readonly kind: 'parameter';
      readonly file: ModuleFile;
      readonly of: FunctionNode;
      readonly index: number;
      readonly path: readonly string[];
      /** What it is where no argument is passed. */
      readonly initial?: Value;
    }
  | { readonly kind: 'unknown'; readonly why: string }
) & {
  /** The place that sets it, where that says more than the place that uses it. */
  readonly spot?: Spot;
  /** It is so unless this variable of the environment is set. */
  readonly unless?: string;
};

export type ClassNode = Extract<Node, { type: 'ClassDeclaration' | 'ClassExpression' }>;
export type CallNode = Extract<Node, { type: 'CallExpression' | 'NewExpression' }>;

export function unknownValue(why: string): Value {
  return { kind: 'unknown', why };
}

export function literal(value: string | number | boolean | null | undefined): Value {
  return { kind: 'literal', value };
}

/** What a variable of the environment holds in production, as far as that is the same everywhere. */
export function productionVariable(name: string): Value {
  return name === 'NODE_ENV' ? literal('production') : { kind: 'environment', name };
}

/** Whether a condition holds; undefined if that is not known. */
export function truth(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'literal':
      return Boolean(value.value);
    case 'text':
      return value.text.replaceAll('\0', '') === '' ? undefined : true;
    case 'unknown':
    case 'environment':
    case 'parameter':
    case 'global':
    case 'result':
    case 'member':
      return undefined;
    default:
      return true;
  }
}

/** The text of a literal, or undefined. */
export function textOf(value: Value | undefined): string | undefined {
  return value?.kind === 'literal' && typeof value.value === 'string' ? value.value : undefined;
}

/** Why a value is not known, as the end of a sentence: `it is read from COOKIE_SECURE`. */
export function whyUnknown(value: Value): string {
  if (value.kind === 'environment') return `it is read from ${value.name}`;
  if (value.kind === 'function') return 'a function decides it';
  if (value.kind === 'parameter') return 'it is passed to a function';
  return value.kind === 'unknown' ? value.why : 'it is computed';
}
