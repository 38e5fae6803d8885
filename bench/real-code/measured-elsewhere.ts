/** Projects that others measure the scanner with. A figure is worth nothing if the scanner was built on them. */
const names: ReadonlySet<string> = new Set(
  `anything-llm lunary uptime-kuma changedetection.io redash mealie calibre-web searxng wiki.js wiki audiobookshelf wagtail pgadmin4
  etherpad-lite nodebb flowise flowise-components netbox umami linkwarden paperless-ngx wekan documenso outline saleor pyload modoboa
  mongo-express lollms-webui django-helpdesk nextchat chatgpt-next-web node-red-dashboard mcp-remote
  @modelcontextprotocol/server-filesystem mcp-server-kubernetes figma-context-mcp git-mcp-server ios-simulator-mcp markdownify-mcp
  @nestjs/devtools-integration @astrojs/node @keystone-6/auth @strapi/plugin-email cross-spawn node-cross-spawn dset fast-xml-parser
  happy-dom hono http-cache-semantics jsonpath-plus jspdf koa mysql2 node-mysql2 next-auth nodemailer @octokit/endpoint endpoint.js
  pdfjs-dist pdf.js protobufjs protobuf.js semver node-semver systeminformation tar-fs tough-cookie web3-utils
  webpack-dev-middleware`
    .split(/\s+/)
    .filter(Boolean),
);

/** Made to be attacked, or to measure scanners with. */
const training =
  /juice-?shop|webgoat|nodegoat|dvwa|dvna|dvpwa|vulnerable|vulnado|benchmark|owasp|goat\b|\bvuln/i;

/** Whether a source (`github:owner/name`, `npm:name`) may not be learnt from. */
export function measuredElsewhere(source: string): boolean {
  const name = source
    .replace(/^npm:/, '')
    .replace(/^github:[^/]+\//, '')
    .toLowerCase();
  return names.has(name) || training.test(source);
}
