import type { Inst, ValueId } from '../ir/ir.ts';
import type { Linked } from '../link/linked.ts';
import type { Place } from '../rule/made-by.ts';
import { sensitiveName } from '../rule/sensitive-name.ts';
import type { SiteFrames } from './site-frames.ts';

/**
 * The name of a secret that is certainly in an object that is logged as a whole, because the same function reads it from there: a request's
 * body with its `password`, a row with its `password_hash`. None where something in the program may take it out.
 */
export function secretWithin(frames: SiteFrames, { func, value }: Place): string | undefined {
  const { canonical, func: own } = frames.of(func);
  const { code } = own;
  const isIt = (one: ValueId): boolean => canonical[plain(code, one)] === canonical[plain(code, value)];
  for (const inst of code) {
    const name = nameRead(code, inst);
    if (name === undefined || !isSecret(name) || !isIt(objectOf(inst))) continue;
    if (!isTakenOut(frames.linked, name)) return name;
  }
  return undefined;
}

/** A hash of a password is none to be read in a log either. */
function isSecret(name: string): boolean {
  return (
    /^(password_?hash|hashed_?password|password_?digest|encrypted_?password|totp_?secret)$/i.test(name) ||
    sensitiveName(name)?.kind === 'password'
  );
}

function nameRead(code: readonly Inst[], inst: Inst): string | undefined {
  if (inst.op === 'member') return inst.name;
  const key = inst.op === 'index' ? code[inst.key] : undefined;
  return key?.op === 'const' && typeof key.value === 'string' ? key.value : undefined;
}

function objectOf(inst: Inst): ValueId {
  return inst.op === 'member' || inst.op === 'index' ? inst.object : -1;
}

const maxHops = 20;

/** Without what calls have done on the way. */
function plain(code: readonly Inst[], value: ValueId): ValueId {
  let at = value;
  for (let hop = 0; hop < maxHops; hop++) {
    const inst = code[at];
    if (inst?.op !== 'effect' && inst?.op !== 'typed' && inst?.op !== 'await') break;
    at = inst.value;
  }
  return at;
}

/** `redact: ['user.password']`, a `toJSON` of its own. */
function isTakenOut({ program }: Linked, name: string): boolean {
  const { instructions } = program;
  const isHiding = (text: string): boolean => /^(toJSON|toObject|inspect|__repr__|__str__)$/.test(text);
  return (
    instructions.some(
      'const',
      ({ value }) => typeof value === 'string' && (value === name || value.endsWith(`.${name}`)),
    ) ||
    instructions.some('store', (inst) => isHiding(inst.name)) ||
    program.functions.some(({ func }) => isHiding(func.name))
  );
}
