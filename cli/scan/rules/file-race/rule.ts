/**
 * Finds files that are asked for something by their path, and then opened, changed or removed by that path: whether they are there, who owns
 * them, whether one may write them.
 *
 * ## Why
 * Between the two another program can put something else there, such as a link to a file that only this program may change. What
 * was found out is then true of another file than the one that is used.
 *
 * ## Bad
 * ```python
 * import os
 *
 * def save(path, text):
 *     if os.access(path, os.W_OK):
 *         with open(path, "w") as file:
 *             file.write(text)
 * ```
 * ```typescript
 * import { existsSync, writeFileSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 *
 * const lock = join(tmpdir(), 'tool.lock');
 * if (!existsSync(lock)) writeFileSync(lock, String(process.pid));
 * ```
 *
 * ## Good
 * ```python
 * def save(path, text):
 *     try:
 *         with open(path, "w") as file:
 *             file.write(text)
 *     except PermissionError:
 *         print("It may not be written.")
 * ```
 * ```typescript
 * import { openSync } from 'node:fs';
 *
 * const file = openSync(lock, 'wx', 0o600);
 * ```
 *
 * ## When not to use it
 * In folders to which nobody else can write, which most are: such a check has low confidence, unless it is one of rights or of the owner. What
 * is opened so that it must be new (`x`, `wx`), and what is asked of an open file (`fstat`), is not reported. Files that are removed have low
 * confidence: that takes away a link, and not where it leads to.
 */
import type { Call, ValueId } from '../../ir/ir.ts';
import { nameParts } from '../../rule/file-name.ts';
import { inTests } from '../../rule/path-kind.ts';
import type { UseReport, UseRule } from '../../rule/rule.ts';
import { argument, argumentId, isA, option, type Use } from '../../rule/use.ts';
import { constText } from '../../taint/abstract.ts';
import { checkBefore, pathKey } from './checks.ts';

export const rule: UseRule = Object.freeze({
  id: 'file/race',
  title: 'File that can be another one after it was checked',
  severity: 'low',
  cwe: [367, 363],
  owasp: 'A06:2025 Insecure Design',
  advice:
    'Open the file once and ask what is open (`fstat`), let it be made anew (`x`, `wx`), and handle the error instead of asking before.',
  pythonAdvice:
    'Open the file once and check what is open with `os.fstat`; create files with mode `x`; handle the error instead of asking first.',
  on: ['call'],
  modelled:
    /^use\.(Open|OpenFile|WriteFile|ReadFile|Chmod|ChangeFile|RemoveFile|PathOpen|PathWrite|ChmodPath|RemovePath|ReadPath)$/,
  look,
} satisfies UseRule);

type Way = 'read' | 'write' | 'change' | 'remove';

function look(use: Use): UseReport | undefined {
  const { frame, inst } = use;
  if (inst.op !== 'call') return undefined;
  const used = usedFile(use, inst);
  if (!used) return undefined;
  const check = checkBefore(use, pathKey(frame.func, used.path));
  if (!check) return undefined;
  const { isTemporary, isRandom } = nameParts(frame.linked, { func: frame.id, value: used.path });
  if (isTemporary && isRandom) return undefined;
  // Who gives rights that are missing opens nothing by them yet: `if not os.access(path, os.W_OK): os.chmod(path, ...)`
  const isOfRights = check === 'owner' || (check === 'rights' && used.way === 'write');
  // Who reads a file that was there finds none at worst.
  if (used.way === 'read' && !isTemporary && !isOfRights) return undefined;
  // What is removed or renamed is a link itself, and not where it leads to.
  const isSerious = used.way !== 'remove' && (isOfRights || (isTemporary && used.way !== 'read'));
  return {
    message: 'The file can be another one than the one that was checked by its path before',
    confidence: isSerious && !inTests(use) ? 'medium' : 'low',
  };
}

/** The path that a call uses, and for what. */
function usedFile(use: Use, call: Call): { readonly path: ValueId; readonly way: Way } | undefined {
  const { callee } = call;
  const of = (path: ValueId | undefined, way: Way): { path: ValueId; way: Way } | undefined =>
    path === undefined ? undefined : { path, way };
  const first = argumentId(use, call, 0, 'file') ?? argumentId(use, call, 0, 'path');
  if (isA(use, callee, 'use.Open')) return of(first, wayOf(constText(argument(use, call, 1, 'mode')) ?? 'r'));
  if (isA(use, callee, 'use.OpenFile')) return of(first, wayOf(constText(argument(use, call, 1)) ?? 'r'));
  if (isA(use, callee, 'use.WriteFile')) return isNew(use, call) ? undefined : of(first, 'write');
  if (isA(use, callee, 'use.ReadFile')) return of(first, 'read');
  if (isA(use, callee, 'use.Chmod', 'use.ChangeFile')) return of(first, 'change');
  if (isA(use, callee, 'use.RemoveFile')) return of(first, 'remove');
  const method = use.frame.inst(callee);
  if (method.op !== 'member') return undefined;
  if (isA(use, callee, 'use.PathOpen'))
    return of(method.object, wayOf(constText(argument(use, call, 0, 'mode')) ?? 'r'));
  if (isA(use, callee, 'use.PathWrite')) return of(method.object, 'write');
  if (isA(use, callee, 'use.ChmodPath')) return of(method.object, 'change');
  if (isA(use, callee, 'use.RemovePath')) return of(method.object, 'remove');
  return isA(use, callee, 'use.ReadPath') ? of(method.object, 'read') : undefined;
}

function wayOf(mode: string): Way {
  // What must be new is nothing that somebody else has put there.
  return /^[wa]|\+/.test(mode) && !mode.includes('x') ? 'write' : 'read';
}

function isNew(use: Use, call: Call): boolean {
  return call.args.some((arg) =>
    ['flag', 'flags'].some((name) => /x/.test(constText(option(use.frame.values[arg], name)) ?? '')),
  );
}
