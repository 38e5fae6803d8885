import { type Abstract, constText } from '../../dataflow/domain/abstract.ts';
import { literalOf } from '../../dataflow/query/literal.ts';
import { behindOf } from '../../dataflow/query/trace-value.ts';
import type { ValueId } from '../../ir/ir.ts';
import { localNames } from '../../ir/local-names.ts';
import { usersOf } from '../../ir/query/users.ts';
import { wordsOf } from '../../ir/query/words.ts';
import { known, type Use } from '../kit/use.ts';
import { whereMade } from '../kit/value/where-made.ts';

/** The kind of a checked text, judging by its names: `req.headers.referer` -> `url`, `parsed.hostname` -> `host`. */
export type Kind = 'url' | 'host' | 'mail';

const urlWords = new Set(
  `url uri href referer referrer link redirect location website homepage endpoint callback return next src
  webhook continue goto dest destination`.split(/\s+/),
);
const hostWords = new Set(
  'host hostname domain origin netloc server authority subdomain fqdn tld issuer iss'.split(' '),
);
/** Names of URL parts without a host, and of other values whose names contain a URL word. */
const otherWords = new Set(
  'path pathname query search hash fragment port title text html body content message name label type count error regex pattern'.split(
    ' ',
  ),
);
const passing =
  /^(toLowerCase|toString|trim|lower|strip|lstrip|rstrip|casefold|decode|String|str|decodeURIComponent|unquote|get|getHeader|header|geturl|group)$/;
const maxSteps = 24;

export function kindOf(use: Use, value: ValueId): Kind | undefined {
  const seen = new Set<ValueId>([value]);
  for (const at of seen) {
    if (seen.size > maxSteps) return undefined;
    for (const name of ownNames(use, at)) {
      const kind = kindOfName(name);
      if (kind) return kind === 'none' ? undefined : kind;
    }
    const inst = use.frame.inst(at);
    const behind = behindOf(inst);
    if (behind !== undefined) seen.add(behind);
    else if (inst.op === 'phi') for (const input of inst.inputs) seen.add(input);
    else if (inst.op === 'element') continue;
    else if (inst.op === 'index') seen.add(inst.object);
    else if (inst.op === 'call') addCall(use, at, seen);
  }
  return undefined;
}

function addCall(use: Use, at: ValueId, seen: Set<ValueId>): void {
  const inst = use.frame.inst(at);
  if (inst.op !== 'call') return;
  const callee = use.frame.inst(inst.callee);
  if (callee.op === 'member' && passing.test(callee.name)) seen.add(callee.object);
  else if (callee.op === 'global' && passing.test(callee.name) && inst.args[0] !== undefined)
    seen.add(inst.args[0]);
}

function ownNames(use: Use, at: ValueId): string[] {
  const { func, linked, info } = use.frame;
  const names = [...localNames(func, at)];
  const inst = use.frame.inst(at);
  switch (inst.op) {
    case 'param':
      names.push(func.params[inst.index]?.name ?? '');
      break;
    case 'member':
    case 'global':
      names.push(inst.name);
      break;
    case 'cell-load':
      names.push(linked.program.modules[info.module]?.cells[inst.cell]?.name ?? '');
      break;
    case 'index':
      names.push(constText(use.frame.values[inst.key]) ?? '');
      break;
    case 'call': {
      const key = constText(use.frame.values[inst.args[0] ?? -1]);
      const callee = use.frame.inst(inst.callee);
      if (
        key !== undefined &&
        callee.op === 'member' &&
        /^(get|getHeader|header|getAttribute|getlist)$/.test(callee.name)
      )
        names.push(key);
      else if (callee.op === 'member' || callee.op === 'import') names.push(callee.name);
    }
  }
  return names.filter((name) => name !== '');
}

function kindOfName(name: string): Kind | 'none' | undefined {
  const words = wordsOf(name);
  const last = words[words.length - 1] ?? '';
  if (
    /^(urls|uris|hosts|domains|origins|links|hostnames|list|set|map|dict|array|cache|allowed|whitelist|allowlist)$/.test(
      last,
    )
  )
    return 'none';
  if (otherWords.has(last)) return 'none';
  if (words.some((word) => hostWords.has(word))) return 'host';
  if (words.some((word) => urlWords.has(word))) return 'url';
  if (words.some((word) => word === 'email' || word === 'mail')) return 'mail';
  return words.includes('address') ? 'url' : undefined;
}

/** Whether a value is the URL of this or the previous page, or a part of it: `location.host`, `document.referrer`. */
export function isOfPage(use: Use, value: ValueId): boolean {
  if (use.language.runsInBrowser === 'never') return false;
  let at = value;
  for (let steps = 0; steps < maxSteps; steps++) {
    const inst = use.frame.inst(at);
    const behind = behindOf(inst);
    if (behind !== undefined) at = behind;
    else if (inst.op === 'global') return inst.name === 'location';
    else if (inst.op === 'call') {
      const callee = use.frame.inst(inst.callee);
      if (callee.op !== 'member' || !passing.test(callee.name)) return false;
      at = callee.object;
    } else if (inst.op === 'member') {
      const owner = use.frame.inst(inst.object);
      if (owner.op === 'global' && /^(location|referrer)$/.test(inst.name))
        return /^(window|document|self|globalThis)$/.test(owner.name);
      at = inst.object;
    } else return false;
  }
  return false;
}

/**
 * The known texts that a value may be: a constant, the items of a tuple, or, for a loop variable, the items of the
 * list: `for (const host of HOSTS)`, `HOSTS.some((one) => ...)`. Empty if no text is known.
 */
export function textsOf(use: Use, value: ValueId): readonly string[] {
  const inst = use.frame.inst(value);
  const it = known(use, value);
  const own = textsIn(it);
  if (own.length > 0) return own;
  if (inst.op === 'element')
    return textsIn(literalOf(use.frame.linked, { func: use.frame.id, value: inst.value }));
  return inst.op === 'param' && inst.index === 0 ? textsOfList(use) : none;
}

/** The items of the list that the callback is called for: `HOSTS.some((one) => host.endsWith(one))`. */
function textsOfList(use: Use): readonly string[] {
  const { linked, info, id } = use.frame;
  const first = linked.program.firstFunc[info.module] ?? 0;
  const around = info.func.outer < 0 ? undefined : linked.program.functions[first + info.func.outer];
  if (!around) return none;
  const { code } = around.func;
  const made = whereMade(linked, id);
  for (const user of usersOf(around.func).of[made] ?? []) {
    const call = code[user];
    const callee = call?.op === 'call' ? code[call.callee] : undefined;
    if (callee?.op === 'member' && /^(some|every|find|filter)$/.test(callee.name))
      return textsIn(literalOf(linked, { func: around.id, value: callee.object }));
  }
  return none;
}

const none: readonly string[] = [];

function textsIn(it: Abstract | undefined): readonly string[] {
  if (it?.consts) return it.consts.filter((one) => typeof one === 'string').slice(0, 20);
  if (!it?.fields) return none;
  return [...it.fields.values()].slice(0, 20).flatMap((field) => constText(field) ?? []);
}

/** Whether a value is a list or an object. `value.includes(text)` then looks for a whole item, not for a substring. */
export function isCollection(use: Use, value: ValueId): boolean {
  const it = known(use, value);
  return it?.shape === 'list' || it?.shape === 'object' || it?.fields !== undefined;
}
