import type { Inst } from '../ir/ir.ts';
import type { Linked } from '../link/linked.ts';

/** How far it is looked for in functions that are called. */
const maxDepth = 3;
const maxFunctions = 60;

const always =
  /^(compareSync|checkpw|check_password_hash|check_password|verify_password|verifyPassword|comparePassword|comparePasswords|checkPassword|validPassword|validatePassword|isValidPassword|matchPassword|passwordMatches|signInWithPassword|authenticate)$/;
const withPassword =
  /^(compare|verify|equals|timingSafeEqual|compare_digest|checkPass|pbkdf2|pbkdf2Sync|scrypt|scryptSync)$/;
const words = /passw|passwd|pwd|passcode|otp|totp|\bpin\b/i;

/** Whether a function, or one that it calls, compares a password or a code of the request with what is stored. */
export function checksPassword(linked: Linked, func: number): boolean {
  const seen = new Set<number>([func]);
  let level = [func];
  for (let depth = 0; depth <= maxDepth && level.length > 0; depth++) {
    const next: number[] = [];
    for (const one of level) {
      if (isPasswordCheck(linked, one)) return true;
      for (const callee of calledBy(linked, one)) {
        if (seen.has(callee) || seen.size >= maxFunctions) continue;
        seen.add(callee);
        next.push(callee);
      }
    }
    level = next;
  }
  return false;
}

function isPasswordCheck(linked: Linked, id: number): boolean {
  const func = linked.program.functions[id]?.func;
  if (!func) return false;
  return func.code.some((inst) => {
    if (inst.op === 'call') {
      const name = nameOf(func.code[inst.callee]);
      return (
        always.test(name) || (withPassword.test(name) && inst.args.some((arg) => speaks(func.code, arg)))
      );
    }
    return inst.op === 'binary' && inst.operator === '==' && isOfPassword(func.code, inst.left, inst.right);
  });
}

/** `user.password === password`, but no comparison with a constant. */
function isOfPassword(code: readonly Inst[], left: number, right: number): boolean {
  return (
    speaks(code, left) && speaks(code, right) && code[left]?.op !== 'const' && code[right]?.op !== 'const'
  );
}

/** Whether a value is, by its name, a password: `req.body.password`, `form["password"]`, `String(password)`. */
function speaks(code: readonly Inst[], value: number, depth = 0): boolean {
  const inst = code[value];
  if (!inst || depth > 4) return false;
  switch (inst.op) {
    case 'member':
      return words.test(inst.name);
    case 'index': {
      const key = code[inst.key];
      return key?.op === 'const' && typeof key.value === 'string' && words.test(key.value);
    }
    case 'call':
      return inst.args.some((arg) => {
        const key = code[arg];
        return key?.op === 'const' && typeof key.value === 'string'
          ? words.test(key.value)
          : speaks(code, arg, depth + 1);
      });
    case 'typed':
    case 'await':
      return speaks(code, inst.value, depth + 1);
    default:
      return false;
  }
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
