import type { Node } from 'oxc-parser';
import { keyName } from '../../../scan/languages/javascript/parse/syntax.ts';
import { truth, unknownValue, type Value } from './value.ts';

type ObjectNode = Extract<Node, { type: 'ObjectExpression' }>;

export function objectValue({ properties }: ObjectNode, evaluate: (node: Node) => Value): Value {
  const fields = new Map<string, Value>();
  let isOpen = false;
  const open = (): void => {
    // What stands before it may be replaced.
    for (const key of fields.keys()) fields.set(key, unknownValue('a later part of the object is computed'));
    isOpen = true;
  };
  for (const property of properties) {
    if (property.type === 'SpreadElement') {
      const value = evaluate(property.argument);
      if (value.kind === 'object') {
        if (value.isOpen) open();
        for (const [key, field] of value.fields) fields.set(key, field);
      } else if (truth(value) !== false) open();
      continue;
    }
    const computed = property.computed ? evaluate(property.key) : undefined;
    const key =
      computed?.kind === 'literal' ? String(computed.value) : keyName(property.key, property.computed);
    if (key === undefined) open();
    else if (property.kind !== 'init') fields.set(key, unknownValue('a function decides it'));
    else fields.set(key, evaluate(property.value));
  }
  return { kind: 'object', fields, isOpen };
}
