/**
 * Formats of which the directives take other values: the console, `util.format`, sprintf-js 1, printf, format-util, debug.
 * Documentation: https://nodejs.org/api/util.html#utilformatformat-args
 */
import type { Condition, Models } from '../../model.ts';

/** Without values there is nothing that a directive could take. */
const hasValues: Condition = { at: 'Argument[1]', orAbsent: true, not: true };
const hasValuesLater: Condition = { at: 'Argument[2]', orAbsent: true, not: true };
const logs = 'Member[log,info,warn,error,debug,trace]';

export const formats: Models = {
  language: 'javascript',
  sinks: [
    ['global', `Member[console].${logs}.Argument[0]`, 'format', hasValues],
    ['console', `${logs}.Argument[0]`, 'format', hasValues],
    ['util', 'Member[format].Argument[0]', 'format', hasValues],
    ['util', 'Member[formatWithOptions].Argument[1]', 'format', hasValuesLater],
    ['log.Logger', 'Member[log,info,warn,error,debug,trace].Argument[0]', 'format', hasValues],
    ['debug', 'ReturnValue.Argument[0]', 'format', hasValues],
    ['sprintf-js', 'Member[sprintf,vsprintf].Argument[0]', 'format', hasValues],
    ['printf', 'Argument[0]', 'format', hasValues],
    ['format-util', 'Argument[0]', 'format', hasValues],
  ],
};
