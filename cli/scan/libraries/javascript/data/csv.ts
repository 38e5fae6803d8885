/**
 * csv-stringify 6, papaparse 5, json2csv 5 and 6, fast-csv 5, csv-writer 1, json-2-csv 5, csv-parse 5 and 6. Documentation:
 * https://csv.js.org/stringify/options
 */
import type { Condition, Models } from '../../../models/model.ts';

const noFormulas: Condition = {
  at: 'Argument[1].Member[escapeFormulae,escape_formulas]',
  is: [true],
  not: true,
};

/** The same for the stream that is written to. */
const escapesNone: Condition = {
  at: 'Argument[this].Argument[0].Member[escape_formulas]',
  is: [true],
  not: true,
};

/** Custom formatters and transforms are how these libraries are made to escape. */
const mapsNone: Condition = {
  at: 'Argument[this].Argument[0].Member[formatters,transforms]',
  isApi: [['@json2csv/formatters', '']],
  orAbsent: true,
};
const mapsNoneHere: Condition = { at: 'Argument[1].Member[formatters,transforms]', orAbsent: true };
const transformsNone: Condition = { at: 'Argument[1].Member[transform]', orAbsent: true };
const always: Condition = { at: 'Argument[0]' };
const formulasEscaped: Condition = { at: noFormulas.at, is: [true] };

/** For json-2-csv. */
const preventsNone: Condition = { at: 'Argument[1].Member[preventCsvInjection]', is: [true], not: true };

/** Others that write values unchanged: package, function, and condition. */
const writers: readonly (readonly [name: string, path: string, when: Condition])[] = [
  ...['json2csv', '@json2csv/plainjs', '@json2csv/node'].map(
    (name) => [name, 'Member[Parser,AsyncParser].Instance.Member[parse]', mapsNone] as const,
  ),
  ['json2csv', 'Member[parse,parseAsync]', mapsNoneHere],
  ...['fast-csv', '@fast-csv/format'].map(
    (name) =>
      [name, 'Member[write,writeToString,writeToBuffer,writeToPath,writeToStream]', transformsNone] as const,
  ),
  [
    'csv-writer',
    'Member[createObjectCsvStringifier,createArrayCsvStringifier].ReturnValue.Member[stringifyRecords]',
    always,
  ],
  [
    'csv-writer',
    'Member[createObjectCsvWriter,createArrayCsvWriter].ReturnValue.Member[writeRecords]',
    always,
  ],
  ['json-2-csv', 'Member[json2csv,json2csvAsync]', preventsNone],
];

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
    ...writers.flatMap(([name, path, safe]) => [
      [name, `${path}.Argument[0].AnyMember`, 'csv', safe] as const,
      [name, `${path}.Argument[0].AnyMember.AnyMember`, 'csv', safe] as const,
    ]),
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
