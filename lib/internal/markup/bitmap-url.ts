const bitmap =
  /^data:image\/(?:(png|x-png)|(gif)|(jpe?g|pjpeg)|(webp)|(avif)|(bmp|x-ms-bmp))(?:; ?[a-z-]{1,20}=[\w."-]{0,100}){0,4}; {0,4}base64,/i;
const types = ['png', 'gif', 'jpeg', 'webp', 'avif', 'bmp'];

/**
 * The `data:` URL of a bitmap in one spelling, `data:image/jpeg;base64,...`, or undefined for any other URL. Editors and
 * mail clients write `image/jpg`, a `charset`, line breaks, and `%3D` for the padding; browsers show all of these.
 */
export function bitmapUrl(url: string): string | undefined {
  const found = bitmap.exec(
    url
      .slice(0, 1000)
      .replace(/[\t\n\r]/g, '')
      .trimStart(),
  );
  if (found === null) return undefined;
  const type = types[found.slice(1).findIndex((one) => one !== undefined)];
  const data = url.slice(url.indexOf(',') + 1);
  const bare = plain.test(data) ? data : decoded(data);
  return plain.test(bare) ? `data:image/${type};base64,${bare}` : undefined;
}

const plain = /^[A-Za-z0-9+/]*={0,2}$/;

function decoded(data: string): string {
  return data
    .replace(/%(?:0[9ad]|20|2b|2f|3d)/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)))
    .replace(/[\t\n\f\r ]/g, '');
}
