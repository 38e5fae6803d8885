import type { Linked } from '../../callgraph/linked.ts';
import type { Func, Inst, ValueId } from '../../ir/ir.ts';
import { operandsOf } from '../../ir/operands.ts';
import { inputTests } from '../../rules/kit/value/condition-names.ts';
import type { SiteState } from '../site-search.ts';

/**
 * The audit state of a parameter that is a Starlette `UploadFile`: whether its size and type are checked before it is used.
 */
export function uploadParamState(linked: Linked, id: number, param: number): SiteState {
  const func = linked.program.functions[id]?.func;
  const open: SiteState = { state: 'unresolved', because: 'how the upload is stored could not be followed' };
  if (!func) return open;
  const uses = usesOf(func, param);
  if (uses.length > 0 && uses.every((value) => isPassedOn(linked, id, func, value, param)))
    return { state: 'bound', because: 'it is passed to a function that is looked at itself' };
  const { code } = func;
  const members = code.filter(
    (inst): inst is Inst & { readonly op: 'member' } =>
      inst.op === 'member' && isUpload(code, inst.object, param),
  );
  // It uses the client's file name, or other code reads the content.
  if (members.length === 0 || members.some(({ name }) => !/^(read|seek|close|content_type|size)$/.test(name)))
    return open;
  const isOnlyAsked = uses.every((value) => isMemberOf(code[value], code, param));
  if (!isOnlyAsked || isKeptType(code, param)) return open;
  if (!refuses(func, (test) => isSize(code, test)))
    return { state: 'unresolved', because: 'whether the size is limited could not be followed' };
  if (!refuses(func, (test) => isType(linked, id, func, test)))
    return { state: 'unresolved', because: 'whether the type is checked could not be followed' };
  return {
    state: 'allow-listed',
    because: 'the size and the content are checked, and the name of the client is not read',
  };
}

function isUpload(code: readonly Inst[], value: ValueId, param: number): boolean {
  let inst = code[value];
  while (inst?.op === 'effect' || inst?.op === 'typed') inst = code[inst.value];
  return inst?.op === 'param' && inst.index === param;
}

/** Instructions that use the upload itself. */
function usesOf({ code }: Func, param: number): readonly ValueId[] {
  return code.flatMap((inst, value) => {
    if (inst.op === 'effect' || inst.op === 'typed' || inst.op === 'param') return [];
    const used =
      inst.op === 'call'
        ? inst.args
        : inst.op === 'member' || inst.op === 'index'
          ? [inst.object]
          : inst.op === 'store' || inst.op === 'store-index' || inst.op === 'cell-store'
            ? [inst.value]
            : inst.op === 'list'
              ? inst.items
              : inst.op === 'object'
                ? inst.values
                : [];
    return used.some((one) => isUpload(code, one, param)) ? [value] : [];
  });
}

function isMemberOf(inst: Inst | undefined, code: readonly Inst[], param: number): boolean {
  return inst?.op === 'member' && isUpload(code, inst.object, param);
}

/** Whether the type that the client claims is used for more than a comparison. It may become the file extension. */
function isKeptType(code: readonly Inst[], param: number): boolean {
  return code.some(
    (inst, value) =>
      inst.op === 'member' &&
      inst.name === 'content_type' &&
      isUpload(code, inst.object, param) &&
      code.some(
        (one) =>
          operandsOf(one).includes(value) &&
          !(one.op === 'binary' && /^(==|!=|in|not in)$/.test(one.operator)),
      ),
  );
}

/** `await receipts.keep(upload)`, whose parameter is an `UploadFile` too. */
function isPassedOn(linked: Linked, id: number, { code }: Func, value: ValueId, param: number): boolean {
  const call = code[value];
  if (call?.op !== 'call') return false;
  const targets = linked.targets(id, value);
  return (
    targets.length > 0 &&
    targets.every(({ func, shift, makes }) => {
      const params = linked.program.functions[func]?.func.params ?? [];
      return (
        makes < 0 &&
        call.args.every(
          (arg, i) =>
            !isUpload(code, arg, param) ||
            (call.names?.[i] == null && isUploadType(params[i - shift]?.type)) ||
            params.some((one) => one.name === call.names?.[i] && isUploadType(one.type)),
        )
      );
    })
  );
}

/** Whether a type is `UploadFile`. */
export function isUploadType(type: Func['params'][number]['type']): boolean {
  return type !== undefined && 'path' in type && type.path.at(-1) === 'UploadFile';
}

/** Whether a test of this kind leads to an exception on one branch. */
function refuses({ blocks }: Func, isAbout: (test: ValueId) => boolean): boolean {
  return blocks.some(({ end }) => {
    if (end.kind !== 'branch' || !isAbout(end.test)) return false;
    return blocks[end.then]?.end.kind === 'throw' || blocks[end.else]?.end.kind === 'throw';
  });
}

/** `len(data) > LIMIT`, `upload.size > LIMIT` */
function isSize(code: readonly Inst[], test: ValueId): boolean {
  const inst = code[test];
  if (inst?.op !== 'binary' || !/^(<|>|<=|>=)$/.test(inst.operator)) return false;
  return [inst.left, inst.right].some((side) => {
    const one = code[side];
    if (one?.op === 'member') return one.name === 'size';
    const callee = one?.op === 'call' ? code[one.callee] : undefined;
    return callee?.op === 'global' && callee.name === 'len';
  });
}

const maxSteps = 60;

/** A test of the first bytes, or of the type that a library detects in them. The client's claim alone doesn't count. */
function isType(linked: Linked, id: number, func: Func, test: ValueId): boolean {
  const { code } = func;
  const open = [test];
  const seen = new Set<ValueId>();
  for (let at = open.pop(); at !== undefined && seen.size < maxSteps; at = open.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    const inst = code[at];
    if (inst?.op === 'call') {
      const callee = code[inst.callee];
      const name =
        callee?.op === 'member' || callee?.op === 'global' || callee?.op === 'import' ? callee.name : '';
      if (/^(startswith|from_buffer|guess|guess_mime|what|verify|match)$/.test(name)) return true;
      const own = [
        ...inst.args.flatMap((arg) => linked.functions(id, arg)),
        ...linked.targets(id, at).map(({ func }) => func),
      ];
      if (own.some((func) => asksForBytes(linked.program.functions[func]?.func))) return true;
      open.push(...inst.args, ...(callee?.op === 'member' ? [callee.object] : []));
    } else if (inst?.op === 'binary') open.push(inst.left, inst.right);
    else if (inst?.op === 'unary' || inst?.op === 'await' || inst?.op === 'typed' || inst?.op === 'effect')
      open.push(inst.value);
    else if (inst?.op === 'phi')
      open.push(...inst.inputs.flatMap((input, i) => [input, ...inputTests(func, at as ValueId, i)]));
    else if (inst?.op === 'func')
      if (linked.functions(id, at).some((func) => asksForBytes(linked.program.functions[func]?.func)))
        return true;
  }
  return false;
}

function asksForBytes(func: Func | undefined): boolean {
  return (
    func?.code.some(
      (inst) => inst.op === 'member' && /^(startswith|from_buffer|guess_mime)$/.test(inst.name),
    ) ?? false
  );
}
