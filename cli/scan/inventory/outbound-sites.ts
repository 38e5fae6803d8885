import type { Linked } from '../callgraph/linked.ts';
import { origin } from '../callgraph/query/called-on.ts';
import { instOf, madeBy, type Place } from '../callgraph/query/made-by.ts';
import type { Site } from '../code-view.ts';
import { harmlessIn } from '../dataflow/domain/kinds.ts';
import type { Call, Inst, ValueId } from '../ir/ir.ts';
import { isOfType } from '../models/state-traits.ts';
import { isForBrowsers } from '../rules/kit/web/for-browsers.ts';
import { sinkKind } from '../sinks/sink-kinds.ts';
import { guardedAgent } from './guarded-agent.ts';
import { resolveText } from './resolve/resolve-text.ts';
import { type Beginning, beginningsOf, type TextTree } from './resolve/text-tree.ts';
import { sinkArguments } from './sink-arguments.ts';
import type { SiteFrames } from './site-frames.ts';
import { eachCall, hitKey, type SiteSearch, type SiteState, siteAt, worstState } from './site-search.ts';

/** Finds every call on a server that sends a request. */
export function outboundSites(search: SiteSearch): Site[] {
  const { linked } = search.frames;
  const sites: Site[] = [];
  eachCall(search, (call, { id, module }, value) => {
    if (isForBrowsers(linked.program.modules[module])) return;
    const state = knownCall(search, id, value, call) ?? unknownCall(search, id, value, call);
    if (state) sites.push(siteAt(search, 'outbound', id, value, state));
  });
  return sites;
}

function knownCall(
  search: SiteSearch,
  func: number,
  value: ValueId,
  call: Inst & Call,
): SiteState | undefined {
  const { frames } = search;
  const states = frames.linked.states(func, call.callee);
  if (isOfType(states, 'bulwark.Fetch'))
    return { state: 'allow-listed', because: 'a guarded client of bulwark/fetch' };
  const found = sinkArguments(frames, func, value, call).filter(
    ({ kind }) => sinkKind(kind).site === 'outbound',
  );
  if (found.length === 0) return undefined;
  const agent = guardedAgent(frames.linked, func, call);
  return worstState(
    found.map((one): SiteState => {
      if (agent !== undefined)
        return { state: 'allow-listed', because: `the agent of ${agent} refuses private addresses` };
      if (search.hits.has(hitKey(func, value, 'ssrf')))
        return { state: 'unresolved', because: 'untrusted input reaches it' };
      if (!one.value) return { state: 'unresolved', because: 'its options could not be followed' };
      return addressState(addressOf(frames, one.value, value));
    }),
  );
}

/** The text that contains the host: of `new URL(url)`, `new Request(url)`, and the base of `new URL('/x', base)`. */
function addressOf(frames: SiteFrames, from: Place, at: ValueId): TextTree {
  const { linked } = frames;
  const textOf = (place: Place): TextTree => resolveText(frames, place, at, harmlessIn('ssrf'));
  const place = urlBefore(linked, madeBy(linked, from));
  const inst = instOf(linked, place);
  const callee = inst?.op === 'call' ? instOf(linked, { func: place.func, value: inst.callee }) : undefined;
  const name = callee?.op === 'global' || callee?.op === 'import' ? callee.name : '';
  if (inst?.op !== 'call' || inst.spread || !/^(URL|Request|parse|urlparse)$/.test(name)) return textOf(from);
  const [first, base] = inst.args.map((value) => ({ func: place.func, value }));
  if (first === undefined) return textOf(from);
  if (base === undefined) return textOf(urlBefore(linked, madeBy(linked, first)));
  if (name !== 'URL' || inst.args.length !== 2) return textOf(from);
  const beginnings = beginningsOf(textOf(first));
  return beginnings?.every(({ text }) => staysOnHost.test(text)) ? textOf(base) : textOf(from);
}

