import { constText } from '../../dataflow/domain/abstract.ts';
import type { Call, Inst, ValueId } from '../../ir/ir.ts';
import { usersOf } from '../../ir/query/users.ts';
import { calleeName, type Use } from '../kit/use.ts';

const redirects =
  /^(redirect|Redirect|permanentRedirect|RedirectResponse|HttpResponseRedirect|HttpResponsePermanentRedirect|HTTPFound|HTTPSeeOther|HTTPTemporaryRedirect|HTTPMovedPermanently)$/;

/** Bounds how many uses of a URL are followed. */
const maxSteps = 40;

/** Whether the function that builds a URL also redirects the browser to this URL. */
export function isRedirected(use: Use): boolean {
  const { frame, value } = use;
  const { of } = usersOf(frame.func);
  const seen = new Set<ValueId>([value]);
  for (const at of seen) {
    if (seen.size > maxSteps) return false;
    for (const user of of[at] ?? []) {
      const inst = frame.inst(user);
      if (isLocation(use, inst, at)) return true;
      if (keepsAddress(use, inst)) seen.add(user);
    }
  }
  return false;
}

function isLocation(use: Use, inst: Inst, address: ValueId): boolean {
  switch (inst.op) {
    case 'call':
      return redirects.test(calleeName(use, inst)) && inst.args.includes(address);
    case 'store-index':
      return (
        inst.value === address && /^location$/i.test(constText(use.frame.values[inst.key] ?? undefined) ?? '')
      );
    case 'object':
      return inst.keys.some(
        (key, i) => typeof key === 'string' && /^location$/i.test(key) && inst.values[i] === address,
      );
    default:
      return false;
  }
}

function keepsAddress(use: Use, inst: Inst): boolean {
  return (
    inst.op === 'text' ||
    inst.op === 'phi' ||
    inst.op === 'typed' ||
    (inst.op === 'binary' && inst.operator === '+') ||
    (inst.op === 'call' && isAsText(use, inst))
  );
}

function isAsText(use: Use, call: Call): boolean {
  return /^(str|String|URL)$/.test(calleeName(use, call));
}
