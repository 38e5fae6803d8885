import { closeSync, constants, fstatSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { shared } from '../../internal/shared.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { Connections } from './connections.ts';
import { createEgressLog } from './egress-log.ts';
import { type EgressPolicy, parseEgressPolicy } from './egress-policy-file.ts';
import { guardChildren, inheritedPolicy, workingDirectory } from './guard-children.ts';
import { guardSockets } from './guard-sockets.ts';
import { openLog } from './open-log.ts';

/** The policy that guards this process. */
export interface Preloaded {
  /** The policy file, as an absolute path. */
  readonly file: string;
  /** The policy's name, if it has one. */
  readonly name: string | undefined;
  /** When report mode ends; undefined if the policy is enforced. */
  readonly reportUntil: Date | undefined;
}

/**
 * Guards this process, once however often it is loaded. Without a policy it ends the process with exit code 2: an
 * application that runs half guarded would be taken for a guarded one.
 *
 * @param preload the module that its threads and forks load first, as a file URL
 */
export function guardProcess(preload: string): Preloaded {
  return shared('fetch/preload', () => {
    const file = inheritedPolicy() ?? resolve(process.env['BULWARK_EGRESS_POLICY'] || 'bulwark.egress.json');
    try {
      return start(file, preload);
    } catch (error) {
      return giveUp(file, error);
    }
  });
}

function start(file: string, preload: string): Preloaded {
  const policy = parseEgressPolicy(readPolicy(file));
  const log = createEgressLog(logOf(policy, file));
  process.on('exit', log.flush);
  guardSockets(new Connections(policy, log), policy.connectTimeoutMs);
  guardChildren({ preload, file, directory: workingDirectory() });
  const { name, mode } = policy.connections;
  const reportUntil = mode.reportUntil > Date.now() ? new Date(mode.reportUntil) : undefined;
  return Object.freeze({ file, name, reportUntil });
}

/** A policy is a page of text. What is larger is another file. */
const longest = 1_000_000;

function readPolicy(file: string): unknown {
  let text: string;
  try {
    // A pipe that nobody writes to would be waited for.
    const { O_NONBLOCK = 0, O_RDONLY } = constants;
    const fd = openSync(file, O_RDONLY | O_NONBLOCK);
    try {
      const stat = fstatSync(fd);
      if (!stat.isFile() || stat.size > longest) throw new Error('it is no file of at most 1,000,000 bytes');
      text = readFileSync(fd, 'utf8');
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    throw invalid(`The policy file cannot be read: ${(error as Error).message}.`);
  }
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw invalid(`The policy file is not JSON: ${(error as Error).message}.`);
  }
}

function logOf({ log }: EgressPolicy, file: string): (line: string) => void {
  try {
    return openLog(log === 'stderr' || log === 'off' ? log : resolve(dirname(file), log), file);
  } catch (error) {
    throw invalid(`The log cannot be written: ${(error as Error).message}.`);
  }
}

function invalid(sentence: string): Misuse {
  return new Misuse('bulwark/invalid-option', sentence);
}

function giveUp(file: string, error: unknown): never {
  const { code, message, hint } = error as Partial<Misuse>;
  const lines = [
    'bulwark/fetch/preload: this process was not started, as its connections would not be guarded.',
    `  ${code ?? 'error'}: ${message ?? String(error)}`,
    `  ${hint ?? 'This is a defect of bulwark; please report it.'}`,
    `  Policy file: ${file}`,
    '  Set BULWARK_EGRESS_POLICY to another file, or begin with this one:',
    `  { "hosts": "public", "mode": "report", "until": "${inDays(30)}" }`,
  ];
  try {
    writeSync(2, `${lines.join('\n')}\n`);
  } catch {
    // Standard error may be closed; the exit code says it too.
  }
  process.exit(2);
}

function inDays(days: number): string {
  return new Date(Date.now() + days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}
