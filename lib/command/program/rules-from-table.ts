import { allowed, type Decision, type Denied, deny } from '../../refusal/decision.ts';
import { Misuse } from '../../refusal/misuse.ts';
import type { Argument, ProgramFile, ProgramRules, ValuePosition } from './program-rules.ts';
import {
  type CommandTable,
  lastOption,
  optionValue,
  type ProgramTable,
  takesNothing,
} from './program-table.ts';
import type { ValueKind } from './value-kind.ts';

/** Turns a table into the rules of a program: a value is accepted only if it fits the kind that the table has for its position. */
export function rulesFromTable(table: ProgramTable): ProgramRules {
  return {
    name: table.name,
    ...(table.endOfOptions && { endOfOptions: table.endOfOptions }),
    forbiddenOptions: table.forbidden ?? [],
    fixedArgs: table.fixedArgs ?? [],
    env: table.env ?? {},
    judgeValue: (value, position) => judgeValue(table, value, position),
    judgeCommand: (command) => {
      refuseWords(table, command);
      return allowed;
    },
    writeFile: (file, position) => {
      const judged = judgePath(table, file, position);
      return judged.allow ? file.path : judged;
    },
  };
}

/** @throws Misuse `command/forbidden-option` */
export function refuseWords(table: ProgramTable, command: readonly Argument[]): void {
  for (const { text, kind } of command) {
    if (kind === 'literal' && text === table.endOfOptions?.marker) return;
    const found = table.forbiddenWords?.find(
      ({ option }) => text === option || text.startsWith(`${option}=`),
    );
    if (found && kind === 'literal') {
      throw new Misuse('command/forbidden-option', `${found.option} of ${table.name} ${found.because}.`);
    }
  }
}

/** The denial of one value, for this program and position. */
export function refuseValue(program: string, value: string, position: ValuePosition, reason: string): Denied {
  const where = position.option ?? `argument ${position.index + 1}`;
  return deny('command/unsafe-value', { program, position: where, value: value.slice(0, 200), reason });
}

function judgeValue(table: ProgramTable, value: string, position: ValuePosition): Decision {
  if (position.kind === 'path') return judgePath(table, { path: value, type: undefined }, position);
  const kind = kindAt(table, position);
  if (typeof kind === 'string') return refuseValue(table.name, value, position, kind);
  if (!kind.reject) return refuseValue(table.name, value, position, onlyKind(kind));
  const whole = position.joined ? value : position.prefix + value;
  const isNumber = isOptionsOwn(table, position) && /^-\d{1,15}(?:\.\d{1,15})?$/.test(whole);
  if (!position.joined && !position.afterEnd && whole.startsWith('-') && !isNumber) {
    return refuseValue(table.name, value, position, 'it begins with a dash, as options do');
  }
  const reason = kind.reject(whole);
  return reason === undefined ? allowed : refuseValue(table.name, value, position, reason);
}

function onlyKind(kind: ValueKind): string {
  return kind.paths || kind.reject ? `only ${kind.name} may stand here` : `${kind.name} may stand here`;
}

/** Judges a file by its position and by the characters in its name. */
export function judgePath(table: ProgramTable, file: ProgramFile, position: ValuePosition): Decision {
  const kind = kindAt(table, position);
  if (typeof kind === 'string') return refuseValue(table.name, file.path, position, kind);
  if (!kind.paths) return refuseValue(table.name, file.path, position, onlyKind(kind));
  if (!position.joined && position.prefix !== '') {
    return refuseValue(table.name, file.path, position, 'text stands before the path');
  }
  const pattern = table.pathPattern;
  return pattern && !pattern.allowed.test(file.path)
    ? refuseValue(table.name, file.path, position, pattern.reason)
    : allowed;
}

/** The kind that this position accepts, or why it accepts none. */
function kindAt(table: ProgramTable, position: ValuePosition): ValueKind | string {
  const { command, start } = commandOf(table, position.before);
  if (!command) return 'the table has no such subcommand';
  const { afterEnd, joined, before } = position;
  if (!table.endOfOptions && before.some(({ text, kind }) => kind === 'literal' && text === '--')) {
    return 'this program has no end of options';
  }
  const option = optionBefore(position);
  if (option !== undefined && !afterEnd && option !== table.endOfOptions?.marker) {
    const known = joined ? option : lastOption(option, command);
    const kind = optionValue(known, command);
    if (kind) return kind;
    if (joined || !takesNothing(option, command))
      return 'the table does not know what this option does with a value';
  }
  return operandAt(command, position, start, table) ?? 'no untrusted value may stand here';
}

function operandAt(
  command: CommandTable,
  { before, afterEnd }: ValuePosition,
  start: number,
  table: ProgramTable,
): ValueKind | undefined {
  const marker = table.endOfOptions?.marker;
  const end = before.findIndex(
    ({ text, kind }, index) => index >= start && kind === 'literal' && text === marker,
  );
  const own = afterEnd && command.operandsAfterEnd ? command.operandsAfterEnd : command.operands;
  if (!own || own.length === 0) return undefined;
  const from = own === command.operandsAfterEnd && afterEnd ? end + 1 : start;
  return own[Math.min(operandsIn(before, from, command, marker), own.length - 1)];
}

/** The option that the value may belong to: in `-vf scale=-1:${height}` too. */
function optionBefore({ option, prefix, before }: ValuePosition): string | undefined {
  const last = before.at(-1);
  if (option !== undefined || prefix === '' || last?.kind !== 'literal') return option;
  return /^-(?!-$)./.test(last.text) ? last.text : undefined;
}

/** True if an option takes the value: then it is no operand, however it starts. */
function isOptionsOwn(table: ProgramTable, position: ValuePosition): boolean {
  const { command } = commandOf(table, position.before);
  const option = optionBefore(position);
  return (
    option !== undefined &&
    command !== undefined &&
    optionValue(lastOption(option, command), command) !== undefined
  );
}

/** True if no operand of the subcommand precedes it. */
export function isFirstOperand(table: ProgramTable, { before }: ValuePosition): boolean {
  const { command, start } = commandOf(table, before);
  return command !== undefined && operandsIn(before, start, command, table.endOfOptions?.marker) === 0;
}

function operandsIn(
  before: readonly Argument[],
  from: number,
  command: CommandTable,
  marker?: string,
): number {
  let count = 0;
  let ended = false;
  for (let at = from; at < before.length; at++) {
    const argument = before[at];
    if (argument === undefined) break;
    const isOption = !ended && argument.kind === 'literal' && /^-./.test(argument.text);
    if (isOption && argument.text === marker) ended = true;
    else if (isOption && optionValue(lastOption(argument.text, command), command)) at++;
    else if (!isOption && !(!ended && /^-/.test(argument.text))) count++;
  }
  return count;
}

/** The subcommand's table, and the index of its first argument. */
export function commandOf(
  table: ProgramTable,
  before: readonly Argument[],
): { readonly command: CommandTable | undefined; readonly name?: string; readonly start: number } {
  if (!table.subcommands) return { command: table, start: 0 };
  for (let at = 0; at < before.length; at++) {
    const word = before[at];
    if (word === undefined) break;
    if (word.text.startsWith('-')) {
      if (optionValue(word.text, table)) at++;
      continue;
    }
    // A value can't choose the subcommand.
    const known = word.kind === 'literal' && Object.hasOwn(table.subcommands, word.text);
    return { command: known ? table.subcommands[word.text] : undefined, name: word.text, start: at + 1 };
  }
  return { command: table, start: 0 };
}
