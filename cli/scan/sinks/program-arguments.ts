import type { Linked } from '../callgraph/linked.ts';
import { instAt, origin, type Place } from '../callgraph/query/called-on.ts';
import { isEscapingFunction } from '../callgraph/query/escaping-function.ts';
import { callsOf } from '../callgraph/query/made-by.ts';
import { type Abstract, constant, constText, prefixOf } from '../dataflow/domain/abstract.ts';
import { type Argument, argumentList, programName } from '../dataflow/query/argument-list.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Call, Inst, ValueId } from '../ir/ir.ts';
import { type OptionProgram, optionPrograms } from '../libraries/conventions/option-programs.ts';
import { isOfType } from '../models/state-traits.ts';
import { isForShell } from './shell-templates.ts';
import { hit, sinkOf } from './sinks.ts';

/** Checks the arguments of programs that are run without a shell. A program may read an argument as one of its options. */
export function checkProgramArguments(
  frame: FunctionView,
  value: ValueId,
  inst: Inst & Call,
  lists: readonly (readonly Argument[])[],
): void {
  const git = gitLists(frame, inst);
  if (lists.length === 0 && git.length === 0) return;
  // Arguments that a shell reads are reported as a command.
  const run = hasShell(frame, inst) ? [] : lists;
  for (const list of [...run, ...git]) {
    const { name, places } = optionPlaces(frame, list);
    for (const place of places) {
      const it = firstOf(frame, place);
      if (it) hit(frame, sinkOf(frame, 'argument', value, inst, `an argument of ${name}`), it);
    }
  }
}

function hasShell(frame: FunctionView, inst: Call): boolean {
  if (inst.quasis) return isForShell(frame, inst);
  const named = inst.args[inst.names?.indexOf('shell') ?? -1];
  const options = [named === undefined ? undefined : frame.use(named)];
  for (const arg of inst.args) options.push(frame.use(arg).fields?.get('shell'));
  return options.some((it) => it?.consts?.some(Boolean) === true);
}

/** The command lines that libraries for git pass on: `repo.git.log(name)`, `simpleGit().raw(['log', name])`. */
function gitLists(frame: FunctionView, inst: Call): readonly (readonly Argument[])[] {
  const callee = frame.inst(inst.callee);
  const states = callee.op === 'member' ? frame.linked.states(frame.id, callee.object) : none;
  if (callee.op !== 'member' || states.length === 0) return none;
  const isRaw = isOfType(states, 'use.SimpleGit');
  if (!isRaw && !isOfType(states, 'use.GitCommands')) return [];
  // The library refuses options that run a program, but not those that write a file.
  if (isRaw && !/^(raw|log|diff|show|diffSummary)$/.test(callee.name)) return [];
  const command = callee.name === 'diffSummary' ? 'diff' : callee.name.replaceAll('_', '-');
  const args = argumentList(frame, inst, 0);
  const first = callee.name === 'raw' ? [] : [{ it: constant(command) }];
  if (callee.name === 'raw' && !/^(log|diff|show|grep|archive)$/.test(constText(args[0]?.it) ?? ''))
    return [];
  return [[{ it: constant('git') }, ...first, ...args]];
}

const none: readonly never[] = Object.freeze([]);

interface Places {
  readonly name: string;
  readonly places: readonly Argument[];
}

/** Programs that run another program, which is named after their own options. */
const wrappers = /^(env|sudo|doas|nice|ionice|nohup|setsid|stdbuf|time|timeout|xvfb-run|sshpass)$/;

/** The arguments that the program reads as options if they begin with `-`. */
function optionPlaces(frame: FunctionView, list: readonly Argument[]): Places {
  let at = 0;
  let programs = programsOf(list[0]);
  if (programs.length === 0 && wrappers.test(programName(list[0]?.it) ?? '')) {
    at = list.findIndex((item, i) => i > 0 && programsOf(item).length > 0);
    programs = programsOf(list[at]);
  }
  const name = programName(list[at]?.it) ?? '';
  const own = list.slice(at + 1);
  for (const program of programs) {
    const start = program.commands ? commandAt(own, program.commands) : 0;
    if (start >= 0)
      return { name, places: free(own.slice(start), program, (spread) => areBehindDashes(frame, spread)) };
  }
  return { name, places: [] };
}

/** A program whose commands have flags of their own has several entries. */
function programsOf(item: Argument | undefined): readonly OptionProgram[] {
  const name = programName(item?.it);
  return name === undefined ? [] : optionPrograms.filter(({ program }) => program.test(name));
}

