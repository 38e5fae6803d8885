import type { Call } from '../../ir/ir.ts';
import type { Linked } from '../../link/linked.ts';
import { instOf, madeBy } from '../../rule/made-by.ts';
import type { UseReport } from '../../rule/rule.ts';
import { given, isA, isConst, type Use } from '../../rule/use.ts';

const report: UseReport = {
  message: 'PAM is asked for the password alone: an account that is locked or has expired still gets in',
  confidence: 'medium',
};

/** `libpam.pam_authenticate(handle, 0)` in a program that never calls `pam_acct_mgmt`. */
export function ofPam(use: Use, call: Call): UseReport | undefined {
  if (isA(use, call.callee, 'use.Pamela'))
    return isConst(given(use, call, 6, 'check'), false) ? report : undefined;
  const { linked, id } = use.frame;
  const names = isA(use, call.callee, 'use.PyPam') ? account.py : account.c;
  const isAsked = names === account.py || nameOf(linked, id, call) === 'pam_authenticate';
  return isAsked && !isCalled(linked, names) ? report : undefined;
}

const account = { c: 'pam_acct_mgmt', py: 'acct_mgmt' } as const;

/** Through variables, which mostly have the function's name: `PAM_AUTHENTICATE = libpam.pam_authenticate`. */
function nameOf(linked: Linked, func: number, { callee }: Call): string {
  const inst = instOf(linked, madeBy(linked, { func, value: callee }));
  const named =
    inst?.op === 'member' || inst?.op === 'global' ? inst : instOf(linked, { func, value: callee });
  if (named?.op === 'cell-load') return cellName(linked, func, named.cell).toLowerCase();
  return named?.op === 'member' || named?.op === 'global' || named?.op === 'import'
    ? named.name.toLowerCase()
    : '';
}

function cellName({ program }: Linked, func: number, cell: number): string {
  return program.modules[program.functions[func]?.module ?? -1]?.cells[cell]?.name ?? '';
}

const known = new WeakMap<Linked, ReadonlySet<string>>();

function isCalled(linked: Linked, name: string): boolean {
  let called = known.get(linked);
  if (!called) {
    const all = new Set<string>();
    linked.program.instructions.each('call', (call, { id }) => {
      const one = nameOf(linked, id, call);
      if (one.endsWith('acct_mgmt')) all.add(one);
    });
    called = all;
    known.set(linked, called);
  }
  return called.has(name);
}
