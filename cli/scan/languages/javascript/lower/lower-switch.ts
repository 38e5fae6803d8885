import type { SwitchStatement } from 'oxc-parser';
import { lowerCondition } from './lower-condition.ts';
import { lowerExpression } from './lower-expression.ts';
import { hoistFunctions, lowerStatement } from './lower-statement.ts';
import { emit, inScopeOf, type Lowering } from './lowering.ts';

/** Lowers a `switch` to comparisons in source order. The body of a case without `break` falls through to the next body. */
export function lowerSwitch(f: Lowering, node: SwitchStatement): void {
  const { builder } = f;
  const value = lowerExpression(f, node.discriminant);
  const { discriminant } = node;
  // The cases of `switch (true)` are conditions.
  const isTrue = discriminant.type === 'Literal' && discriminant.value === true;
  const exit = builder.block();
  inScopeOf(f, node, () => {
    const bodies = node.cases.map((it) => ({ it, block: builder.block() }));
    for (const { it } of bodies) hoistFunctions(f, it.consequent);
    for (const { it, block } of bodies) {
      if (!it.test) continue;
      const next = builder.block();
      if (isTrue) lowerCondition(f, it.test, block, next);
      else {
        const right = lowerExpression(f, it.test);
        const test = emit(f, { op: 'binary', operator: '==', left: value, right }, it.test);
        builder.branch(test, block, next);
      }
      builder.start(next);
    }
    builder.jump(bodies.find(({ it }) => !it.test)?.block ?? exit);
    f.targets.push({ labels: [], breakTo: exit, continueTo: undefined, isPlain: true });
    bodies.forEach(({ it, block }, i) => {
      builder.start(block);
      for (const statement of it.consequent) lowerStatement(f, statement);
      builder.jump(bodies[i + 1]?.block ?? exit);
    });
    f.targets.pop();
  });
  builder.start(exit);
}
