import { onlyConst } from '../dataflow/domain/abstract.ts';
import { type Check, none } from '../dataflow/domain/check.ts';
import { type Kinds, kinds, noKinds, notUp } from '../dataflow/domain/kinds.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { ValueId } from '../ir/ir.ts';
import { segmentsOf } from '../semantics/text/path-segments.ts';

/**
 * What a false `segment === text` proves of a segment of a file path. If `text` is `..`, the segment leads to no parent
 * folder. Otherwise nothing is proven.
 */
export function isNoSegment(frame: FunctionView, value: ValueId, text: unknown): readonly Check[] {
  const inst = frame.inst(value);
  return text === '..' && inst.op === 'element' && segmentsOf(frame, inst.value).length > 0
    ? [{ value, clean: notUp.union(kinds('path')) }]
    : none;
}

/** What a false `segment in ('', '.', '..')` proves of a segment of a file path: it leads to no parent folder. */
export function notAmong(frame: FunctionView, value: ValueId, list: ValueId): readonly Check[] {
  if (frame.inst(value).op !== 'element') return none;
  for (const one of frame.values[list]?.fields?.values() ?? []) {
    const checks = isNoSegment(frame, value, onlyConst(one)?.value);
    if (checks.length > 0) return checks;
  }
  return none;
}

/**
 * If a check proves that no segment of a file path is `..`, adds a check of the whole path: it leads to no parent
 * folder.
 */
export function withWholePaths(frame: FunctionView, checks: readonly Check[]): readonly Check[] {
  const wholes = checks.flatMap(({ value, clean }) => (leadsUp(clean) ? [] : segmentsOf(frame, value)));
  if (wholes.length === 0) return checks;
  return [
    ...checks,
    ...wholes.flatMap((value): Check[] => [
      { value, clean: notUp },
      { value, clean: noKinds, conjunct: 'not-up' },
    ]),
  ];
}

/** A text that is sanitised for both kinds contains neither a dot nor a separator. */
const noDot = kinds('ssrf', 'path');

function leadsUp(clean: Kinds): boolean {
  return !clean.meets(notUp) && !clean.includes(noDot);
}
