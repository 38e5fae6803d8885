import { onlyConst } from '../../../dataflow/domain/abstract.ts';
import type { ValueId } from '../../../ir/ir.ts';
import type { Use } from '../use.ts';

/** The constants for file modes, such as `stat.S_IWOTH`. Node has them in `fs.constants`. */
const names: ReadonlyMap<string, number> = new Map([
  ['S_ISVTX', 0o1000],
  ['S_IRWXU', 0o700],
  ['S_IRUSR', 0o400],
  ['S_IREAD', 0o400],
  ['S_IWUSR', 0o200],
  ['S_IWRITE', 0o200],
  ['S_IXUSR', 0o100],
  ['S_IEXEC', 0o100],
  ['S_IRWXG', 0o070],
  ['S_IRGRP', 0o040],
  ['S_IWGRP', 0o020],
  ['S_IXGRP', 0o010],
  ['S_IRWXO', 0o007],
  ['S_IROTH', 0o004],
  ['S_IWOTH', 0o002],
  ['S_IXOTH', 0o001],
]);

/** The bits of a file mode that are certainly set: for `mode | S_IWOTH`, at least `S_IWOTH`. Undefined if nothing is known. */
export function modeBits(use: Use, value: ValueId | undefined, depth = 0): number | undefined {
  if (value === undefined || depth > 16) return undefined;
  const known = onlyConst(use.frame.values[value])?.value;
  if (typeof known === 'number') return known >= 0 && known <= 0o177777 ? known : undefined;
  // Node reads a text as octal.
  if (typeof known === 'string')
    return /^(0o)?[0-7]{3,4}$/.test(known) ? Number.parseInt(known.replace('0o', ''), 8) : undefined;
  const inst = use.frame.inst(value);
  switch (inst.op) {
    case 'member':
    case 'import':
      return names.get(inst.name);
    case 'typed':
      return modeBits(use, inst.value, depth + 1);
    case 'binary': {
      const left = modeBits(use, inst.left, depth + 1);
      const right = modeBits(use, inst.right, depth + 1);
      if (inst.operator === '|' || inst.operator === '+')
        return left === undefined && right === undefined ? undefined : (left ?? 0) | (right ?? 0);
      return inst.operator === '&' && left !== undefined && right !== undefined ? left & right : undefined;
    }
    case 'phi': {
      // The bits that are set on every path.
      const all = inst.inputs.map((input) => modeBits(use, input, depth + 1));
      return all.reduce((a, b) => (a === undefined || b === undefined ? undefined : a & b));
    }
    default:
      return undefined;
  }
}

/**
 * Whether a file mode lets all users write. A folder with the sticky bit (`/tmp`) doesn't count, as it protects each user's
 * files.
 */
export function othersMayWrite(mode: number | undefined): boolean {
  return mode !== undefined && (mode & 0o002) !== 0 && (mode & 0o1000) === 0;
}
