import { instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import type { Call, ValueId } from '../../ir/ir.ts';
import { calleeName, type Use } from '../kit/use.ts';
import { kindOf } from './kind-of.ts';
import { isOfNobody } from './shell-loads.ts';
import { textAt } from './text-of.ts';

/** Functions that run a text. */
const running =
  /^(eval|exec|Function|execSync|system|popen|runInNewContext|runInThisContext|runInContext|Script|compile)$/;
const methods = /^(execSync|system|popen|runInNewContext|runInThisContext|runInContext|Script)$/;
const maxSteps = 40;

/**
 * Whether a call runs code that it loads without TLS: `eval(await (await fetch('http://host/rules')).text())`,
 * `exec(urlopen("http://host/rules").read())`.
 */
export function runsPlainText(use: Use, call: Call): boolean {
  const [text] = call.args;
  // Many other classes have a method `exec` or `compile`.
  const isMethod = use.frame.inst(call.callee).op === 'member';
  if (text === undefined || !(isMethod ? methods : running).test(calleeName(use, call))) return false;
  const { linked, id } = use.frame;
  const queue: Place[] = [{ func: id, value: text }];
  const seen = new Set<string>();
  for (let place = queue.shift(); place && seen.size < maxSteps; place = queue.shift()) {
    const made = madeBy(linked, place);
    const key = `${made.func} ${made.value}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const inst = instOf(linked, made);
    const at = (value: ValueId): void => void queue.push({ func: made.func, value });
    switch (inst?.op) {
      case 'phi':
        inst.inputs.slice(0, 4).forEach(at);
        break;
      case 'effect':
      case 'element':
        at(inst.value);
        break;
      case 'member':
      case 'index':
        at(inst.object);
        break;
      case 'call': {
        const url =
          inst.args[0] === undefined ? undefined : textAt(use, { func: made.func, value: inst.args[0] });
        if (url !== undefined && isPlainText(url)) return true;
        const callee = instOf(linked, { func: made.func, value: inst.callee });
        if (callee?.op === 'member') at(callee.object);
        inst.args.slice(0, 1).forEach(at);
        break;
      }
    }
  }
  return false;
}

/** Whether a text is loaded over plain HTTP. Programs and archives are reported where they are loaded. */
function isPlainText(url: string): boolean {
  return /^http:\/\//i.test(url) && !isOfNobody(url) && kindOf(url) === undefined;
}
