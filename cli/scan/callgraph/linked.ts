import type { State, TemplateContext } from '../models/api.ts';
import type { Registration } from './framework/registered.ts';
import type { Program } from './program.ts';

/**
 * The result of linking: the call graph and the points-to sets. Functions, classes and modules are given by their global
 * numbers in `program`. A value is given by the number of its function, `func`, and its id there, `value`.
 */
export interface Linked {
  readonly program: Program;
  /** Functions that a call can run. Also getters that a read can run, and setters that a store can run. */
  targets(func: number, value: number): readonly Target[];
  /** States of library models that a value can have. A state describes a library value, such as `pg.Client.query`. */
  states(func: number, value: number): readonly State[];
  /** States of library models that a function is passed to: as a callback, a handler or an override. */
  handedTo(func: number): readonly State[];
  /** How many of a function's first arguments are bound before it is passed to a library. 0 if it is also passed without them. */
  boundBefore(func: number): number;
  /**
   * How many of the first arguments of `target` are bound in a value that can be this function: 1 for
   * `partial(target, a)`. 0 if the value can also be `target` without bound arguments.
   */
  boundIn(func: number, value: number, target: number): number;
  /**
   * States of library models that receive the function's result: those of `handedTo`, and those that a wrapper of the
   * function is passed to, such as the wrapper of a decorated handler. Only wrappers that return the function's result
   * count.
   */
  answersTo(func: number): readonly State[];
  /** Whether this value is the result of a wrapped function, which its wrapper `func` returns unchanged. */
  isPassedOn(func: number, value: number): boolean;
  /** The functions of templates that receive the result of this function as their context. */
  returnedTo(func: number): readonly number[];
  /** The keys under which a call registers values in a container or context, or takes them from it. */
  registered(func: number, value: number): readonly Registration[];
  /** Functions that a call of a value can run, except the constructors of classes. */
  functions(func: number, value: number): readonly number[];
  /** Classes that a value can be an instance of. */
  instances(func: number, value: number): readonly number[];
  /** The global number of the shared variable that an import refers to. Undefined if it is not in the program. */
  cellOfImport(module: number, specifier: string, name: string): number | undefined;
  /** The module that an import specifier refers to. Undefined if it is not in the program. */
  moduleOf(module: number, specifier: string): number | undefined;
  /** The class that an imported type refers to. Undefined if it is not in the program. */
  classOfImport(module: number, specifier: string, path: readonly string[]): number | undefined;
  /** Classes that a value can be. */
  classes(func: number, value: number): readonly number[];
  /** States of library models that the instances of a class have because it extends a class of the library. */
  inherited(owner: number): readonly State[];
  /** The project's classes that a class extends, directly or indirectly. Not the class itself. */
  ancestors(owner: number): readonly number[];
  /**
   * The direct base classes: those of the project by number, and imported ones by the last part of their name. A class can be in
   * both forms.
   */
  basesOf(owner: number): readonly (number | string)[];
  /** The member name that a value stands for as a key, if it is certainly one symbol. Otherwise undefined. */
  symbol(func: number, value: number): string | undefined;
  /** Whether a value's type was only guessed, from the names of variables or members. */
  isGuess(func: number, value: number): boolean;
  /** The class that declares a function as its constructor or method, or -1. */
  classOf(func: number): number;
  /** The function of a class's method, which may be inherited. Undefined if there is none. */
  methodOf(classId: number, name: string): number | undefined;
  /** False if a bound cut linking short. */
  readonly complete: boolean;
}

/** A function that a call can run. */
export interface Target {
  readonly func: number;
  /** The class (global number) that the call instantiates, or -1. */
  readonly makes: number;
  /**
   * The index of the argument that the first parameter receives: 1 if the receiver is passed as an argument, negative if first
   * arguments are already bound.
   */
  readonly shift: number;
  /** Set if the target is a template. Its only parameter is an object of these arguments. */
  readonly context?: TemplateContext;
  /** Set if the target processes jobs. The argument at `shift` holds their data. */
  readonly job?: JobData;
}

/** The path from a job handler's parameter to the job's data. */
export interface JobData {
  /** The member names that lead from the function's parameter to the data of its job. */
  readonly data: readonly string[];
  /** Whether the function receives a list of jobs. */
  readonly isBatch: boolean;
  /** Whether the argument is a list of jobs that are added at once, each with its `data`. */
  readonly isMany: boolean;
}
