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
  /**
   * Your own rules, or those of a known program with options: `git({ hosts: ['github.com'] })`. By default, bulwark's rules for the name of
   * the file.
   */
  readonly rules?: ProgramRules;
  /** Dangerous options that your templates may use: `['--upload-pack']`. */
  readonly allowOptions?: readonly string[];
  /** Accepts a shell, an interpreter, or a program that runs other programs. Its first arguments are then code: write them yourself. */
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
  const given = typeof entry === 'string' ? { path: entry } : (entry as ProgramEntry);
  const own = knownOptions(given, ['path', 'rules', 'allowOptions', 'allowInterpreter']);
  const { path, real } = checkProgram(own.path, own.allowInterpreter === true);
  const found =
    own.rules ?? rulesOfProgram(basename(path)) ?? rulesOfProgram(basename(real)) ?? defaultRules(name);
  // A polluted prototype must not add arguments or variables.
  const rules: ProgramRules = Object.freeze(Object.assign(Object.create(null), found));
  if (typeof rules.name !== 'string') {
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
