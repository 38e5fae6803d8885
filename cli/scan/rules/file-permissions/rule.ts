/**
 * Finds world-writable files and folders: `chmod 777` and the like, a `mode` with the write bit for others, and a
 * umask that allows it.
 *
 * ## Why
 * Any other account on the machine, and any other compromised service, can then change what the program reads or runs.
 *
 * ## Bad
 * ```python
 * import os
 *
 * os.chmod(path, 0o777)
 * os.umask(0)
 * ```
 * ```typescript
 * import fs from 'node:fs';
 * import { writeFile } from 'node:fs/promises';
 *
 * fs.chmodSync(file, 0o666);
 * await writeFile(file, key, { mode: 0o666 });
 * ```
 *
 * ## Good
 * ```python
 * os.chmod(path, 0o640)
 * os.umask(0o077)
 * ```
 * ```typescript
 * fs.chmodSync(file, 0o640);
 * await writeFile(file, key, { mode: 0o600 });
 * ```
 *
 * ## When not to use it
 * A folder with the sticky bit (`0o1777`) is not reported, nor is a umask that the same function sets back. In an
 * image with one account the finding matters little.
 */

import { constText } from '../../dataflow/domain/abstract.ts';
import type { Call, ValueId } from '../../ir/ir.ts';
import { inTests } from '../kit/path-kind.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import { argumentId, isA, option, type Use } from '../kit/use.ts';
import { modeBits, othersMayWrite } from '../kit/web/file-mode.ts';
import { isRemovedAfter } from './removed-after.ts';

const running =
  /^(system|popen|run|call|check_call|check_output|Popen|exec|execSync|spawn|spawnSync|execFile|execFileSync|\$)$/;
const settings = /^FILE_UPLOAD_(DIRECTORY_)?PERMISSIONS$/;

export const rule: UseRule = Object.freeze({
  id: 'file/permissions',
  title: 'World-writable file',
  severity: 'medium',
  cwe: [732],
  owasp: 'A01:2025 Broken Access Control',
  advice:
    'Give the owner what is needed and others nothing: `fs.chmod(path, 0o600)` for files, `0o700` for folders, `0o640` for a group.',
  pythonAdvice:
    'Give the owner what is needed and others nothing: `os.chmod(path, 0o600)` for files, `0o700` for folders.',
  on: ['call', 'cell-store'],
  names: new RegExp(`${running.source}|${settings.source}`),
  modelled: /^use\.(Umask|Chmod|ChmodPath|ChmodHandle|OsOpen|OpenFile|PathMode|MakeFolder|WriteFile)$/,
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  const { inst } = use;
  if (inst.op === 'cell-store') return isSetting(use, inst.cell) ? ofChmod(use, inst.value) : undefined;
  if (inst.op !== 'call') return undefined;
  if (isA(use, inst.callee, 'use.Umask')) return ofUmask(use, inst);
  if (isA(use, inst.callee, 'use.Chmod'))
    return isRemovedAfter(use, argumentId(use, inst, 0, 'path'))
      ? undefined
      : ofChmod(use, argumentId(use, inst, 1, 'mode'));
  if (isA(use, inst.callee, 'use.ChmodPath', 'use.ChmodHandle'))
    return ofChmod(use, argumentId(use, inst, 0, 'mode'));
  const created = createdMode(use, inst);
  if (created !== undefined && othersMayWrite(created)) {
    // 0666 is the usual mode for `open()`. The umask removes the rights of other users.
    const isUsual = created === 0o666 && isA(use, inst.callee, 'use.OsOpen', 'use.OpenFile');
    const message = `Mode ${octal(created)} makes the new file or folder world-writable.`;
    return report(use, message, isUsual ? 'low' : 'medium');
  }
  return ofCommand(use, inst);
}

/** Whether a variable is Django's setting for the mode of all uploads. */
function isSetting({ frame }: Use, cell: number): boolean {
  return settings.test(frame.linked.program.modules[frame.info.module]?.cells[cell]?.name ?? '');
}

function ofChmod(use: Use, value: ValueId | undefined): UseReport | undefined {
  const mode = modeBits(use, value);
  if (mode === undefined || !othersMayWrite(mode)) return undefined;
  return report(use, `Mode ${octal(mode)} makes this world-writable.`, 'high');
}

/** The explicit mode with which a call creates a file or folder. */
function createdMode(use: Use, call: Call): number | undefined {
  if (isA(use, call.callee, 'use.OsOpen', 'use.OpenFile'))
    return modeBits(use, argumentId(use, call, 2, 'mode'));
  if (isA(use, call.callee, 'use.PathMode')) return modeBits(use, argumentId(use, call, 0, 'mode'));
  if (isA(use, call.callee, 'use.MakeFolder', 'use.WriteFile')) {
    for (const arg of call.args.slice(1)) {
      const mode = option(use.frame.values[arg], 'mode')?.consts;
      if (mode?.length === 1) return modeOf(mode[0]);
    }
    return isA(use, call.callee, 'use.MakeFolder')
      ? modeBits(use, argumentId(use, call, 1, 'mode'))
      : undefined;
  }
  return undefined;
}

function modeOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^(0o)?[0-7]{3,4}$/.test(value)
    ? Number.parseInt(value.replace('0o', ''), 8)
    : undefined;
}

function ofUmask(use: Use, call: Call): UseReport | undefined {
  const mask = modeBits(use, argumentId(use, call, 0, 'mask'));
  if (mask === undefined || (mask & 0o002) !== 0) return undefined;
  // `old = umask(0); umask(old)` reads the mask, or lifts it for a moment.
  const isSetBack = use.frame.func.code.some(
    (other) =>
      other.op === 'call' &&
      other !== use.inst &&
      isA(use, other.callee, 'use.Umask') &&
      other.args[0] !== undefined &&
      isFrom(use, other.args[0], use.value),
  );
  if (isSetBack) return undefined;
  return report(use, `Umask ${octal(mask)} lets files created from here on be world-writable.`, 'high');
}

function isFrom(use: Use, value: ValueId, call: ValueId): boolean {
  if (value === call) return true;
  const inst = use.frame.inst(value);
  if (inst.op === 'typed') return isFrom(use, inst.value, call);
  return inst.op === 'phi' && inst.inputs.includes(call);
}

/** `chmod -R 777 folder` as a command. */
const command =
  /\bchmod\s+(?:-\w+\s+)*(?:0?[0-7]{2}[2367]|[ugo]*[ao][ugo]*[+=][rx]*w[rwx]*|\+[rx]*w[rwx]*)\s/;

function ofCommand(use: Use, call: Call): UseReport | undefined {
  const [first] = call.args;
  const callee = use.frame.inst(call.callee);
  const name = callee.op === 'member' || callee.op === 'import' || callee.op === 'global' ? callee.name : '';
  if (first === undefined || !running.test(name)) return undefined;
  const it = use.frame.values[first];
  const rest = use.frame.values[call.args[1] ?? -1];
  const words = (it?.shape === 'list' ? it : rest?.shape === 'list' ? rest : undefined)?.fields;
  const text = it?.textTemplate ?? '';
  const all = words ? `${text} ${[...words.values()].map((word) => constText(word) ?? '?').join(' ')}` : text;
  return command.test(`${all} `)
    ? report(use, 'This command makes files world-writable.', 'medium')
    : undefined;
}

function report(use: Use, message: string, confidence: UseReport['confidence']): UseReport {
  return { message, confidence: inTests(use) ? 'low' : confidence };
}

function octal(mode: number): string {
  return `0o${mode.toString(8).padStart(3, '0')}`;
}
