import { runInThisContext } from 'node:vm';
import { type html, html as tag } from 'bulwark/html';

/** Stands for a hole in the templates of the cases. */
export const HOLE = '~';

/** The name that makes a thenable of an object. */
export const THEN = 'then';

export interface Case {
  readonly name: string;
  readonly kind: 'attack' | 'use';
  readonly template: string;
  /** A function where the values are made anew for each use. */
  readonly values: readonly unknown[] | (() => readonly unknown[]);
  /** The codes of which one is expected, with a `|` between them. */
  readonly refused?: string;
  /** Values whose page has the same structure; null where there is nothing to compare with. */
  readonly like?: readonly unknown[] | null;
  /** `selector @attribute`, `selector $property` or `selector #` (text), and what stands there. */
  readonly reads?: Readonly<Record<string, unknown>>;
  /** The whole of what is rendered. */
  readonly gives?: string;
  /** The codes of the events, in the order in which they are written. */
  readonly events?: readonly string[];
  /** Names that the rendered page may not hold. */
  readonly lacks?: readonly string[];
}

type Rest = Omit<Partial<Case>, 'name' | 'kind' | 'template' | 'values'> & { readonly name?: string };

function make(kind: Case['kind'], template: string, values: Case['values'], rest: Rest): Case {
  const shown = typeof values === 'function' || values.length === 0 ? '' : ` with ${describe(values)}`;
  return { name: `${template}${shown}`.slice(0, 200), kind, template, values, ...rest };
}

function describe(values: readonly unknown[]): string {
  try {
    return JSON.stringify(values) ?? '';
  } catch {
    return 'values that have no JSON';
  }
}

export function attack(template: string, values: Case['values'] = [], rest: Rest = {}): Case {
  return make('attack', template, values, rest);
}

export function use(template: string, values: Case['values'] = [], rest: Rest = {}): Case {
  return make('use', template, values, rest);
}

/** A template that is refused. */
export function refuse(template: string, refused: string): Case {
  const values = Array.from({ length: template.split(HOLE).length - 1 }, () => 'x');
  return make('attack', template, values, { refused });
}

/** Passes the types, for values that the compiler would refuse. */
export function wild(value: unknown): never {
  return value as never;
}

type Tag = (strings: TemplateStringsArray, ...values: never[]) => unknown;
const compiled = new Map<string, (tag: Tag, values: readonly unknown[]) => unknown>();

/** Evaluates a real template literal that has this text. */
export function literal(template: string): (tag: Tag, values: readonly unknown[]) => unknown {
  let made = compiled.get(template);
  if (made === undefined) {
    const parts = template.split(HOLE).map((part) =>
      part
        .replace(/[\\`$]/g, '\\$&')
        .replaceAll('\r', '\\r')
        .replaceAll('\0', '\\x00'),
    );
    const source = parts.reduce((text, part, index) => `${text}\${v[${index - 1}]}${part}`);
    made = runInThisContext(`(tag, v) => tag\`${source}\``) as (t: Tag, v: readonly unknown[]) => unknown;
    compiled.set(template, made);
  }
  return made;
}

/** Markup of this text, with values in place of the holes. */
export function t(template: string, ...values: readonly unknown[]): ReturnType<typeof html> {
  return literal(template)(tag as Tag, values) as ReturnType<typeof html>;
}

export function valuesOf(test: Case): readonly unknown[] {
  return typeof test.values === 'function' ? test.values() : test.values;
}
