import type { Node } from '../../scan/languages/python/parse/tree.ts';
import type { Frame } from './interpreter.ts';
import { textOf } from './module-file.ts';
import { isType, type Value } from './value.ts';

/** What a call hands over. */
export interface CallArguments {
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
  /** There may be more: `*args`, `**options`. */
  readonly isOpen: boolean;
}

export function argumentsOf(frame: Frame, call: Node): CallArguments {
  const { evaluate } = frame.interpreter;
  const [, list] = call.children;
  const positional: Value[] = [];
  const named = new Map<string, Value>();
  if (list?.kind === 'generator_expression')
    return { positional: [evaluate(frame, list)], named, isOpen: false };
  let isOpen = list?.kind !== 'argument_list';
  for (const child of list?.children ?? []) {
    const [name, value] = child.children;
    if (child.kind === 'keyword_argument' && name) {
      named.set(textOf(frame.module, name), evaluate(frame, value));
    } else if (child.kind === 'dictionary_splat') {
      const [{ plain }, ...others] = evaluate(frame, name);
      const isKnown = others.length === 0 && isType(plain, 'dict') && plain.more === undefined;
      if (isKnown) for (const [key, entry] of plain.entries) named.set(key, entry);
      else isOpen = true;
    } else if (child.kind === 'list_splat') isOpen = true;
    else positional.push(evaluate(frame, child));
  }
  return { positional, named, isOpen };
}

/** The argument at a position or of a name. */
export function argument({ positional, named }: CallArguments, at: number, name: string): Value | undefined {
  return named.get(name) ?? positional[at];
}
