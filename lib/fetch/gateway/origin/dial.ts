import type { LookupAddress } from 'node:dns';
import { connect, type Socket } from 'node:net';
import { parseAddress } from '../../address/address.ts';
import { giveAnswers } from '../../lookup/answers.ts';
import type { Cancel } from './cancel.ts';

/**
 * A connection to one of the checked addresses and to nothing else: `net` is given them for the name, so that it tries
 * the second family where the first is slow (RFC 8305) and resolves nothing again.
 */
export function dial(
  answers: readonly LookupAddress[],
  port: number,
  options: { readonly cancel: Cancel; readonly allowHalfOpen: boolean },
): Promise<Socket> {
  return new Promise((done, failed) => {
    const [first] = answers;
    if (!first) return failed(new Error('Nothing was checked.'));
    const single = answers.length === 1 && parseAddress(first.address) !== undefined;
    const socket = connect({
      // No name: it would be looked up by whoever replaced `lookup`. This one is never asked of anybody.
      host: single ? first.address : 'checked.invalid',
      port,
      lookup: (_name, asked, callback) => giveAnswers(answers, asked, callback),
      autoSelectFamily: true,
      allowHalfOpen: options.allowHalfOpen,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: 60_000,
    });
    const giveUp = (reason: Error): void => {
      socket.destroy();
      failed(reason);
    };
    const settle = (): void => {
      options.cancel.off(giveUp);
      socket.off('connect', connected).off('error', refused);
    };
    const connected = (): void => {
      settle();
      done(socket);
    };
    const refused = (error: Error): void => {
      settle();
      // The same error may come again while it closes.
      socket.on('error', () => {}).destroy();
      failed(error);
    };
    socket.once('connect', connected).once('error', refused);
    options.cancel.on(giveUp);
  });
}
