import type { Linked } from '../../../callgraph/linked.ts';
import type { Func, Inst } from '../../../ir/ir.ts';
import { memoized, memoizedPair } from '../../../ir/memoized.ts';

/** The maximum depth of calls to search. */
const maxDepth = 3;
const maxFunctions = 60;

const always =
  /^(compareSync|checkpw|check_password_hash|check_password|verify_password|verifyPassword|comparePassword|comparePasswords|checkPassword|validPassword|validatePassword|isValidPassword|matchPassword|passwordMatches|signInWithPassword|authenticate)$/;
const withPassword =
  /^(compare|verify|equals|timingSafeEqual|compare_digest|checkPass|pbkdf2|pbkdf2Sync|scrypt|scryptSync)$/;
/** Functions that derive a hash. Programs also call them when a user signs up, so a parameter named `password` shows no check. */
const derives = /^(pbkdf2|pbkdf2Sync|scrypt|scryptSync)$/;
const queries =
  /^(query|execute|raw|\$queryRaw|\$queryRawUnsafe|get|first|all|filter|filter_by|find|findOne|find_one|findFirst|findBy|findOneBy|where|prepare)$/;
const conditions = /\b(?:where|and)\b[^;]{0,200}\bpass(?:word|wd)?\w{0,20}\s{0,4}=/i;
const words = /passw|passwd|pwd|passcode|otp|totp|\bpin\b/i;

/** Whether a function, or one that it calls, seems to compare a password or one-time code with a stored one. */
export const checksPassword: (linked: Linked, func: number) => boolean = memoizedPair((linked, func) => {
  const seen = new Set<number>([func]);
  let level = [func];
  for (let depth = 0; depth <= maxDepth && level.length > 0; depth++) {
    const next: number[] = [];
    for (const one of level) {
      if (isPasswordCheck(linked, one) || (depth === 0 && takesPassword(linked, one))) return true;
      for (const callee of calledBy(linked, one)) {
        if (seen.has(callee) || seen.size >= maxFunctions) continue;
        seen.add(callee);
        next.push(callee);
      }
    }
    level = next;
  }
  return false;
});

/**
 * Whether a handler receives a password that a library checks, perhaps in code that is not scanned: FastAPI's
 * `OAuth2PasswordRequestForm`, `login(self.request, user)` in `form_valid`, `login_user` behind `validate_on_submit()`.
 */
function takesPassword(linked: Linked, id: number): boolean {
  const func = linked.program.functions[id]?.func;
  if (!func) return false;
  const isForm = ({ type }: (typeof func.params)[number]): boolean =>
    type !== undefined && 'import' in type && type.path.at(-1) === 'OAuth2PasswordRequestForm';
  if (func.params.some(isForm)) return true;
  const called = new Set(func.code.map((inst) => (inst.op === 'call' ? nameOf(func.code[inst.callee]) : '')));
  return (
    (called.has('login') && func.name === 'form_valid') ||
    (called.has('login_user') && called.has('validate_on_submit'))
  );
}

/** Whether a function serves a user who is already logged in, since it reads that user's password: `req.session.user.hash`. */
export function isForUser({ code }: Func): boolean {
  return code.some((inst) => {
    const owner =
      inst.op === 'member' && /hash|pass|pwd|pin|secret/i.test(inst.name) ? code[inst.object] : undefined;
    if (owner?.op !== 'member' || !/^(user|account)$/.test(owner.name)) return false;
    const base = code[owner.object];
    return base?.op === 'param' || (base?.op === 'member' && base.name === 'session');
  });
}

function isPasswordCheck(linked: Linked, id: number): boolean {
  const func = linked.program.functions[id]?.func;
  return func !== undefined && hasCheck(func);
}

const hasCheck = memoized((func: Func) => func.code.some((inst) => isCheck(func, inst)));

/** Whether an instruction compares a password or a code with a stored one. */
function isCheck(func: Func, inst: Inst): boolean {
  if (inst.op === 'call') {
    const name = nameOf(func.code[inst.callee]);
    return (
      always.test(name) ||
      isOneTimeCode(func, inst.callee) ||
      (withPassword.test(name) &&
        (inst.args.some((arg) => speaks(func, arg, words, !derives.test(name))) ||
          isOfHasher(func.code, inst.callee))) ||
      (queries.test(name) && inst.args.some((arg, i) => asksFor(func, arg, inst.names?.[i])))
    );
  }
  return (
    inst.op === 'binary' &&
    (inst.operator === '==' || inst.operator === '!=') &&
    (isOfPassword(func, inst.left, inst.right) ||
      [inst.left, inst.right].some((side) => isHashed(func.code, side)))
  );
}

/**
 * The calls and comparisons in a function that check a password or one-time code. A call also counts if its callee contains
 * or leads to such a check.
 */
export function passwordChecksIn(linked: Linked, id: number): readonly number[] {
  const func = linked.program.functions[id]?.func;
  return (
    func?.code.flatMap((inst, value) => {
      const leads =
        inst.op === 'call' && linked.targets(id, value).some((one) => checksPassword(linked, one.func));
      return leads || isCheck(func, inst) ? [value] : [];
    }) ?? []
  );
}

