const longestKept = 255;
/** Control characters, and marks that change the direction of text, with which `exe.png` can look like `gnp.exe`. */
const hidden = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/**
 * The name on the user's machine, in the form that is kept: the last part of the path, without invisible characters, shortened. It is data,
 * never a path.
 */
export function cleanFileName(name: string): string {
  const last = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1).replace(hidden, '');
  const characters = [...last.toWellFormed()];
  if (characters.length <= longestKept) return characters.join('');
  const extension = /\.[a-z\d]{1,10}$/i.exec(last)?.[0] ?? '';
  return characters.slice(0, longestKept - extension.length).join('') + extension;
}

/** The extension in lower case, without a dot. Empty if there is none. Dots and spaces at the end are ignored, because Windows drops them. */
export function extensionOf(name: string): string {
  const trimmed = name.replace(/[. ]{1,255}$/, '');
  const dot = trimmed.lastIndexOf('.');
  return dot === -1 ? '' : trimmed.slice(dot + 1).toLowerCase();
}
