import { type Abstract, constText } from '../../dataflow/domain/abstract.ts';
import type { ValueId } from '../../ir/ir.ts';
import type { UseReport } from '../kit/rule.ts';
import { calleeName, known, type Use } from '../kit/use.ts';
import { policyWeakness } from '../kit/web/policy-directives.ts';

const setters: ReadonlySet<string> = new Set(
  'set,setHeader,header,append,set_header,add_header,add,setdefault,setDefault,writeHead,send_header,__setitem__'.split(
    ',',
  ),
);
const removers: ReadonlySet<string> = new Set(
  'removeHeader,remove,delete,clear_header,pop,del_header'.split(','),
);
const protecting: ReadonlySet<string> = new Set([
  'content-security-policy',
  'strict-transport-security',
  'x-content-type-options',
]);

/** Reports a security header that is set to an ineffective value, or removed. */
export function weakHeader(use: Use): UseReport | undefined {
  const { inst, frame } = use;
  switch (inst.op) {
    case 'call': {
      const name = calleeName(use, inst);
      if (!setters.has(name) && !removers.has(name)) return undefined;
      const [first, second] = inst.args;
      const header = first === undefined ? undefined : constText(frame.values[first])?.toLowerCase();
      if (header === undefined) return undefined;
      if (setters.has(name) && second !== undefined) return ofValue(use, header, second);
      return name === 'removeHeader' || (removers.has(name) && isHeaders(use, inst.callee))
        ? removed(header)
        : undefined;
    }
    case 'store-index': {
      const header = constText(frame.values[inst.key])?.toLowerCase();
      return header === undefined ? undefined : ofValue(use, header, inst.value);
    }
    case 'object':
      return ofObject(use, inst.keys, inst.values);
    default:
      return undefined;
  }
}

function removed(header: string): UseReport | undefined {
  return protecting.has(header)
    ? { message: `The header \`${header}\` is removed.`, confidence: 'medium' }
    : undefined;
}

/** `response.headers.delete(...)` */
function isHeaders({ frame }: Use, callee: ValueId): boolean {
  const inst = frame.inst(callee);
  if (inst.op !== 'member') return false;
  const object = frame.inst(inst.object);
  return object.op === 'member' && object.name === 'headers';
}

/** Entries of an object: one per header, or `{ key: 'Content-Security-Policy', value }` as in Next.js. */
function ofObject(
  use: Use,
  keys: readonly (string | ValueId | null)[],
  values: readonly ValueId[],
): UseReport | undefined {
  const at = (name: string): ValueId | undefined => values[keys.indexOf(name)];
  const [key, value] = [at('key') ?? at('name'), at('value')];
  if (key !== undefined && value !== undefined) {
    const header = constText(use.frame.values[key])?.toLowerCase();
    const found = header === undefined ? undefined : ofValue(use, header, value);
    if (found) return found;
  }
  for (let i = 0; i < keys.length; i++) {
    const one = keys[i];
    const name = typeof one === 'number' ? constText(use.frame.values[one]) : one;
    const found =
      typeof name === 'string' ? ofValue(use, name.toLowerCase(), values[i] as ValueId) : undefined;
    if (found) return { ...found, value: values[i] as ValueId };
  }
  return undefined;
}

function ofValue(use: Use, header: string, value: ValueId): UseReport | undefined {
  if (header === 'content-security-policy') {
    const it: Abstract | undefined = known(use, value);
    // Directives in an object belong to a middleware, which has its own check.
    const weakness = it?.fields ? undefined : policyWeakness(it);
    return weakness ? { message: `The Content-Security-Policy ${weakness}.`, confidence: 'high' } : undefined;
  }
  if (header !== 'x-frame-options' && header !== 'strict-transport-security') return undefined;
  const text = constText(known(use, value))?.trim().toLowerCase();
  if (text === undefined) return undefined;
  if (header === 'x-frame-options' && text === 'allowall')
    return {
      message: 'Browsers ignore `X-Frame-Options: ALLOWALL`, so any site can frame the page.',
      confidence: 'medium',
    };
  if (header === 'strict-transport-security' && /^max-age=0\b/.test(text))
    return { message: '`max-age=0` switches HSTS off in browsers that knew it.', confidence: 'medium' };
  return undefined;
}
