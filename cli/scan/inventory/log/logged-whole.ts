import type { Linked } from '../../callgraph/linked.ts';
import type { Place } from '../../callgraph/query/made-by.ts';
import type { Inst, ValueId } from '../../ir/ir.ts';
import { localNames } from '../../ir/local-names.ts';
import { objectName } from '../../rules/kit/sensitive/sensitive-context.ts';
import { sensitiveName } from '../../rules/kit/sensitive/sensitive-name.ts';
import type { SiteFrames } from '../site-frames.ts';

/**
 * The name of a secret that is certainly in a logged object, since the same function reads it from that object. Examples
 * are `password` for a request's body, and `password_hash` for a row. Undefined if there is none, or if the program may
 * remove the secret from the object.
 */
export function secretWithin(frames: SiteFrames, { func, value }: Place): string | undefined {
  const { valueNumbers: canonical, func: own } = frames.of(func);
  const { code } = own;
  const path = pathOf(code, value);
  if (path !== undefined && mayChange(frames.linked, func, code, path)) return undefined;
  const isIt = (one: ValueId): boolean => canonical[plain(code, one)] === canonical[plain(code, value)];
  for (const inst of code) {
    const name = nameRead(code, inst);
    if (name === undefined || !isSecret(name) || !isIt(objectOf(inst))) continue;
    if (!isTakenOut(frames.linked, name)) return name;
  }
  return undefined;
}

/** Whether a function deletes or sets fields of the object at a path, or passes it to another function of the project. */
function mayChange(linked: Linked, func: number, code: readonly Inst[], path: string): boolean {
  const isIt = (value: ValueId): boolean => pathOf(code, value) === path;
  return code.some((inst, at) => {
    if (inst.op === 'unary') return inst.operator === 'delete';
    if (inst.op === 'store' || inst.op === 'store-index')
      return isIt(inst.object) || isHolder(code, inst, path);
    return inst.op === 'call' && linked.targets(func, at).length > 0 && inst.args.some(isIt);
  });
}

/** `ctx.request.body = ...`, `ctx.request[name] = ...` */
function isHolder(
  code: readonly Inst[],
  inst: Inst & { op: 'store' | 'store-index' },
  path: string,
): boolean {
  const object = code[plain(code, inst.object)];
  const holder = object?.op === 'param' ? String(object.index) : pathOf(code, inst.object);
  if (holder === undefined) return false;
  return `${path}.`.startsWith(inst.op === 'store' ? `${holder}.${inst.name}.` : `${holder}.`);
}

/**
 * The access path of `ctx.request.body`, which is the same wherever the function reads it: the parameter, and the names of the
 * fields.
 */
function pathOf(code: readonly Inst[], value: ValueId): string | undefined {
  const names: string[] = [];
  for (let at = plain(code, value); names.length < 4; ) {
    const inst = code[at];
    if (inst?.op === 'param') return names.length > 0 ? `${inst.index}.${names.join('.')}` : undefined;
    if (inst?.op !== 'member') return undefined;
    names.unshift(inst.name);
    at = plain(code, inst.object);
  }
  return undefined;
}

/**
 * The name of a secret in a part of a request that is certainly logged as a whole. For the headers it is `authorization`.
 * For a body it is the name of a secret that the same function reads from the body. Undefined for other values.
 */
