import { basename } from 'node:path';
import { knownOptions } from '../internal/known-options.ts';
import { Misuse } from '../refusal/misuse.ts';
import { checkProgram } from './check-program.ts';
import { defaultRules } from './default-rules.ts';
import { rulesOfProgram } from './program/known-programs.ts';
import type { ProgramRules } from './program/program-rules.ts';

export interface ProgramEntry {
  /** Absolute. */
  readonly path: string;
  /** Rules of your own, or those of a program with options: `git({ hosts: ['github.com'] })`. By default those known for the name of the file. */
  readonly rules?: ProgramRules;
  /** Dangerous options that your templates use: `['--upload-pack']`. */
  readonly allowOptions?: readonly string[];
  /** Accepts a shell, an interpreter, or a program that runs other programs. Then the first arguments are code: write them yourself. */
  readonly allowInterpreter?: boolean;
}

export interface ReadEntry {
  readonly name: string;
  readonly file: string;
  readonly rules: ProgramRules;
  readonly allowOptions: ReadonlySet<string>;
}

/** @throws Misuse `command/unsafe-program`, `bulwark/invalid-option` */
export function readEntry(name: string, entry: unknown): ReadEntry {
  const own =
    typeof entry === 'string'
      ? { path: entry }
      : knownOptions(entry as ProgramEntry, ['path', 'rules', 'allowOptions', 'allowInterpreter']);
  const { path, real } = checkProgram(own.path, own.allowInterpreter === true);
  const rules =
    own.rules ?? rulesOfProgram(basename(path)) ?? rulesOfProgram(basename(real)) ?? defaultRules(name);
  if (typeof rules !== 'object' || typeof rules.name !== 'string') {
    throw new Misuse('bulwark/invalid-option', `The rules of ${name} are a record with a name.`);
  }
  return Object.freeze({
    name,
    file: path,
    rules,
    allowOptions: allowedOptions(name, rules, own.allowOptions ?? []),
  });
}

function allowedOptions(name: string, rules: ProgramRules, allow: unknown): ReadonlySet<string> {
  if (!Array.isArray(allow)) throw new Misuse('bulwark/invalid-option', `allowOptions of ${name} is a list.`);
  const forbidden = (rules.forbiddenOptions ?? []).map(({ option }) => option);
  const unknown = allow.find((option) => !forbidden.includes(option));
  if (unknown !== undefined) {
    throw new Misuse(
      'bulwark/invalid-option',
      `allowOptions of ${name} has ${JSON.stringify(unknown)}, which is not forbidden. Forbidden are: ${forbidden.join(' ') || 'none'}.`,
    );
  }
  return new Set(allow);
}
