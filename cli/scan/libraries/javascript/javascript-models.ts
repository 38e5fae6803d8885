import { angular } from '../../frameworks/angular/model.ts';
import { angularjs } from '../../frameworks/angularjs/model.ts';
import { astro } from '../../frameworks/astro/model.ts';
import { electronWindows } from '../../frameworks/electron/electron-windows.ts';
import { electron } from '../../frameworks/electron/model.ts';
import { expressMiddleware } from '../../frameworks/express/express-middleware.ts';
import { express } from '../../frameworks/express/model.ts';
import { fastify } from '../../frameworks/fastify/model.ts';
import { hapi } from '../../frameworks/hapi/model.ts';
import { hono } from '../../frameworks/hono/model.ts';
import { koa } from '../../frameworks/koa/model.ts';
import { nest } from '../../frameworks/nest/model.ts';
import { next } from '../../frameworks/next/model.ts';
import { nuxt } from '../../frameworks/nuxt/model.ts';
import { react } from '../../frameworks/react/model.ts';
import { sails } from '../../frameworks/sails/model.ts';
import { vue } from '../../frameworks/vue/model.ts';
import type { Models } from '../../models/model.ts';
import { bulwark } from './bulwark.ts';
import { csv } from './data/csv.ts';
import { decoding } from './data/decoding.ts';
import { directories } from './data/directories.ts';
import { formats } from './data/formats.ts';
import { functionalData } from './data/functional.ts';
import { iteration } from './data/iteration.ts';
import { ldap } from './data/ldap.ts';
import { lodash } from './data/lodash.ts';
import { logging } from './data/logging.ts';
import { moreData } from './data/more-data.ts';
import { objectMerge } from './data/object-merge.ts';
import { registries } from './data/registries.ts';
import { serialization } from './data/serialization.ts';
import { singleLines } from './data/single-lines.ts';
import { text } from './data/text.ts';
import { validation } from './data/validation.ts';
import { xml } from './data/xml.ts';
import { documentDatabases } from './database/document-databases.ts';
import { knex } from './database/knex.ts';
import { kysely } from './database/kysely.ts';
import { mongodb } from './database/mongodb.ts';
import { mysql } from './database/mysql.ts';
import { postgres } from './database/postgres.ts';
import { prisma } from './database/prisma.ts';
import { queryLanguages } from './database/query-languages.ts';
import { sequelize } from './database/sequelize.ts';
import { sqlDatabases } from './database/sql-databases.ts';
import { sqlServices } from './database/sql-services.ts';
import { sqlite } from './database/sqlite.ts';
import { stores } from './database/stores.ts';
import { typeorm } from './database/typeorm.ts';
import { fileConventions } from './file-conventions.ts';
import { answeredMessages } from './http/answered-messages.ts';
import { callbackErrors } from './http/callback-errors.ts';
import { chatBots } from './http/chat-bots.ts';
import { cleartext } from './http/cleartext.ts';
import { cloudFunctions } from './http/cloud-functions.ts';
import { cookies } from './http/cookies.ts';
import { eventSources } from './http/event-sources.ts';
import { graphql } from './http/graphql.ts';
import { httpClients } from './http/http-clients.ts';
import { httpClientsMore } from './http/http-clients-more.ts';
import { messageQueues } from './http/message-queues.ts';
import { passport } from './http/passport.ts';
import { remoteCalls } from './http/remote-calls.ts';
import { resolvers } from './http/resolvers.ts';
import { serverFunctions } from './http/server-functions.ts';
import { staticFiles } from './http/static-files.ts';
import { tlsOptions } from './http/tls-options.ts';
import { webFrameworks } from './http/web-frameworks.ts';
import { webSockets } from './http/web-sockets.ts';
import { archives } from './node/archives.ts';
import { codeRunners } from './node/code-runners.ts';
import { fileTools } from './node/file-tools.ts';
import { nodeCode } from './node/node-code.ts';
import { nodeData } from './node/node-data.ts';
import { nodeFiles } from './node/node-files.ts';
import { nodeHttp } from './node/node-http.ts';
import { nodeProcess } from './node/node-process.ts';
import { processMessages } from './node/process-messages.ts';
import { processTools } from './node/process-tools.ts';
import { shellTemplates } from './node/shell-templates.ts';
import { browser } from './page/browser.ts';
import { clientQueries } from './page/client-queries.ts';
import { clientRouters } from './page/client-routers.ts';
import { domWidgets } from './page/dom-widgets.ts';
import { headlessBrowsers } from './page/headless-browsers.ts';
import { htmlEscapers } from './page/html-escapers.ts';
import { jquery } from './page/jquery.ts';
import { mail } from './page/mail.ts';
import { mailLinks } from './page/mail-links.ts';
import { mailMarkup } from './page/mail-markup.ts';
import { markdown } from './page/markdown.ts';
import { ownPages } from './page/own-pages.ts';
import { pageSources } from './page/page-sources.ts';
import { pageText } from './page/page-text.ts';
import { templates } from './page/templates.ts';
import { webPlatform } from './page/web-platform.ts';
import { sensitive } from './sensitive.ts';
import { useRules } from './use-rules.ts';
import { useRulesFiles } from './use-rules-files.ts';
import { weakKeys } from './weak-keys.ts';

/** The models of the libraries and runtimes of JavaScript and TypeScript. */
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
  decoding,
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
  sails,
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
