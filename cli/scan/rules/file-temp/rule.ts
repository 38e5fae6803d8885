/**
 * Finds temporary files with predictable names: `tempfile.mktemp`, and files written below `/tmp` under a fixed name
 * or one built from the process ID or the time.
 *
 * ## Why
 * Every account on the machine can write to `/tmp`. Whoever creates the file first, or puts a link there, chooses what
 * the program overwrites or reads back.
 *
 * ## Bad
 * ```python
 * name = tempfile.mktemp(suffix=".bin")
 * open("/tmp/report.csv", "w")
 * ```
 * ```typescript
 * import { writeFile } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 *
 * await writeFile(join(tmpdir(), `report-${process.pid}.txt`), text);
 * ```
 *
 * ## Good
 * ```python
 * with tempfile.NamedTemporaryFile("w", suffix=".csv") as file: ...
 * ```
 * ```typescript
 * const folder = await mkdtemp(join(tmpdir(), 'report-'));
 * await writeFile(join(folder, 'report.txt'), text, { flag: 'wx' });
 * ```
 *
 * ## When not to use it
 * Names with a random part and exclusive creation (`x`, `wx`) are not reported. On a machine with only one account, as
 * in most containers, the finding matters little.
 */

import { constText } from '../../dataflow/domain/abstract.ts';
import type { Call, ValueId } from '../../ir/ir.ts';
import { inTests } from '../kit/path-kind.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import { argument, argumentId, isA, option, type Use } from '../kit/use.ts';
import { nameParts } from '../kit/web/file-name.ts';

export const rule: UseRule = Object.freeze({
  id: 'file/temp',
  title: 'Predictable temporary file name',
  severity: 'low',
  cwe: [377, 379],
  owasp: 'A01:2025 Broken Access Control',
  advice: 'Create the file in a folder made by `fs.mkdtemp`, which chooses a random name.',
  pythonAdvice:
    'Use `tempfile.NamedTemporaryFile` or `tempfile.mkstemp`: they choose the name and create the file.',
  on: ['call'],
  modelled: /^use\.(MakeName|WriteFile|OpenFile|Open|PathWrite|PathOpen)$/,
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  const { frame, inst } = use;
  if (inst.op !== 'call') return undefined;
  if (isA(use, inst.callee, 'use.MakeName'))
    return report(
      use,
      'The name of the temporary file is chosen before the file exists, so another user can create it first.',
      'high',
    );
  const file = writtenFile(use, inst);
  if (file === undefined) return undefined;
  const { isTemporary, isRandom, isOpen } = nameParts(frame.linked, { func: frame.id, value: file });
  if (!isTemporary || isRandom) return undefined;
  const message = 'A file is written to the shared temporary folder under a predictable name.';
  return report(use, message, isOpen ? 'low' : 'medium');
}

/** The name of the file that a call writes to, unless it refuses existing files. */
function writtenFile(use: Use, call: Call): ValueId | undefined {
  const first = argumentId(use, call, 0, 'file');
  if (isA(use, call.callee, 'use.WriteFile')) {
    const isNew = call.args.some((arg) =>
      /x/.test(text(option(use.frame.values[arg], 'flag') ?? option(use.frame.values[arg], 'flags'))),
    );
    return isNew ? undefined : first;
  }
  if (isA(use, call.callee, 'use.OpenFile')) return writes(text(argument(use, call, 1))) ? first : undefined;
  if (isA(use, call.callee, 'use.Open'))
    return writes(text(argument(use, call, 1, 'mode'))) ? first : undefined;
  const callee = use.frame.inst(call.callee);
  if (callee.op !== 'member') return undefined;
  if (isA(use, call.callee, 'use.PathWrite')) return callee.object;
  if (isA(use, call.callee, 'use.PathOpen'))
    return writes(text(argument(use, call, 0, 'mode'))) ? callee.object : undefined;
  return undefined;
}

function text(it: Parameters<typeof constText>[0]): string {
  return constText(it) ?? '';
}

function writes(mode: string): boolean {
  return /^[wa]/.test(mode) && !mode.includes('x');
}

function report(use: Use, message: string, confidence: UseReport['confidence']): UseReport {
  return { message, confidence: inTests(use) ? 'low' : confidence };
}