export function requestWhole(frames: SiteFrames, { func, value }: Place): string | undefined {
  const { linked } = frames;
  const { code } = frames.of(func).func;
  let at = plain(code, value);
  for (let hop = 0; hop < 3; hop++) {
    const inst = code[at];
    if (inst?.op !== 'call' || inst.args.length === 0 || linked.targets(func, at).length > 0) break;
    const callee = code[inst.callee];
    const name =
      callee?.op === 'member' || callee?.op === 'global' || callee?.op === 'import' ? callee.name : '';
    if (!/^(stringify|inspect|dumps|dict|str|repr|pformat|fromEntries|items|entries)$/.test(name)) break;
    if (callee?.op === 'member' && /^(items)$/.test(name)) at = plain(code, callee.object);
    else if (
      inst.args.length > 1 &&
      /^(stringify|dumps)$/.test(name) &&
      code[inst.args[1] ?? -1]?.op === 'func'
    )
      return undefined;
    else at = plain(code, inst.args[0] as ValueId);
  }
  const inst = code[at];
  if (inst?.op !== 'member' || !/^(req|request)$/.test(objectName(linked, func, inst.object)))
    return undefined;
  if (inst.name === 'headers')
    return isTakenOut(linked, 'authorization') ||
      isTakenOut(linked, 'cookie') ||
      isTakenOut(linked, 'headers')
      ? undefined
      : 'authorization';
  return inst.name === 'body' ? secretWithin(frames, { func, value: at }) : undefined;
}

const drawing = /^(randomBytes|token_urlsafe|token_hex|token_bytes|get_random_string|make_token)$/;
const signing = /^(dumps|sign|signAsync|encode)$/;
const linking =
  /^(url_for|reverse|build_absolute_uri|urljoin|urlencode|URL|URLSearchParams|encodeURIComponent|join|format|concat|str|String|toString|hex|decode|stringify)$/;

/**
 * The name of a secret that this program has generated or signed, and that the logged text or link contains:
 * `/reset/${token}` -> `token`. Undefined if there is none.
 */
export function drawnWithin({ linked }: SiteFrames, { func, value }: Place): string | undefined {
  const info = linked.program.functions[func];
  if (!info) return undefined;
  const { code } = info.func;
  const seen = new Set<ValueId>([value]);
  for (const at of seen) {
    if (seen.size > 60) break;
    const inst = code[at];
    const name = [...localNames(info.func, at)].find((one) =>
      /^(?!.*(request|trace|correlation|csrf|nonce))\w*(token|secret|otp|api_?key)$/i.test(one),
    );
    if (name !== undefined && isDrawn(linked, func, at)) return name;
    for (const one of partsOf(linked, func, inst)) seen.add(one);
  }
  return undefined;
}

function isDrawn(linked: Linked, func: number, value: ValueId): boolean {
  const code = linked.program.functions[func]?.func.code ?? [];
  let at = plain(code, value);
  for (let hop = 0; hop < 4; hop++) {
    const inst = code[at];
    const callee = inst?.op === 'call' ? code[inst.callee] : undefined;
    if (inst?.op !== 'call' || !callee || linked.targets(func, at).length > 0) return false;
    const name =
      callee.op === 'member' || callee.op === 'global' || callee.op === 'import' ? callee.name : '';
    if (drawing.test(name)) return true;
    if (callee.op !== 'member') return false;
    if (
      signing.test(name) &&
      /serializer|signer|jwt|jsonwebtoken|jose/i.test(objectName(linked, func, callee.object))
    )
      return true;
    if (!/^(toString|hex|decode|slice)$/.test(name)) return false;
    at = plain(code, callee.object);
  }
  return false;
}

function partsOf(linked: Linked, func: number, inst: Inst | undefined): readonly ValueId[] {
  const code = linked.program.functions[func]?.func.code ?? [];
  switch (inst?.op) {
    case 'text':
      return inst.parts;
    case 'binary':
      return inst.operator === '+' || inst.operator === '%' ? [inst.left, inst.right] : [];
    case 'typed':
    case 'await':
    case 'effect':
      return [inst.value];
    case 'list':
      return inst.items;
    case 'object':
      return inst.values;
    case 'call': {
      const callee = code[inst.callee];
      const name =
        callee?.op === 'member' || callee?.op === 'global' || callee?.op === 'import' ? callee.name : '';
      return linking.test(name) ? [...inst.args, ...(callee?.op === 'member' ? [callee.object] : [])] : [];
    }
    default:
      return [];
  }
}

/** A password hash must not be in a log either. */
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

/** Skips the effects of calls. */
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