/** The index after the name of a command: 0 if the whole list is untrusted, -1 if it is another command. */
function commandAt(own: readonly Argument[], commands: RegExp): number {
  for (let i = 0; i < own.length; i++) {
    const item = own[i] as Argument;
    const text = constText(item.it);
    if (text === undefined) {
      // The whole list is untrusted.
      if (item.isMany || (item.it.shape !== 'text' && own.length <= 2 && i === 0)) return i;
      if (!/^(-[cC]|--(git-dir|work-tree|namespace|host))$/.test(constText(own[i - 1]?.it) ?? '')) return -1;
    } else if (!text.startsWith('-') && !/^-[cC]$/.test(constText(own[i - 1]?.it) ?? ''))
      return commands.test(text) ? i + 1 : -1;
  }
  return -1;
}

/** The unknown arguments that are not the value of the option before them, up to `--` or git's `--end-of-options`. */
function free(
  args: readonly Argument[],
  { flags, isFirst, isBundled }: OptionProgram,
  isBehindDashes: (spread: ValueId) => boolean,
): readonly Argument[] {
  const found: Argument[] = [];
  let takesNext = false;
  for (const [i, item] of args.entries()) {
    const text = constText(item.it);
    if (text === '--' || text === '--end-of-options') break;
    if (text !== undefined) {
      const isOption = text.startsWith('-') || (isBundled === true && i === 0);
      takesNext = isOption && !text.includes('=') && flags?.test(text) !== true;
      // The value of an option is not the program's first operand.
      if (isFirst && !isOption && !isValue(args, i, flags)) break;
      continue;
    }
    if (!takesNext || item.isMany) {
      if (item.of === undefined || !isBehindDashes(item.of)) found.push(item);
      if (isFirst && !item.isMany) break;
    }
    takesNext = false;
  }
  return found;
}

const maxCallers = 12;

/** Whether all callers pass `--` before each argument that is not constant: `git('clone', '--', url)` for `git(*args)`. */
function areBehindDashes(frame: FunctionView, spread: ValueId): boolean {
  const inst = frame.inst(spread);
  if (inst.op !== 'param' || frame.func.params[inst.index]?.rest !== 'positional') return false;
  const { linked, id } = frame;
  const calls = callsOf(linked, id);
  return (
    calls.length > 0 &&
    calls.length <= maxCallers &&
    !isEscapingFunction(linked, id) &&
    calls.every(({ func, value }) => {
      const call = instAt(linked, { func, value });
      const args = call?.op === 'call' && !call.spread ? call.args.slice(inst.index) : [];
      const texts = args.map((arg) => textAt(linked, { func, value: arg }));
      const free = texts.indexOf(undefined);
      return args.length > 0 && (free < 0 || texts.slice(0, free).includes('--'));
    })
  );
}

function textAt(linked: Linked, place: Place): string | undefined {
  const inst = instAt(linked, origin(linked, place));
  return inst?.op === 'const' ? String(inst.value) : undefined;
}

function isValue(args: readonly Argument[], i: number, flags: RegExp | undefined): boolean {
  const before = constText(args[i - 1]?.it);
  return before?.startsWith('-') === true && !before.includes('=') && flags?.test(before) !== true;
}

/** The beginning of an argument. Undefined if an attacker cannot choose it. */
function firstOf(frame: FunctionView, { it, value }: Argument): Abstract | undefined {
  if (prefixOf(it) !== '' && !/^-{1,2}$/.test(prefixOf(it))) return undefined;
  if (it.shape === 'object' || it.shape === 'number') return undefined;
  let first = value;
  for (let hop = 0; hop < 8 && first !== undefined; hop++) {
    const before = beforeOf(frame, frame.inst(first));
    if (before === undefined) break;
    first = before;
  }
  if (first !== undefined && first !== value) return frame.use(first);
  // More than one part is unknown, so it is unclear which one is untrusted.
  return (it.textTemplate?.split('\0').length ?? 0) > 2 ? undefined : it;
}

/** The first part of a concatenation or of a path (`folder / name`), also inside `str(...)`. */
function beforeOf(frame: FunctionView, inst: Inst): ValueId | undefined {
  if (inst.op === 'text') return inst.parts[0];
  if (inst.op === 'binary') return inst.left;
  const callee = inst.op === 'call' ? frame.inst(inst.callee) : undefined;
  return inst.op === 'call' && callee?.op === 'global' && /^(str|String)$/.test(callee.name)
    ? inst.args[0]
    : undefined;
}
