/**
 * Runs programs without a shell, with values that they can't read as options, files or scripts.
 *
 * @module
 */
export { type ArgsTag, args } from './args.ts';
export { CommandFailed } from './command-failed.ts';
export type { CommandArgs, CommandValue } from './command-value.ts';
export { type Commands, type CommandsOptions, commands, type ProgramTag } from './commands.ts';
export { curl } from './program/curl.ts';
export { type GhostscriptOptions, ghostscript } from './program/ghostscript.ts';
export { type GitOptions, git } from './program/git.ts';
export type {
  Argument,
  ForbiddenOption,
  Preflight,
  ProgramFile,
  ProgramRules,
  ValuePosition,
} from './program/program-rules.ts';
export type { RemoteOptions } from './program/remote-url.ts';
export { type SshOptions, ssh } from './program/ssh.ts';
export { image, media, type TypedFile } from './program/typed-file.ts';
export type { ProgramEntry } from './program-entry.ts';
export type { CommandResult } from './run-command.ts';
export type { Output, RunLimits, RunOptions } from './run-options.ts';
