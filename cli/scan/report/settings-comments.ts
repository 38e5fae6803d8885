import type { Comment, Module } from '../ir/ir.ts';
import type { TextFile } from '../project/project.ts';
import { lineStarts } from '../rules/kit/line-starts.ts';

/** Returns, for each settings file, the comments that may suppress a finding. Files without such comments are left out. */
export function settingsComments(files: readonly TextFile[]): Pick<Module, 'path' | 'comments' | 'lines'>[] {
  return files.flatMap(({ path, text }) => {
    if (!/bulwark[\s:_-]{0,3}(?:ignore|disable)/i.test(text)) return [];
    const comments: Comment[] = [];
    for (const found of text.matchAll(/(?:^|[ \t])((?:#|;|\/\/|<!--)[ \t]{0,20}bulwark[^\n]{0,2000})/gim)) {
      const written = found[1] ?? '';
      comments.push({ at: found.index + found[0].length - written.length, text: written });
    }
    return comments.length === 0 ? [] : [{ path, comments, lines: lineStarts(text) }];
  });
}
