import type { Models } from '../../model.ts';
import { angular } from './angular.ts';
import { archives } from './archives.ts';
import { browser } from './browser.ts';
import { bulwark } from './bulwark.ts';
import { callbackErrors } from './callback-errors.ts';
import { cleartext } from './cleartext.ts';
import { clientRouters } from './client-routers.ts';
import { cloudFunctions } from './cloud-functions.ts';
import { csv } from './csv.ts';
import { electron } from './electron.ts';
import { electronWindows } from './electron-windows.ts';
import { express } from './express.ts';
import { expressMiddleware } from './express-middleware.ts';
import { fastify } from './fastify.ts';
import { fileConventions } from './file-conventions.ts';
import { formats } from './formats.ts';
import { graphql } from './graphql.ts';
import { hapi } from './hapi.ts';
import { headlessBrowsers } from './headless-browsers.ts';
import { hono } from './hono.ts';
import { htmlEscapers } from './html-escapers.ts';
import { httpClients } from './http-clients.ts';
import { jquery } from './jquery.ts';
import { knex } from './knex.ts';
import { koa } from './koa.ts';
import { kysely } from './kysely.ts';
import { ldap } from './ldap.ts';
import { lodash } from './lodash.ts';
import { logging } from './logging.ts';
import { mail } from './mail.ts';
import { mailLinks } from './mail-links.ts';
import { markdown } from './markdown.ts';
import { messageQueues } from './message-queues.ts';
import { mongodb } from './mongodb.ts';
import { mysql } from './mysql.ts';
import { nest } from './nest.ts';
import { next } from './next.ts';
import { nodeCode } from './node-code.ts';
import { nodeData } from './node-data.ts';
import { nodeFiles } from './node-files.ts';
import { nodeHttp } from './node-http.ts';
import { nodeProcess } from './node-process.ts';
import { objectMerge } from './object-merge.ts';
import { pageText } from './page-text.ts';
import { postgres } from './postgres.ts';
import { prisma } from './prisma.ts';
import { react } from './react.ts';
import { sensitive } from './sensitive.ts';
import { sequelize } from './sequelize.ts';
import { serialization } from './serialization.ts';
import { serverFunctions } from './server-functions.ts';
import { singleLines } from './single-lines.ts';
import { sqlDatabases } from './sql-databases.ts';
import { sqlite } from './sqlite.ts';
import { staticFiles } from './static-files.ts';
import { templates } from './templates.ts';
import { text } from './text.ts';
import { typeorm } from './typeorm.ts';
import { useRules } from './use-rules.ts';
import { useRulesFiles } from './use-rules-files.ts';
import { validation } from './validation.ts';
import { vue } from './vue.ts';
import { weakKeys } from './weak-keys.ts';
import { webPlatform } from './web-platform.ts';
import { webSockets } from './web-sockets.ts';
import { xml } from './xml.ts';

/** What the scanner knows of the libraries and hosts of JavaScript and TypeScript. */
export const javascriptModels: readonly Models[] = Object.freeze([
  angular,
  archives,
  browser,
  bulwark,
  cleartext,
  callbackErrors,
  clientRouters,
  cloudFunctions,
  csv,
  electron,
  electronWindows,
  expressMiddleware,
  express,
  fastify,
  fileConventions,
  formats,
  graphql,
  hapi,
  headlessBrowsers,
  hono,
  htmlEscapers,
  httpClients,
  jquery,
  knex,
  koa,
  kysely,
  ldap,
  lodash,
  logging,
  mail,
  mailLinks,
  markdown,
  messageQueues,
  mongodb,
  mysql,
  nest,
  next,
  nodeCode,
  nodeData,
  nodeFiles,
  nodeHttp,
  nodeProcess,
  objectMerge,
  pageText,
  postgres,
  prisma,
  react,
  sensitive,
  sequelize,
  serialization,
  serverFunctions,
  singleLines,
  sqlDatabases,
  sqlite,
  staticFiles,
  templates,
  text,
  typeorm,
  useRules,
  useRulesFiles,
  weakKeys,
  validation,
  vue,
  webPlatform,
  webSockets,
  xml,
]);
