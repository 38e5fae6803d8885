import type { OnError } from '../errors/failure-log.ts';
import { knownOptions } from '../internal/known-options.ts';
import { type DefenceOptions, defenceOptions } from '../node/defence-options.ts';

export interface BulwarkOptions extends DefenceOptions {
  /**
   * Called with every error that is answered with 5xx and isn't a refusal, and with the request's id. By default, and if this function fails, errors go to
   * standard error.
   */
  readonly onError?: OnError;
}

/** @throws Misuse `bulwark/invalid-option` */
export function bulwarkOptions(options: BulwarkOptions): Readonly<Partial<BulwarkOptions>> {
  return knownOptions(options, [...defenceOptions, 'onError']);
}
