import { maxLibraryCallDepth, maxLibraryTextParts } from '../../budgets/dataflow.ts';
import { publicFunctions } from '../../callgraph/dispatch/public-functions.ts';
import type { Linked } from '../../callgraph/linked.ts';
import { languageAt } from '../../callgraph/program.ts';
import { isCommand } from '../../callgraph/query/command-functions.ts';
import { haveWord } from '../../ir/query/words.ts';
import { isTextInMarkup } from '../../sinks/library-markup.ts';
import { isHarmfulOf, sinkKind } from '../../sinks/sink-kinds.ts';
import type { Sink, SinkUse } from '../view/summary.ts';
import { languageSinkFunctions } from './language-sink-functions.ts';

/** Words in names of parameters that say that callers are meant to pass a command or code. */
const meant = new Set(
  `cmd cmds command commands script scripts exec execute shell arg args argv arguments param params code source src expr
  expression expressions condition predicate formula template tpl program bin binary executable flag flags body statement js python sql`.split(
    /\s+/,
  ),
);

/** The same words without those for a list of arguments, such as `args` and `flags`. */
const meantWhole: ReadonlySet<string> = new Set(
  [...meant].filter((word) => !/^(?:arg|flag|param)s?$|^arg(?:v|uments)$/.test(word)),
);

/**
 * The exported functions of a library that may reach a shell, `eval`, a page, a slow regular expression or a store
 * under a nested key within a few calls. Their parameters are tracked, although no known caller passes untrusted data.
 * Empty if `entries` is empty.
 * @param entries the public modules of the library
 * @param sinks by function: the kinds of library sinks in its own code
 * @param callees by function: the functions that it may call
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
  for (const func of languageSinkFunctions(linked)) all.add(func);
  if (all.size === 0) return all;
  let reached = [...all];
  const callers = callersOf(callees);
  for (let depth = 0; depth < maxLibraryCallDepth && reached.length > 0; depth++) {
    reached = reached.flatMap((func) => callers[func] ?? []).filter((func) => !all.has(func));
    for (const func of reached) all.add(func);
  }
  const open = publicFunctions(linked, entries);
  return new Set(
    [...all].filter(
      (func) => open.has(func) && linked.handedTo(func).length === 0 && !isCommand(linked, func),
    ),
  );
}

/** Whether a function may run in a browser. */
function mayBeOfPage({ program }: Linked, func: number): boolean {
  return languageAt(program, program.functions[func]?.module ?? -1).runsInBrowser === 'perhaps';
}

function callersOf(callees: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const callers: number[][] = callees.map(() => []);
  callees.forEach((all, caller) => {
    for (const callee of new Set(all)) callers[callee]?.push(caller);
  });
  return callers;
}

/**
 * Whether data that users of a library pass to a parameter does harm in a sink. False if a name, such as `command`, says
 * that users mean to pass a command or code.
 * @param names the name of the parameter, followed by the access path inside it
 */
export function isHarmfulInput(
  linked: Linked,
  use: Pick<SinkUse, 'sink' | 'exact' | 'trace'>,
  names: readonly string[],
): boolean {
  const { sink, exact } = use;
  if (sinkKind(sink.kind).markup === 'page') return isTextInMarkup(linked, use, names);
  if (!isHarmfulOf('caller', sink.kind)) return false;
  // Nobody means to pass a text that takes long, or a key of the prototype.
  if (!sinkKind(sink.kind).runs) return true;
  if (exact && !isArgument(linked, sink) && !isExpression(linked, sink)) return false;
  if (sink.kind === 'command' && !isForShell(linked, sink)) return false;
  return !haveWord(names, joinsList(linked, sink) ? meantWhole : meant);
}

/**
 * Whether the sink is an argument of a fixed program, as in `spawn('git', args)`. Even a value that is passed unchanged is then
 * only a part of a shell's command line.
 */
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

/**
 * Whether the sink evaluates an expression for its value, as `eval(text)` does. Users of a function take it to parse a text, such as
 * a number or a formula, unless the name of the parameter says that it is code.
 */
function isExpression({ program }: Linked, { kind, func, value }: Sink): boolean {
  const code = program.functions[func]?.func.code ?? [];
  const call = code[value];
  const callee = call?.op === 'call' ? code[call.callee] : undefined;
  if (kind !== 'code' || call?.op !== 'call' || callee?.op !== 'global') return false;
  const mode = code[call.args[2] ?? -1];
  return (
    callee.name === 'eval' || (callee.name === 'compile' && mode?.op === 'const' && mode.value === 'eval')
  );
}

/**
 * Whether a list is joined to a command, as in `exec('git ' + args.join(' '))`. A caller expects each item to be one argument.
 */
function joinsList({ program }: Linked, { func, value }: Sink): boolean {
  const code = program.functions[func]?.func.code ?? [];
  const call = code[value];
  const parts = call?.op === 'call' ? [...call.args] : [];
  for (let i = 0; i < parts.length && i < maxLibraryTextParts; i++) {
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

/** Whether a shell reads the command of a sink. True when unknown. Without a shell, callers may choose the program. */
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
