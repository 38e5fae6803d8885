// SQLAlchemy 2.0.40 (and 1.4's strings), Flask-SQLAlchemy 3.1.1, SQLModel as documented; the first two read in Debian 13's
// packages.
import type { Models } from '../../../models/model.ts';

const connection = 'Member[execute,exec_driver_sql,scalar,scalars,stream,stream_scalars,exec]';
const chained =
  'Member[where,filter,filter_by,join,outerjoin,join_from,select_from,order_by,group_by,having,limit,offset,distinct,options,values,returning,add_columns,with_for_update,union,union_all,subquery,cte,alias,correlate,execution_options,params,on_conflict_do_nothing,on_conflict_do_update,enable_eagerloads,with_entities,slice]';

/**
 * SQLAlchemy. Text becomes SQL in `text`, in `literal_column`, and where a string is executed. The expression language
 * binds its values. Strings in `filter` and `order_by` are no sinks: since 1.4 they are rejected unless they name a
 * column.
 */
export const sqlalchemy: Models = {
  language: 'python',
  types: [
    ['sqlalchemy.Engine', 'sqlalchemy', 'Member[create_engine,engine_from_config].ReturnValue'],
    ['sqlalchemy.Engine', 'sqlalchemy.ext.asyncio', 'Member[create_async_engine].ReturnValue'],
    ['sqlalchemy.Engine', 'sqlalchemy.engine', 'Member[Engine].Instance'],
    ['sqlalchemy.Engine', 'sqlalchemy.ext.asyncio', 'Member[AsyncEngine].Instance'],
    ['sqlalchemy.Engine', 'sqlmodel', 'Member[create_engine].ReturnValue'],
    ['sqlalchemy.Engine', 'sqlalchemy', 'Member[Engine].Instance'],
    ['sqlalchemy.Connection', 'sqlalchemy.Engine', 'Member[connect,begin].ReturnValue'],
    ['sqlalchemy.Connection', 'sqlalchemy', 'Member[Connection].Instance'],
    ['sqlalchemy.Connection', 'sqlalchemy.engine', 'Member[Connection].Instance'],
    ['sqlalchemy.Connection', 'sqlalchemy.ext.asyncio', 'Member[AsyncConnection].Instance'],
    ['sqlalchemy.Connection', 'sqlalchemy.Session', 'Member[connection].ReturnValue'],
    ['sqlalchemy.Session', 'sqlalchemy.orm', 'Member[Session].Instance'],
    ['sqlalchemy.Session', 'sqlalchemy.orm', 'Member[sessionmaker].ReturnValue.ReturnValue'],
    ['sqlalchemy.Session', 'sqlalchemy.orm', 'Member[scoped_session].ReturnValue'],
    ['sqlalchemy.Session', 'sqlalchemy.orm', 'Member[scoped_session].ReturnValue.ReturnValue'],
    ['sqlalchemy.Session', 'sqlalchemy.ext.asyncio', 'Member[AsyncSession].Instance'],
    ['sqlalchemy.Session', 'sqlalchemy.ext.asyncio', 'Member[async_sessionmaker].ReturnValue.ReturnValue'],
    ['sqlalchemy.Session', 'sqlmodel', 'Member[Session].Instance'],
    ['sqlalchemy.Session', 'sqlmodel.ext.asyncio.session', 'Member[AsyncSession].Instance'],
    ['sqlalchemy.Session', 'flask_sqlalchemy.SQLAlchemy', 'Member[session]'],
    ['sqlalchemy.Session', 'sqlalchemy.orm.session', 'Member[Session].Instance'],
    ['sqlalchemy.Engine', 'flask_sqlalchemy.SQLAlchemy', 'Member[engine]'],
    ['sqlalchemy.Engine', 'flask_sqlalchemy.SQLAlchemy', 'Member[get_engine].ReturnValue'],
    ['flask_sqlalchemy.SQLAlchemy', 'flask_sqlalchemy', 'Member[SQLAlchemy].Instance'],
    ['sqlalchemy.Model', 'flask_sqlalchemy.SQLAlchemy', 'Member[Model]'],
    ['sqlalchemy.Model', 'sqlalchemy.orm', 'Member[DeclarativeBase,MappedAsDataclass]'],
    ['sqlalchemy.Model', 'sqlalchemy.orm', 'Member[declarative_base].ReturnValue'],
    ['sqlalchemy.Model', 'sqlalchemy.ext.declarative', 'Member[declarative_base].ReturnValue'],
    ['sqlalchemy.Model', 'sqlmodel', 'Member[SQLModel]'],
    ['sqlalchemy.Query', 'sqlalchemy.Session', 'Member[query].ReturnValue'],
    ['sqlalchemy.Query', 'sqlalchemy.Model', 'Member[query]'],
    ['sqlalchemy.Query', 'sqlalchemy.orm', 'Member[Query].Instance'],
    ['sqlalchemy.Query', 'sqlalchemy.Query', `${chained}.ReturnValue`],
    [
      'sqlalchemy.Statement',
      'sqlalchemy',
      'Member[select,insert,update,delete,union,union_all,table].ReturnValue',
    ],
    ['sqlalchemy.Statement', 'sqlalchemy.sql', 'Member[select,insert,update,delete].ReturnValue'],
    ['sqlalchemy.Statement', 'sqlalchemy.future', 'Member[select].ReturnValue'],
    ['sqlalchemy.Statement', 'sqlalchemy.dialects.postgresql', 'Member[insert].ReturnValue'],
    ['sqlalchemy.Statement', 'sqlalchemy.dialects.sqlite', 'Member[insert].ReturnValue'],
    ['sqlalchemy.Statement', 'sqlalchemy.dialects.mysql', 'Member[insert].ReturnValue'],
    ['sqlalchemy.Statement', 'sqlmodel', 'Member[select,insert,update,delete].ReturnValue'],
    [
      'sqlalchemy.Statement',
      'flask_sqlalchemy.SQLAlchemy',
      'Member[select,insert,update,delete].ReturnValue',
    ],
    ['sqlalchemy.Statement', 'sqlalchemy.Table', 'Member[select,insert,update,delete].ReturnValue'],
    ['sqlalchemy.Statement', 'sqlalchemy.Statement', `${chained}.ReturnValue`],
    ['sqlalchemy.Table', 'sqlalchemy', 'Member[Table].Instance'],
    ['sqlalchemy.Table', 'sqlalchemy.Model', 'Member[__table__]'],
    ['sqlalchemy.Result', 'sqlalchemy.Connection', `${connection}.ReturnValue`],
    ['sqlalchemy.Result', 'sqlalchemy.Session', `${connection}.ReturnValue`],
    ['sqlalchemy.Result', 'sqlalchemy.Engine', 'Member[execute].ReturnValue'],
    ['sqlalchemy.Result', 'sqlalchemy.Result', 'Member[scalars,mappings,unique,tuples].ReturnValue'],
    ['sqlalchemy.TextClause', 'sqlalchemy', 'Member[text].ReturnValue'],
  ],
  sources: [
    [
      'sqlalchemy.Result',
      'Member[fetchone,fetchall,fetchmany,all,first,one,one_or_none,scalar,scalar_one,scalar_one_or_none].ReturnValue',
      'stored',
    ],
    [
      'sqlalchemy.Query',
      'Member[all,first,one,one_or_none,get,scalar,first_or_404,one_or_404,get_or_404].ReturnValue',
      'stored',
    ],
    // A loop over a query runs it: `for book in Book.query.filter(...)`.
    ['sqlalchemy.Query', 'Element', 'stored'],
    ['sqlalchemy.Query', 'Member[paginate].ReturnValue.Member[items]', 'stored'],
    ['sqlalchemy.Query', 'Member[paginate].ReturnValue.Element', 'stored'],
    ['flask_sqlalchemy.SQLAlchemy', 'Member[paginate].ReturnValue.Member[items]', 'stored'],
    ['flask_sqlalchemy.SQLAlchemy', 'Member[paginate].ReturnValue.Element', 'stored'],
    ['sqlalchemy.Session', 'Member[get,scalar].ReturnValue', 'stored'],
    // Rows, one by one.
    ['sqlalchemy.Result', 'AnyMember', 'stored'],
    ['flask_sqlalchemy.SQLAlchemy', 'Member[get_or_404,first_or_404,one_or_404].ReturnValue', 'stored'],
  ],
  sinks: [
    ['sqlalchemy', 'Member[text,literal_column].Argument[0,text:]', 'sql'],
    ['sqlalchemy.sql', 'Member[text,literal_column].Argument[0,text:]', 'sql'],
    ['sqlalchemy.sql.expression', 'Member[text,literal_column].Argument[0,text:]', 'sql'],
    ['sqlmodel', 'Member[text,literal_column].Argument[0,text:]', 'sql'],
    ['flask_sqlalchemy.SQLAlchemy', 'Member[text,literal_column].Argument[0,text:]', 'sql'],
    ['sqlalchemy', 'Member[DDL].Argument[0,statement:]', 'sql'],
    ['sqlalchemy.Engine', 'Member[execute,scalar].Argument[0,statement:]', 'sql'],
    ['sqlalchemy.Connection', `${connection}.Argument[0,statement:]`, 'sql'],
    ['sqlalchemy.Session', `${connection}.Argument[0,statement:,clause:]`, 'sql'],
    ['sqlalchemy.Query', 'Member[from_statement,prefix_with,suffix_with].Argument[0,statement:]', 'sql'],
    ['sqlalchemy.Statement', 'Member[prefix_with,suffix_with].Argument[0]', 'sql'],
    // Columns and values; with `**data` also the names.
    ['sqlalchemy.Statement', 'Member[values].Argument[0..]', 'mass-assignment'],
    ['sqlalchemy.Model', 'Argument[0..]', 'mass-assignment'],
    ['sqlalchemy.Query', 'Member[filter_by].Argument[**:]', 'mass-assignment'],
  ],
  summaries: [
    // Not the method of a text.
    ['sqlalchemy.Query', 'Member[join]', 'Argument[this]', 'ReturnValue', 'value'],
    ['sqlalchemy.Statement', 'Member[join]', 'Argument[this]', 'ReturnValue', 'value'],
  ],
  sanitizers: [
    // Reported where the text is marked as SQL.
    ['sqlalchemy', 'Member[text,literal_column].ReturnValue', 'all'],
    ['sqlalchemy.sql', 'Member[text,literal_column].ReturnValue', 'all'],
    ['sqlalchemy.sql.expression', 'Member[text,literal_column].ReturnValue', 'all'],
    ['sqlmodel', 'Member[text].ReturnValue', 'all'],
    ['flask_sqlalchemy.SQLAlchemy', 'Member[text].ReturnValue', 'all'],
    ['sqlalchemy.TextClause', 'Member[bindparams,columns].ReturnValue', 'all'],
    [
      'sqlalchemy',
      'Member[select,insert,update,delete,bindparam,literal,and_,or_,not_,column,desc,asc,cast,case,exists].ReturnValue',
      'all',
    ],
    ['sqlalchemy', 'Member[func].AnyMember.ReturnValue', 'all'],
    ['sqlmodel', 'Member[select,insert,update,delete,and_,or_,col].ReturnValue', 'all'],
    ['sqlalchemy.Statement', `${chained}.ReturnValue`, 'all'],
    ['sqlalchemy.Query', `${chained}.ReturnValue`, 'all'],
    ['sqlalchemy.Query', 'Member[count,exists,delete,update].ReturnValue', 'all'],
    ['sqlalchemy.Result', 'Member[rowcount,lastrowid]', 'all'],
    // Column expressions bind the values that they compare with.
    [
      'sqlalchemy.Model',
      'AnyMember.Member[like,ilike,in_,notin_,not_in,contains,startswith,endswith,between,is_,is_not,match,op,any,has,desc,asc].ReturnValue',
      'all',
    ],
  ],
};
