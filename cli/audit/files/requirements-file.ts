/** What a requirements file of pip asks for. */
export interface Requirement {
  readonly text: string;
  readonly line: number;
  /** `==` with a full version, or a commit or archive with a hash. */
  readonly isExact: boolean;
  readonly hasHash: boolean;
}

const maxLines = 20_000;

/** The requirements, without options (`-r`, `-c`, `--index-url`), comments and the project itself (`-e .`). */
export function readRequirements(text: string): readonly Requirement[] {
  const lines = text.split(/\r?\n/, maxLines);
  const found: Requirement[] = [];
  for (let at = 0; at < lines.length; at++) {
    const start = at;
    let line = lines[at] ?? '';
    while (line.endsWith('\\') && at + 1 < lines.length && line.length < 100_000)
      line = `${line.slice(0, -1)} ${lines[++at] ?? ''}`;
    const bare = line.replace(/(^|\s)#.*$/, '').trim();
    if (bare === '' || /^(-[rcifh]\b|--(?!hash))/.test(bare) || /^(-e\s+)?\.{1,2}(\/|\[|$)/.test(bare))
      continue;
    const asked = bare
      .replace(/\s--hash[= ]\S+/g, '')
      .replace(/\s*;.*$/, '')
      .trim();
    const isCommit = /@[0-9a-f]{40}\b/.test(asked);
    found.push({
      text: asked.slice(0, 200),
      line: start + 1,
      isExact: isCommit || /^[A-Za-z0-9._-]+\s*(\[[^\]]*\])?\s*===?\s*[^\s,*]+$/.test(asked),
      hasHash: isCommit || /--hash[= ]\w+:[0-9a-f]{32,}/.test(bare) || /#sha256=[0-9a-f]{64}/.test(line),
    });
  }
  return found;
}
