import { quietByDefault } from '../../event/record.ts';
import { guardSockets } from '../../fetch/preload/guard-sockets.ts';
import { knownOptions } from '../../internal/known-options.ts';
import { refusalIn } from '../../internal/refusal-in.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { failure } from '../failure.ts';
import { activeResources, defaultTimeoutMs, inTime, requireMs, settled } from '../in-time.ts';
import type { Undo } from '../replace-method.ts';
import { egressWatch } from './egress-watch.ts';
import { nameTable, standIn } from './name-table.ts';
import { stopDatagrams } from './stop-datagrams.ts';

export interface NoEgressOptions {
  /** Hosts, addresses and absolute paths of Unix sockets that are meant; with `:port`, that port alone. None by default. */
  readonly allow?: readonly string[];
  /** What names resolve to while `run` runs. Others, but for those that are allowed, have a public address that is not theirs. */
  readonly names?: Readonly<Record<string, readonly string[]>>;
  /** How long `run` may take, in milliseconds. 4000 by default. */
  readonly timeoutMs?: number;
  /**
   * How long what `run` started and did not await is watched, in milliseconds, while there is anything that the process
   * waits for. 50 by default.
   */
  readonly settleMs?: number;
}

const defaultSettleMs = 50;

let running = false;

/**
 * Guarantee: while `run` ran, and until what it had started and not awaited settled, this process opened no TCP connection
 * and no Unix socket to anything but the allowed, sent no datagram, and asked no resolver for a name that is not allowed, by
 * `node:net`, `node:dgram` and `node:dns`. What was tried did not leave: the socket failed before it was connected.
 *
 * It holds for all of the process, so that tests in the same one wait for each other. A connection that was open before,
 * another process, a worker, and a function that was taken out of these modules and bound before are not seen; nor is work
 * that begins after `settleMs`. A `Refusal` that `run` throws, or that its error was caused by, is an
 * answer like any other; another error is thrown on.
 *
 * @throws AssertionError with each attempt, and for a run that does not end
 * @throws Misuse `bulwark/invalid-option` for a rule that makes no sense, an option that there is not, and where one runs
 *   already
 *
 * @example
 * ```ts
 * import { createFetch } from 'bulwark/fetch';
 * import { expectNoEgress } from 'bulwark/testing';
 *
 * const guarded = createFetch({ hosts: 'public' });
 * await expectNoEgress(() => guarded('http://169.254.169.254/'));
 * await expectNoEgress(() => guarded('http://rebind.example/'), { names: { 'rebind.example': ['10.0.0.5'] } });
 * await expectNoEgress(() => fetch('http://169.254.169.254/')); // AssertionError: Egress: ...
 * ```
 */
export async function expectNoEgress(run: () => unknown, options: NoEgressOptions = {}): Promise<void> {
  const given = knownOptions<NoEgressOptions>(options, ['allow', 'names', 'timeoutMs', 'settleMs']);
  const timeoutMs = requireMs('timeoutMs', given.timeoutMs ?? defaultTimeoutMs);
  const settleMs = requireMs('settleMs', given.settleMs ?? defaultSettleMs);
  const watch = egressWatch(given.allow ?? []);
  const names = nameTable(given.names ?? {}, watch);
  if (running) {
    const hint = 'Await the other one first: it watches the whole process.';
    throw new Misuse('bulwark/invalid-option', 'Another expectNoEgress is running in this process.', {
      hint,
    });
  }
  running = true;
  const undone: Undo[] = [quietByDefault()];
  let failed: unknown;
  try {
    undone.push(names(), guardSockets(watch, undefined), stopDatagrams(watch));
    const before = activeResources();
    try {
      await inTime(run, timeoutMs, {});
    } finally {
      await settled(before, settleMs);
    }
  } catch (error) {
    failed = error ?? new Error('It threw nothing.');
  } finally {
    for (const undo of undone.reverse()) undo();
    running = false;
  }
  const { attempts } = watch;
  if (attempts.length > 0) {
    const facts = Object.fromEntries(attempts.map((attempt, index) => [`${index + 1}`, attempt]));
    const allowed = given.allow?.join(', ') || 'nothing';
    const note = attempts.some((attempt) => attempt.includes(standIn))
      ? `${standIn} stands in for names that are not in \`names\``
      : undefined;
    throw failure(
      'Egress: a connection that is not allowed was attempted, and was stopped.',
      { ...facts, allowed, note },
      {
        cause: failed,
      },
    );
  }
  if (failed !== undefined && !refusalIn(failed)) throw failed;
}
