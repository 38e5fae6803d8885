// logging of Python 3.11, Loguru 0.7.3, structlog 25.3.0; read in the interpreter and Debian 13's packages.
import type { Models } from '../../../models/model.ts';

const levels = 'debug,info,warning,warn,error,critical,exception,fatal';

type SinkRow = NonNullable<Models['sinks']>[number];

/** The message and its values: `%r` escapes line breaks, `%d` writes a number. */
function logged(type: string, path: string, message: number): SinkRow[] {
  return [
    [type, `${path}.Argument[${message},msg:]`, 'log'],
    ...[1, 2, 3, 4, 5, 6].map(
      (directive): SinkRow => [
        type,
        `${path}.Argument[${message + directive}]`,
        'log',
        { at: `Argument[${message},msg:]`, directive },
      ],
    ),
    [type, `${path}.Argument[${message + 7}..]`, 'log'],
  ];
}

/** Text logs. The argument `extra` of `logging` is no sink, because the formatters of `logging` do not write it. */
export const log: Models = {
  language: 'python',
  types: [
    ['logging.Logger', 'logging', 'Member[getLogger].ReturnValue'],
    ['logging.Logger', 'tornado.log', 'Member[app_log,gen_log,access_log]'],
    ['logging.Logger', 'logging', 'Member[Logger,LoggerAdapter].Instance'],
    ['logging.Logger', 'logging.Logger', 'Member[getChild].ReturnValue'],
    ['logging.Logger', 'celery.utils.log', 'Member[get_task_logger].ReturnValue'],
    ['logging.Logger', 'absl', 'Member[logging]'],
    ['logging.Logger', 'multiprocessing', 'Member[get_logger,log_to_stderr].ReturnValue'],
    ['logging.Logger', 'django.utils.log', 'Member[request_logger]'],
    ['twisted.Logger', 'twisted.logger', 'Member[Logger].Instance'],
    ['twisted.Logger', 'logbook', 'Member[Logger].Instance'],
    ['loguru.Logger', 'loguru', 'Member[logger]'],
    ['loguru.Logger', 'loguru.Logger', 'Member[bind,opt,patch,contextualize].ReturnValue'],
    ['structlog.Logger', 'structlog', 'Member[get_logger,getLogger,wrap_logger].ReturnValue'],
    ['structlog.Logger', 'structlog.stdlib', 'Member[get_logger].ReturnValue'],
    ['structlog.Logger', 'structlog.Logger', 'Member[bind,new,unbind].ReturnValue'],
  ],
  sinks: [
    ...logged('logging', `Member[${levels}]`, 0),
    ...logged('logging', 'Member[log]', 1),
    ...logged('logging.Logger', `Member[${levels}]`, 0),
    ...logged('logging.Logger', 'Member[log]', 1),
    [
      'loguru.Logger',
      'Member[trace,debug,info,success,warning,error,critical,exception].Argument[0..]',
      'log',
    ],
    ['loguru.Logger', 'Member[log].Argument[1..]', 'log'],
    // Values of fields are written as JSON or by repr().
    ['structlog.Logger', `Member[${levels},msg].Argument[0,event:]`, 'log'],
    ['syslog', 'Member[syslog].Argument[0,1]', 'log'],
    ['twisted.python.log', 'Member[msg].Argument[0..]', 'log'],
    ['twisted.Logger', `Member[notice,${levels}].Argument[0]`, 'log'],
  ],
  guesses: [
    [
      'logging.Logger',
      [
        'logger',
        'log',
        'LOGGER',
        'LOG',
        'Log',
        'Logger',
        'app_log',
        'app_logger',
        'access_logger',
        'audit_log',
        'audit_logger',
        'auth_logger',
        'error_logger',
        'request_logger',
        'security_logger',
        'my_logger',
      ],
    ],
  ],
};
