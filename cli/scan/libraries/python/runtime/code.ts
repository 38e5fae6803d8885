// Builtins, importlib, runpy, code, timeit, types of Python 3.11; asteval, simpleeval, RestrictedPython are not modelled.
import type { Models } from '../../../models/model.ts';

/**
 * Functions that run code (`eval`, `timeit`), or that look up modules, functions or attributes by name
 * (`importlib.import_module`, `operator.attrgetter`). Look-ups of the language itself, such as `getattr` and `globals()[name]`,
 * need no model. `ast.literal_eval` is no sink, because it only evaluates literals.
 */
export const code: Models = {
  language: 'python',
  types: [
    ['apscheduler.Scheduler', 'apscheduler.schedulers.background', 'Member[BackgroundScheduler].Instance'],
    ['apscheduler.Scheduler', 'apscheduler.schedulers.blocking', 'Member[BlockingScheduler].Instance'],
    ['apscheduler.Scheduler', 'apscheduler.schedulers.asyncio', 'Member[AsyncIOScheduler].Instance'],
    ['apscheduler.Scheduler', 'flask_apscheduler', 'Member[APScheduler].Instance'],
    ['pandas.DataFrame', 'pandas', 'Member[DataFrame].Instance'],
    [
      'pandas.DataFrame',
      'pandas',
      'Member[read_csv,read_excel,read_json,read_parquet,read_sql,read_sql_query,read_table,read_feather,concat,merge,DataFrame].ReturnValue',
    ],
    ['pandas.DataFrame', 'pandas', 'Member[DataFrame].Member[from_records,from_dict].ReturnValue'],
    [
      'pandas.DataFrame',
      'pandas.DataFrame',
      'Member[copy,head,tail,dropna,fillna,reset_index,set_index,sort_values,merge,join,assign,query,rename,drop,astype].ReturnValue',
    ],
    ['pandas.Series', 'pandas', 'Member[Series].Instance'],
    ['pandas.Series', 'pandas.DataFrame', 'AnyMember'],
  ],
  sinks: [
    ['operator', 'Member[attrgetter,methodcaller].Argument[0..]', 'reflection'],
    ['global', 'Member[eval,exec,compile,execfile].Argument[0,source:]', 'code'],
    ['builtins', 'Member[eval,exec,compile].Argument[0,source:]', 'code'],
    [
      'code',
      'Member[InteractiveInterpreter,InteractiveConsole].Instance.Member[runsource,runcode,push].Argument[0,source:,line:,code:]',
      'code',
    ],
    ['code', 'Member[compile_command].Argument[0,source:]', 'code'],
    ['codeop', 'Member[compile_command].Argument[0,source:]', 'code'],
    ['timeit', 'Member[timeit,repeat,Timer].Argument[0,1,stmt:,setup:]', 'code'],
    ['cProfile', 'Member[run].Argument[0,statement:]', 'code'],
    ['profile', 'Member[run].Argument[0,statement:]', 'code'],
    ['pdb', 'Member[run,runeval].Argument[0,statement:,expression:]', 'code'],
    ['runpy', 'Member[run_path].Argument[0,path_name:]', 'code'],
    ['runpy', 'Member[run_module].Argument[0,mod_name:]', 'reflection'],
    [
      'pandas.Series',
      'Member[str].Member[contains,match,fullmatch,extract,extractall,findall,count,split,replace].Argument[0,pat:]',
      'regex',
      { at: 'Argument[regex:]', is: [false], not: true },
    ],
    ['pandas', 'Member[eval].Argument[0,expr:]', 'code'],
    ['pandas.DataFrame', 'Member[query,eval].Argument[0,expr:]', 'code'],
    ['numexpr', 'Member[evaluate].Argument[0,ex:]', 'code'],
    ['sympy', 'Member[sympify,parse_expr].Argument[0,a:,s:]', 'code'],
    ['sympy.parsing.sympy_parser', 'Member[parse_expr].Argument[0,s:]', 'code'],
    ['js2py', 'Member[eval_js].Argument[0]', 'code'],
    ['global', 'Member[__import__].Argument[0,name:]', 'reflection'],
    ['importlib', 'Member[import_module,__import__].Argument[0,name:]', 'reflection'],
    ['importlib.util', 'Member[spec_from_file_location].Argument[1,location:]', 'path'],
    ['imp', 'Member[load_source,load_module,find_module].Argument[0,name:]', 'reflection'],
    ['pkgutil', 'Member[resolve_name].Argument[0,name:]', 'reflection'],
    ['apscheduler.Scheduler', 'Member[add_job,add_schedule].Argument[0,func:]', 'reflection'],
    ['pydoc', 'Member[locate].Argument[0,path:]', 'reflection'],
    ['operator', 'Member[methodcaller].Argument[0]', 'reflection'],
  ],
  summaries: [['ast', 'Member[literal_eval]', 'Argument[0,node_or_string:]', 'ReturnValue', 'taint']],
};
