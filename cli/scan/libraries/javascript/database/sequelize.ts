/**
 * Sequelize 6 and 7, sequelize-typescript. Values of `where` are escaped. Documentation:
 * https://sequelize.org/docs/v6/core-concepts/raw-queries
 */
import type { Models } from '../../../models/model.ts';

const packages = ['sequelize', '@sequelize/core', 'sequelize-typescript'];
const finders = 'findAll,findOne,findAndCountAll,findOrCreate,count,max,min,sum,destroy,scope';

export const sequelize: Models = {
  language: 'javascript',
  types: [
    ...packages.flatMap((name) => [
      ['sequelize.Class', name, 'Member[Sequelize]'] as const,
      ['sequelize.Model', name, 'Member[Model]'] as const,
    ]),
    ['sequelize.Class', 'sequelize', ''],
    ['sequelize.Connection', 'sequelize.Class', 'Instance'],
    ['sequelize.Model', 'sequelize.Connection', 'Member[define,model].ReturnValue'],
    ['sequelize.Model', 'sequelize.Connection', 'Member[models].AnyMember'],
    ['sequelize.Model', 'sequelize.Model', 'Member[scope,schema,unscoped].ReturnValue'],
    ['sequelize.Record', 'sequelize.Model', 'Instance'],
    ['sequelize.Record', 'sequelize.Model', 'Member[prototype]'],
    ['sequelize.Record', 'sequelize.Model', 'Member[findByPk,findOne,create,build].ReturnValue'],
    ['sequelize.Record', 'sequelize.Model', 'Member[findOrCreate,findOrBuild].ReturnValue.Member[0]'],
    ['sequelize.Record', 'sequelize.Model', 'Member[findAll].ReturnValue.Member[__element__]'],
    ['sequelize.QueryInterface', 'sequelize.Connection', 'Member[getQueryInterface].ReturnValue'],
    ['sequelize.QueryInterface', 'sequelize.Connection', 'Member[queryInterface]'],
  ],
  sources: [
    ['sequelize.Connection', 'Member[query].ReturnValue', 'stored'],
    [
      'sequelize.Model',
      'Member[findAll,findOne,findByPk,findAndCountAll,findOrCreate].ReturnValue',
      'stored',
    ],
  ],
  sinks: [
    ['sequelize.Connection', 'Member[query].Argument[0]', 'sql'],
    ['sequelize.Connection', 'Member[query].Argument[0].Member[query]', 'sql'],
    ['sequelize.Connection', 'Member[queryRaw].Argument[0]', 'sql'],
    ['sequelize.Connection', 'Member[literal,asIs].Argument[0]', 'sql'],
    ['sequelize.Class', 'Member[literal,asIs].Argument[0]', 'sql'],
    ['sequelize', 'Member[literal].Argument[0]', 'sql'],
    ['@sequelize/core', 'Member[literal].Argument[0]', 'sql'],
    ['sequelize.Class', 'Member[fn,cast].Argument[0]', 'sql'],
    ['sequelize.Connection', 'Member[fn].Argument[0]', 'sql'],
    ['sequelize.QueryInterface', 'Member[rawSelect,dropTable].Argument[0]', 'sql'],
    // If the whole filter is untrusted, the client chooses its operators.
    ['sequelize.Model', `Member[${finders}].Argument[0].Member[where]`, 'nosql'],
    ['sequelize.Model', 'Member[update].Argument[1].Member[where]', 'nosql'],
    [
      'sequelize.Model',
      'Member[create,build,bulkCreate,upsert].Argument[0]',
      'mass-assignment',
      { at: 'Argument[1].Member[fields]', orAbsent: true },
    ],
    [
      'sequelize.Model',
      'Member[update].Argument[0]',
      'mass-assignment',
      { at: 'Argument[1].Member[fields]', orAbsent: true },
    ],
    ['sequelize.Model', 'Argument[0]', 'mass-assignment'],
    [
      'sequelize.Record',
      'Member[update,set].Argument[0]',
      'mass-assignment',
      { at: 'Argument[1].Member[fields]', orAbsent: true },
    ],
  ],
  sanitizers: [['sequelize.Connection', 'Member[escape].ReturnValue', ['sql']]],
  guesses: [
    ['sequelize.Connection', ['sequelize']],
    ['sequelize.Model', ['.findByPk', '.findAndCountAll']],
  ],
};
