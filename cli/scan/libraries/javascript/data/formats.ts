/**
 * Format functions whose directives consume further values: `util.format`, sprintf-js 1, printf, format-util. The
 * console's are left out: there a directive only changes where a value is in the line.
 * Documentation: https://nodejs.org/api/util.html#utilformatformat-args
 */
import type { Condition, Models } from '../../../models/model.ts';

/** Without values, a directive has nothing to consume. */
const hasValues: Condition = { at: 'Argument[1]', orAbsent: true, not: true };
const hasValuesLater: Condition = { at: 'Argument[2]', orAbsent: true, not: true };

export const formats: Models = {
  language: 'javascript',
  sinks: [
    ['util', 'Member[format].Argument[0]', 'format', hasValues],
    ['util', 'Member[formatWithOptions].Argument[1]', 'format', hasValuesLater],
    ['sprintf-js', 'Member[sprintf,vsprintf].Argument[0]', 'format', hasValues],
    ['printf', 'Argument[0]', 'format', hasValues],
    ['format-util', 'Argument[0]', 'format', hasValues],
  ],
};
