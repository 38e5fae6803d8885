/** Where the scanner may name a framework: in its model, and in tests. The engine asks for a trait, a type, or a convention. */
const engine = /^cli\/scan\/(?:dataflow|callgraph|guards)\//;

const frameworks =
  'koa|express|fastify|hono|hapi|nest(?:js)?|nextjs|nuxt|astro|svelte|remix|fastapi|starlette|django|flask|litestar|sanic|tornado|aiohttp|pyramid|bottle|cherrypy|falcon|electron|angular|react|vue';

/** A text or a pattern that names a framework as a whole word: `'koa'`, `'koa.Context'`, `/^koa\./i`. */
const named = new RegExp(`(?:'[^' ]*|/[^/ ]*)\\b(?:${frameworks})\\b(?![^']*\\.ts')`, 'i');

/** The name of a state, tested by a pattern or compared with a text. States are the only things with `sources` or `traits` so named. */
const tested =
  /\bstates?(?:\([^;]*\))?[^;]*\(?\{? ?name\b[^;]*(?:\.test\(name\)|=== '|startsWith\(|endsWith\()|\bstate\??\.name(?: [!=]== |\.(?:startsWith|endsWith|includes|match)\()|\.(?:test|exec)\(state\??\.name\)/;

/** The name of a state beside another field that only states have, or of each of some states. */
const taken =
  /\{ (?:name, (?:sources|traits)|(?:sources|traits), name) \}|\(\{ (?:args|params), name \}\) =>|\{ name \} of states\b/;

/** The lines of a file of the scanner that decide by the name of a framework, or by one that is for messages. */
export function nameTests(file: string, text: string): string[] {
  if (!file.startsWith('cli/scan/') || !file.endsWith('.ts') || /\/testing\/|\.test\.ts$/.test(file))
    return [];
  return text.split('\n').flatMap((line, index) => {
    const code = line.replace(/^\s*(?:\/?\*|\/\/).*/, '').replace(/^import .*/, '');
    const isNamed = engine.test(file) && named.test(code);
    return isNamed || tested.test(code) || taken.test(code) ? [`${file}:${index + 1}: ${line.trim()}`] : [];
  });
}
