/** TypeORM 0.3. Documentation: https://typeorm.io/docs/query-builder/select-query-builder */
import type { Models } from '../../../models/model.ts';

const text =
  'where,andWhere,orWhere,having,andHaving,orHaving,select,addSelect,groupBy,addGroupBy,orderBy,addOrderBy,from,addFrom,set';

export const typeorm: Models = {
  language: 'javascript',
  types: [
    ['typeorm.Manager', 'typeorm', 'Member[DataSource,Connection,EntityManager,QueryRunner].Instance'],
    ['typeorm.Manager', 'typeorm', 'Member[createConnection,getConnection,getManager].ReturnValue'],
    ['typeorm.Manager', 'typeorm.Manager', 'Member[manager]'],
    ['typeorm.Manager', 'typeorm.Manager', 'Member[createQueryRunner].ReturnValue'],
    ['typeorm.Manager', 'typeorm.Manager', 'Member[transaction].Argument[0,1].Parameter[0]'],
    ['typeorm.Repository', 'typeorm', 'Member[Repository,TreeRepository,MongoRepository].Instance'],
    ['typeorm.Repository', 'typeorm', 'Member[getRepository].ReturnValue'],
    [
      'typeorm.Repository',
      'typeorm.Manager',
      'Member[getRepository,getTreeRepository,getCustomRepository].ReturnValue',
    ],
    ['typeorm.Repository', 'typeorm.Repository', 'Member[extend].ReturnValue'],
    ['typeorm.Repository', '@nestjs/typeorm', 'Member[InjectRepository].ReturnValue.Argument[0]'],
    ['typeorm.Manager', 'typeorm.Repository', 'Member[manager]'],
    ['typeorm.Entity', 'typeorm', 'Member[BaseEntity]'],
    [
      'typeorm.Builder',
      'typeorm',
      'Member[SelectQueryBuilder,UpdateQueryBuilder,DeleteQueryBuilder,QueryBuilder].Instance',
    ],
    ['typeorm.Builder', 'typeorm.Manager', 'Member[createQueryBuilder].ReturnValue'],
    ['typeorm.Builder', 'typeorm.Repository', 'Member[createQueryBuilder].ReturnValue'],
    ['typeorm.Builder', 'typeorm.Entity', 'Member[createQueryBuilder].ReturnValue'],
    [
      'typeorm.Builder',
      'typeorm.Builder',
      `Member[${text},leftJoin,innerJoin,leftJoinAndSelect,innerJoinAndSelect,leftJoinAndMapOne,leftJoinAndMapMany,innerJoinAndMapOne,innerJoinAndMapMany,update,delete,softDelete,insert,into,values,limit,offset,skip,take,setParameter,setParameters,distinct,cache,subQuery,clone,whereInIds,andWhereInIds,orWhereInIds,createQueryBuilder,relation,of,returning,printSql,withDeleted,useIndex].ReturnValue`,
    ],
    // A function as a condition is passed a builder of its own.
    [
      'typeorm.Builder',
      'typeorm.Builder',
      'Member[where,andWhere,orWhere,from,addFrom,select,addSelect].Argument[0].Parameter[0]',
    ],
    ['typeorm.Builder', 'typeorm', 'Member[Brackets,NotBrackets].Argument[0].Parameter[0]'],
  ],
  sources: [
    ['typeorm.Manager', 'Member[query].ReturnValue', 'stored'],
    ['typeorm.Repository', 'Member[query].ReturnValue', 'stored'],
    [
      'typeorm.Repository',
      'Member[find,findBy,findOne,findOneBy,findOneOrFail,findOneByOrFail,findAndCount].ReturnValue',
      'stored',
    ],
    ['typeorm.Builder', 'Member[getOne,getMany,getRawOne,getRawMany,getOneOrFail].ReturnValue', 'stored'],
  ],
  sinks: [
    ['typeorm.Manager', 'Member[query].Argument[0]', 'sql'],
    ['typeorm.Repository', 'Member[query].Argument[0]', 'sql'],
    ['typeorm.Entity', 'Member[query].Argument[0]', 'sql'],
    [
      'typeorm.Builder',
      'Member[where,andWhere,orWhere,having,andHaving,orHaving,select,addSelect,groupBy,addGroupBy,orderBy,addOrderBy,from,addFrom].Argument[0]',
      'sql',
    ],
    ['typeorm.Builder', 'Member[leftJoin,innerJoin,leftJoinAndSelect,innerJoinAndSelect].Argument[2]', 'sql'],
    [
      'typeorm.Builder',
      'Member[leftJoinAndMapOne,leftJoinAndMapMany,innerJoinAndMapOne,innerJoinAndMapMany].Argument[3]',
      'sql',
    ],
    ['typeorm.Builder', 'Member[set].Argument[0].AnyMember.ReturnValue', 'sql'],
    ['typeorm', 'Member[Raw].Argument[0]', 'sql'],
    ['typeorm', 'Member[Raw].Argument[0,1].ReturnValue', 'sql'],
    ['typeorm.Repository', 'Member[save,insert,create].Argument[0]', 'mass-assignment'],
    ['typeorm.Repository', 'Member[update].Argument[1]', 'mass-assignment'],
    ['typeorm.Repository', 'Member[merge].Argument[1..]', 'mass-assignment'],
    ['typeorm.Manager', 'Member[create,insert].Argument[1]', 'mass-assignment'],
    ['typeorm.Manager', 'Member[update].Argument[2]', 'mass-assignment'],
    ['typeorm.Entity', 'Member[create,insert].Argument[0]', 'mass-assignment'],
  ],
  guesses: [
    ['typeorm.Manager', ['dataSource', 'entityManager', 'queryRunner', 'AppDataSource']],
    ['typeorm.Repository', ['.createQueryBuilder']],
  ],
};
