import type { Framework } from './framework.ts';
import type { Manifest } from './manifest.ts';

/** The oldest version of each major that `bulwark` works with: its peer dependencies. */
const oldest: Readonly<Record<string, readonly string[]>> = {
  express: ['4.21.2', '5.0.0'],
  fastify: ['5.0.0'],
  hono: ['4.6.0'],
  koa: ['2.15.0', '3.0.0'],
  '@nestjs/core': ['10.0.0', '11.0.0', '12.0.0'],
  next: ['15.2.3', '16.0.0'],
};

const packageOf: Readonly<Record<Framework, string>> = {
  express: 'express',
  fastify: 'fastify',
  hono: 'hono',
  koa: 'koa',
  nest: '@nestjs/core',
  next: 'next',
  node: '',
};

export interface FrameworkVersion {
  readonly name: string;
  readonly asked: string;
  /** A newer version of the same major, where the one that is asked for is too old. */
  readonly raised: string | undefined;
  /** Whether the whole major is too old. */
  readonly tooOld: boolean;
}

/** Undefined where the manifest says nothing that can be compared, such as `latest`. */
export function frameworkVersion(
  { dependencies }: Manifest,
  framework: Framework,
): FrameworkVersion | undefined {
  const name = packageOf[framework];
  const asked = dependencies.get(name);
  const lowest = /^[~^]?(\d{1,5})(?:\.(\d{1,5}))?(?:\.(\d{1,5}))?$/.exec(asked?.trim() ?? '');
  if (asked === undefined || !lowest) return undefined;
  const [major, minor, patch] = [1, 2, 3].map((i) => Number(lowest[i] ?? 0));
  const versions = (oldest[name] ?? []).map((text) => text.split('.').map(Number));
  const same = versions.find(([one]) => one === major);
  if (!same) return { name, asked, raised: undefined, tooOld: (major ?? 0) < (versions[0]?.[0] ?? 0) };
  const [, needMinor = 0, needPatch = 0] = same;
  const isOlder = (minor ?? 0) < needMinor || (minor === needMinor && (patch ?? 0) < needPatch);
  return { name, asked, raised: isOlder ? `^${same.join('.')}` : undefined, tooOld: false };
}
