import type { Func, Inst, ValueId } from '../../ir/ir.ts';

/**
 * The parameter in a phi that replaces a missing argument by a default: `param === undefined ? other : param` -> `param`.
 * Undefined for other phis.
 */
export function defaultedParam({ code }: Func, phi: Inst & { readonly op: 'phi' }): ValueId | undefined {
  const [first, second, more] = phi.inputs;
  if (first === undefined || second === undefined || more !== undefined) return undefined;
  return [first, second].find((input) => code[input]?.op === 'param' && isAskedFor(code, input));
}

/** Front ends emit the test for a missing argument right after the parameter. */
const testDistance = 3;

function isAskedFor(code: readonly Inst[], param: ValueId): boolean {
  return code.slice(param + 1, param + 1 + testDistance).some((test) => {
    const other =
      test.op === 'binary' && test.operator === '==' && test.left === param ? code[test.right] : undefined;
    return other?.op === 'const' && other.value === undefined;
  });
}
