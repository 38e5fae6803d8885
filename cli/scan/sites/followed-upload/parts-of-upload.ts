import type { Func, Inst, ValueId } from '../../ir/ir.ts';
import { operandsOf } from '../../ir/operands.ts';
import type { Linked } from '../../link/linked.ts';
import { callsOf, type Place } from '../../rule/made-by.ts';

/**
 * What a value is of an upload: it as a whole, its bytes, how many they are, what the client says of its type and name, the ending of
 * that name, what a library says of the bytes, or an entry of a list under one of these.
 */
export type Part =
  | 'upload'
  | 'content'
  | 'measure'
  | 'claim'
  | 'name'
  | 'mixed-name'
  | 'ending'
  | 'answer'
  | 'listed';

/** Where an upload is taken, or a part of one. */
export type Root = Place & { readonly part?: Part };

/** Where a part leaves what could be followed. */
export interface Leave {
  readonly func: number;
  readonly at: ValueId;
  readonly part: Part;
  /** How: the last name of what is called, or the kind of the instruction. */
  readonly to: string;
}

export interface Parts {
  readonly of: ReadonlyMap<string, Part>;
  readonly leaves: readonly Leave[];
  /** False if a bound was reached. */
  readonly isWhole: boolean;
}

export function partKey(func: number, value: ValueId): string {
  return `${func} ${value}`;
}

const maxParts = 600;
const reads =
  /^(buffer|read|arrayBuffer|bytes|stream|toBuffer|getvalue|chunks|iter_bytes|slice|createReadStream|text|file)$/;
const measures = /^(size|length|byteLength|nbytes)$/;
const neutral =
  /^(fieldname|field_name|encoding|closed|lastModified|seek|close|aclose|destroy|rewind|constructor|truncated)$/;
const stores = /^(save|mv|move|pipe|saveTo|toFile|persist)$/;
const keepsContent =
  /^(slice|subarray|toString|decode|strip|trim|hex|from|Uint8Array|BytesIO|StringIO|TextIOWrapper|ContentFile|bytes|convert|resize|rotate|getvalue|Buffer|Blob)$/;
const tests =
  /^(startswith|startsWith|endswith|endsWith|equals|includes|has|indexOf|match|fullmatch|search|test|get|isinstance|hasattr|bool|hasOwn|compare|every|some)$/;
const askers =
  /^(fileTypeFromBuffer|fileTypeFromBlob|fileTypeFromStream|fromBuffer|from_buffer|guess|guess_mime|guess_extension|what|imageType|filetypemime|filetypeextension)$/;
const parsers = /^(parse|loads|load|DictReader|reader|read_csv|safe_load)$/;
const logs = /^(debug|info|warn|warning|error|log|exception)$/;

