/**
 * Commands that fetch this project's packages from a registry by name, or may: `npm install bulwark`, and `npx bulwark` without
 * `--no-install`, which downloads what is not installed. While the names belong to nobody, whoever registers them would run
 * code on the machines of everyone who follows such a line.
 *
 * @returns a line `number: text` for each
 */
export function registryInstalls(text: string): string[] {
  return text
    .split('\n')
    .flatMap((line, index) => (isRegistryInstall(line) ? [`${index + 1}: ${line.trim()}`] : []));
}

const packageName = /^bulwark(?:-cli|-monitor)?(?:@[\w.^~-]*)?$/;

function isRegistryInstall(line: string): boolean {
  return [...line.matchAll(commands)].some(([, program = '', rest = '']) => {
    const words = rest
      .split(/\s+/)
      .map((word) => word.replace(/^["'`(]+|["'`),.;:]+$/g, ''))
      .filter(Boolean);
    const names = words.filter((word) => packageName.test(word) || word === 'bulwark-gateway');
    const runs = /^(?:npx|pnpx|bunx|uvx)$|(?:exec|dlx|x)$/.test(program);
    return names.length > 0 && !(runs && words.includes('--no-install'));
  });
}

/** Up to the end of the command: what follows `&&` or a backtick is another one. */
const commands =
  /\b(npx|pnpx|bunx|npm exec|npm x|pnpm dlx|pnpm exec|yarn dlx|npm (?:i|install|add|ci)|pnpm (?:i|install|add)|yarn add|bun add)\s+([^`|&;#]*)/g;
