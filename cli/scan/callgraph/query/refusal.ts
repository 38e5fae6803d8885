import { maxReachableBlocks } from '../../budgets/callgraph.ts';
import type { Block, BlockId, Func, Inst, ValueId } from '../../ir/ir.ts';
import { memoizedPair } from '../../ir/memoized.ts';
import { successors } from '../../ir/query/control-flow.ts';
import { transitive } from '../../ir/query/transitive.ts';

/**
 * The blocks that are reachable from a block, itself included. At most `maxReachableBlocks`.
 *
 * @param isTaken whether an edge is executable. By default all are.
 */
export function reachable(
  func: Func,
  from: BlockId,
  isTaken: (from: BlockId, to: BlockId) => boolean = always,
): ReadonlySet<BlockId> {
  return transitive([from], maxReachableBlocks, (at) =>
    successors(func.blocks[at] as Block).filter((next) => isTaken(at, next)),
  );
}

function always(): boolean {
  return true;
}

const refusals =
  /^(forbidden|unauthori[sz]ed|deny|access_?denied|HttpResponseForbidden|HTTPForbidden|HTTPUnauthorized|PermissionDenied|PermissionError|NotAuthenticated|NotAuthorized|Forbidden\w*|Unauthori[sz]ed\w*|AuthenticationFailed|redirect_to_login|permission_denied|throwForbidden)$/i;

/** Whether a block refuses access: it responds with 401 or 403, raises such an error, or redirects to a login page. */
export function refuses(func: Func, block: Block | undefined): boolean {
  return block !== undefined && refusesIn(func, block);
}

const refusesIn = memoizedPair((func: Func, { code }: Block): boolean =>
  code.some((value) => isRefusal(func, func.code[value] as Inst)),
);

function isRefusal({ code }: Func, inst: Inst): boolean {
  switch (inst.op) {
    case 'call': {
      const callee = code[inst.callee];
      const name = nameOfCallee(callee);
      if (refusals.test(name)) return true;
      if (/^redirect$/i.test(name) && inst.args.some((arg) => isLogin(code[arg]))) return true;
      return inst.args.some((arg) => isStatus(code[arg]) || isLoginUrl(code, arg));
    }
    case 'store':
    case 'store-index':
      return isStatus(code[inst.value]);
    case 'list':
      return inst.kind === 'tuple' && inst.items.some((item) => isStatus(code[item]));
    case 'object':
      return inst.values.some((value) => isStatus(code[value]));
    default:
      return false;
  }
}

function isLogin(inst: Inst | undefined): boolean {
  return inst?.op === 'const' && typeof inst.value === 'string' && /log-?in|sign-?in|auth/i.test(inst.value);
}

/** `redirect(url_for('login'))` */
function isLoginUrl(code: readonly Inst[], value: ValueId): boolean {
  const inst = code[value];
  return (
    inst?.op === 'call' &&
    /^(url_for|reverse|reverse_lazy)$/.test(nameOfCallee(code[inst.callee])) &&
    inst.args.some((arg) => isLogin(code[arg]))
  );
}

function isStatus(inst: Inst | undefined): boolean {
  if (inst?.op === 'member') return /^(HTTP_)?(401|403)|^FORBIDDEN$|^UNAUTHORIZED$/.test(inst.name);
  return inst?.op === 'const' && (inst.value === 401 || inst.value === 403);
}

/** The name of a callee that is a member, a global or an import. Empty for other callees. */
export function nameOfCallee(callee: Inst | undefined): string {
  return callee?.op === 'member' || callee?.op === 'global' || callee?.op === 'import' ? callee.name : '';
}
