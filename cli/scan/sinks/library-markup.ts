import type { Linked } from '../callgraph/linked.ts';
import { traceSteps } from '../dataflow/domain/taint.ts';
import type { SinkUse } from '../dataflow/view/summary.ts';
import type { Func, Inst, ValueId } from '../ir/ir.ts';
import { operandsOf } from '../ir/operands.ts';
import { haveWord } from '../ir/query/words.ts';

/** Sinks in a page. For a server's response the application is responsible, because it passes the request to the library. */
const pagePlaces = /^(?:dom|jquery|jsx)\b/;

/** Members that only elements have. With these, a guessed type of the object is certain. */
const ofElementsAlone = /\.(?:innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe)$/;

/** Words in the names of parameters that are meant to be markup, or that the page's author writes. */
const meantAsMarkup = new Set(
  `html htm xml markup markdown md template templates tpl partial content contents inner innerhtml svg icon icons body
  render renderer rendered renderers snippet fragment dom element elements elem el node nodes tag tags children child layout
  header footer before after prefix suffix indent separator wrapper css style styles script scripts code shader source src`.split(
    /\s+/,
  ),
);

/** Bounds the values that are searched for a tag. */
const maxValues = 80;
const maxFunctions = 4;

/**
 * Whether a scanned library inserts a caller's text into markup of its own: `'<b>' + name + '</b>'`. False if the text is
 * the whole markup, or if the parameter has a name such as `html`: then the caller is responsible for the markup. Also
 * false outside of web pages.
 * @param names the names of the parameters that received the text
 */
export function isTextInMarkup(
  linked: Linked,
  { sink, exact, trace }: Pick<SinkUse, 'sink' | 'exact' | 'trace'>,
  names: readonly string[],
): boolean {
  if (exact || !pagePlaces.test(sink.what) || haveWord(names, meantAsMarkup)) return false;
  if (sink.guess && !ofElementsAlone.test(sink.what)) return false;
  const way = new Set(
    traceSteps(trace)
      .slice(-maxFunctions)
      .map(({ func }) => func),
  );
  return writesTags(linked, sink.func, sink.value, way);
}

/**
 * Whether the code that builds a text writes tags: in the function of the sink, in callees that return a part, and, if a part is
 * a parameter, in the functions on the path.
 */
function writesTags(linked: Linked, from: number, sink: ValueId, way: ReadonlySet<number>): boolean {
  const func = linked.program.functions[from]?.func;
  const inst = func?.code[sink];
  if (!func || !inst) return false;
  const seen = new Set<ValueId>(partsOf(inst));
  const makers = new Set<number>();
  for (const value of seen) {
    if (seen.size > maxValues) return false;
    const part = func.code[value];
    if (!part) continue;
    if (isTag(part)) return true;
    if (part.op === 'param') for (const one of way) if (one !== from) makers.add(one);
    if (part.op === 'call')
      for (const target of linked.targets(from, value).slice(0, maxFunctions)) makers.add(target.func);
    for (const next of [...partsOf(part), ...receiverOf(func.code, part)]) seen.add(next);
  }
  return [...makers].some((one) => hasTag(linked.program.functions[one]?.func));
}

/** The values that a text is made of. For a call, its arguments. */
function partsOf(inst: Inst): readonly ValueId[] {
  if (inst.op === 'call') return inst.args;
  return inst.op === 'store' || inst.op === 'store-index' ? [inst.value] : operandsOf(inst);
}

/** The receiver of a method that builds a text: `['<b>', name, '</b>'].join('')`, `'<b>'.concat(name)`. */
function receiverOf(code: readonly Inst[], inst: Inst): readonly ValueId[] {
  const callee = inst.op === 'call' ? code[inst.callee] : undefined;
  return callee?.op === 'member' ? [callee.object] : [];
}

function hasTag(func: Func | undefined): boolean {
  return func?.code.some(isTag) === true;
}

function isTag(inst: Inst): boolean {
  return inst.op === 'const' && typeof inst.value === 'string' && /<\/?[a-z]/i.test(inst.value);
}
