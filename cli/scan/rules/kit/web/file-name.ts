import type { Linked } from '../../../callgraph/linked.ts';
import { instOf, madeBy, type Place } from '../../../callgraph/query/made-by.ts';
import type { Inst, ValueId } from '../../../ir/ir.ts';
import { operandsOf } from '../../../ir/operands.ts';
import { isOfType } from '../../../models/state-traits.ts';

/** What is known of the parts that a file name is made of. */
export interface NameParts {
  /** Whether the file is in the shared folder for temporary files, such as `/tmp`. */
  readonly isTemporary: boolean;
  /** Whether a part is unpredictable: a random number, a private folder. */
  readonly isRandom: boolean;
  /** Whether a part is unknown. */
  readonly isOpen: boolean;
}

const maxSteps = 200;
const shared = /^(?:\/private)?\/(?:tmp|var\/tmp|dev\/shm)\//;
const random =
  /^(?:uuid[0-9]?|v[0-9]|randomUUID|randomBytes|random|randint|randrange|randomInt|getrandbits|token_hex|token_urlsafe|token_bytes|urandom|nanoid|customAlphabet|cuid|ulid|mkdtemp|mkdtempSync|mkdtempDisposable|mkstemp|TemporaryDirectory|TemporaryFile|NamedTemporaryFile|getRandomValues|hexdigest|digest|fileSync|dirSync|tmpName|temporaryFile|temporaryDirectory)$/;
/** Matches the names of functions whose result is predictable, or is their receiver or argument in another form. */
const plain =
  /^(?:getpid|pid|ppid|now|time|time_ns|strftime|isoformat|toISOString|getTime|Date|datetime|date|utcnow|today|str|String|int|Number|join|format|Path|PurePath|resolve|toString|encode|decode|getuser|getlogin|hostname|tmpdir|gettempdir|gettempdirb|replace|lower|upper|open|joinpath|timestamp)$/;

/** Finds the parts of a file name, traced back through variables and project functions. */
export function nameParts(linked: Linked, place: Place): NameParts {
  let isTemporary = false;
  let isRandom = false;
  let isOpen = false;
  let steps = 0;
  const seen = new Set<string>();
  const look = (from: Place, isHead: boolean): void => {
    const at = madeBy(linked, from);
    const key = `${at.func} ${at.value} ${isHead}`;
    if (seen.has(key) || ++steps > maxSteps) return;
    seen.add(key);
    const inst = instOf(linked, at);
    if (!inst) return;
    const here = (value: ValueId): Place => ({ func: at.func, value });
    switch (inst.op) {
      case 'const':
        if (isHead && typeof inst.value === 'string' && shared.test(`${inst.value}/`)) isTemporary = true;
        return;
      case 'call': {
        const targets = linked.targets(at.func, at.value).filter(({ makes }) => makes < 0);
        if (targets.length === 1 && targets[0]) {
          for (const value of returnedBy(linked, targets[0].func))
            look({ func: targets[0].func, value }, isHead);
          return;
        }
        const name = nameOf(linked, at.func, inst.callee);
        if (random.test(name)) isRandom = true;
        else if (isHead && isSharedFolder(linked, at.func, inst.callee)) isTemporary = true;
        else if (!plain.test(name)) isOpen = true;
        const callee = instOf(linked, here(inst.callee));
        const isMethod = callee?.op === 'member' && isValue(linked, here(callee.object));
        if (isMethod) look(here(callee.object), isHead);
        inst.args.forEach((arg, i) => {
          look(here(arg), isHead && i === 0 && !isMethod);
        });
        return;
      }
      case 'member':
        if (random.test(inst.name)) isRandom = true;
        else if (!plain.test(inst.name) && inst.name !== 'name') isOpen = true;
        look(here(inst.object), false);
        return;
      case 'param':
      case 'cell-load':
      case 'unknown':
      case 'index':
      case 'element':
        isOpen = true;
        if (inst.op === 'index') look(here(inst.object), false);
        return;
      default:
        operandsOf(inst).forEach((operand, i) => {
          look(here(operand), isHead && (i === 0 || inst.op === 'phi'));
        });
    }
  };
  look(place, true);
  return { isTemporary, isRandom, isOpen };
}

function returnedBy(linked: Linked, func: number): readonly ValueId[] {
  const blocks = linked.program.functions[func]?.func.blocks ?? [];
  return blocks.flatMap(({ end }) => (end.kind === 'return' ? [end.value] : []));
}

function nameOf(linked: Linked, func: number, callee: ValueId): string {
  const inst: Inst | undefined = instOf(linked, madeBy(linked, { func, value: callee }));
  if (inst?.op === 'import') return inst.name === '*' || inst.name === 'default' ? inst.specifier : inst.name;
  return inst?.op === 'member' || inst?.op === 'global' ? inst.name : '';
}

function isSharedFolder(linked: Linked, func: number, callee: ValueId): boolean {
  return isOfType(linked.states(func, callee), 'use.TemporaryFolder');
}

/** Whether a method's receiver is a value, rather than a module (`path.join`). */
function isValue(linked: Linked, place: Place): boolean {
  const inst = instOf(linked, madeBy(linked, place));
  return (
    inst?.op !== 'import' &&
    inst?.op !== 'global' &&
    !(inst?.op === 'member' && isValueLess(linked, place.func, inst.object))
  );
}

function isValueLess(linked: Linked, func: number, value: ValueId): boolean {
  const inst = instOf(linked, madeBy(linked, { func, value }));
  return inst?.op === 'import' || inst?.op === 'global';
}
