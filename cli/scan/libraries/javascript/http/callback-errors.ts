/**
 * Errors that are the first argument of a callback: their stack, and fields that database drivers add. Documentation:
 * https://nodejs.org/api/errors.html#error-first-callbacks, https://sidorares.github.io/node-mysql2/docs
 */
import type { Models } from '../../../models/model.ts';

export const callbackErrors: Models = {
  language: 'javascript',
  types: [['guess.Error', 'global', 'Member[Error].Instance']],
  sources: [['guess.Error', 'Member[stack,sqlMessage,sql]', 'error']],
  guesses: [['guess.Error', ['err', 'error', 'e', 'ex', 'exception']]],
};
