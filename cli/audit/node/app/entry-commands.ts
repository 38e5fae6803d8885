/** A program of the application that a command starts. */
export interface Started {
  /** As the command names it: `dist/server.js`, or the framework whose own command starts it. */
  readonly file?: string;
  readonly framework?: 'next' | 'nest' | 'fastify';
  /** The command is one for development: `next dev`. */
  readonly isDevelopment?: true;
  /** What the command sets `NODE_ENV` to. */
  readonly nodeEnv?: string;
}

const mostDepth = 5;
const runners =
  /^(?:node|nodejs|tsx|ts-node|ts-node-esm|bun|deno|nodemon|node-dev|pm2|pm2-runtime|forever|swc-node)$/;

/** What a command starts, through the scripts of the manifest that it calls. */
export function startedBy(
  command: string,
  scripts: ReadonlyMap<string, string>,
  depth = 0,
): readonly Started[] {
  if (depth > mostDepth || command.length > 4_000) return [];
  return command
    .split(/&&|\|\||;|\n|(?<!\|)\|(?!\|)/, 50)
    .flatMap((part) => ofOne(words(part), scripts, depth));
}

function ofOne(
  all: readonly string[],
  scripts: ReadonlyMap<string, string>,
  depth: number,
): readonly Started[] {
  let [nodeEnv, at] = [undefined as string | undefined, 0];
  for (; at < all.length; at++) {
    const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/.exec(all[at] ?? '') ?? [];
    if (name === 'NODE_ENV') nodeEnv = value;
    const isPrefix =
      name !== undefined ||
      /^(?:exec|env|npx|bunx|cross-env|cross-env-shell|dotenv|dotenvx|dumb-init|tini|--|-e|sh|-c|bash|pnpm|yarn|sudo|\/sbin\/tini)$/.test(
        all[at] ?? '',
      );
    if (!isPrefix || (/^(?:pnpm|yarn)$/.test(all[at] ?? '') && isScript(all[at + 1], scripts))) break;
  }
  const [program = '', ...args] = all.slice(at);
  const withEnv = (one: Started): Started =>
    nodeEnv === undefined || one.nodeEnv !== undefined ? one : { ...one, nodeEnv };
  if (/^(?:npm|pnpm|yarn|bun)$/.test(program)) {
    const name = args.filter((one) => !/^(?:run|run-script|-.*)$/.test(one))[0] ?? '';
    const script = scripts.get(name);
    if (script !== undefined) return startedBy(script, scripts, depth + 1).map(withEnv);
    if (program !== 'bun') return [];
  }
  if (program === 'next' && args[0] === 'start') return [withEnv({ framework: 'next' })];
  if (program === 'next' && args[0] === 'dev') return [withEnv({ framework: 'next', isDevelopment: true })];
  if (program === 'nest' && args[0] === 'start') return [withEnv({ framework: 'nest' })];
  if (program === 'fastify' && args[0] === 'start') {
    const file = args.slice(1).find((one) => !one.startsWith('-') && /[./]/.test(one));
    return file === undefined ? [] : [withEnv({ framework: 'fastify', file })];
  }
  if (runners.test(program.slice(program.lastIndexOf('/') + 1))) {
    const file = args.find(
      (one, index) =>
        isFile(one) &&
        !/^(?:-r|--require|--import|--loader|--env-file|-C|--experimental-loader|--tsconfig|-P|--project)$/.test(
          args[index - 1] ?? '',
        ),
    );
    return file === undefined ? [] : [withEnv({ file })];
  }
  return [];
}

function isScript(word: string | undefined, scripts: ReadonlyMap<string, string>): boolean {
  return word === 'run' || (word !== undefined && scripts.has(word));
}

/** Not an option, and not a subcommand. */
function isFile(word: string): boolean {
  return (
    !word.startsWith('-') &&
    !/^(?:run|start|serve|watch|x)$/.test(word) &&
    !/\.env$/.test(word) &&
    /^[\w@./[\]-]+$/.test(word)
  );
}

function words(text: string): string[] {
  const found = text.match(/"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"']+(?:"[^"]*"|'[^']*')?/g) ?? [];
  return found
    .slice(0, 200)
    .map((word) => word.replace(/^(["'])(.*)\1$/, '$2').replace(/=(["'])(.*)\1$/, '=$2'));
}