/** Follows the parts of an upload from where it is taken, through variables and functions of the project. */
export function partsOfUpload(linked: Linked, roots: readonly Root[]): Parts {
  const of = new Map<string, Part>();
  const leaves: Leave[] = [];
  const open: (Place & { readonly part: Part })[] = [];
  const add = (func: number, value: ValueId | undefined, part: Part): void => {
    if (value === undefined || value < 0) return;
    const key = partKey(func, value);
    if (of.has(key)) return;
    of.set(key, part);
    open.push({ func, value, part });
  };
  for (const { func, value, part } of roots) add(func, value, part ?? 'upload');
  for (let one = open.pop(); one && of.size < maxParts; one = open.pop()) {
    const { func, value, part } = one;
    const it = linked.program.functions[func]?.func;
    if (!it) continue;
    const leave = (at: ValueId, to: string): void => void leaves.push({ func, at, part, to });
    for (const user of usersOf(it).get(value) ?? []) follow(user);
    for (const { end } of it.blocks) {
      if (end.kind !== 'return' || end.value !== value) continue;
      const calls = callsOf(linked, func);
      if (calls.length === 0 && part !== 'measure') leave(value, 'return');
      for (const call of calls) add(call.func, call.value, part);
    }
    function follow(user: ValueId): void {
      const inst = (it as Func).code[user] as Inst;
      switch (inst.op) {
        case 'effect':
          if (inst.value === value) add(func, user, part);
          return;
        case 'typed':
        case 'await':
        case 'phi':
        case 'element':
        case 'slice':
          return add(func, user, part);
        case 'index':
          if (inst.object === value) return add(func, user, part);
          return add(func, user, 'listed');
        case 'member':
          return ofMember(inst.name, user);
        case 'unary':
          return;
        case 'binary':
          if (inst.operator === '+' || inst.operator === '%')
            add(func, user, part === 'name' && isMixed(it as Func, inst) ? 'mixed-name' : part);
          return;
        case 'text':
          return add(func, user, part === 'name' && isMixed(it as Func, inst) ? 'mixed-name' : part);
        case 'list':
        case 'object':
          return add(func, user, part);
        case 'call':
          return ofCall(inst, user);
        case 'cell-store': {
          // What inner functions read of the variable.
          const cell = inst.cell;
          const info = linked.program.functions[func];
          for (const other of linked.program.functions)
            if (other.module === info?.module)
              for (const [at, load] of other.func.code.entries())
                if (load.op === 'cell-load' && load.cell === cell) add(other.id, at, part);
          return;
        }
        default:
          leave(user, inst.op);
      }
    }
    function ofMember(name: string, user: ValueId): void {
      if (part === 'upload') {
        if (reads.test(name)) add(func, user, 'content');
        else if (measures.test(name)) add(func, user, 'measure');
        else if (/^(mimetype|type|content_type|mimeType)$/.test(name)) add(func, user, 'claim');
        else if (/^(originalname|name|filename|originalFilename)$/.test(name)) add(func, user, 'name');
        else if (stores.test(name)) add(func, user, 'content');
        else if (!neutral.test(name)) leave(user, name);
        return;
      }
      if (part === 'content' && measures.test(name)) return add(func, user, 'measure');
      if (part === 'name' && /^(suffix|ext)$/.test(name)) return add(func, user, 'ending');
      // The method itself is judged where it is called.
      add(func, user, part);
    }
    function ofCall(call: Inst & { op: 'call' }, user: ValueId): void {
      const callee = (it as Func).code[call.callee];
      const name =
        callee?.op === 'member' || callee?.op === 'global' || callee?.op === 'import' ? callee.name : '';
      const isReceiver = call.callee === value;
      const targets = linked.targets(func, user);
      if (!isReceiver && targets.length > 0 && !call.spread) {
        for (const target of targets)
          for (const [i, arg] of call.args.entries()) {
            if (arg !== value) continue;
            const to = linked.program.functions[target.func]?.func;
            const named = call.names?.[i];
            const index =
              named == null
                ? i - target.shift
                : (to?.params.findIndex((param) => param.name === named) ?? -1);
            const at = to?.code.findIndex((inst) => inst.op === 'param' && inst.index === index) ?? -1;
            // Instances keep what they are made with.
            if (target.makes >= 0 || to?.params[index]?.rest) leave(user, name);
            else add(target.func, at, part);
          }
        return;
      }
      if (part === 'measure' || part === 'listed' || part === 'answer') return;
      if (part === 'content' || part === 'upload') {
        if (name === 'len' && !isReceiver) return add(func, user, 'measure');
        if (isReceiver && (reads.test(name) || keepsContent.test(name))) return add(func, user, 'content');
        if (neutral.test(name) || tests.test(name)) return;
        if (name === 'verify' && isReceiver) return;
        if (isHashed(it as Func, call.callee)) return;
        if (isEncoded(it as Func, user)) return leave(user, 'encode');
        if (askers.test(name)) return add(func, user, 'answer');
        if (parsers.test(name)) return leave(user, 'parse');
        if (part === 'content' && keepsContent.test(name)) return add(func, user, 'content');
        if (name === 'open' && /^(PIL|Image|sharp)/.test(ownerOf(it as Func, call.callee)))
          return add(func, user, 'content');
        return leave(user, name);
      }
      if (tests.test(name)) {
        if (name === 'get' && !isReceiver) add(func, user, 'listed');
        return;
      }
      if (logs.test(name)) return;
      if (/^(extname|splitext)$/.test(name)) return add(func, user, 'ending');
      if (
        /^(toLowerCase|lower|split|rsplit|replace|trim|strip|join|resolve|basename|secure_filename|Path|String|str|pop|at|toString|toUpperCase|casefold|lstrip)$/.test(
          name,
        )
      )
        return add(
          func,
          user,
          part === 'name' && !isReceiver && /^(join|resolve|Path)$/.test(name) ? 'name' : part,
        );
      leave(user, name);
    }
  }
  return { of, leaves, isWhole: open.length === 0 };
}

const users = new WeakMap<Func, ReadonlyMap<ValueId, readonly ValueId[]>>();

function usersOf(func: Func): ReadonlyMap<ValueId, readonly ValueId[]> {
  let all = users.get(func);
  if (!all) {
    const found = new Map<ValueId, ValueId[]>();
    for (const [user, inst] of func.code.entries())
      for (const value of new Set(operandsOf(inst))) {
        const list = found.get(value);
        if (list) list.push(user);
        else found.set(value, [user]);
      }
    all = found;
    users.set(func, all);
  }
  return all;
}

/** Whether a text has other parts that vary. */
function isMixed({ code }: Func, inst: Inst): boolean {
  return operandsOf(inst).some((one) => {
    const part = code[one];
    return part?.op === 'call' || part?.op === 'text' || part?.op === 'cell-load' || part?.op === 'phi';
  });
}

function ownerOf({ code }: Func, callee: ValueId): string {
  const inst = code[callee];
  const owner = inst?.op === 'member' ? code[inst.object] : inst;
  return owner?.op === 'import' ? owner.specifier : owner?.op === 'global' ? owner.name : '';
}

/** `createHash('sha256').update(content)`, `hashlib.sha256(content)` */
function isHashed(func: Func, callee: ValueId): boolean {
  const { code } = func;
  if (ownerOf(func, callee) === 'hashlib') return true;
  const inst = code[callee];
  const made = inst?.op === 'member' && inst.name === 'update' ? code[inst.object] : undefined;
  const maker = made?.op === 'call' ? code[made.callee] : undefined;
  return (maker?.op === 'import' || maker?.op === 'member') && /^(createHash|createHmac)$/.test(maker.name);
}

/** `sharp(content).jpeg()`: what comes out is a picture, whatever went in. */
function isEncoded(func: Func, call: ValueId): boolean {
  const { code } = func;
  const inst = code[call];
  if (inst?.op !== 'call' || ownerOf(func, inst.callee) !== 'sharp') return false;
  let at = call;
  for (let hop = 0; hop < 12; hop++) {
    const member: ValueId | undefined = usersOf(func)
      .get(at)
      ?.find((user) => {
        const one = code[user];
        return one?.op === 'member' && one.object === at;
      });
    const name = member === undefined ? undefined : code[member];
    if (member === undefined || name?.op !== 'member') return false;
    if (/^(jpeg|png|webp|avif|toFormat)$/.test(name.name)) return true;
    const next = usersOf(func)
      .get(member)
      ?.find((user) => code[user]?.op === 'call');
    if (next === undefined) return false;
    at = next;
  }
  return false;
}
