import { enforce, refuse } from '../internal/refuse.ts';
import { type Denied, deny } from '../refusal/decision.ts';
import { Misuse } from '../refusal/misuse.ts';
import { judgeValue } from './judge-value.ts';
import type { Argument, ProgramRules, ValuePosition } from './program/program-rules.ts';

/** Linux takes about 2 MB, the environment included. */
const mostBytes = 1_000_000;

/** A piece whose file has been resolved. */
export interface ReadyPiece {
  readonly prefix: string;
  /** Undefined if the argument is only the programmer's text. */
  readonly value: string | { readonly path: string; readonly type: string | undefined } | undefined;
}

/**
 * The arguments of a command, each checked in its position, and then all together.
 *
 * @throws Refusal `command/unsafe-value`, `command/too-long`, and those of the program's rules
 */
export function assemble(rules: ProgramRules, pieces: readonly ReadyPiece[]): readonly Argument[] {
  const command: Argument[] = [];
  let afterEnd = false;
  for (const { prefix, value } of pieces) {
    if (value === undefined) {
      afterEnd ||= prefix === rules.endOfOptions?.marker;
      command.push({ text: prefix, kind: 'literal' });
      continue;
    }
    const position = positionOf(command, prefix, typeof value === 'string' ? 'value' : 'path', afterEnd);
    if (typeof value === 'string')
      command.push({ text: prefix + judged(rules, value, position), kind: 'value' });
    else
      for (const text of pathTexts(rules, value, position))
        command.push({ text: prefix + text, kind: 'path' });
  }
  const bytes = command.reduce((sum, { text }) => sum + Buffer.byteLength(text) + 1, 0);
  if (bytes > mostBytes)
    refuse(deny('command/too-long', { program: rules.name, limit: '1 MB in all arguments' }));
  enforce(rules.judgeCommand?.(command) ?? { allow: true });
  return command;
}

function positionOf(
  command: readonly Argument[],
  prefix: string,
  kind: 'value' | 'path',
  afterEnd: boolean,
): ValuePosition {
  const own = /^(-[^=]*)=$/.exec(prefix)?.[1];
  const last = command.at(-1);
  const before = last?.kind === 'literal' && /^-(?!-$)./.test(last.text) ? last.text : undefined;
  return Object.freeze({
    option: own ?? (prefix === '' ? before : undefined),
    joined: own !== undefined,
    prefix: own === undefined ? prefix : '',
    index: command.length,
    afterEnd,
    kind,
    before: command.slice(),
  });
}

function judged(rules: ProgramRules, value: string, position: ValuePosition): string {
  enforce(judgeValue(rules.name, value, position, rules.judgeValue !== undefined));
  enforce(rules.judgeValue?.(value, position) ?? { allow: true });
  return value;
}

function pathTexts(
  rules: ProgramRules,
  file: { readonly path: string; readonly type: string | undefined },
  position: ValuePosition,
): readonly string[] {
  enforce(judgeValue(rules.name, file.path, position, false));
  if (rules.writeFile === undefined) {
    if (file.type !== undefined) {
      throw new Misuse(
        'command/misplaced-value',
        `The rules of ${rules.name} do not support files with a type.`,
        {
          hint: 'Pass the SafePath itself.',
        },
      );
    }
    enforce(rules.judgeValue?.(file.path, position) ?? { allow: true });
    return [file.path];
  }
  const written = rules.writeFile(file, position);
  if (typeof written === 'string') return [written];
  if (isDenied(written)) refuse(written);
  if (position.prefix !== '' || position.joined) {
    throw new Misuse('command/misplaced-value', `${rules.name} takes a file as several arguments here.`);
  }
  return written;
}

function isDenied(written: readonly string[] | Denied): written is Denied {
  return !Array.isArray(written);
}
