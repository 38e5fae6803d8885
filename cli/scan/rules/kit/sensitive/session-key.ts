import type { Program } from '../../../callgraph/program.ts';
import type { Sink } from '../../../dataflow/view/summary.ts';
import type { Func, ValueId } from '../../../ir/ir.ts';
import { wordsOf } from '../../../ir/query/words.ts';

/** Words in the keys of session entries that decide a user's identity, rights or prices. */
const trusted: ReadonlySet<string> = new Set(
  `user users username uid id ids uuid account profile email mail phone login logged identity subject sub owner author member
  customer client person employee student patient guest admin administrator root superuser staff moderator manager role
  roles right rights perm perms permission permissions privilege privileges scope scopes group groups team tenant org
  organization organisation company auth authenticated authorized authorised access allowed granted trusted verified
  confirmed approved valid validated is has can token key secret password passwd pwd pin otp code mfa credential jwt csrf
  session price prices total subtotal amount cost costs discount balance credit credits fee tax rate currency paid payment plan
  tier level limit quota coupon voucher cart basket order orders item items product quantity qty points score state nonce`.split(
    /\s+/,
  ),
);

/**
 * Whether a sink stores data in a session under a known key that names no identity, right or price, such as `q`, `sort` or
 * `lang`.
 */
export function isPreference(program: Program, sink: Sink): boolean {
  if (sink.kind !== 'trust') return false;
  const func = program.functions[sink.func]?.func;
  const key = func && keyOf(func, sink.value);
  const words = key === undefined ? [] : wordsOf(key);
  return words.length > 0 && !words.some((word) => trusted.has(word));
}

/** `session["q"] = ...`, `req.session.q = ...`, `session.setdefault("q", ...)` */
function keyOf({ code }: Func, value: ValueId): string | undefined {
  const inst = code[value];
  if (inst?.op === 'store') return inst.name;
  const callee = inst?.op === 'call' ? code[inst.callee] : undefined;
  const isDefault = callee?.op === 'member' && callee.name === 'setdefault';
  const at =
    inst?.op === 'store-index' ? inst.key : isDefault && inst?.op === 'call' ? inst.args[0] : undefined;
  const key = at === undefined ? undefined : code[at];
  return key?.op === 'const' && typeof key.value === 'string' ? key.value : undefined;
}
