import { expect, it } from 'vitest';
import { drawer } from '../testing/drawn.ts';
import { type Commit, createRepository } from '../testing/repository.ts';
import { shapedSecrets } from '../testing/shaped-secrets.ts';
import { searchHistory } from './search-history.ts';

const commits = 10_000;
const folders = 40;
const secretAt = 6543;

it(`searches a history of ${commits} commits, and prints the CPU time`, async () => {
  const secret = shapedSecrets['npm-token']?.(drawer(1)) ?? '';
  const folder = createRepository(history(secret));
  try {
    const before = process.cpuUsage();
    const search = await searchHistory(folder.path);
    const { user, system } = process.cpuUsage(before);
    expect(search).toMatchObject({ commits, gaps: [], secrets: [{ value: secret, line: 201 }] });
    const { versions } = search as { readonly versions: number };
    console.info(
      `${commits} commits, ${versions} contents: ${((user + system) / 1e6).toFixed(1)} s of CPU, without that of git`,
    );
  } finally {
    folder.remove();
  }
});

/** Each commit changes three of some hundreds of files, of 6 to 8 KB each. */
function* history(secret: string): Generator<Commit> {
  const draw = drawer(2);
  const body = Array.from({ length: 200 }, (_, line) => `export const value${line} = compute(${line});`).join(
    '\n',
  );
  for (let index = 0; index < commits; index++) {
    const files = Array.from({ length: 3 }, (_, file): [string, string] => [
      `src/part-${(index * 7 + file) % folders}/file-${(index * 3 + file) % 11}.js`,
      `${body}\nconst last = '${draw('<l12>')}';\n`,
    ]);
    if (index === secretAt) files.push(['src/client.js', `${body}\nconnect('${secret}');\n`]);
    yield { files: Object.fromEntries(files) };
  }
}