/** A path on the client's host: `/isbn/...`, `v1/...`, but not `/${path}`, which can be `//host`. */
const staysOnHost = /^(?:\/[\w.~%@-]|[\w.-]+\/|[?#])/;
const maxChanges = 20;

/** A URL before its query or path was set, which keeps the host. */
function urlBefore(linked: Linked, from: Place): Place {
  let { value } = from;
  for (let change = 0; change < maxChanges; change++) {
    const inst = instOf(linked, { func: from.func, value });
    if (inst?.op === 'effect' && inst.arg === -1) value = inst.value;
    else if (inst?.op === 'store' && /^(search|searchParams|hash|pathname)$/.test(inst.name))
      value = inst.object;
    else break;
  }
  return value === from.value ? from : madeBy(linked, { func: from.func, value });
}

/** The state of a URL, by its host. */
function addressState(tree: TextTree): SiteState {
  const beginnings = beginningsOf(tree);
  if (!beginnings) return { state: 'unresolved', because: 'the URL has too many forms' };
  return worstState(beginnings.map(hostState));
}

function hostState({ text, next }: Beginning): SiteState {
  const isWhole = next === undefined;
  if (text.includes('\0')) {
    const [, name = ''] = /\0([^\0]*)\0/.exec(text) ?? [];
    const isHost = isWhole || /^(?:[a-z][a-z0-9+.-]*:\/\/)?\0[^\0]*\0(?::?\0[^\0]*\0|:\d+)*[/?#]/i.test(text);
    if (isHost || hasHost(text.slice(0, text.indexOf('\0'))))
      return { state: 'allow-listed', because: `the setting \`${name}\` chooses the host` };
    return { state: 'unresolved', because: `what stands behind the setting \`${name}\` may change the host` };
  }
  if (isWhole)
    return text === '' ? empty : { state: 'constant', because: 'the URL is written in the program' };
  if (hasHost(text)) return { state: 'constant', because: 'the host is written in the program' };
  if (next.kind === 'harmless') return { state: 'allow-listed', because: `the host is ${next.because}` };
  return {
    state: 'unresolved',
    because: `the host is ${next.kind === 'unresolved' ? next.because : 'not known'}`,
  };
}

const empty: SiteState = { state: 'constant', because: 'no URL is passed' };

/** Whether a text has a scheme, a host and its end, or is a path, which stays on the client's host. */
function hasHost(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/?#\\]+[/?#]/i.test(text) || /^\/(?![/\\])/.test(text);
}

const clients =
  /(^|[-_/@])(fetch|https?|requests?|curl|pycurl|axios|got|rest|ky|undici|urllib\d?|superagent|httpclient|client)([-_/]|$)/i;
const verbs = /^(get|post|put|patch|delete|head|request|fetch|send|open|urlopen|default|\*)$/;

/** A client without a model, by the name of its package, if its argument looks like a URL or is unknown. */
function unknownCall(
  { frames }: SiteSearch,
  func: number,
  value: ValueId,
  call: Inst & Call,
): SiteState | undefined {
  const { linked } = frames;
  if (call.isDecorator || call.quasis || linked.targets(func, value).length > 0) return undefined;
  if (linked.states(func, call.callee).length > 0) return undefined;
  const callee = instOf(linked, { func, value: call.callee });
  const arg = call.args[0];
  if (arg === undefined || !callee) return undefined;
  const isInjected =
    (callee.op === 'param' || callee.op === 'cell-load') && nameAt(linked, func, callee) === 'fetch';
  const isMember = callee.op === 'member' && (verbs.test(callee.name) || callee.name === 'fetch');
  const root =
    callee.op === 'import' ? callee : isMember ? rootOf(linked, { func, value: call.callee }) : undefined;
  const isClient =
    root?.op === 'import' &&
    clients.test(root.specifier) &&
    !/^\.|server|errors?$|status/.test(root.specifier);
  const tree = resolveText(frames, { func, value: arg }, value, harmlessIn('ssrf'));
  const beginnings = beginningsOf(tree);
  const isUrl = beginnings?.some(({ text }) => /^(https?|wss?):\/\//i.test(text)) ?? false;
  if (
    !isInjected &&
    !(isMember && isUrl && verbs.test(callee.name)) &&
    !(isClient && (isMember || verbs.test(root.name)))
  )
    return undefined;
  if (
    isClient &&
    !isUrl &&
    beginnings?.every(({ text, next }) => next === undefined && !/^\w+:\/\//.test(text))
  )
    return undefined;
  const state = addressState(tree);
  return state.state === 'unresolved'
    ? { ...state, because: `a client that is not known: ${state.because}` }
    : state;
}

function nameAt(linked: Linked, func: number, inst: Inst): string {
  const info = linked.program.functions[func];
  if (inst.op === 'param') return info?.func.params[inst.index]?.name ?? '';
  return inst.op === 'cell-load'
    ? (linked.program.modules[info?.module ?? 0]?.cells[inst.cell]?.name ?? '')
    : '';
}

const maxHops = 12;

function rootOf(linked: Linked, from: Place): Inst | undefined {
  let place = origin(linked, from);
  for (let hop = 0; hop < maxHops; hop++) {
    const inst = instOf(linked, place);
    if (inst?.op === 'member') place = origin(linked, { func: place.func, value: inst.object });
    else if (inst?.op === 'call') place = origin(linked, { func: place.func, value: inst.callee });
    else if (inst?.op === 'effect') place = origin(linked, { func: place.func, value: inst.value });
    else return inst;
  }
  return undefined;
}
