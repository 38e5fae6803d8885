import type { Linked } from '../callgraph/linked.ts';
import { languageAt } from '../callgraph/program.ts';
import { instOf, madeBy, type Place } from '../callgraph/query/made-by.ts';
import type { Site } from '../code-view.ts';
import { isWrittenBack } from '../dataflow/query/written-back.ts';
import type { Call, Inst, ValueId } from '../ir/ir.ts';
import type { State } from '../models/api.ts';
import { sinkKind } from '../sinks/sink-kinds.ts';
import { markupState, unknownAnswer } from './markup-state.ts';
import { gather, type SinkArgument, sinkArguments } from './sink-arguments.ts';
import { eachCall, isAside, type SiteSearch, type SiteState, siteAt, worstState } from './site-search.ts';
import { templateFiles } from './template-files.ts';

/**
 * Finds every place that makes markup: responses, texts that are set in a page or marked as safe, templates, and their unescaped
 * output.
 */
export function templateSites(search: SiteSearch): Site[] {
  return [...templateFiles(search), ...ofCalls(search), ...ofStores(search), ...ofReturns(search)];
}

function ofCalls(search: SiteSearch): Site[] {
  const { frames } = search;
  const { linked } = frames;
  const sites: Site[] = [];
  eachCall(search, (call, { id, module, func }, value) => {
    // An included template has a site of its own.
    if (
      languageAt(linked.program, module).isTemplate &&
      [call, ...call.args.map((arg) => func.code[arg])].some((one) => isInclude(func.code, one))
    )
      return;
    const rendered = renderState(search, id, value, call);
    if (rendered) {
      sites.push(siteAt(search, 'template', id, value, rendered));
      return;
    }
    if (call.quasis) return;
    const unknown = unknownAnswer(search, id, value, call);
    if (unknown) sites.push(siteAt(search, 'template', id, value, unknown));
    const states = sinkArguments(frames, id, value, call)
      .filter(({ kind }) => sinkKind(kind).site === 'template')
      .flatMap((one) => markupState(search, one) ?? []);
    if (states.length > 0) sites.push(siteAt(search, 'template', id, value, worstState(states)));
  });
  return sites;
}

function isInclude(code: readonly Inst[], inst: Inst | undefined): boolean {
  const callee = inst?.op === 'call' ? code[inst.callee] : undefined;
  return callee?.op === 'global' && callee.name === 'bulwark:include';
}

/** `res.render('page', values)`: unescaped output in the template is a site of its own. */
function renderState(
  { frames }: SiteSearch,
  func: number,
  value: ValueId,
  call: Inst & Call,
): SiteState | undefined {
  const { linked } = frames;
  const renders = linked
    .states(func, call.callee)
    .some(({ templates }) => templates.some(({ context }) => context !== 'loads'));
  if (!renders || call.isDecorator || isPlainText(linked, func, call)) return undefined;
  const template = linked.targets(func, value).find(({ context }) => context !== undefined);
  const info = template && linked.program.functions[template.func];
  const path = info && linked.program.modules[info.module]?.path;
  return path === undefined
    ? { state: 'unresolved', because: 'its template was not found among the files that can be parsed' }
    : { state: 'bound', because: `the template ${path} is looked at itself` };
}

/** `render_template('mail.txt')`: its output is no page. */
function isPlainText(linked: Linked, func: number, call: Call): boolean {
  const name = instOf(linked, madeBy(linked, { func, value: call.args[0] ?? -1 }));
  return (
    name?.op === 'const' && typeof name.value === 'string' && /\.(txt|text|csv|md)(\.\w+)?$/.test(name.value)
  );
}

function ofStores(search: SiteSearch): Site[] {
  const { frames } = search;
  const { linked } = frames;
  const sites: Site[] = [];
  linked.program.instructions.each('store', (inst, info, value) => {
    const { id } = info;
    if (isAside(frames, info) || isWrittenBack(frames.of(id), inst)) return;
    const found: SinkArgument[] = [];
    for (const state of linked.states(id, inst.object))
      for (const member of state.members.get(inst.name) ?? [])
        gather(found, frames, id, value, stateOf(search, id, member), { func: id, value: inst.value }, 0);
    const states = found
      .filter(({ kind }) => sinkKind(kind).site === 'template')
      .flatMap((one) => markupState(search, one) ?? []);
    if (states.length > 0) sites.push(siteAt(search, 'template', id, value, worstState(states)));
  });
  return sites;
}

/** The results of handlers that a framework sends as the response. */
function ofReturns(search: SiteSearch): Site[] {
  const { frames } = search;
  const { linked } = frames;
  const sites: Site[] = [];
  for (const info of linked.program.functions) {
    if (isAside(frames, info)) continue;
    const { id, func } = info;
    const answers = linked.answersTo(id).flatMap(({ returns }) => returns);
    if (answers.length === 0) continue;
    for (const { end } of func.blocks) {
      if (end.kind !== 'return' || linked.isPassedOn(id, end.value)) continue;
      if (isAnswer(linked, { func: id, value: end.value })) continue;
      const found: SinkArgument[] = [];
      for (const one of answers)
        gather(found, frames, id, end.value, stateOf(search, id, one), { func: id, value: end.value }, 0);
      const states = found
        .filter(({ kind }) => sinkKind(kind).site === 'template')
        .flatMap((one) => markupState(search, one) ?? []);
      if (states.length > 0) sites.push(siteAt(search, 'template', id, end.value, worstState(states)));
    }
  }
  return sites;
}

function stateOf({ frames }: SiteSearch, func: number, id: number): State | undefined {
  const frame = frames.of(func);
  return frame.engine.apiOf(frame.info.module).states[id];
}

const frameworks =
  /^(flask|quart|starlette|fastapi|django|aiohttp|sanic|tornado|bottle|werkzeug|next|hono|h3)(\.|\/|$)/;

/** A response object of a framework (`jsonify(x)`, `redirect(x)`). Markup that it receives is a site of its own. */
function isAnswer(linked: Linked, place: Place): boolean {
  const made = madeBy(linked, place);
  const inst = instOf(linked, made);
  if (inst?.op === 'list')
    return inst.items[0] !== undefined && isAnswer(linked, { func: made.func, value: inst.items[0] });
  if (inst?.op === 'object') return true;
  if (inst?.op === 'const') return typeof inst.value !== 'string';
  if (inst?.op !== 'call') return false;
  const callee = instOf(linked, madeBy(linked, { func: made.func, value: inst.callee }));
  const owner =
    callee?.op === 'member'
      ? instOf(linked, madeBy(linked, { func: made.func, value: callee.object }))
      : callee;
  return owner?.op === 'import' && frameworks.test(owner.specifier);
}
