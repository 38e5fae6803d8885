import { connect, type Socket } from 'node:net';
import { isAbsolute } from 'node:path';
import { knownOptions } from '../../internal/known-options.ts';
import type { SafePath } from '../../path/safe-path.ts';
import { Misuse } from '../../refusal/misuse.ts';
import type { Scan, Scanner } from '../scanner.ts';
import { wholeNumber } from '../whole-number.ts';
import { readAnswer } from './read-answer.ts';
import { streamFile } from './stream-file.ts';

export interface ClamdOptions {
  /** The Unix socket, `LocalSocket` in clamd.conf. */
  readonly socket?: string;
  /** Or the TCP socket, `TCPAddr` and `TCPSocket`. clamd encrypts nothing and knows no passwords: keep it on a network of your own. */
  readonly host?: string;
  readonly port?: number;
  /** The time limit for one file. 60,000 milliseconds by default. */
  readonly timeoutMs?: number;
  /**
   * Larger files are not sent, and stay in quarantine. 25,000,000 by default, because clamd answers OK to files larger than its own `MaxFileSize`
   * without scanning them.
   */
  readonly maxBytes?: number;
}

/** clamd's answers are far shorter. */
const mostAnswerBytes = 4_096;

/**
 * Scans each file with clamd, ClamAV's daemon, through its INSTREAM command. The file is sent, so clamd needs no access to the store. A file is
 * clean only if the answer to the whole file is `OK`. An error, a time-out, a refused connection or a file over a limit is `unknown`, which leaves
 * the file in quarantine.
 *
 * @throws Misuse `bulwark/invalid-option`
 *
 * @example
 * ```ts
 * import { clamd } from 'bulwark/upload/clamd';
 *
 * const scanner = clamd({ socket: '/run/clamav/clamd.ctl', timeoutMs: 30_000 });
 * ```
 */
export function clamd(options: ClamdOptions): Scanner {
  const own = knownOptions(options, ['socket', 'host', 'port', 'timeoutMs', 'maxBytes']);
  const target = targetOf(own);
  const timeoutMs = wholeNumber('timeoutMs', own.timeoutMs ?? 60_000, 1, 3_600_000);
  const maxBytes = wholeNumber('maxBytes', own.maxBytes ?? 25_000_000, 1, 4_000_000_000);
  return Object.freeze({
    async scan(file) {
      if (file.bytes > maxBytes) return { unknown: `the file has more than ${maxBytes} bytes` };
      try {
        return await scanOver(connect(target), file.path, file.bytes, timeoutMs);
      } catch (error) {
        return { unknown: `clamd: ${(error as NodeJS.ErrnoException).code ?? 'error'}` };
      }
    },
  } satisfies Scanner);
}

/** One connection per file: clamd closes it after its answer. */
async function scanOver(socket: Socket, file: SafePath, bytes: number, timeoutMs: number): Promise<Scan> {
  const stream = { isOver: false, sent: 0, isWhole: false };
  let answer = '';
  let isEarly = false;
  let failure: Scan | undefined;
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  const giveUp = (unknown: string): void => {
    failure ??= { unknown: `clamd: ${unknown}` };
    stream.isOver = true;
    socket.destroy();
  };
  const timer = setTimeout(() => giveUp(`no answer within ${timeoutMs} ms`), timeoutMs);
  socket.setEncoding('latin1');
  socket.on('data', (text: string) => {
    if (!stream.isWhole) isEarly = true;
    stream.isOver = true;
    answer += text;
    if (answer.length > mostAnswerBytes) giveUp(`an answer of more than ${mostAnswerBytes} bytes`);
  });
  // clamd may answer and close the connection while the file is still being sent: then its answer counts, not the broken pipe.
  socket.on('error', (error: NodeJS.ErrnoException) => {
    if (answer === '') giveUp(error.code ?? 'error');
  });
  socket.once('close', () => {
    stream.isOver = true;
  });
  try {
    await streamFile(socket, file, stream);
    if (!stream.isWhole) socket.end();
  } catch (error) {
    if (answer === '') giveUp((error as { code?: string }).code ?? 'error');
    else socket.end();
  }
  await closed;
  clearTimeout(timer);
  if (failure) return failure;
  const scan = readAnswer(answer);
  if (!('clean' in scan && scan.clean)) return scan;
  // An answer to less than the whole file doesn't mean that the file is clean.
  if (isEarly) return { unknown: 'clamd: an answer before the end of the file' };
  return stream.sent === bytes ? scan : { unknown: 'the file changed while it was scanned' };
}

function targetOf({ socket, host, port }: ClamdOptions): { path: string } | { host: string; port: number } {
  if (socket !== undefined && host === undefined && port === undefined) {
    if (typeof socket === 'string' && isAbsolute(socket) && !socket.includes('\0')) return { path: socket };
    throw new Misuse(
      'bulwark/invalid-option',
      "socket takes an absolute path, such as '/run/clamav/clamd.ctl'.",
    );
  }
  if (socket === undefined && typeof host === 'string' && host !== '' && port !== undefined) {
    return { host, port: wholeNumber('port', port, 1, 65_535) };
  }
  throw new Misuse('bulwark/invalid-option', 'clamd takes either socket, or host and port.');
}
