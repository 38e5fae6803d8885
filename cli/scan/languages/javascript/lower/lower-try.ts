import type { CatchClause, TryStatement } from 'oxc-parser';
import { lowerPattern } from './lower-pattern.ts';
import { hoistFunctions, lowerStatement } from './lower-statement.ts';
import { emit, emitUnknown, inScopeOf, type Lowering, type Place } from './lowering.ts';

/** Edges to the handler of one `try`. Its phis have an input for each. */
const maxEdges = 64;

/**
 * Lowers `try`. Edges lead to the handler from the start of the body and from the end of each of its statements. In a long
 * body, only every n-th statement has such an edge. `finally` follows both the body and the handler.
 */
export function lowerTry(f: Lowering, node: TryStatement): void {
  const { builder } = f;
  const join = builder.block();
  const handler = node.handler ? builder.block() : join;
  const outer = f.handler;
  f.handler = handler;
  mayThrow(f, node.block);
  const { body } = node.block;
  const step = Math.ceil(body.length / maxEdges);
  inScopeOf(f, node.block, () => {
    hoistFunctions(f, body);
    body.forEach((statement, i) => {
      lowerStatement(f, statement);
      if ((i + 1) % step === 0 && !builder.ended) mayThrow(f, statement);
    });
  });
  builder.jump(join);
  f.handler = outer;
  if (node.handler) {
    builder.start(handler);
    lowerCatch(f, node.handler);
    builder.jump(join);
  }
  builder.start(join);
  if (node.finalizer) lowerStatement(f, node.finalizer);
}

/** The handler is the second way, so that a body that returns is analysed before it, with what it throws. */
function mayThrow(f: Lowering, place: Place): void {
  if (f.handler === undefined) return;
  const next = f.builder.block();
  f.builder.branch(emitUnknown(f, place), next, f.handler);
  f.builder.start(next);
}

function lowerCatch(f: Lowering, node: CatchClause): void {
  inScopeOf(f, node, () => {
    if (node.param) lowerPattern(f, node.param, emit(f, { op: 'caught', type: -1 }, node.param));
    lowerStatement(f, node.body);
  });
}
