/**
 * The console, winston 3, log4js 6, loglevel, signale, npmlog, consola, tracer 1, fancy-log, electron-log 5, tslog 4,
 * debug. Not pino and bunyan, which write JSON. Documentation: the README of each.
 */
import type { Condition, Models } from '../../../models/model.ts';

const levels =
  'log,trace,debug,verbose,silly,http,info,notice,warn,warning,error,err,fatal,critical,crit,alert,emerg';

/** Without a format, winston writes JSON. */
const writesLines: Condition = {
  at: 'Argument[this].Argument[0].Member[format]',
  isApi: [['winston.JsonFormat', '']],
  not: true,
  orAbsent: true,
};

export const logging: Models = {
  language: 'javascript',
  types: [
    ['log.Logger', 'winston', ''],
    ['log.Logger', 'winston', 'Member[Logger].Instance'],
    ['log.Logger', 'winston', 'Member[loggers].Member[get,add].ReturnValue'],
    ['winston.Logger', 'winston', 'Member[createLogger].ReturnValue'],
    ['winston.Logger', 'winston.Logger', 'Member[child].ReturnValue'],
    ['winston.JsonFormat', 'winston', 'Member[format].Member[json,logstash].ReturnValue'],
    ['winston.JsonFormat', 'logform', 'Member[format].Member[json,logstash].ReturnValue'],
    // These write JSON. Because they have a model, their names are not guessed to be other loggers.
    ['log.Structured', 'pino', 'ReturnValue'],
    ['log.Structured', 'pino', 'Member[pino].ReturnValue'],
    ['log.Structured', 'bunyan', 'Member[createLogger].ReturnValue'],
    ['log.Structured', 'log.Structured', 'Member[child].ReturnValue'],
    ['log.Logger', 'log4js', 'Member[getLogger].ReturnValue'],
    ['log.Logger', 'loglevel', ''],
    ['log.Logger', 'loglevel', 'Member[getLogger].ReturnValue'],
    ['log.Logger', 'signale', ''],
    ['log.Logger', 'signale', 'Member[Signale].Instance'],
    ['log.Logger', 'npmlog', ''],
    ['log.Logger', 'consola', ''],
    ['log.Logger', 'consola', 'Member[consola]'],
    ['log.Logger', 'consola', 'Member[createConsola].ReturnValue'],
    ['log.Logger', 'tracer', 'Member[console,colorConsole,dailyfile].ReturnValue'],
    ['log.Logger', 'fancy-log', ''],
    ['log.Logger', 'electron-log', ''],
    ['log.Logger', 'electron-log/main', ''],
    ['log.Logger', 'electron-log/node', ''],
    [
      'log.Logger',
      'simple-node-logger',
      'Member[createSimpleLogger,createSimpleFileLogger,createRollingFileLogger].ReturnValue',
    ],
    ['tslog.Logger', 'tslog', 'Member[Logger].Instance'],
    ['tslog.Logger', 'tslog.Logger', 'Member[getSubLogger].ReturnValue'],
    ['log.Logger', '@nestjs/common', 'Member[Logger].Instance'],
    ['log.Logger', '@nestjs/common', 'Member[Logger]'],
    ['log.Logger', 'log.Logger', 'Member[child].ReturnValue'],
  ],
  sinks: [
    ...['global', 'console'].flatMap((type) => {
      const method = `${type === 'global' ? 'Member[console].' : ''}Member[log,info,warn,error,debug,trace]`;
      return [
        [type, `${method}.Argument[0]`, 'log'] as const,
        [type, `${method}.Argument[1]`, 'log', { at: 'Argument[0]', directive: 1 }] as const,
        [type, `${method}.Argument[2]`, 'log', { at: 'Argument[0]', directive: 2 }] as const,
        [type, `${method}.Argument[3..]`, 'log'] as const,
      ];
    }),
    ['log.Logger', `Member[${levels}].Argument[0..]`, 'log'],
    ['winston.Logger', `Member[${levels}].Argument[0..]`, 'log', writesLines],
    ['debug', 'ReturnValue.Argument[0..]', 'log'],
    ['fancy-log', 'Argument[0..]', 'log'],
    [
      'tslog.Logger',
      `Member[${levels}].Argument[0..]`,
      'log',
      { at: 'Argument[this].Argument[0].Member[type]', is: ['json', 'hidden'], not: true },
    ],
  ],
  summaries: [
    // A combination of formats has the properties of each.
    ['winston', 'Member[format].Member[combine]', 'Argument[0..]', 'ReturnValue', 'value'],
    ['logform', 'Member[format].Member[combine]', 'Argument[0..]', 'ReturnValue', 'value'],
  ],
  guesses: [['log.Logger', ['logger']]],
};
