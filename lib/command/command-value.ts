import type { SafePath } from '../path/safe-path.ts';
import type { TypedFile } from './program/typed-file.ts';

declare const opaque: unique symbol;

/** Arguments for a command: your words, with values in them. JSON can't forge it. */
export interface CommandArgs {
  readonly [opaque]: 'CommandArgs';
}

/** A value in a template: untrusted text, a number, or a file. A list is passed with `args.each`. */
export type CommandValue = string | number | bigint | SafePath | TypedFile | CommandArgs;

/** One argument before its path is looked up: the programmer's text, and the value that ends it. */
export interface Piece {
  readonly prefix: string;
  /** Undefined if the argument is only the programmer's text. */
  readonly value: string | SafePath | TypedFile | undefined;
}