/** Whether a callee checks a one-time code: `authenticator.verify({ token, secret })` of otplib, `speakeasy.totp.verify(...)`. */
function isOneTimeCode({ code }: Func, callee: number): boolean {
  const inst = code[callee];
  return (
    inst?.op === 'member' &&
    /^(verify|verifyDelta|check|checkDelta|validate)$/.test(inst.name) &&
    /^(authenticator|[th]?otp|speakeasy)$/i.test(nameOf(code[inst.object]))
  );
}

/**
 * Whether a query has a password among its conditions: `WHERE password = $1`, `{ where: { password } }`, `filter(password=x)`.
 */
function asksFor(func: Func, value: number, name: string | null | undefined): boolean {
  return name ? words.test(name) : askingOf(func).has(value);
}

/** A value can precede its parts in the code, so a function is analysed again, up to this often. */
const maxPasses = 4;

/**
 * The texts and conditions of a function that contain a password. A text can have thousands of parts, so each value is evaluated
 * once.
 */
const askingOf = memoized((func: Func): ReadonlySet<number> => {
  const found = new Set<number>();
  let before = -1;
  for (let pass = 0; pass < maxPasses && found.size > before; pass++) {
    before = found.size;
    func.code.forEach((inst, value) => {
      if (!found.has(value) && isAsking(inst, found)) found.add(value);
    });
  }
  return found;
});

function isAsking(inst: Inst, found: ReadonlySet<number>): boolean {
  switch (inst.op) {
    case 'const':
      return typeof inst.value === 'string' && conditions.test(inst.value);
    case 'text':
      return inst.parts.some((part) => found.has(part));
    case 'binary':
      return inst.operator === '+' && (found.has(inst.left) || found.has(inst.right));
    case 'object':
      return inst.keys.some(
        (key, i) =>
          typeof key === 'string' &&
          (words.test(key) || (key === 'where' && found.has(inst.values[i] as number))),
      );
    default:
      return false;
  }
}

/** `bcrypt.hashpw(given, stored) == stored` */
function isHashed(code: readonly Inst[], side: number): boolean {
  const inst = code[side];
  return inst?.op === 'call' && nameOf(code[inst.callee]) === 'hashpw';
}

/** Whether two passwords are compared: `user.password === password`. Neither may be a constant or a form's repeated password. */
function isOfPassword(func: Func, left: number, right: number): boolean {
  return (
    [left, right].every(
      (side) => speaks(func, side, words) && func.code[side]?.op !== 'const' && !speaks(func, side, repeated),
    ) && [left, right].some((side) => func.code[side]?.op !== 'param')
  );
}

/** Whether a callee is imported from a library for password hashes: `argon2.verify(stored, given)`. */
function isOfHasher(code: readonly Inst[], callee: number): boolean {
  const inst = code[callee];
  const from = inst?.op === 'member' ? code[inst.object] : inst;
  return from?.op === 'import' && hashers.test(from.specifier);
}

const hashers =
  /^(argon2|bcrypt|bcryptjs|@node-rs\/(argon2|bcrypt)|scrypt-kdf|passlib|pwdlib|argon2-browser)(\.|$)/;

const repeated = /again|confirm|repeat|retype|twice|2$/i;

/** The maximum number of values to search for a password. */
const maxParts = 12;

/** Whether the name of a value matches: `req.body.password`, `form["password"]`, `String(password)`. */
function speaks({ code, params }: Func, value: number, name: RegExp, ofParams = true): boolean {
  const parts = [value];
  for (let i = 0; i < parts.length && i < maxParts; i++) {
    const inst = code[parts[i] as number];
    if (inst?.op === 'member' && name.test(inst.name)) return true;
    if (ofParams && inst?.op === 'param' && name.test(params[inst.index]?.name ?? '')) return true;
    if (inst?.op === 'index' && isText(code[inst.key], name)) return true;
    if (inst?.op === 'call') {
      if (inst.args.some((arg) => isText(code[arg], name))) return true;
      parts.push(...inst.args.slice(0, maxParts));
    }
    if (inst?.op === 'typed' || inst?.op === 'await') parts.push(inst.value);
  }
  return false;
}

function isText(inst: Inst | undefined, name: RegExp): boolean {
  return inst?.op === 'const' && typeof inst.value === 'string' && name.test(inst.value);
}

function nameOf(callee: Inst | undefined): string {
  return callee?.op === 'member' || callee?.op === 'global' || callee?.op === 'import' ? callee.name : '';
}

function calledBy(linked: Linked, id: number): number[] {
  const found: number[] = [];
  linked.program.functions[id]?.func.code.forEach((inst, value) => {
    if (inst.op === 'call') for (const { func } of linked.targets(id, value)) found.push(func);
    if (inst.op === 'func') for (const func of linked.functions(id, value)) found.push(func);
  });
  return found;
}
