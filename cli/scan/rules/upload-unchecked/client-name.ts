import type { Linked } from '../../callgraph/linked.ts';
import { instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import type { Call, Func, Inst, ValueId } from '../../ir/ir.ts';
import { operandsOf } from '../../ir/operands.ts';
import { conditionTests } from '../kit/value/condition-names.ts';
import { namesOf } from '../kit/value/names-of.ts';
import { entryOf } from './multer-options.ts';

/** Whether a multer storage uses the file name or the extension that the client sent. */
export function isNamedByClient(linked: Linked, storage: Place): boolean {
  const call = instOf(linked, storage);
  const at =
    call?.op === 'call' ? madeBy(linked, { func: storage.func, value: call.args[0] ?? -1 }) : storage;
  const options = instOf(linked, at);
  const filename = options && entryOf(options, at, 'filename');
  if (!filename) return false;
  const made = madeBy(linked, filename);
  return linked
    .functions(made.func, made.value)
    .some((id) => answersOf(linked, id).some((one) => isOpen(linked, one)));
}

/** A name that a storage's function passes to its callback: `done(null, name)`. */
interface Answer {
  readonly func: number;
  readonly call: ValueId;
  readonly name: ValueId;
  /** The parameter's name for the upload. */
  readonly file: string;
}

/** The names that a function passes to its callback, directly or in an inner function. */
function answersOf(linked: Linked, id: number): Answer[] {
  const outer = linked.program.functions[id];
  const [, file, done] = outer?.func.params ?? [];
  if (!outer || !file || !done) return [];
  const first = linked.program.firstFunc[outer.module] ?? 0;
  const inner = linked.program.functions.filter(
    (one) => one.module === outer.module && one.func.outer >= 0 && first + one.func.outer === id,
  );
  return [outer, ...inner].flatMap(({ id: func, func: { code } }) =>
    code.flatMap((inst, call): Answer[] => {
      const name = inst.op === 'call' ? inst.args[1] : undefined;
      const isAnswer = inst.op === 'call' && isOneName(linked, { func, value: inst.callee }, done.name);
      return isAnswer && name !== undefined ? [{ func, call, name, file: file.name }] : [];
    }),
  );
}

/** Whether a value has this variable name and no other. */
function isOneName(linked: Linked, place: Place, name: string): boolean {
  const names = namesOf(linked, place);
  return names.size === 1 && names.has(name);
}

/** Whether the name contains client data that nothing checked before. */
function isOpen(linked: Linked, { func, call, name, file }: Answer): boolean {
  if (!holdsName(linked, { func, value: name }, 0)) return false;
  const code = linked.program.functions[func]?.func as Func;
  const told = new Set(['originalname', 'mimetype', file]);
  const isAbout = (value: ValueId): boolean =>
    [...namesOf(linked, { func, value })].some((one) => told.has(one));
  if (conditionTests(code, call).some(isAbout)) return false;
  // `check(file)` throws for a file that it refuses.
  return !code.code.some(
    (inst, value) =>
      inst.op === 'call' &&
      inst.args.some(isAbout) &&
      linked.targets(func, value).some((target) => throws(linked.program.functions[target.func]?.func)),
  );
}

function throws(func: Func | undefined): boolean {
  return func?.blocks.some(({ end }) => end.kind === 'throw') ?? false;
}

const maxSteps = 80;
const maxDepth = 2;
/** Methods and functions whose result contains no part of the text. */
const losing =
  /^(digest|update|createHash|createHmac|md5|sha1|sha256|hash|includes|indexOf|has|get|test|lookup|some|every|search|startsWith|endsWith|match)$/;

/** Whether a value is made of the upload's original name. A constant extension at its end makes it safe. */
function holdsName(linked: Linked, { func, value }: Place, depth: number): boolean {
  const code = linked.program.functions[func]?.func.code ?? [];
  if (hasEnding(code, value)) return false;
  const seen = new Set<ValueId>([value]);
  for (const at of seen) {
    const inst = code[at] as Inst;
    if (seen.size > maxSteps) return false;
    if (inst.op === 'member' && inst.name === 'originalname') return true;
    const key = inst.op === 'index' ? code[inst.key] : undefined;
    if (key?.op === 'const' && key.value === 'originalname') return true;
    if (inst.op === 'call') {
      const targets = linked.targets(func, at);
      if (targets.length > 0 && depth < maxDepth) {
        if (targets.some((target) => returnsName(linked, target.func, depth + 1))) return true;
        if (!inst.args.some((arg) => holdsName(linked, { func, value: arg }, depth + 1))) continue;
      }
    }
    for (const part of partsOf(code, inst)) seen.add(part);
  }
  return false;
}

function returnsName(linked: Linked, func: number, depth: number): boolean {
  const blocks = linked.program.functions[func]?.func.blocks ?? [];
  return blocks.some(
    ({ end }) => end.kind === 'return' && holdsName(linked, { func, value: end.value }, depth),
  );
}

function partsOf(code: readonly Inst[], inst: Inst): readonly ValueId[] {
  switch (inst.op) {
    case 'call':
      return partsOfCall(code, inst);
    case 'index':
    case 'member':
      return [inst.object];
    case 'binary':
      return inst.operator === '+' ? operandsOf(inst) : [];
    case 'func':
    case 'unary':
      return [];
    default:
      return operandsOf(inst);
  }
}

function partsOfCall(code: readonly Inst[], call: Call): readonly ValueId[] {
  const callee = code[call.callee];
  if (callee?.op !== 'member') {
    const name = callee?.op === 'global' || callee?.op === 'import' ? callee.name : '';
    return losing.test(name) ? [] : call.args;
  }
  return losing.test(callee.name) ? [] : [callee.object, ...call.args];
}

/** `... + '.png'` */
function hasEnding(code: readonly Inst[], value: ValueId): boolean {
  const inst = code[value];
  if (inst?.op === 'const') return typeof inst.value === 'string' && /\.[a-z\d]+$/i.test(inst.value);
  if (inst?.op === 'binary') return inst.operator === '+' && hasEnding(code, inst.right);
  return inst?.op === 'text' && hasEnding(code, inst.parts[inst.parts.length - 1] ?? -1);
}
