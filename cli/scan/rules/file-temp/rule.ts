/**
 * Finds temporary files whose names others can know in advance: `tempfile.mktemp`, and files that are written below
 * `/tmp` under a fixed name, or one made of the process number or the time.
 *
 * ## Why
 * All accounts of a machine write to `/tmp`. Whoever creates the file first, or puts a link there, chooses what the
 * program overwrites or reads back.
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
 * Names with a random part, and files that are opened so that they must be new (`x`, `wx`), are not reported. Where the
 * machine has one account only, as in most containers, the finding says little.
 */
import type { Call, ValueId } from '../../ir/ir.ts';
import { nameParts } from '../../rule/file-name.ts';
import { inTests } from '../../rule/path-kind.ts';
import type { UseReport, UseRule } from '../../rule/rule.ts';
import { argument, argumentId, isA, option, type Use } from '../../rule/use.ts';
import { constText } from '../../taint/abstract.ts';

export const rule: UseRule = Object.freeze({
  id: 'file/temp',
  title: 'Temporary file of a known name',
  severity: 'low',
  cwe: [377, 379],
  owasp: 'A01:2025 Broken Access Control',
  advice: 'Let the system choose the name: tempfile.NamedTemporaryFile, mkstemp, fs.mkdtemp.',
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
      'The name of a temporary file is made before the file, which others can create in between',
      'high',
    );
  const file = writtenFile(use, inst);
  if (file === undefined) return undefined;
  const { isTemporary, isRandom, isOpen } = nameParts(frame.linked, { func: frame.id, value: file });
  if (!isTemporary || isRandom) return undefined;
  const message =
    'A file is written to the shared folder for temporary files under a name that others can tell';
  return report(use, message, isOpen ? 'low' : 'medium');
}

/** The name of the file that a call writes to, if it does and takes one that is there already. */
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
