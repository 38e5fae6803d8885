/**
 * csv-stringify 6, papaparse 5, json2csv 5 and 6, fast-csv 5, csv-parse 5 and 6. Documentation:
 * https://csv.js.org/stringify/options
 */
import type { Condition, Models } from '../../model.ts';

const noFormulas: Condition = {
  at: 'Argument[1].Member[escapeFormulae,escape_formulas]',
  is: [true],
  not: true,
};

/** The same of the stream that is written to. */
const escapesNone: Condition = {
  at: 'Argument[this].Argument[0].Member[escape_formulas]',
  is: [true],
  not: true,
};

const formulasEscaped: Condition = { at: noFormulas.at, is: [true] };

export const csv: Models = {
  language: 'javascript',
  sinks: [
    ['csv-stringify', 'Member[stringify].Argument[0].AnyMember', 'csv', noFormulas],
    ['csv-stringify', 'Member[stringify].Argument[0].AnyMember.AnyMember', 'csv', noFormulas],
    [
      'csv-stringify',
      'Member[stringify].ReturnValue.Member[write].Argument[0].AnyMember',
      'csv',
      escapesNone,
    ],
    ['csv-stringify/sync', 'Member[stringify].Argument[0].AnyMember', 'csv', noFormulas],
    ['csv-stringify/sync', 'Member[stringify].Argument[0].AnyMember.AnyMember', 'csv', noFormulas],
    ['papaparse', 'Member[unparse].Argument[0]', 'csv', noFormulas],
    ['papaparse', 'Member[unparse].Argument[0].AnyMember', 'csv', noFormulas],
    ['papaparse', 'Member[unparse].Argument[0].AnyMember.AnyMember', 'csv', noFormulas],
  ],
  sanitizers: [
    ['csv-stringify/sync', 'Member[stringify].ReturnValue', ['csv'], formulasEscaped],
    ['papaparse', 'Member[unparse].ReturnValue', ['csv'], formulasEscaped],
  ],
  summaries: [
    ['csv-parse', 'Member[parse]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['csv-parse', 'Member[parse]', 'Argument[0]', 'Argument[1,2].Parameter[1]', 'taint'],
    ['csv-parse/sync', 'Member[parse]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['csv-stringify/sync', 'Member[stringify]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['papaparse', 'Member[parse]', 'Argument[0]', 'ReturnValue.Member[data]', 'taint'],
    ['papaparse', 'Member[unparse]', 'Argument[0]', 'ReturnValue', 'taint'],
  ],
};
