import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where a store keeps its files: each in a directory of its own, so that its bytes and its record move in one rename. */
export interface Layout {
  readonly root: string;
  /** `incoming/<owner>/<id>/`: files that are being received or removed. Never served. */
  readonly incoming: string;
  /** `files/<xx>/<id>/`: published files. */
  readonly files: string;
  /** `quarantine/<id>/` */
  readonly quarantine: string;
}

export const dataName = 'data';
export const recordName = 'record.json';

function layoutOf(root: string): Layout {
  return {
    root,
    incoming: join(root, 'incoming'),
    files: join(root, 'files'),
    quarantine: join(root, 'quarantine'),
  };
}

/** Creates the directories, for this account only. */
export function createLayout(root: string): Layout {
  const layout = layoutOf(root);
  for (const folder of [root, layout.incoming, layout.files, layout.quarantine]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
  return layout;
}

/** 1,024 directories, so that none has to hold all files. */
export function shardOf(layout: Layout, id: string): string {
  return join(layout.files, id.slice(0, 2));
}
