import { maxArguments } from '../../budgets/dataflow.ts';
import type { Call, ValueId } from '../../ir/ir.ts';
import { type Abstract, constText } from '../domain/abstract.ts';
import { element } from '../domain/entries.ts';
import type { FunctionView } from '../view/function-view.ts';
import { possibleValues } from './trace-value.ts';

/** A part of a command: the program to run, or an argument of it. With `isMany`, it stands for any number of arguments. */
export interface Argument {
  readonly it: Abstract;
  /** The instruction that makes it. Undefined if it is unknown. */
  readonly value?: ValueId;
  /** Whether it stands for any number of arguments. */
  readonly isMany?: true;
  /** The list that is spread into the arguments: `args` in `[program, *args]`. */
  readonly of?: ValueId;
}

/**
 * The program that a call runs, and the program's arguments: `spawn('git', ['log', name])` -> `git`, `log`, `name`.
 * Lists are flattened.
 * @param at the index of the call's argument that holds the program
 */
export function argumentList(frame: FunctionView, inst: Call, at: number): readonly Argument[] {
  const all: Argument[] = [];
  inst.args.forEach((arg, i) => {
    if (i < at || (i > at && inst.names?.[i])) return;
    const it = frame.use(arg);
    const written = writtenItems(frame, arg);
    if (written) all.push(...written);
    else if (it.shape === 'list') all.push(...itemsOf(it));
    else if (inst.spread?.includes(i)) all.push({ it: element(it), isMany: true, of: arg });
    else all.push({ it, value: arg });
  });
  return all.slice(0, maxArguments);
}

/** The items of a list literal: in `['sh', '-c', ...rest]` the items before the unknown ones are known. */
function writtenItems(frame: FunctionView, value: ValueId): readonly Argument[] | undefined {
  const [only, more] = possibleValues(frame, value);
  const inst = only === undefined || more !== undefined ? undefined : frame.inst(only);
  // If items were added later, the value itself knows more than the literal.
  if (inst?.op !== 'list' || inst.isMany) return undefined;
  if (inst.spread.length === 0 && (only !== value || isChanged(frame, value, inst.items.length)))
    return undefined;
  return inst.items.slice(0, maxArguments).map((item, i): Argument => {
    const it = frame.use(item);
    return inst.spread.includes(i) ? { it: element(it), isMany: true, of: item } : { it, value: item };
  });
}

function isChanged(frame: FunctionView, value: ValueId, count: number): boolean {
  const { fields, rest, length } = frame.use(value);
  return rest !== undefined || (length ?? fields?.size ?? 0) !== count;
}

/** The known items of a list of arguments, and one entry (`isMany`) for all others. */
export function itemsOf(it: Abstract): Argument[] {
  const items: Argument[] = [];
  for (let i = 0; i < maxArguments; i++) {
    const item = it.fields?.get(String(i));
    if (!item) break;
    items.push({ it: item });
  }
  if (it.rest && it.length === undefined) items.push({ it: it.rest, isMany: true });
  return items;
}

/**
 * The name of a program in lower case, without its folder and `.exe`: `/usr/bin/Git` -> `git`. Undefined if it is unknown.
 */
export function programName(it: Abstract | undefined): string | undefined {
  return constText(it)
    ?.replace(/^.*[/\\]/, '')
    .replace(/\.exe$/i, '')
    .toLowerCase();
}
