import type { LogIn } from '../../code-view.ts';
import type { Inst, Module, ValueId } from '../../ir/ir.ts';
import { languageOf } from '../../languages/registry.ts';
import { placeOf } from '../../report/findings.ts';
import { isForBrowsers } from '../../rules/kit/web/for-browsers.ts';
import { isAside, type SiteSearch } from '../site-search.ts';

const most = 20;

/**
 * Lists the functions that read a password from a request, and in which no password check is recognised. The function
 * may still check the password by means that the analysis does not know, such as an LDAP bind.
 * @param isOpen selects the functions to report
 */
export function askedPasswords({ frames }: SiteSearch, isOpen: (id: number) => boolean): LogIn[] {
  const { linked } = frames;
  const found: LogIn[] = [];
  for (const info of linked.program.functions) {
    const module = linked.program.modules[info.module];
    if (isAside(frames, info) || languageOf(module).isTemplate || isForBrowsers(module)) continue;
    const { code } = info.func;
    const read = code.find((inst) => isPassword(nameRead(code, inst)));
    if (read === undefined || !isOpen(info.id)) continue;
    found.push({
      place: placeOf(module as Module, read.at, read.end),
      name: info.func.name || 'a function',
      limit: 'unresolved',
      because: 'a password is read here, and what checks it was not found',
      log: 'unresolved',
    });
    if (found.length >= most) break;
  }
  return found;
}

function isPassword(name: string | undefined): boolean {
  return name !== undefined && /^(password|passwd|passcode|pwd|otp|pin_?code)$/i.test(name);
}

function nameRead(code: readonly Inst[], inst: Inst): string | undefined {
  if (inst.op === 'member') return inst.name;
  return inst.op === 'index' ? textAt(code, inst.key) : argumentOf(code, inst);
}

/** `request.form.get('password')` */
function argumentOf(code: readonly Inst[], inst: Inst): string | undefined {
  const callee = inst.op === 'call' ? code[inst.callee] : undefined;
  return inst.op === 'call' && callee?.op === 'member' && /^(get|param|field|value)$/.test(callee.name)
    ? textAt(code, inst.args[0] ?? -1)
    : undefined;
}

function textAt(code: readonly Inst[], value: ValueId): string | undefined {
  const inst = code[value];
  return inst?.op === 'const' && typeof inst.value === 'string' ? inst.value : undefined;
}
