import type { Attack } from './attacks-kind.ts';
import { archiveAttacks } from './attacks-on-archives.ts';
import { networkAttacks } from './attacks-on-curl.ts';
import { mediaAttacks } from './attacks-on-ffmpeg.ts';
import { gitAttacks } from './attacks-on-git.ts';
import { toolAttacks } from './attacks-on-tools.ts';
import { fileContents } from './contents-of-files.ts';
import { gitContents } from './contents-of-git.ts';
import { nameContents } from './contents-of-names.ts';
import { repositoryContents } from './contents-of-repositories.ts';

/** All attacks, by what they aim at. */
export const corpora: Readonly<
  Record<'git' | 'archives' | 'network' | 'tools' | 'media' | 'files', readonly Attack[]>
> = {
  git: [...gitAttacks, ...gitContents, ...repositoryContents],
  archives: archiveAttacks,
  network: networkAttacks,
  tools: toolAttacks,
  media: mediaAttacks,
  files: [...nameContents, ...fileContents],
};
