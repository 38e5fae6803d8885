import { behindOf } from '../../dataflow/query/trace-value.ts';
import type { Block, BlockId, Func, Inst, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { controlFlow } from '../../ir/query/control-flow.ts';
import type { Use } from '../kit/use.ts';

/** A conditional branch: its block, and the blocks where it continues if the test is true (`yes`) or false (`no`). */
export interface Branch {
  readonly from: BlockId;
  readonly yes: BlockId;
  readonly no: BlockId;
}

/** The branches of a function, by the value that they test. */
export const branchesOf: (func: Func) => ReadonlyMap<ValueId, readonly Branch[]> = memoized((func) => {
  const all = new Map<ValueId, Branch[]>();
  func.blocks.forEach(({ end }, from) => {
    if (end.kind !== 'branch') return;
    const branch: Branch = { from, yes: end.then, no: end.else };
    const others = all.get(end.test);
    if (others) others.push(branch);
    else all.set(end.test, [branch]);
  });
  return all;
});

/** Whether a branch only chooses a label, such as a text or an icon, or does nothing. */
export function isLabelling(use: Use, branch: Branch): boolean {
  return sides(branch).some(
    ([id, other]) => givesLabel(use, id, other) || doesNothing(use.frame.func, id, other),
  );
}

/** Whether a branch changes the URLs of the checked host, and leaves all other URLs unchanged. */
export function isRewriting(func: Func, branch: Branch): boolean {
  return sides(branch).some(([id, other]) => {
    const block = func.blocks[id];
    if (!block?.code.every((value) => isOfText(func, func.code[value]))) return false;
    const made = resultOf(func, id, branch.from);
    const kept = resultOf(func, other, branch.from, block.end);
    return (
      made !== undefined && kept !== undefined && isMadeOf(func, made, kept, new Set(block.code.slice(0, 60)))
    );
  });
}

/** Whether a branch skips a URL: `return;`, or the next round of a loop. */
export function isSkipping(func: Func, branch: Branch): boolean {
  return sides(branch).some(([id, other]) => {
    const block = func.blocks[id];
    if (func.blocks[other]?.end.kind === 'throw') return false;
    if (controlFlow(func).heads.has(id)) return true;
    if (!block || block.code.some((value) => func.code[value]?.op !== 'const')) return false;
    if (block.end.kind === 'jump') return controlFlow(func).heads.has(block.end.to);
    // Falling off the end of a function is no `return` statement.
    if (block.end.kind !== 'return' || block.end.at === undefined) return false;
    const given = func.code[block.end.value];
    return given?.op === 'const' && given.value === undefined;
  });
}

function sides({ yes, no }: Branch): readonly (readonly [BlockId, BlockId])[] {
  return [
    [yes, no],
    [no, yes],
  ];
}

const naming = /^(const|text|cell-load|member|import|global|typed|object|list|func)$/;

/** Whether a block only yields a constant text, or a named value such as an icon. */
function givesLabel(use: Use, id: BlockId, other: BlockId): boolean {
  const { func } = use.frame;
  const block = func.blocks[id];
  const end = func.blocks[other]?.end;
  // The block after both edges belongs to neither.
  if (end?.kind === 'jump' && end.to === id) return false;
  if (!block?.code.every((value) => isNaming(use, value))) return false;
  const value = resultOf(func, id, id);
  return value !== undefined && isLabel(use, value, 0);
}

function isNaming(use: Use, value: ValueId): boolean {
  const inst = use.frame.inst(value);
  if (inst.op === 'cell-store') return isLabel(use, inst.value, 0);
  return naming.test(inst.op) || isLabel(use, value, 0);
}

/**
 * Names of values that are only displayed: `GithubIcon`, `icons`, `faGithub`, elements; not `DEFAULT_URL`, which is a URL to
 * open.
 */
const shownName = /(icon|logo|label|image|badge)s?$/i;
const elementName = /^(<|[A-Z]\w*[a-z]|(fa|si|bi|md)[A-Z])/;
const refusing = /error|notfound|forbidden|denied|invalid|redirect|navigate|response/i;

const picture = /\.(svg|png|webp|gif|jpe?g|ico)$/i;

/** Whether a text is only displayed. A URL would be opened in place of the refused one. */
function isWord(text: string): boolean {
  return text !== '' && (picture.test(text) || !/^([/#]|https?:|about:)/i.test(text));
}

function isShown(name: string): boolean {
  return (shownName.test(name) || elementName.test(name)) && !refusing.test(name);
}

function isLabel(use: Use, value: ValueId, depth: number): boolean {
  const inst = use.frame.inst(value);
  if (depth > 4) return false;
  switch (inst.op) {
    case 'const':
      return typeof inst.value === 'string' && isWord(inst.value);
    case 'typed':
      return isLabel(use, inst.value, depth + 1);
    case 'import': {
      const file = inst.specifier.split('/').at(-1) ?? '';
      return picture.test(file) || isShown(/^(default|\*)$/.test(inst.name) ? file : inst.name);
    }
    case 'global':
      return isShown(inst.name);
    case 'cell-load': {
      const { linked, info } = use.frame;
      return isShown(linked.program.modules[info.module]?.cells[inst.cell]?.name ?? '');
    }
    // `Icons.github`, not `request.body`.
    case 'member':
      return isLabel(use, inst.object, depth + 1);
    // `<GithubIcon size={20} />`
    case 'call': {
      const [props] = inst.args;
      return (
        props !== undefined &&
        inst.args.length === 1 &&
        !inst.isNew &&
        use.frame.inst(props).op === 'object' &&
        isLabel(use, inst.callee, depth + 1) &&
        isOfLabels(use, props, depth + 1)
      );
    }
    default:
      return false;
  }
}

/** Whether an element's props contain only constants and labels, so nothing that is checked. */
function isOfLabels(use: Use, value: ValueId, depth: number): boolean {
  const inst = use.frame.inst(value);
  if (inst.op === 'const') return true;
  if (inst.op !== 'object' && inst.op !== 'list') return isLabel(use, value, depth);
  const parts = inst.op === 'object' ? inst.values : inst.items;
  return depth < 5 && parts.slice(0, 20).every((part) => isOfLabels(use, part, depth + 1));
}

/** The value that a block returns, or passes to the phi where both edges meet. `other` is the end of the other block. */
function resultOf(func: Func, id: BlockId, from: BlockId, other?: Block['end']): ValueId | undefined {
  const block = func.blocks[id];
  if (!block) return undefined;
  // One of the edges leads directly to the block where both meet.
  const isMeeting = other?.kind === 'jump' && other.to === id;
  if (!isMeeting && block.end.kind === 'return') return block.end.value;
  if (!isMeeting && block.end.kind !== 'jump') return undefined;
  const [meeting, before] =
    isMeeting || block.end.kind !== 'jump' ? [block, from] : [func.blocks[block.end.to], id];
  const at = meeting?.preds.indexOf(before) ?? -1;
  for (const value of meeting?.code ?? []) {
    const inst = func.code[value];
    if (inst?.op !== 'phi') break;
    const input = inst.inputs[at];
    if (input !== undefined) return input;
  }
  return storedIn(func, block);
}

/** `icon = GithubIcon` */
function storedIn(func: Func, block: Block): ValueId | undefined {
  const last = func.code[block.code.at(-1) ?? -1];
  return last?.op === 'cell-store' ? last.value : undefined;
}

/** Whether a block has no effect, and no phi uses a value of it. */
function doesNothing(func: Func, id: BlockId, other: BlockId): boolean {
  const block = func.blocks[id];
  return (
    block?.preds.length === 1 &&
    block.end.kind === 'jump' &&
    block.end.to === other &&
    block.code.every((value) => isOfText(func, func.code[value]) && func.code[value]?.op !== 'cell-store') &&
    !(func.blocks[other]?.code ?? []).slice(0, 1).some((value) => func.code[value]?.op === 'phi')
  );
}

const rewriting =
  /^(replace|replaceAll|sub|split|join|slice|substring|substr|trim|strip|rstrip|lstrip|removeprefix|removesuffix|toLowerCase|lower|concat|format)$/;

/** Whether an instruction only computes a text from others. */
function isOfText(func: Func, inst: Inst | undefined): boolean {
  if (inst?.op !== 'call') return inst !== undefined && !/^(store|store-index|yield|await)$/.test(inst.op);
  const callee = func.code[inst.callee];
  return callee?.op === 'member' && rewriting.test(callee.name);
}

/** Whether a block's instructions compute `made` from `kept`, the value on the other edge. */
function isMadeOf(func: Func, made: ValueId, kept: ValueId, way: ReadonlySet<ValueId>): boolean {
  const root = plain(func, kept);
  if (plain(func, made) === root || func.code[root]?.op === 'const') return false;
  const seen = new Set<ValueId>([made]);
  for (const at of seen) {
    if (plain(func, at) === root) return true;
    const inst = func.code[at];
    const behind = inst && behindOf(inst);
    if (behind !== undefined) seen.add(behind);
    else if (!way.has(at)) continue;
    else if (inst?.op === 'call') {
      const callee = func.code[inst.callee];
      if (callee?.op === 'member') seen.add(callee.object);
      for (const arg of inst.args.slice(0, 4)) seen.add(arg);
    } else if (inst?.op === 'binary') seen.add(inst.left).add(inst.right);
    else if (inst?.op === 'text') for (const part of inst.parts.slice(0, 20)) seen.add(part);
    else if (inst?.op === 'index') seen.add(inst.object);
  }
  return false;
}

function plain(func: Func, value: ValueId): ValueId {
  let at = value;
  for (let steps = 0; steps < 20; steps++) {
    const inst = func.code[at];
    const behind = inst && behindOf(inst);
    if (behind === undefined) return at;
    at = behind;
  }
  return at;
}
