import { instOf, madeBy, type Place } from '../callgraph/query/made-by.ts';
import type { Site } from '../code-view.ts';
import { harmlessIn } from '../dataflow/domain/kinds.ts';
import type { Call, Inst, ValueId } from '../ir/ir.ts';
import { statementNames } from '../libraries/conventions/statement-methods.ts';
import { isOfType } from '../models/state-traits.ts';
import { sinkKind } from '../sinks/sink-kinds.ts';
import { isTag } from './query-builders.ts';
import { resolveEntry, resolveText } from './resolve/resolve-text.ts';
import { beginningsOf, isOneOfMany, leavesOf, type TextTree } from './resolve/text-tree.ts';
import { type SinkArgument, sinkArguments } from './sink-arguments.ts';
import { eachCall, hitKey, type SiteSearch, type SiteState, siteAt, worstState } from './site-search.ts';

/**
 * Finds every call that sends a query: a call of a modelled database driver, or of a method with a name such as `query` on
 * an unknown object.
 */
export function querySites(search: SiteSearch): Site[] {
  const sites: Site[] = [];
  eachCall(search, (call, { id }, value) => {
    const state = knownCall(search, id, value, call) ?? unknownCall(search, id, value, call);
    if (state) sites.push(siteAt(search, 'query', id, value, state));
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
  const { linked } = frames;
  const callee = instOf(linked, { func, value: call.callee });
  if (callee?.op === 'member' && isGuarded(search, func, callee.object))
    return guardedMethods.test(callee.name)
      ? { state: 'bound', because: 'bulwark/sql takes only statements of its tag' }
      : undefined;
  if (call.quasis) return tagState(search, func, value, call);
  const found = sinkArguments(frames, func, value, call).filter(
    ({ kind }) => sinkKind(kind).site === 'query',
  );
  if (found.length === 0) return undefined;
  const state = worstState(found.map((one) => stateOf(search, call, one)));
  const isGuess = callee?.op === 'member' && linked.isGuess(func, callee.object);
  return isGuess && state.state === 'constant' && !isStatement(search, found) ? undefined : state;
}

/** A tagged template. Known tags bind their values. For an unknown tag, the text must look like a statement. */
function tagState(
  { frames }: SiteSearch,
  func: number,
  value: ValueId,
  call: Inst & Call,
): SiteState | undefined {
  const { linked } = frames;
  if (isTag(linked, func, call)) return { state: 'bound', because: 'the tag passes values beside the text' };
  const [first = ''] = call.quasis ?? [];
  if (!words.test(first) || !/^\s*\w+\s+[\w*"`'(]/.test(first) || call.args.length === 0) return undefined;
  // A tag of the project makes a text, which is checked where it is used.
  if (linked.targets(func, value).length > 0) return undefined;
  return { state: 'unresolved', because: 'the tag is not known' };
}

const guardedMethods = /^(all|many|one|maybe|stream|run|exec|value|batch|query|execute)$/;

function isGuarded({ frames }: SiteSearch, func: number, value: ValueId): boolean {
  return isOfType(frames.linked.states(func, value), 'bulwark.Database');
}

/** For a callee known by its name alone, a text that starts like no query is none. */
function isStatement({ frames }: SiteSearch, found: readonly SinkArgument[]): boolean {
  return found.some(({ value, at }) => {
    const beginnings = value && beginningsOf(resolveText(frames, value, at, harmlessIn('sql')));
    return beginnings?.some(({ text }) => words.test(text)) ?? true;
  });
}

function stateOf(search: SiteSearch, call: Call, { kind, func, at, value }: SinkArgument): SiteState {
  if (search.hits.has(hitKey(func, at, kind)))
    return { state: 'unresolved', because: 'untrusted input reaches it' };
  if (!value) return { state: 'unresolved', because: 'its arguments could not be told apart' };
  if (sinkKind(kind).takes === 'object') return filterState(search, value, at);
  return queryState(search, call, value, at);
}

/** The state of a statement's text. */
function queryState({ frames }: SiteSearch, call: Call, value: Place, at: ValueId): SiteState {
  const kinds = harmlessIn('sql');
  const state = stateOfTree(resolveText(frames, value, at, kinds), call.args.length > 1);
  if (state.state !== 'unresolved') return state;
  // An object with the text in it, made by a function, a tag or a class of the project.
  for (const name of statementNames) {
    const tree = resolveEntry(frames, value, name, at, kinds);
    const made = tree && stateOfTree(tree, true);
    if (made && made.state !== 'unresolved') return made;
  }
  return state;
}

function stateOfTree(tree: TextTree, hasMore: boolean): SiteState {
  const leaves = leavesOf(tree);
  const open = leaves.find(({ kind }) => kind === 'unresolved');
  if (open?.kind === 'unresolved')
    return { state: 'unresolved', because: `the text is made of ${open.because}` };
  const varied = leaves.find(({ kind }) => kind !== 'constant');
  if (varied?.kind === 'harmless')
    return /^(a statement|the tag|made by|made harmless by)/.test(varied.because)
      ? { state: 'bound', because: varied.because }
      : { state: 'allow-listed', because: `what varies is ${varied.because}` };
  if (varied?.kind === 'setting')
    return { state: 'allow-listed', because: `what varies is the setting \`${varied.name}\`` };
  if (isOneOfMany(tree))
    return { state: 'allow-listed', because: 'one of the texts that are written in the program' };
  return hasMore
    ? { state: 'bound', because: 'parameters beside a constant text' }
    : { state: 'constant', because: 'the text is written in the program' };
}

/**
 * The state of a filter of a document database. It is harmless if each value in it is a text or a number, and none can be an
 * object.
 */
function filterState({ frames }: Pick<SiteSearch, 'frames'>, value: Place, at: ValueId): SiteState {
  const inst = instOf(frames.linked, madeBy(frames.linked, value));
  const it = frames.of(value.func).values[value.value];
  if (inst?.op === 'const' || it?.shape === 'text' || it?.shape === 'number')
    return { state: 'constant', because: 'a text or a number' };
  if (
    frames.provenKinds(value.func, value.value, [frames.factsAt(value.func, at)]).meets(harmlessIn('nosql'))
  )
    return { state: 'allow-listed', because: 'what a check let through' };
  if (inst?.op !== 'object' || inst.keys.some((key) => typeof key !== 'string'))
    return { state: 'unresolved', because: 'the filter may be any object' };
  const owner = madeBy(frames.linked, value);
  const states = inst.values.map((one) => filterState({ frames }, { func: owner.func, value: one }, at));
  return (
    states.find(({ state }) => state === 'unresolved') ?? {
      state: 'bound',
      because: 'its values are texts and numbers',
    }
  );
}

const methods =
  /^(query|execute|executemany|execute_many|executescript|execute_sql|execute_query|executeSql|executeQuery|exec_sql|raw|queryRaw|rawQuery|raw_query|runQuery|run_query|\$queryRaw|\$executeRaw|\$queryRawUnsafe|\$executeRawUnsafe|query_one|query_all|fetch_all|fetch_one|fetchrow|fetchval|read_sql|read_sql_query)$/;
const words =
  /^\s*(?:\(?\s*select|insert|update|delete|replace|with|merge|truncate|alter|drop|create|grant|revoke|begin|commit|rollback|pragma|set|show|explain|vacuum|call|exec|copy|lock|match|use)\b/i;

/** A method with the name of a driver's, on an unknown value. */
function unknownCall(
  { frames }: SiteSearch,
  func: number,
  value: ValueId,
  call: Inst & Call,
): SiteState | undefined {
  const { linked } = frames;
  const callee = instOf(linked, { func, value: call.callee });
  if (call.quasis || call.isDecorator || call.isNew) return undefined;
  const name =
    callee?.op === 'member' || callee?.op === 'import' || callee?.op === 'global' ? callee.name : '';
  const isNamed = callee?.op === 'member' && methods.test(name);
  if (!isNamed && harmless.test(name)) return undefined;
  if (linked.states(func, call.callee).length > 0 || linked.targets(func, value).length > 0) return undefined;
  const at = call.args.findIndex((_, i) => {
    const name = call.names?.[i];
    return name ? statementNames.includes(name) : i === 0;
  });
  const arg = call.args[at];
  if (arg === undefined || call.spread?.includes(at)) return undefined;
  const place = textOfOptions(frames.linked, { func, value: arg });
  if (!place) return undefined;
  if (!isNamed && !mayBeStatement(frames, place)) return undefined;
  const tree = resolveText(frames, place, value, harmlessIn('sql'));
  if (!isNamed && !statement.test(written(tree))) return undefined;
  const beginnings = beginningsOf(tree);
  // A text that starts like no statement is none.
  if (beginnings?.every(({ text, next }) => (text.trim() !== '' || next === undefined) && !words.test(text)))
    return undefined;
  const state = stateOfTree(tree, call.args.length > 1);
  return state.state === 'unresolved'
    ? { state: 'unresolved', because: `\`${name || 'a call'}()\` of something unknown: ${state.because}` }
    : state;
}

/** The form of a text that is certainly a statement, whatever receives it. */
const statement =
  /^\s*(?:select\b[\s\S]{1,2000}\bfrom\b|insert\s+into\b|update\s+\S+\s+set\b|delete\s+from\b|create\s+table\b|drop\s+table\b)/i;
/** Functions that join texts, log, or send nothing. */
const harmless =
  /^(log|trace|debug|info|warn|warning|error|exception|critical|print|format|replace|replaceAll|join|concat|strip|trim|dedent|push|append|split|startswith|startsWith|test|match|sub|t|_|gettext|describe|it|title|String|str|len|repr|set|get|add|includes|has|split|encode|toString|slice|Error)$/;

/** Most arguments contain no text that is built here. */
function mayBeStatement({ linked }: SiteSearch['frames'], from: Place): boolean {
  const place = madeBy(linked, from);
  const inst = instOf(linked, place);
  return (
    inst?.op === 'const' ||
    inst?.op === 'text' ||
    inst?.op === 'phi' ||
    (inst?.op === 'binary' && (inst.operator === '+' || inst.operator === '%')) ||
    (inst?.op === 'call' && instOf(linked, { func: place.func, value: inst.callee })?.op === 'member')
  );
}

/** The literal parts of a text. */
function written(tree: TextTree): string {
  return leavesOf(tree)
    .map((leaf) => (leaf.kind === 'constant' ? leaf.text : ' x '))
    .join('');
}

/** `{ sql: '...', values }`: the text in it. None for an object without one, or for a function. */
function textOfOptions(linked: SiteSearch['frames']['linked'], from: Place): Place | undefined {
  const place = madeBy(linked, from);
  const inst = instOf(linked, place);
  if (inst?.op === 'func' || inst?.op === 'class' || inst?.op === 'list') return undefined;
  if (inst?.op !== 'object') return from;
  const at = inst.keys.findIndex((key) => typeof key === 'string' && statementNames.includes(key));
  const value = inst.values[at];
  return value === undefined ? undefined : { func: place.func, value };
}
