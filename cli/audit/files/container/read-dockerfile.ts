import type { Subject } from '../../subject/subject.ts';
import { mayBeProduction } from '../production-file.ts';

export interface Instruction {
  /** In capitals. */
  readonly name: string;
  readonly text: string;
  readonly line: number;
}

export interface Stage {
  /** The image or the stage that it builds on, as it is written, with values of ARG in it. */
  readonly base: string;
  readonly name: string | undefined;
  readonly line: number;
  readonly instructions: readonly Instruction[];
}

export interface Dockerfile {
  readonly path: string;
  readonly stages: readonly Stage[];
  /** The values of ARG and ENV, for `$NAME`. */
  readonly values: ReadonlyMap<string, string>;
  readonly problem?: string;
}

const dockerfile = /(^|\/)((Dockerfile|Containerfile)([._-][\w.-]+)?|[\w.-]+\.(dockerfile|containerfile))$/i;
const forBuilding = /(^|[._-])(builder|build|lint|docs|dockerignore)([._-]|$)/i;
const maxInstructions = 2000;

/** The Dockerfiles that production may be built of. */
export function dockerfiles(subject: Subject): readonly Dockerfile[] {
  return subject.paths
    .filter(
      (path) =>
        dockerfile.test(path) &&
        mayBeProduction(path) &&
        !forBuilding.test(path.slice(path.lastIndexOf('/') + 1)),
    )
    .slice(0, 100)
    .map((path) => readDockerfile(path, subject.read(path)));
}

function readDockerfile(path: string, text: string | undefined): Dockerfile {
  const values = new Map<string, string>();
  if (text === undefined) return { path, stages: [], values, problem: 'could not be read' };
  const stages: { base: string; name: string | undefined; line: number; instructions: Instruction[] }[] = [];
  for (const instruction of instructionsOf(text)) {
    const { name, text: rest, line } = instruction;
    if (name === 'ARG' || name === 'ENV')
      for (const [key, value] of assignments(rest)) values.set(key, value);
    if (name === 'FROM') {
      const [, base = '', as] = /^(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/i.exec(rest) ?? [];
      stages.push({ base: withValues(base, values), name: as, line, instructions: [] });
    } else {
      stages.at(-1)?.instructions.push(instruction);
    }
  }
  return stages.length === 0 ? { path, stages, values, problem: 'has no FROM' } : { path, stages, values };
}

function instructionsOf(text: string): readonly Instruction[] {
  const found: Instruction[] = [];
  const lines = text.split(/\r?\n/, 20_000);
  for (let at = 0; at < lines.length && found.length < maxInstructions; at++) {
    const start = at;
    let line = lines[at] ?? '';
    if (/^\s*(#|$)/.test(line)) continue;
    while (/[\\`]\s*$/.test(line) && at + 1 < lines.length && line.length < 100_000) {
      at++;
      const next = lines[at] ?? '';
      line = /^\s*#/.test(next) ? line : `${line.replace(/[\\`]\s*$/, '')} ${next.trim()}`;
    }
    const [, name, rest = ''] = /^\s*([A-Za-z]+)\s*(.*)$/.exec(line) ?? [];
    if (name === undefined) continue;
    found.push({ name: name.toUpperCase(), text: rest.trim(), line: start + 1 });
    // The text of a heredoc holds no instructions.
    const end = /^(RUN|COPY|ADD)\b/i.test(line) ? /<<-?\s*["']?(\w+)["']?/.exec(line)?.[1] : undefined;
    if (end !== undefined) while (at + 1 < lines.length && (lines[at] ?? '').trim() !== end) at++;
  }
  return found;
}

/** `A=1 B="two words"` and the old form `A value`. */
export function assignments(text: string): readonly (readonly [key: string, value: string])[] {
  const pairs = [...text.matchAll(/([A-Za-z_]\w*)=("(?:[^"\\]|\\.)*"|'[^']*'|\S*)/g)].map(
    ([, key = '', value = '']) => [key, value.replace(/^["']|["']$/g, '')] as const,
  );
  if (pairs.length > 0) return pairs;
  const [, key, value] = /^([A-Za-z_]\w*)\s+(\S.*)$/.exec(text) ?? [];
  return key === undefined || value === undefined ? [] : [[key, value]];
}

/** Replaces `$NAME`, `${NAME}` and `${NAME:-default}` where the value is known. */
export function withValues(text: string, values: ReadonlyMap<string, string>): string {
  return text
    .slice(0, 2000)
    .replace(
      /\$(?:\{(\w+)(?::?-([^}]*))?\}|(\w+))/g,
      (all, braced: string | undefined, fallback: string | undefined, bare: string | undefined) =>
        (values.get(braced ?? bare ?? '') ?? fallback ?? all).slice(0, 500),
    );
}
