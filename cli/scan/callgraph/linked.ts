import type { State, TemplateContext } from '../models/api.ts';
import type { Registration } from './framework/registered.ts';
import type { Program } from './program.ts';

/** What the linker found out: what is called where, and what each value can be. */
export interface Linked {
  readonly program: Program;
  /** Functions that a call (or the read of a getter) can run. */
  targets(func: number, value: number): readonly Target[];
  /** States of library models that a value can be in. */
  states(func: number, value: number): readonly State[];
  /** States of library models that a function is handed to: as a callback, a handler, an override. */
  handedTo(func: number): readonly State[];
  /** How many of its first arguments a function is given before a library is handed it. */
  boundBefore(func: number): number;
  /** The same of a function that a value can be. */
  boundIn(func: number, value: number, target: number): number;
  /** The same for what a function returns, where a wrapper returns that: what a decorator makes of a handler. */
  answersTo(func: number): readonly State[];
  /** Whether a wrapper returns this value as the function that it wraps gave it. */
  isPassedOn(func: number, value: number): boolean;
  /** Functions of templates that are given what a function returns. */
  returnedTo(func: number): readonly number[];
  /** What a call puts under keys of a registry, or takes from there. */
  registered(func: number, value: number): readonly Registration[];
  /** Functions that a value can be. */
  functions(func: number, value: number): readonly number[];
  /** Classes that a value can be an instance of. */
  instances(func: number, value: number): readonly number[];
  /** The global number of a cell that an export, an import or a name leads to, if it is one of the program's. */
  cellOfImport(module: number, specifier: string, name: string): number | undefined;
  /** The module of the program that an import leads to. */
  moduleOf(module: number, specifier: string): number | undefined;
  /** The class that a type leads to that was imported. */
  classOfImport(module: number, specifier: string, path: readonly string[]): number | undefined;
  /** Classes that a value can be. */
  classes(func: number, value: number): readonly number[];
  /** States that instances of a class are in, as it extends a library's. */
  inherited(owner: number): readonly State[];
  /** The classes of the project that a class extends, directly or by others. */
  ancestors(owner: number): readonly number[];
  /** Base classes: those of the project by number, others by their last name. */
  basesOf(owner: number): readonly (number | string)[];
  /** The name of the member that a value stands for as a key, if it is one symbol. */
  symbol(func: number, value: number): string | undefined;
  /** Whether a value's type is known by nothing but its name. */
  isGuess(func: number, value: number): boolean;
  /** The class that a constructor's or method's function belongs to (global number), or -1. */
  classOf(func: number): number;
  /** The method of a class by its name, inherited ones included. */
  methodOf(classId: number, name: string): number | undefined;
  /** False if a bound cut the linking short. */
  readonly complete: boolean;
}

export interface Target {
  readonly func: number;
  /** A new instance of this class is made (global number), or -1. */
  readonly makes: number;
  /** How many arguments come before the first parameter: 1 where the receiver is passed as an argument. */
  readonly shift: number;
  /** The target is a template: its only parameter is an object that these arguments make up. */
  readonly context?: TemplateContext;
  /** The target works on jobs, with what the argument at `shift` holds. */
  readonly job?: JobData;
}

export interface JobData {
  /** Where the function finds the data of its job. */
  readonly data: readonly string[];
  /** It is handed a list of jobs, or one. */
  readonly isBatch: boolean;
  /** The argument is a list of jobs that are added at once, each with its `data`. */
  readonly isMany: boolean;
}
