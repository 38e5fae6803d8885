import type { JavascriptFile } from '../scan/fix/javascript/javascript-file.ts';

/** Whether a file starts an application of Nest, where middleware of Express would bypass its modules. */
export function isNest({ program }: JavascriptFile): boolean {
  return program.body.some(
    (node) => node.type === 'ImportDeclaration' && node.source.value === '@nestjs/core',
  );
}
