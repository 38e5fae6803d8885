import type { Linked } from '../../callgraph/linked.ts';
import { nameOfCallee } from '../../callgraph/query/refusal.ts';
import type { Func } from '../../ir/ir.ts';

/** Of the models: functions that a framework finds by the path of their file, or because they say `'use server'`. */
const served =
  /^(?:next\.(?:RouteHandler|ApiHandler|ServerFunction)|svelte\.(?:Handler|Actions)|remix\.Handler|astro\.Endpoint)$/;

const isLogin = /(?:^|[/_.-])(?:log-?in|sign-?in|authenticate|auth|sessions?|token|otp|2fa|mfa)(?:[/_.-]|$)/i;
const loginName =
  /^(?:\w*(?:log|sign)_?in(?:[A-Z_]\w*|Action)?|authenticate\w*|verify(?:Otp|Code|Totp)\w*)$/i;

/** What asks who has logged in before, and not for somebody by name; `getUser` and `getSession` are had for log-ins too. */
const asksForUser = /^(?:auth|getServerSession|currentUser|requireUser|requireAuth|verifySession)$/;

const known = new WeakMap<Linked, boolean>();

/** Whether a framework finds any of a program's functions so: most programs have none. */
export function hasFileRoutes(linked: Linked): boolean {
  let found = known.get(linked);
  if (found === undefined) {
    found = linked.program.functions.some(({ id }) => isServed(linked, id));
    known.set(linked, found);
  }
  return found;
}

function isServed(linked: Linked, id: number): boolean {
  return linked.handedTo(id).some(({ name }) => served.test(name));
}

/** How a function that answers by its file's path is called, if it is one for logging in. */
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
