import type { State, TemplateContext } from '../models/api.ts';
import type { Registration } from './framework/registered.ts';
import type { Program } from './program.ts';

/** The result of linking: the call graph and the points-to sets. */
export interface Linked {
  readonly program: Program;
  /** Functions that a call, or the read of a getter, can run. */
  targets(func: number, value: number): readonly Target[];
  /** States of library models that a value can have. */
  states(func: number, value: number): readonly State[];
  /** States of library models that a function is passed to: as a callback, a handler or an override. */
  handedTo(func: number): readonly State[];
  /** How many of a function's first arguments are bound before it is passed to a library. */
  boundBefore(func: number): number;
  /** The same for a function that a value can be. */
  boundIn(func: number, value: number, target: number): number;
  /** The same as `handedTo`, for functions whose result a wrapper returns to the library: a handler in a decorator. */
  answersTo(func: number): readonly State[];
  /** Whether a wrapper returns this value unchanged from the function that it wraps. */
  isPassedOn(func: number, value: number): boolean;
  /** Template functions that receive what a function returns as their context. */
  returnedTo(func: number): readonly number[];
  /** The keys that a call registers values under, or reads from a registry. */
  registered(func: number, value: number): readonly Registration[];
  /** Functions that a call of a value can run. */
  functions(func: number, value: number): readonly number[];
  /** Classes that a value can be an instance of. */
  instances(func: number, value: number): readonly number[];
  /** The global number of the cell that an import leads to, if it is in the program. */
  cellOfImport(module: number, specifier: string, name: string): number | undefined;
  /** The program's module that an import leads to. */
  moduleOf(module: number, specifier: string): number | undefined;
  /** The class that an imported type leads to. */
  classOfImport(module: number, specifier: string, path: readonly string[]): number | undefined;
  /** Classes that a value can be. */
  classes(func: number, value: number): readonly number[];
  /** States of a class's instances that come from a library's base class. */
  inherited(owner: number): readonly State[];
  /** The project's classes that a class extends, directly or indirectly. */
  ancestors(owner: number): readonly number[];
  /** Base classes: the project's by number, others by their last name. */
  basesOf(owner: number): readonly (number | string)[];
  /** The member name that a value represents as a key, if it is one symbol. */
  symbol(func: number, value: number): string | undefined;
  /** Whether a value's type was guessed from its name only. */
  isGuess(func: number, value: number): boolean;
  /** The class (global number) of a constructor's or method's function, or -1. */
  classOf(func: number): number;
  /** The method of a class by name, inherited methods included. */
  methodOf(classId: number, name: string): number | undefined;
  /** False if a bound cut linking short. */
  readonly complete: boolean;
}

export interface Target {
  readonly func: number;
  /** The class (global number) that the call instantiates, or -1. */
  readonly makes: number;
  /** How many arguments precede the first parameter: 1 if the receiver is passed as an argument. */
  readonly shift: number;
  /** Set if the target is a template. Its only parameter is an object of these arguments. */
  readonly context?: TemplateContext;
  /** Set if the target processes jobs. The argument at `shift` holds their data. */
  readonly job?: JobData;
}

export interface JobData {
  /** The member names that lead from the function's parameter to the data of its job. */
  readonly data: readonly string[];
  /** Whether the function receives a list of jobs. */
  readonly isBatch: boolean;
  /** Whether the argument is a list of jobs that are added at once, each with its `data`. */
  readonly isMany: boolean;
}
