import { constText } from '../../dataflow/domain/abstract.ts';
import type { Call, Inst, ValueId } from '../../ir/ir.ts';
import type { Use } from './use.ts';

/** A name that an instruction assigns, with the assigned value. */
export interface Setting {
  readonly name: string;
  readonly value: ValueId;
  /** What has the name: a variable, a member, an entry of an object, or a keyword argument. */
  readonly how: 'variable' | 'member' | 'entry' | 'keyword';
}

/** The kinds of instructions that `settingsOf` reads. */
export const settingInstructions: readonly Inst['op'][] = Object.freeze([
  'cell-store',
  'store',
  'store-index',
  'object',
  'class',
  'call',
]);

/**
 * The names that an instruction assigns: a shared variable, a member, entries of an object, attributes of a class, or keyword
 * arguments. Empty for other instructions.
 */
export function settingsOf(use: Use): readonly Setting[] {
  if (use.inst.op === 'call' && !use.inst.names) return none;
  if (last?.use !== use) last = { use, settings: readSettings(use) };
  return last.settings;
}

/** Several rules ask for the settings of one instruction in a row. */
let last: { readonly use: Use; readonly settings: readonly Setting[] } | undefined;

function readSettings({ frame, inst }: Use): readonly Setting[] {
  switch (inst.op) {
    case 'cell-store': {
      const name = frame.linked.program.modules[frame.info.module]?.cells[inst.cell]?.name;
      return name === undefined ? none : [{ name, value: inst.value, how: 'variable' }];
    }
    case 'store':
      return [{ name: inst.name, value: inst.value, how: 'member' }];
    case 'store-index': {
      const name = constText(frame.values[inst.key]);
      return name === undefined ? none : [{ name, value: inst.value, how: 'entry' }];
    }
    case 'object':
      return inst.keys.flatMap((key, i): Setting[] => {
        const value = inst.values[i];
        const name = typeof key === 'number' ? constText(frame.values[key]) : key;
        return value === undefined || typeof name !== 'string' ? [] : [{ name, value, how: 'entry' }];
      });
    case 'class':
      return inst.names.flatMap((name, i): Setting[] => {
        const value = inst.values[i];
        return value === undefined ? [] : [{ name, value, how: 'member' }];
      });
    case 'call':
      return ofKeywords(inst);
    default:
      return none;
  }
}

const none: readonly Setting[] = [];

function ofKeywords({ names, args }: Call): readonly Setting[] {
  const found: Setting[] = [];
  for (let i = 0; i < (names?.length ?? 0); i++) {
    const name = names?.[i];
    const value = args[i];
    if (value !== undefined && name && !name.startsWith('*')) found.push({ name, value, how: 'keyword' });
  }
  return found;
}
