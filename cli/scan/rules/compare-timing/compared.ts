import type { Linked, Target } from '../../callgraph/linked.ts';
import { instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import type { Call, Inst, ValueId } from '../../ir/ir.ts';
import { nameOfCalled, objectName } from '../kit/sensitive/sensitive-context.ts';
import { sensitiveName } from '../kit/sensitive/sensitive-name.ts';
import { namesOf } from '../kit/value/names-of.ts';
import { isEntryOfTable } from './entry-of-table.ts';

/**
 * The kind of secret that a comparison tests: an HMAC, the hash of a token, a key from the settings, or a user's entry in
 * a table.
 */
export type Compared = 'hmac' | 'hash' | 'setting' | 'entry';

interface Walk {
  readonly linked: Linked;
  /** The visited nodes. Undefined until the walk leaves the first one. */
  seen: Set<number> | undefined;
  steps: number;
}

const maxSteps = 120;
const maxDepth = 24;
/** Methods and functions that return a digest in another form. */
const forms =
  /^(digest|hexdigest|update|toString|hex|encode|decode|b64encode|urlsafe_b64encode|hexlify|from|str|String|toLowerCase|lower|upper|toUpperCase|trim|strip|rstrip|replace|btoa|bytes|format|concat|join|copy|end|read|finalize)$/;

/**
 * Returns the kind of secret that a value is, or is made from: an HMAC, the hash of a token, a key from the settings, or a
 * user's entry in a table. Undefined for anything else.
 */
export function comparedAs(linked: Linked, place: Place): Compared | undefined {
  return back({ linked, seen: undefined, steps: maxSteps }, place, 0);
}

function back(walk: Walk, from: Place, depth: number): Compared | undefined {
  const place = madeBy(walk.linked, from);
  if (depth > maxDepth || walk.steps-- <= 0) return undefined;
  const inst = instOf(walk.linked, place);
  switch (inst?.op) {
    case 'import':
      return isKeyOfOthers(walk.linked, place, inst) ? 'setting' : undefined;
    case 'member':
      // Most members have no sensitive name, and do not count.
      if (!sensitiveName(inst.name)) return undefined;
      return ofEntry(walk.linked, place, inst);
    case 'index':
      return ofEntry(walk.linked, place, inst);
    case 'typed':
    case 'await':
    case 'effect':
      return isNew(walk, place) ? any(walk, place, [inst.value], depth) : undefined;
    case 'phi':
      return isNew(walk, place) ? any(walk, place, inst.inputs, depth) : undefined;
    case 'text':
      return isNew(walk, place) ? any(walk, place, inst.parts, depth) : undefined;
    // A part of a digest is easier to guess than the whole.
    case 'slice':
      return isNew(walk, place) ? any(walk, place, [inst.object], depth) : undefined;
    case 'binary':
      return (inst.operator === '+' || inst.operator === '%') && isNew(walk, place)
        ? any(walk, place, [inst.left, inst.right], depth)
        : undefined;
    case 'call':
      return isNew(walk, place) ? ofCall(walk, place, inst, depth) : undefined;
    default:
      return undefined;
  }
}

function isNew(walk: Walk, { func, value }: Place): boolean {
  const node = (walk.linked.program.functions[func]?.firstValue ?? 0) + value;
  if (walk.seen?.has(node)) return false;
  walk.seen ??= new Set();
  walk.seen.add(node);
  return true;
}

function any(walk: Walk, { func }: Place, values: readonly ValueId[], depth: number): Compared | undefined {
  for (const value of values) {
    const it = back(walk, { func, value }, depth + 1);
    if (it) return it;
  }
  return undefined;
}

function ofEntry(
  linked: Linked,
  place: Place,
  inst: Inst & { op: 'member' | 'index' },
): Compared | undefined {
  if (isSetting(linked, place, inst)) return 'setting';
  return isEntryOfTable(linked, place) ? 'entry' : undefined;
}

/**
 * Returns how a value holds secret keys from the settings. `list`: it is a list of keys. `any`: it is one setting, which
 * may be a key or a list. Undefined if it holds none.
 */
export function keysAs(linked: Linked, from: Place): 'list' | 'any' | undefined {
  const place = madeBy(linked, from);
  const inst = instOf(linked, place);
  const callee = inst?.op === 'call' ? instOf(linked, { func: place.func, value: inst.callee }) : undefined;
  if (callee?.op === 'member' && callee.name === 'split')
    return comparedAs(linked, { func: place.func, value: callee.object }) === 'setting' ? 'list' : undefined;
  if (inst?.op !== 'list') return comparedAs(linked, place) === 'setting' ? 'any' : undefined;
  const isOfKeys = inst.items
    .slice(0, maxItems)
    .some((value) => comparedAs(linked, { func: place.func, value }) === 'setting');
  return isOfKeys && inst.kind !== 'set' ? 'list' : undefined;
}

const maxItems = 8;

function ofCall(walk: Walk, place: Place, call: Call, depth: number): Compared | undefined {
  const { linked } = walk;
  const states = linked.states(place.func, call.callee);
  if (states.length > 0) {
    if (states.some(({ type }) => type === 'use.Hmac' || type === 'use.HmacNew')) return 'hmac';
    if (states.some(({ type }) => type !== undefined && hashes.has(type)))
      return hashesSecret(linked, place, call.args) ? 'hash' : undefined;
  }
  const callee = instOf(linked, { func: place.func, value: call.callee });
  const name = nameOfCalled(linked, place.func, callee);
  if (/^(get|getenv|getOrThrow|env|config)$/.test(name) && isRead(linked, place, call, callee, name))
    return 'setting';
  if (name === 'get' && isEntryOfTable(linked, place)) return 'entry';
  const targets = linked.targets(place.func, place.value);
  for (let i = 0; i < targets.length && i < maxTargets; i++) {
    const { func, makes } = targets[i] as Target;
    if (makes >= 0) continue;
    for (const { end } of linked.program.functions[func]?.func.blocks ?? []) {
      const it = end.kind === 'return' ? back(walk, { func, value: end.value }, depth + 1) : undefined;
      // A setting that a function reads counts. What depends on its parameters is resolved at its calls.
      if (it) return it;
    }
  }
  if (targets.length > 0 || !forms.test(name)) return undefined;
  const receiver = callee?.op === 'member' ? [callee.object] : [];
  const it = any(walk, place, [...receiver, ...(name === 'update' ? [] : call.args)], depth);
  return (
    it ??
    (name === 'update' &&
    receiver[0] !== undefined &&
    isHash(linked, place.func, receiver[0]) &&
    hashesSecret(linked, place, call.args)
      ? 'hash'
      : undefined)
  );
}

const maxTargets = 3;
const hashes: ReadonlySet<string> = new Set(['use.Hash', 'use.FastHash', 'use.WeakHash']);

function isHash(linked: Linked, func: number, value: ValueId): boolean {
  const inst = instOf(linked, madeBy(linked, { func, value }));
  return (
    inst?.op === 'call' &&
    linked.states(func, inst.callee).some(({ type }) => type !== undefined && hashes.has(type))
  );
}

/** Whether the hashed value is a token or a key. The hash of a file is no secret. */
function hashesSecret(linked: Linked, { func }: Place, args: readonly ValueId[]): boolean {
  return args.some((value) =>
    [...namesOf(linked, { func, value })].some((name) => {
      const it = sensitiveName(name);
      return it !== undefined && /^(token|key|secret)$/.test(it.kind);
    }),
  );
}

/** `from config import API_KEY`, of a file outside the repository, where only the name shows what it is. */
function isKeyOfOthers(
  { program, moduleOf }: Linked,
  { func }: Place,
  inst: Inst & { op: 'import' },
): boolean {
  return (
    /^[A-Z][A-Z\d_]+$/.test(inst.name) &&
    sensitiveName(inst.name) !== undefined &&
    moduleOf(program.functions[func]?.module ?? 0, inst.specifier) === undefined
  );
}

/** `env`, `appConfig`, `SERVER_SETTINGS`, and a whole import of a module with such a name. */
const settings =
  /(?:^|[a-z_/.-])(?:envs?|environ(?:ment)?|config(?:uration)?|conf|cfg|settings|secrets)(?:\.[cm]?[jt]s)?$/i;
const maxMembers = 4;

/** `process.env.API_KEY`, `settings.WEBHOOK_TOKEN`, `app.config['API_KEY']`, `config.hooks.token` */
function isSetting(linked: Linked, { func }: Place, inst: Inst & { op: 'member' | 'index' }): boolean {
  const key = inst.op === 'index' ? instOf(linked, { func, value: inst.key }) : undefined;
  const name = inst.op === 'member' ? inst.name : key?.op === 'const' ? String(key.value) : '';
  return sensitiveName(name) !== undefined && isOfSettings(linked, func, inst.object);
}

function isOfSettings(linked: Linked, func: number, object: ValueId): boolean {
  let value = object;
  for (let i = 0; i < maxMembers; i++) {
    if (settings.test(objectName(linked, func, value))) return true;
    const inst = instOf(linked, { func, value });
    if (inst?.op !== 'member') return false;
    value = inst.object;
  }
  return false;
}

function isRead(
  linked: Linked,
  { func }: Place,
  call: Call,
  callee: Inst | undefined,
  name: string,
): boolean {
  const key = instOf(linked, { func, value: call.args[0] ?? -1 });
  if (key?.op !== 'const' || typeof key.value !== 'string') return false;
  if (!sensitiveName(key.value.split(/[.:]/).pop() ?? '')) return false;
  return (
    name !== 'get' ||
    (callee?.op === 'member' &&
      /^(env|environ|config|conf|settings|configService|secrets)$/i.test(
        objectName(linked, func, callee.object),
      ))
  );
}
