import type { Linked } from '../../callgraph/linked.ts';
import { nameOfCallee } from '../../callgraph/query/refusal.ts';
import type { Func } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { hasTrait } from '../../models/state-traits.ts';

const isLogin = /(?:^|[/_.-])(?:log-?in|sign-?in|authenticate|auth|sessions?|token|otp|2fa|mfa)(?:[/_.-]|$)/i;
const loginName =
  /^(?:\w*(?:log|sign)_?in(?:[A-Z_]\w*|Action)?|authenticate\w*|verify(?:Otp|Code|Totp)\w*)$/i;

/** Functions that require a logged-in user. `getUser` and `getSession` don't count, as log-ins call them too. */
const asksForUser = /^(?:auth|getServerSession|currentUser|requireUser|requireAuth|verifySession)$/;

/**
 * Whether the program has a function that a framework finds by the path of its file, as Next.js finds route handlers. Most
 * programs have none.
 */
export const hasFileRoutes: (linked: Linked) => boolean = memoized((linked) =>
  linked.program.functions.some(({ id }) => isServed(linked, id)),
);

function isServed(linked: Linked, id: number): boolean {
  return hasTrait(linked.handedTo(id), 'found-by-file');
}

/**
 * The name of a log-in function that a framework finds by the path of its file. If the function has no name, returns the
 * path. Undefined for other functions.
 */
export function fileRoute(linked: Linked, id: number): string | undefined {
  const info = linked.program.functions[id];
  if (!info || !isServed(linked, id)) return undefined;
  const { func, module } = info;
  const path = linked.program.modules[module]?.path ?? '';
  if (/^(?:GET|HEAD|OPTIONS|loader|load)$/.test(func.name) || isForMembers(func)) return undefined;
  return loginName.test(func.name) || isLogin.test(path) ? func.name || path : undefined;
}

function isForMembers({ code }: Func): boolean {
  return code.some((inst) => inst.op === 'call' && asksForUser.test(nameOfCallee(code[inst.callee])));
}
