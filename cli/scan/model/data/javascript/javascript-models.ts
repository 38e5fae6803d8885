import type { Models } from '../../model.ts';
import { angular } from './angular.ts';
import { angularjs } from './angularjs.ts';
import { answeredMessages } from './answered-messages.ts';
import { archives } from './archives.ts';
import { astro } from './astro.ts';
import { browser } from './browser.ts';
import { bulwark } from './bulwark.ts';
import { callbackErrors } from './callback-errors.ts';
import { chatBots } from './chat-bots.ts';
import { cleartext } from './cleartext.ts';
import { clientQueries } from './client-queries.ts';
import { clientRouters } from './client-routers.ts';
import { cloudFunctions } from './cloud-functions.ts';
import { codeRunners } from './code-runners.ts';
import { cookies } from './cookies.ts';
import { csv } from './csv.ts';
import { directories } from './directories.ts';
import { documentDatabases } from './document-databases.ts';
import { domWidgets } from './dom-widgets.ts';
import { electron } from './electron.ts';
import { electronWindows } from './electron-windows.ts';
import { eventSources } from './event-sources.ts';
import { express } from './express.ts';
import { expressMiddleware } from './express-middleware.ts';
import { fastify } from './fastify.ts';
import { fileConventions } from './file-conventions.ts';
import { fileTools } from './file-tools.ts';
import { formats } from './formats.ts';
import { functionalData } from './functional.ts';
import { graphql } from './graphql.ts';
import { hapi } from './hapi.ts';
import { headlessBrowsers } from './headless-browsers.ts';
import { hono } from './hono.ts';
import { htmlEscapers } from './html-escapers.ts';
import { httpClients } from './http-clients.ts';
import { httpClientsMore } from './http-clients-more.ts';
import { iteration } from './iteration.ts';
import { jquery } from './jquery.ts';
import { knex } from './knex.ts';
import { koa } from './koa.ts';
import { kysely } from './kysely.ts';
import { ldap } from './ldap.ts';
import { lodash } from './lodash.ts';
import { logging } from './logging.ts';
import { mail } from './mail.ts';
import { mailLinks } from './mail-links.ts';
import { mailMarkup } from './mail-markup.ts';
import { markdown } from './markdown.ts';
import { messageQueues } from './message-queues.ts';
import { mongodb } from './mongodb.ts';
import { moreData } from './more-data.ts';
import { mysql } from './mysql.ts';
import { nest } from './nest.ts';
import { next } from './next.ts';
import { nodeCode } from './node-code.ts';
import { nodeData } from './node-data.ts';
import { nodeFiles } from './node-files.ts';
import { nodeHttp } from './node-http.ts';
import { nodeProcess } from './node-process.ts';
import { nuxt } from './nuxt.ts';
import { objectMerge } from './object-merge.ts';
import { ownPages } from './own-pages.ts';
import { pageSources } from './page-sources.ts';
import { pageText } from './page-text.ts';
import { passport } from './passport.ts';
import { postgres } from './postgres.ts';
import { prisma } from './prisma.ts';
import { processMessages } from './process-messages.ts';
import { processTools } from './process-tools.ts';
import { queryLanguages } from './query-languages.ts';
import { react } from './react.ts';
import { registries } from './registries.ts';
import { remoteCalls } from './remote-calls.ts';
import { resolvers } from './resolvers.ts';
import { sensitive } from './sensitive.ts';
import { sequelize } from './sequelize.ts';
import { serialization } from './serialization.ts';
import { serverFunctions } from './server-functions.ts';
import { shellTemplates } from './shell-templates.ts';
import { singleLines } from './single-lines.ts';
import { sqlDatabases } from './sql-databases.ts';
import { sqlServices } from './sql-services.ts';
import { sqlite } from './sqlite.ts';
import { staticFiles } from './static-files.ts';
import { stores } from './stores.ts';
import { templates } from './templates.ts';
import { text } from './text.ts';
import { tlsOptions } from './tls-options.ts';
import { typeorm } from './typeorm.ts';
import { useRules } from './use-rules.ts';
import { useRulesFiles } from './use-rules-files.ts';
import { validation } from './validation.ts';
import { vue } from './vue.ts';
import { weakKeys } from './weak-keys.ts';
import { webFrameworks } from './web-frameworks.ts';
import { webPlatform } from './web-platform.ts';
import { webSockets } from './web-sockets.ts';
import { xml } from './xml.ts';

/** What the scanner knows of the libraries and hosts of JavaScript and TypeScript. */
export const javascriptModels: readonly Models[] = Object.freeze([
  angular,
  angularjs,
  archives,
  astro,
  browser,
  bulwark,
  cleartext,
  tlsOptions,
  callbackErrors,
  answeredMessages,
  ownPages,
  passport,
  processMessages,
  clientQueries,
  clientRouters,
  cloudFunctions,
  cookies,
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
  mailMarkup,
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
  nuxt,
  objectMerge,
  pageText,
  postgres,
  prisma,
  react,
  resolvers,
  sensitive,
  sequelize,
  serialization,
  serverFunctions,
  singleLines,
  sqlDatabases,
  sqlite,
  staticFiles,
  stores,
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
  sqlServices,
  queryLanguages,
  documentDatabases,
  httpClientsMore,
  fileTools,
  processTools,
  shellTemplates,
  codeRunners,
  directories,
  domWidgets,
  pageSources,
  webFrameworks,
  eventSources,
  registries,
  remoteCalls,
  chatBots,
  moreData,
  functionalData,
  iteration,
  xml,
]);
