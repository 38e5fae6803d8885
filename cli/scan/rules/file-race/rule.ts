/**
 * Finds files that are checked by path (whether they exist, who owns them, whether they are writable) and then opened,
 * changed or removed by the same path (TOCTOU).
 *
 * ## Why
 * Between the two steps another program can put something else there, such as a symbolic link to a file that only this
 * program may change. The check was then about a different file.
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
 * In folders where no one else can write, which is most of them: a check for existence has low confidence, a check of
 * rights or of the owner does not. Exclusive creation (`x`, `wx`) and checks of an open file (`fstat`) are not
 * reported. Removal has low confidence: it removes the link, not the target.
 */

import { constText } from '../../dataflow/domain/abstract.ts';
import type { Call, ValueId } from '../../ir/ir.ts';
import { inTests } from '../kit/path-kind.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import { argument, argumentId, isA, option, type Use } from '../kit/use.ts';
import { nameParts } from '../kit/web/file-name.ts';
import { checkBefore, pathKey } from './checks.ts';

export const rule: UseRule = Object.freeze({
  id: 'file/race',
  title: 'Time-of-check to time-of-use race on a file',
  severity: 'low',
  cwe: [367, 363],
  owasp: 'A06:2025 Insecure Design',
  advice:
    'Open the file once and check the open file with `fstat`; create files with flag `wx`; handle the error instead of checking first.',
  pythonAdvice:
    'Open the file once and check the open file with `os.fstat`; create files with mode `x`; handle the error instead of checking first.',
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
  // Adding missing rights opens no file yet: `if not os.access(path, os.W_OK): os.chmod(path, ...)`
  const isOfRights = check === 'owner' || (check === 'rights' && used.way === 'write');
  // At worst, the file to read no longer exists.
  if (used.way === 'read' && !isTemporary && !isOfRights) return undefined;
  // A removal or renaming affects a link itself, not its target.
  const isSerious = used.way !== 'remove' && (isOfRights || (isTemporary && used.way !== 'read'));
  return {
    message: 'The file can be replaced between the check of its path and this call.',
    confidence: isSerious && !inTests(use) ? 'medium' : 'low',
  };
}

/** The path that a call uses, and how. */
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
  // With `x` the call fails if the file exists, so nobody else can have created it.
  return /^[wa]|\+/.test(mode) && !mode.includes('x') ? 'write' : 'read';
}

function isNew(use: Use, call: Call): boolean {
  return call.args.some((arg) =>
    ['flag', 'flags'].some((name) => /x/.test(constText(option(use.frame.values[arg], name)) ?? '')),
  );
}
