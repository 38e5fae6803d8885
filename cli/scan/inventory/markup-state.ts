import { instOf, madeBy } from '../callgraph/query/made-by.ts';
import { harmlessIn } from '../dataflow/domain/kinds.ts';
import { answersNoMarkup } from '../frameworks/traits/answer/response-type.ts';
import type { Call, Inst, ValueId } from '../ir/ir.ts';
import { sinkKind } from '../sinks/sink-kinds.ts';
import { sinkOf } from '../sinks/sinks.ts';
import { resolveText } from './resolve/resolve-text.ts';
import { beginningsOf, type Leaf, leavesOf } from './resolve/text-tree.ts';
import type { SinkArgument } from './sink-arguments.ts';
import { hitKey, type SiteSearch, type SiteState } from './site-search.ts';

/**
 * The audit state of a text that becomes markup, such as `constant`. Undefined if the text is sent as JSON or plain text.
 */
export function markupState(
  { frames, hits }: SiteSearch,
  { kind, name, func, at, value }: SinkArgument,
): SiteState | undefined {
  if (hits.has(hitKey(func, at, kind))) return { state: 'unresolved', because: 'untrusted input reaches it' };
  if (!value) return { state: 'unresolved', because: 'its options could not be followed' };
  const frame = frames.of(func);
  const it = value.func === func ? frame.values[value.value] : undefined;
  const made = instOf(frames.linked, madeBy(frames.linked, value));
  const { markup } = sinkKind(kind);
  if (markup === 'template' && (made?.op === 'object' || it?.shape === 'object')) return undefined;
  if (markup === 'page') {
    if (made?.op === 'object' || made?.op === 'list' || it?.shape === 'object' || it?.shape === 'list')
      return undefined;
    const sink = sinkOf(frame, kind, at, frame.inst(at), name);
    if (it && answersNoMarkup(frame, sink, it)) return undefined;
  }
  const tree = resolveText(frames, value, at, harmlessIn(kind));
  const leaves = leavesOf(tree);
  const open = leaves.find((leaf) => leaf.kind === 'unresolved');
  if (open?.kind === 'unresolved') return { state: 'unresolved', because: `it is made of ${open.because}` };
  const varied = leaves.find((leaf) => leaf.kind !== 'constant');
  if (markup === 'template' && writesRaw(name, leaves))
    return { state: 'unresolved', because: 'the template writes something without escaping it' };
  if (!varied) return { state: 'constant', because: 'the text is written in the program' };
  if (varied.kind === 'setting')
    return { state: 'allow-listed', because: `what varies is the setting \`${varied.name}\`` };
  const because = varied.kind === 'harmless' ? varied.because : '';
  return /^made harmless/.test(because)
    ? { state: 'bound', because }
    : { state: 'allow-listed', because: `what varies is ${because}` };
}

/** Engines without escaping by default, or with other delimiters. */
const plainEngines =
  /^(lodash|underscore|dot|es6-template-strings|template7|airspeed|velocityjs|Cheetah|mako|whiskers)\b/;
const raw =
  /\{\{\{|\{\{&|<%[-~](?!\s*include)|\|\s*(safe|raw|n)\b|!\{|!=\s|autoescape\s+(off|false)|\{@html|v-html|ng-bind-html/;
const plain = /<%=|\{\{=|\$\{|\$\w|#set|\{\{/;

/** Whether the literal text of a template writes a value unescaped. */
function writesRaw(name: string, leaves: readonly Leaf[]): boolean {
  const pattern = plainEngines.test(name) ? plain : raw;
  return leaves.some((leaf) => leaf.kind === 'constant' && pattern.test(leaf.text));
}

const tags = /^\s*<(!doctype|[a-z][\w-]*[\s>/])/i;

/**
 * The audit state of a call that seems to send a page with a method that no model covers, such as `reply(text)`. Only for a
 * text that starts like a page and isn't constant. Undefined for other calls.
 */
export function unknownAnswer(
  { frames }: SiteSearch,
  func: number,
  value: ValueId,
  call: Inst & Call,
): SiteState | undefined {
  const { linked } = frames;
  const callee = instOf(linked, { func, value: call.callee });
  const [first] = call.args;
  if (callee?.op !== 'member' || !/^(send|end|write|html|respond|reply)$/.test(callee.name)) return undefined;
  if (first === undefined || call.quasis || linked.states(func, call.callee).length > 0) return undefined;
  if (linked.targets(func, value).length > 0) return undefined;
  const tree = resolveText(frames, { func, value: first }, value, harmlessIn('xss'));
  if (!(beginningsOf(tree)?.some(({ text }) => tags.test(text)) ?? false)) return undefined;
  const open = leavesOf(tree).find((leaf) => leaf.kind === 'unresolved');
  return open?.kind === 'unresolved'
    ? {
        state: 'unresolved',
        because: `\`${callee.name}()\` of something unknown: it is made of ${open.because}`,
      }
    : undefined;
}
