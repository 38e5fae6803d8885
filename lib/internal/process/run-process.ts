import type { Readable } from 'node:stream';
import type { ProcessEnd, ProcessSpec } from './process-spec.ts';
import { startProcess } from './start-process.ts';

export interface ProcessResult extends ProcessEnd {
  /** Its output, or the part that arrived before it was stopped. */
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

/** Runs a program to its end and collects its output, at most `maxOutputBytes`. */
export async function runProcess(spec: ProcessSpec): Promise<ProcessResult> {
  const running = startProcess(spec);
  const output = Promise.all([collect(running.stdout), collect(running.stderr)]);
  const end = await running.ended;
  const [stdout, stderr] = await output;
  return { ...end, stdout, stderr };
}

/** The whole stream, or what arrived before it failed. */
export function collect(stream: Readable): Promise<Buffer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.once('close', () => resolve(Buffer.concat(chunks)));
  });
}
