// Functions that write logs or files, for the rules about secrets: print, sys, logging of Python 3.13, Loguru 0.7, structlog
// 25.3, click 8.1, typer 0.15, Flask 3.1; as documented.
import type { Models } from '../../models/model.ts';

const levels = 'debug,info,warning,warn,error,critical,exception,fatal,log';

export const sensitive: Models = {
  language: 'python',
  types: [
    ['use.Log', 'global', 'Member[print]'],
    ['use.Log', 'pprint', 'Member[pprint,pp]'],
    ['use.Log', 'sys', 'Member[stdout,stderr].Member[write]'],
    ['use.Log', 'logging', `Member[${levels}]`],
    ['use.Log', 'logging.Logger', `Member[${levels}]`],
    ['use.Log', 'loguru.Logger', `Member[trace,success,${levels}]`],
    ['use.Log', 'structlog.Logger', `Member[msg,${levels}]`],
    ['use.Log', 'flask.Flask', `Member[logger].Member[${levels}]`],
    ['use.Log', 'syslog', 'Member[syslog]'],
    ['use.Log', 'warnings', 'Member[warn]'],
    ['use.Log', 'click', 'Member[echo,secho]'],
    ['use.Log', 'typer', 'Member[echo,secho]'],
    ['use.Log', 'rich', 'Member[print]'],
    ['use.WriteFile', 'io.File', 'Member[write,writelines]'],
    ['use.WriteFile', 'pathlib', 'Member[Path].Instance.Member[write_text,write_bytes]'],
    ['use.WriteFile', 'aiofiles', 'Member[open].ReturnValue.Member[write,writelines]'],
    ['use.DumpFile', 'json', 'Member[dump]'],
    ['use.DumpFile', 'pickle', 'Member[dump]'],
    ['use.DumpFile', 'yaml', 'Member[dump,safe_dump]'],
  ],
};
