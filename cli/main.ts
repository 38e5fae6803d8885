#!/usr/bin/env node
import { Command } from 'commander';
import { explainCommand } from './commands/explain.ts';
import { readVersion } from './version.ts';

const program = new Command('bulwark')
  .description('Explains what bulwark refused, and how to put it right.')
  .version(readVersion())
  .showHelpAfterError()
  .addCommand(explainCommand());

// Commander ends with 1 after a mistake on the command line; 2 keeps that apart from a result.
for (const command of [program, ...program.commands])
  command.exitOverride((error) => process.exit(error.exitCode && 2));

await program.parseAsync();
