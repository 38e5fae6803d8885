import type { Writable } from 'node:stream';
import type { RunningProcess } from '../internal/process/process-spec.ts';
import { collect } from '../internal/process/run-process.ts';
import { isSafePath } from '../path/safe-path.ts';
import { writeFile } from '../path/write-file.ts';
import { pump } from './pump.ts';
import { ClientGone, responseOf, saysGone, untilGone } from './response-output.ts';
import type { RunSettings } from './run-options.ts';

/**
 * Delivers a program's output. It fails if the program fails, so that half an output is never taken for a complete one.
 *
 * @throws ClientGone if the client of a response went away
 */
export async function outputOf(
  running: RunningProcess,
  outcome: Promise<number>,
  { stdout: output, maxOutputBytes: maxBytes, timeoutMs }: RunSettings,
  late: () => Error,
): Promise<unknown> {
  if (output === 'text' || output === 'bytes') {
    const [bytes] = await Promise.all([collect(running.stdout), outcome]);
    return output === 'bytes' ? bytes : bytes.toString();
  }
  try {
    if (isSafePath(output)) await writeFile(output, wholeOutput(running, outcome), { maxBytes });
    else await pumpInto(output, running, outcome, { timeoutMs, late });
  } catch (error) {
    // The reader is gone, or the disk is full: nobody waits for the rest.
    running.stop();
    throw error;
  }
  return undefined;
}

async function pumpInto(
  output: Writable,
  running: RunningProcess,
  outcome: Promise<number>,
  limit: { readonly timeoutMs: number; readonly late: () => Error },
): Promise<void> {
  const response = responseOf(output);
  const client = response && untilGone(response);
  try {
    const failed = client === undefined ? [outcome] : [outcome, client.gone];
    await pump(wholeOutput(running, outcome), output, { ...limit, failed });
  } catch (error) {
    throw response !== undefined && saysGone(response, error) ? new ClientGone() : error;
  } finally {
    client?.stop();
  }
}

/** The program's output, followed by its failure, if it fails. */
async function* wholeOutput(running: RunningProcess, outcome: Promise<number>): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of running.stdout) yield chunk as Uint8Array;
  } catch (error) {
    // The reason for stopping it is a better error than the stop itself.
    await outcome;
    throw error;
  }
  await outcome;
}
