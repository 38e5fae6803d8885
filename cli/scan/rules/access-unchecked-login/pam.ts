import type { Linked } from '../../callgraph/linked.ts';
import { callsOf, instOf, madeBy } from '../../callgraph/query/made-by.ts';
import { nameOfCallee } from '../../callgraph/query/refusal.ts';
import type { Call } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import type { UseReport } from '../kit/rule.ts';
import { given, isA, isConst, type Use } from '../kit/use.ts';

const report: UseReport = {
  message: 'PAM checks only the password, so a locked or expired account can still log in.',
  confidence: 'medium',
};

/**
 * Reports a log-in by PAM that checks only the password, not whether the account is locked or expired:
 * `libpam.pam_authenticate(handle, 0)` without a call of `pam_acct_mgmt`, or a call of pamela with `check=False`.
 */
export function ofPam(use: Use, call: Call): UseReport | undefined {
  if (isA(use, call.callee, 'use.Pamela'))
    return isConst(given(use, call, 6, 'check'), false) ? report : undefined;
  const { linked, id } = use.frame;
  const names = isA(use, call.callee, 'use.PyPam') ? account.py : account.c;
  const isAsked = names === account.py || nameOf(linked, id, call) === 'pam_authenticate';
  return isAsked && !isCalled(linked, id, names) ? report : undefined;
}

const account = { c: 'pam_acct_mgmt', py: 'acct_mgmt' } as const;

/**
 * The callee's name, traced through variables, which mostly have the function's name: `PAM_AUTHENTICATE =
 * libpam.pam_authenticate`.
 */
function nameOf(linked: Linked, func: number, { callee }: Call): string {
  const inst = instOf(linked, madeBy(linked, { func, value: callee }));
  const named =
    inst?.op === 'member' || inst?.op === 'global' ? inst : instOf(linked, { func, value: callee });
  if (named?.op === 'cell-load') return cellName(linked, func, named.cell).toLowerCase();
  return nameOfCallee(named).toLowerCase();
}

function cellName({ program }: Linked, func: number, cell: number): string {
  return program.modules[program.functions[func]?.module ?? -1]?.cells[cell]?.name ?? '';
}

/** Whether the account is checked along with the password, or in a caller of the password check. */
function isCalled(linked: Linked, id: number, name: string): boolean {
  const modules = [id, ...callersOf(linked, id)].map((one) => moduleOf(linked, one));
  return (
    accountCalls(linked)
      .get(name)
      ?.some((asker) => isRun(linked, id, asker, modules)) === true
  );
}

/** The functions that check the account, by the function that they call. */
const accountCalls = memoized((linked: Linked): ReadonlyMap<string, readonly number[]> => {
  const all = new Map<string, number[]>();
  linked.program.instructions.each('call', (call, { id }) => {
    const one = nameOf(linked, id, call);
    if (!one.endsWith('acct_mgmt')) return;
    const askers = all.get(one);
    if (!askers) all.set(one, [id]);
    else if (askers.at(-1) !== id && askers.length < maxAskers) askers.push(id);
  });
  return all;
});

const maxAskers = 20;
const maxCallers = 20;

function callersOf(linked: Linked, id: number): readonly number[] {
  return callsOf(linked, id)
    .slice(0, maxCallers)
    .map(({ func }) => func);
}

function moduleOf({ program }: Linked, id: number): number {
  return program.functions[id]?.module ?? -1;
}

/** A function without callers proves nothing, except a method of the same class, which users of the class call. */
function isRun(linked: Linked, id: number, asker: number, modules: readonly number[]): boolean {
  if (asker === id) return true;
  const func = linked.program.functions[asker]?.func;
  const owner = linked.classOf(asker);
  if (owner >= 0 && owner === linked.classOf(id)) return true;
  const isOwn = modules.includes(moduleOf(linked, asker));
  if (isOwn && (func?.name === '<module>' || linked.handedTo(asker).length > 0)) return true;
  const callers = callersOf(linked, asker);
  return isOwn ? callers.length > 0 : callers.some((caller) => modules.includes(moduleOf(linked, caller)));
}
