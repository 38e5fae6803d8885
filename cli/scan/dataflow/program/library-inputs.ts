import { publicFunctions } from '../../callgraph/dispatch/public-functions.ts';
import type { Linked } from '../../callgraph/linked.ts';
import { languageAt } from '../../callgraph/program.ts';
import { haveWord } from '../../ir/query/words.ts';
import { isTextInMarkup } from '../../sinks/library-markup.ts';
import { isHarmfulOf, sinkKind } from '../../sinks/sink-kinds.ts';
import type { Sink, SinkUse } from '../view/summary.ts';

/** Calls between what is exported and the sink. */
const maxDepth = 3;

/** Words by which a parameter is called that is to be a command or code. */
const meant = new Set(
  `cmd cmds command commands script scripts exec execute shell arg args argv arguments param params code source src expr
  expression expressions condition predicate formula template tpl program bin binary executable flag flags body statement js python sql`.split(
    /\s+/,
  ),
);

/** Those among them by which no list of arguments is called. */
const meantWhole: ReadonlySet<string> = new Set(
  [...meant].filter((word) => !/^(?:arg|flag|param)s?$|^arg(?:v|uments)$/.test(word)),
);

/**
 * The functions of a package that its users call, and that reach a shell, code that is run, or a page, in a few calls: what is
 * passed to them is followed, though nobody is seen to pass data of others.
 */
export function libraryInputs(
  linked: Linked,
  entries: readonly number[],
  sinks: ReadonlyMap<number, ReadonlySet<string>>,
  callees: readonly (readonly number[])[],
): ReadonlySet<number> {
  if (entries.length === 0) return new Set();
  const all = new Set(
    [...sinks]
      .filter(([func, kinds]) => kinds.has('command') || (kinds.has('xss') && mayBeOfPage(linked, func)))
      .map(([func]) => func),
  );
  for (const func of thatRunCode(linked)) all.add(func);
  if (all.size === 0) return all;
  let reached = [...all];
  const callers = callersOf(callees);
  for (let depth = 0; depth < maxDepth && reached.length > 0; depth++) {
    reached = reached.flatMap((func) => callers[func] ?? []).filter((func) => !all.has(func));
    for (const func of reached) all.add(func);
  }
  const open = publicFunctions(linked, entries);
  return new Set([...all].filter((func) => open.has(func) && linked.handedTo(func).length === 0));
}

/** A page's own code. */
function mayBeOfPage({ program }: Linked, func: number): boolean {
  return languageAt(program, program.functions[func]?.module ?? -1).runsInBrowser === 'perhaps';
}

/** By the names of what runs a text: a timer, which can do so as well, is in half of all functions. */
function thatRunCode({ program }: Linked): ReadonlySet<number> {
  const found = new Set<number>();
  program.instructions.each('call', ({ callee }, { id, func }) => {
    const by = func.code[callee];
    const runs =
      by?.op === 'global'
        ? /^(?:eval|exec|Function)$/.test(by.name)
        : (by?.op === 'member' || by?.op === 'import') && /^runIn(?:This|New)?Context$/.test(by.name);
    if (runs) found.add(id);
  });
  return found;
}

function callersOf(callees: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const callers: number[][] = callees.map(() => []);
  callees.forEach((all, caller) => {
    for (const callee of new Set(all)) callers[callee]?.push(caller);
  });
  return callers;
}

/** Whether what callers pass under these names does harm there: as a part of a text, where nothing says that it is to be one. */
export function isHarmfulInput(
  linked: Linked,
  use: Pick<SinkUse, 'sink' | 'exact' | 'trace'>,
  names: readonly string[],
): boolean {
  const { sink, exact } = use;
  if (sinkKind(sink.kind).markup === 'page') return isTextInMarkup(linked, use, names);
  if (!isHarmfulOf('caller', sink.kind) || (exact && !isArgument(linked, sink))) return false;
  if (sink.kind === 'command' && !isForShell(linked, sink)) return false;
  return !haveWord(names, joinsList(linked, sink) ? meantWhole : meant);
}

/** An argument that is given as it is becomes a part of the text where the program is run by a shell. */
function isArgument({ program }: Linked, { kind, func, value, what }: Sink): boolean {
  const code = program.functions[func]?.func.code ?? [];
  const call = code[value];
  return (
    kind === 'command' &&
    programs.test(what) &&
    call?.op === 'call' &&
    code[call.args[0] ?? -1]?.op === 'const'
  );
}

/** Parts of parts of a text are looked at so deep. */
const maxParts = 20;

/** `exec('git ' + args.join(' '))`: who hands in a list thinks of each as one argument. */
function joinsList({ program }: Linked, { func, value }: Sink): boolean {
  const code = program.functions[func]?.func.code ?? [];
  const call = code[value];
  const parts = call?.op === 'call' ? [...call.args] : [];
  for (let i = 0; i < parts.length && i < maxParts; i++) {
    const inst = code[parts[i] as number];
    if (inst?.op === 'text') parts.push(...inst.parts);
    else if (inst?.op === 'binary') parts.push(inst.left, inst.right);
    else if (inst?.op === 'call') {
      const callee = code[inst.callee];
      if (callee?.op === 'member' && callee.name === 'join') return true;
    }
  }
  return false;
}

const programs =
  /^subprocess\.(?:run|call|Popen|check_\w+)$|(?:^|\.)(?:spawn|spawnSync|execFile|execFileSync|fork)$/;

/** Whether a shell reads it: which program is run without one is for callers to say. */
function isForShell({ program }: Linked, { func, value, what }: Sink): boolean {
  if (!programs.test(what)) return true;
  const code = program.functions[func]?.func.code ?? [];
  const call = code[value];
  if (call?.op !== 'call') return true;
  return (
    call.names?.includes('shell') === true ||
    call.args.some((arg) => {
      const options = code[arg];
      return options?.op === 'object' && options.keys.includes('shell');
    })
  );
}
