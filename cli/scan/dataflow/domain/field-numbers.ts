import type { Func } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';

/** A field of the object that has this value number. */
interface Field {
  readonly object: number;
  readonly name: string;
}

const fieldsOf = memoized((_: Func) => ({ numbers: new Map<string, number>(), fields: [] as Field[] }));

/** A value number for a field that the function itself never reads. It is negative: no value has it. */
export function fieldNumber(func: Func, object: number, name: string): number {
  const { numbers, fields } = fieldsOf(func);
  const key = `${object}.${name}`;
  let number = numbers.get(key);
  if (number === undefined) {
    number = -2 - fields.length;
    numbers.set(key, number);
    fields.push({ object, name });
  }
  return number;
}

/** The field that has this negative value number. */
export function fieldOf(func: Func, number: number): Field | undefined {
  return fieldsOf(func).fields[-2 - number];
}
