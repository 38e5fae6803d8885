/**
 * Functions that write logs or store values, for the rules about secrets: the console, node:fs of Node 20, winston 3,
 * pino 9, bunyan 1, log4js 6, debug 4, js-cookie 3, react-native's async storage. Documentation: the README of each.
 */
import type { Models } from '../../models/model.ts';

const levels =
  'log,trace,debug,verbose,silly,http,info,notice,warn,warning,error,err,fatal,critical,crit,alert,emerg';
const consoles = 'log,info,warn,error,debug,trace,dir,table,group,groupCollapsed,assert';

export const sensitive: Models = {
  language: 'javascript',
  types: [
    ['use.Log', 'global', `Member[console].Member[${consoles}]`],
    ['use.Log', 'console', `Member[${consoles}]`],
    ['use.Log', 'log.Logger', `Member[${levels}]`],
    ['use.Log', 'winston.Logger', `Member[${levels}]`],
    ['use.Log', 'log.Structured', `Member[${levels}]`],
    ['use.Log', 'debug', 'ReturnValue'],
    ['use.Log', 'debug', 'Member[debug].ReturnValue'],
    ['use.Log', 'global', 'Member[process].Member[stdout,stderr].Member[write]'],
    ['use.Log', 'process', 'Member[stdout,stderr].Member[write]'],
    ['use.Log', 'util', 'Member[debuglog,debug].ReturnValue'],
    ['use.WriteFile', 'fs', 'Member[writeFile,writeFileSync,appendFile,appendFileSync]'],
    ['use.WriteFile', 'fs', 'Member[promises].Member[writeFile,appendFile]'],
    ['use.WriteFile', 'fs/promises', 'Member[writeFile,appendFile]'],
    [
      'use.WriteFile',
      'fs-extra',
      'Member[writeFile,writeFileSync,appendFile,outputFile,writeJson,writeJSON,outputJson,writeJsonSync]',
    ],
    ['use.FileStream', 'fs', 'Member[createWriteStream].ReturnValue.Member[write,end]'],
    ['use.AsyncStorage', '@react-native-async-storage/async-storage', 'Member[setItem]'],
    ['use.JsCookie', 'js-cookie', 'Member[set]'],
    ['use.JsCookie', 'universal-cookie', 'Member[set]'],
  ],
};
