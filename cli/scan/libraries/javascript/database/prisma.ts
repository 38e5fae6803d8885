/**
 * Prisma 5 to 7. A tagged `$queryRaw` binds its values. Documentation: https://www.prisma.io/docs/orm/prisma-
 * client/using-raw-sql/raw-queries
 */
import type { Models } from '../../../models/model.ts';

const many = 'findFirst,findFirstOrThrow,findMany,updateMany,deleteMany,count,aggregate,groupBy';

export const prisma: Models = {
  language: 'javascript',
  types: [
    ['prisma.Client', '@prisma/client', 'Member[PrismaClient].Instance'],
    ['prisma.Client', '@prisma/client/edge', 'Member[PrismaClient].Instance'],
    ['prisma.Client', 'prisma.Client', 'Member[$extends].ReturnValue'],
    ['prisma.Client', 'prisma.Client', 'Member[$transaction].Argument[0].Parameter[0]'],
    ['prisma.Client', '@prisma/client', 'Member[Prisma].Member[TransactionClient].Instance'],
    ['prisma.Sql', '@prisma/client', 'Member[Prisma]'],
    ['prisma.Sql', '@prisma/client/runtime/library', ''],
    ['prisma.Sql', 'sql-template-tag', ''],
  ],
  sources: [
    ['prisma.Client', 'Member[$queryRaw,$queryRawUnsafe].ReturnValue', 'stored'],
    [
      'prisma.Client',
      'AnyMember.Member[findFirst,findFirstOrThrow,findMany,findUnique,findUniqueOrThrow].ReturnValue',
      'stored',
    ],
  ],
  sinks: [
    ['@prisma/client', 'Member[Prisma].Member[raw].Argument[0]', 'sql'],
    ['prisma.Client', 'Member[$queryRawUnsafe,$executeRawUnsafe].Argument[0]', 'sql'],
    ['prisma.Sql', 'Member[raw].Argument[0]', 'sql'],
    ['prisma.Client', 'AnyMember.Member[findRaw].Argument[0].Member[filter]', 'nosql'],
    ['prisma.Client', 'AnyMember.Member[aggregateRaw].Argument[0].Member[pipeline]', 'nosql'],
    ['prisma.Client', 'Member[$runCommandRaw].Argument[0]', 'nosql'],
    // A filter accepts operators: `{ token: { not: '' } }` in place of a string.
    ['prisma.Client', `AnyMember.Member[${many}].Argument[0].Member[where]`, 'nosql'],
    ['prisma.Client', `AnyMember.Member[${many}].Argument[0].Member[where].AnyMember`, 'nosql'],
    [
      'prisma.Client',
      'AnyMember.Member[create,createMany,createManyAndReturn,update,updateMany].Argument[0].Member[data]',
      'mass-assignment',
    ],
    ['prisma.Client', 'AnyMember.Member[upsert].Argument[0].Member[create,update]', 'mass-assignment'],
  ],
  sanitizers: [['prisma.Sql', 'Member[sql,join].ReturnValue', ['sql']]],
  guesses: [['prisma.Client', ['prisma', 'prismaClient']]],
};
