import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ownFile } from '../../internal/own-file.ts';
import { Misuse } from '../../refusal/misuse.ts';
import type { ProgramRules } from './program-rules.ts';
import type { ProgramTable } from './program-table.ts';
import { judgePath, refuseValue, rulesFromTable } from './rules-from-table.ts';
import { imageCoders, nameOfType } from './typed-file.ts';
import { decimal, matching, never, path, wholeNumber } from './value-kind.ts';

const geometry = matching(
  'a size',
  /^(?:\d{1,5}(?:x\d{0,5})?|x\d{1,5})(?:[+-]\d{1,5}[+-]\d{1,5})?[!<>^%@]?$/,
  'it is not a size such as 200x100',
);
const colour = matching(
  'a colour',
  /^(?:#[0-9A-Fa-f]{3,8}|[A-Za-z]{1,30}\d{0,3}|(?:rgb|hsl)a?\(\d{1,3}(?:,\d{1,3}%?){2}(?:,[01]?(?:\.\d{1,3})?)?\))$/,
  'it is not a colour',
);

const table: ProgramTable = {
  name: 'imagemagick',
  options: {
    ...{
      '-resize': geometry,
      '-thumbnail': geometry,
      '-crop': geometry,
      '-extent': geometry,
      '-geometry': geometry,
    },
    ...{
      '-scale': geometry,
      '-sample': geometry,
      '-quality': wholeNumber,
      '-rotate': decimal,
      '-density': wholeNumber,
    },
    ...{
      '-background': colour,
      '-fill': colour,
      '-bordercolor': colour,
      '-border': geometry,
      '-depth': wholeNumber,
    },
    ...{
      '-colors': wholeNumber,
      '-delay': wholeNumber,
      '-loop': wholeNumber,
      '-blur': geometry,
      '-sharpen': geometry,
    },
    ...{
      '-gravity': matching('a side', /^[A-Za-z]{4,10}$/, 'it is not a side'),
      '-append': never,
      '-format': never,
    },
    ...{
      '-annotate': never,
      '-draw': never,
      '-label': never,
      '-set': never,
      '-comment': never,
      '-caption': never,
    },
    ...{
      '-define': never,
      '-font': never,
      '-write': path,
      '-profile': never,
      '-fx': never,
      '-limit': never,
      '-size': geometry,
    },
    ...{
      '-page': never,
      '-tile': never,
      '-texture': never,
      '-script': never,
      '-encoding': never,
      '-family': never,
    },
  },
  flags: [
    ...[
      '-strip',
      '-auto-orient',
      '-flip',
      '-flop',
      '-trim',
      '+repage',
      '-coalesce',
      '-flatten',
      '-negate',
      '-normalize',
    ],
    ...[
      '-monochrome',
      '-transparent',
      '-verbose',
      '-ping',
      '-quiet',
      '-regard-warnings',
      '-layers',
      '-append',
      '+profile',
    ],
  ],
  operands: [path],
  forbidden: [
    { option: '-script', because: 'runs a script of ImageMagick, command-line-options.php#script' },
    { option: '-process', because: 'loads a module, command-line-options.php' },
    { option: '-authenticate', because: 'puts a password on the command line' },
    { option: '-filter-module', because: 'loads a module' },
    { option: '-display', because: 'connects to an X server, command-line-options.php#display' },
    { option: '-window', because: 'connects to an X server, command-line-options.php#window' },
    { option: '-remote', because: 'sends commands to another process, command-line-options.php#remote' },
  ],
  // Each has a meaning in names: pages, frames, sets of files, other coders. In the name of a dot file, ImageMagick finds no extension.
  pathPattern: {
    allowed: /^[^%*?[\]{}@:|~\\]*$/,
    reason: 'its name has a character with a special meaning to ImageMagick',
  },
};

const folder = fileURLToPath(ownFile('../policy/imagemagick/', import.meta.url));

/**
 * The rules for ImageMagick 7 and 6. It has no end of options, and guesses a file's type from name and content, so only files with a checked type
 * are operands: `image('image/png', path)`. Bulwark's own policy disables delegates, and all coders except those of eight image types.
 *
 * @throws Misuse `bulwark/invalid-option` if the policy file is not where the package has it, as in a bundle
 */
export function imagemagick(): ProgramRules {
  if (!existsSync(`${folder}policy.xml`)) {
    throw new Misuse(
      'bulwark/invalid-option',
      `There is no ${folder}policy.xml. Leave bulwark out of the bundle.`,
    );
  }
  const rules = rulesFromTable({
    ...table,
    env: { MAGICK_CONFIGURE_PATH: folder, MAGICK_THREAD_LIMIT: '2' },
  });
  return {
    ...rules,
    writeFile: (file, position) => {
      const judged = judgePath(table, file, position);
      if (!judged.allow) return judged;
      const coder = nameOfType(file.type, imageCoders);
      return coder === undefined
        ? refuseValue(table.name, file.path, position, 'its type is not said: write image(type, path)')
        : `${coder}:${file.path}`;
    },
  };
}
