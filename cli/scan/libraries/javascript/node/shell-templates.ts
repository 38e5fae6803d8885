/**
 * Templates that run programs: zx 8, Bun 1, dax 0.43. Each value is quoted as one argument. Documentation:
 * https://google.github.io/zx/quotes, https://bun.sh/docs/runtime/shell, https://github.com/dsherret/dax
 */
import type { Models } from '../../../models/model.ts';

export const shellTemplates: Models = {
  language: 'javascript',
  types: [
    ['shell.Template', 'zx', 'Member[$]'],
    ['shell.Template', 'zx/core', 'Member[$]'],
    ['shell.Template', 'global', 'Member[Bun].Member[$]'],
    ['shell.Template', 'bun', 'Member[$]'],
    ['shell.Template', 'dax-sh', ''],
    ['shell.Template', 'dax-sh', 'Member[$,default]'],
    ['shell.Template', '@david/dax', ''],
    ['shell.Template', '@david/dax', 'Member[$,default]'],
    ['shell.Template', 'shell.Template', 'Member[sync]'],
    // Called with options, `$({ quiet: true })`, it returns the same function.
    ['shell.Template', 'shell.Template', 'ReturnValue'],
  ],
  sinks: [
    // A list of strings that is no template literal is used unquoted.
    ['shell.Template', 'Argument[0].AnyMember', 'command'],
    ['shell.Template', 'Argument[0]', 'command'],
    // dax does not quote values in this one either.
    ['shell.Template', 'Member[raw].Argument[1..]', 'command'],
  ],
};
