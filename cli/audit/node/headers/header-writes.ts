import type { Node } from 'oxc-parser';
import { keyName } from '../../../scan/languages/javascript/parse/syntax.ts';
import { evidenceAt } from '../app/evidence.ts';
import { runs } from '../read/condition.ts';
import type { Evaluator } from '../read/evaluate.ts';
import { type ModuleFile, nodesWithin } from '../read/module-file.ts';
import { textOf, type Value, whyUnknown } from '../read/value.ts';
import type { HeaderName, Setting } from './setting.ts';

/** A place that sets a header: `res.setHeader(name, value)`, `{ [name]: value }` or `{ key: name, value }`. */
export interface HeaderWrite {
  readonly file: ModuleFile;
  readonly node: Node;
  /** Undefined where the header is removed. */
  readonly value: Value | undefined;
}

const setters = /^(?:set|setHeader|header|append|appendHeader|type)$/;
const removers = /^(?:removeHeader|remove|delete|unset)$/;

/** All places in a part of a module that set or remove a header of this name, in lower case. */
export function headerWrites(
  file: ModuleFile,
  within: { readonly start: number; readonly end: number },
  name: string,
  evaluator: Evaluator,
): readonly HeaderWrite[] {
  if (!new RegExp(name, 'i').test(file.text)) return [];
  const isName = (node: Node | undefined): boolean =>
    node !== undefined && textOf(evaluator.evaluate(file, node))?.toLowerCase() === name;
  return nodesWithin(file, within).flatMap((node): HeaderWrite[] => {
    if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression') {
      const { property, computed } = node.callee;
      const method = property.type === 'PrivateIdentifier' ? undefined : keyName(property, computed);
      const [first, second] = node.arguments;
      if (method === undefined || !isName(first)) return [];
      if (setters.test(method) && second) return [{ file, node, value: evaluator.evaluate(file, second) }];
      return removers.test(method) ? [{ file, node, value: undefined }] : [];
    }
    if (node.type !== 'ObjectExpression') return [];
    return node.properties.flatMap((property): HeaderWrite[] => {
      if (property.type !== 'Property') return [];
      const key = keyName(property.key, property.computed);
      if (key?.toLowerCase() === name)
        return [{ file, node: property, value: evaluator.evaluate(file, property.value) }];
      if (key !== 'key' || !isName(property.value)) return [];
      return [{ file, node, value: evaluator.member(evaluator.evaluate(file, node), 'value') }];
    });
  });
}

/** What a function that runs at every request does to a header. */
export function ownHeaderWrites(
  file: ModuleFile,
  within: Node,
  header: HeaderName,
  evaluator: Evaluator,
): readonly Setting[] {
  const writes = headerWrites(file, within, header, evaluator).map((one) => settingOf(one, evaluator));
  if (header !== 'content-security-policy') return writes;
  const reports = headerWrites(file, within, 'content-security-policy-report-only', evaluator);
  return [
    ...writes,
    ...reports.map((one) => ({
      ...settingOf(one, evaluator),
      state: { kind: 'off', how: 'only reports' } as const,
    })),
  ];
}

export function settingOf({ file, node, value }: HeaderWrite, evaluator: Evaluator): Setting {
  const state = runs(file, node, evaluator);
  return {
    state: stateOf(value),
    covers:
      state === 'always'
        ? 'all'
        : { why: state === 'never' ? 'it never runs' : `whether it runs depends on ${state.why}` },
    evidence: [evidenceAt(file, node)],
  };
}

export function stateOf(value: Value | undefined): Setting['state'] {
  if (value === undefined) return { kind: 'off', how: 'is removed' };
  const text = value.kind === 'text' ? value.text : textOf(value);
  return text === undefined ? { kind: 'unknown', why: whyUnknown(value) } : { kind: 'value', text };
}
