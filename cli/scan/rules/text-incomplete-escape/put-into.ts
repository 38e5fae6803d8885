import type { Inst, ValueId } from '../../ir/ir.ts';
import { usersOf } from '../../ir/query/users.ts';
import { calleeName, type Use } from '../kit/use.ts';
import { textAt } from './replacement.ts';

const maxSteps = 60;
const maxUsers = 20;

const sql =
  /\b(select\s.*\sfrom|insert\s+into|update\s.*\sset|delete\s+from|where\s+[\w.]+\s*(?:[=<>]|like|in\b)|values\s*\(|like\s+')/i;
const html = /<\/?[a-z][\w-]*[\s/>]/i;
const running =
  /^(query|execute|raw|exec|execSync|spawn|spawnSync|system|popen|insertAdjacentHTML|write|html|RegExp)$/;
const written = /^(innerHTML|outerHTML|srcdoc)$/;
const passing =
  /^(trim|trimStart|trimEnd|replace|replaceAll|toLowerCase|toUpperCase|toString|String|concat|join)$/;

/** Whether the function that contains a text makes it a part of SQL, markup, a command or a regular expression. */
export function isPutIntoCode(use: Use, from: ValueId): boolean {
  const users = usersOf(use.frame.func);
  const seen = new Set<ValueId>([from]);
  for (const at of seen) {
    if (seen.size > maxSteps) return false;
    for (const user of (users.of[at] ?? []).slice(0, maxUsers)) {
      const inst = use.frame.inst(user);
      if (isCode(use, inst, at)) return true;
      if (isPassedOn(use, inst, at)) seen.add(user);
    }
  }
  return false;
}

function isCode(use: Use, inst: Inst, value: ValueId): boolean {
  switch (inst.op) {
    case 'text':
      return isStatement(
        inst.parts
          .slice(0, maxUsers)
          .map((part) => textAt(use, part) ?? 'x')
          .join(''),
      );
    case 'binary':
      return [inst.left, inst.right].some((side) => isStatement(textAt(use, side) ?? ''));
    case 'store':
      return inst.value === value && written.test(inst.name);
    case 'call':
      return inst.args.includes(value) && running.test(calleeName(use, inst));
    default:
      return false;
  }
}

function isStatement(text: string): boolean {
  const start = text.slice(0, 2000);
  return sql.test(start) || html.test(start);
}

/** Whether the result of an instruction still contains the text. */
function isPassedOn(use: Use, inst: Inst, value: ValueId): boolean {
  switch (inst.op) {
    case 'phi':
    case 'typed':
    case 'text':
      return true;
    case 'binary':
      return inst.operator === '+' || inst.operator === '%';
    case 'effect':
      return inst.value === value;
    case 'member':
      return passing.test(inst.name);
    case 'call':
      return passing.test(calleeName(use, inst));
    default:
      return false;
  }
}
