/**
 * Types that only rules about single uses need: file modes, security headers, escaping of templates. Node 20 to 24;
 * helmet 8, @fastify/helmet 13, koa-helmet 8, hono 4; nunjucks 3, handlebars 4, eta 3, mustache 4, swig 1.
 */
import type { Models } from '../../models/model.ts';

function both(names: string): string {
  return names
    .split(',')
    .flatMap((name) => [name, `${name}Sync`])
    .join(',');
}

const helmets = ['helmet', '@fastify/helmet', 'fastify-helmet', 'koa-helmet'];

export const useRulesFiles: Models = {
  language: 'javascript',
  types: [
    ['use.Chmod', 'fs.Module', `Member[${both('chmod,lchmod,fchmod')}]`],
    ['use.ChmodHandle', 'fs.Module', 'Member[open].ReturnValue.Member[chmod]'],
    ['use.Umask', 'global', 'Member[process].Member[umask]'],
    ['use.Umask', 'process', 'Member[umask]'],
    [
      'use.WriteFile',
      'fs.Module',
      `Member[${both('writeFile,appendFile,outputFile,outputJson,writeJson')},createWriteStream]`,
    ],
    ['use.OpenFile', 'fs.Module', `Member[${both('open')}]`],
    ['use.CheckFile', 'fs.Module', `Member[${both('access,stat,lstat,exists,pathExists')}]`],
    ['use.ReadFile', 'fs.Module', `Member[${both('readFile')},createReadStream]`],
    ['use.ChangeFile', 'fs.Module', `Member[${both('chown,truncate')}]`],
    ['use.RemoveFile', 'fs.Module', `Member[${both('unlink,rm,remove,rename,move')}]`],
    ['use.MakeFolder', 'fs.Module', `Member[${both('mkdir,ensureDir,mkdirp')}]`],
    ['use.TemporaryFolder', 'os', 'Member[tmpdir]'],
    ...helmets.flatMap((name) => [
      ['use.Helmet', name, ''] as const,
      ['use.Helmet', name, 'Member[helmet]'] as const,
      ['use.ContentPolicy', name, 'Member[contentSecurityPolicy]'] as const,
      ['use.ContentPolicy', name, 'Member[helmet].Member[contentSecurityPolicy]'] as const,
    ]),
    ['use.ContentPolicy', 'helmet-csp', ''],
    ['use.SecureHeaders', 'hono/secure-headers', 'Member[secureHeaders]'],
    ['use.BulwarkMiddleware', 'bulwark/express', 'Member[bulwark]'],
    ['use.BulwarkMiddleware', 'bulwark/node', 'Member[bulwark]'],
    ['use.BulwarkHtml', 'bulwark/html', 'Member[html]'],
    ['use.BulwarkSql', 'bulwark/sql', 'Member[sql]'],
    ['use.NunjucksConfigure', 'nunjucks', 'Member[configure]'],
    ['use.NunjucksEnvironment', 'nunjucks', 'Member[Environment]'],
    ['use.HandlebarsCompile', 'handlebars.Module', 'Member[compile,precompile]'],
    ['use.EtaClass', 'eta', 'Member[Eta]'],
    ['use.EtaConfigure', 'eta', 'Member[configure]'],
    ['use.EtaConfigure', 'eta', 'Member[Eta].Instance.Member[configure,withConfig]'],
    ['use.Mustache', 'mustache', ''],
    ['use.SwigDefaults', 'swig', 'Member[setDefaults,Swig]'],
    ['use.SwigDefaults', 'swig-templates', 'Member[setDefaults,Swig]'],
    ['use.YamlLoad', 'js-yaml', 'Member[load,loadAll,safeLoad]'],
  ],
};
