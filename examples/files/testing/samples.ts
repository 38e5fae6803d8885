import sharp from 'sharp';
import { zip } from './zip.ts';

export function picture(format: 'png' | 'jpeg', size = 40): Promise<Buffer> {
  return sharp({ create: { width: size, height: size, channels: 3, background: 'teal' } })
    .toFormat(format)
    .toBuffer();
}

export const pdf: Buffer = Buffer.from(
  `%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[]/Count 0>> endobj
xref
0 3
0000000000 65535 f
0000000009 00000 n
0000000054 00000 n
trailer <</Size 3/Root 1 0 R>>
startxref
101
%%EOF
`,
);

const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

export const docx: Buffer = zip(
  {
    name: '[Content_Types].xml',
    content: `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="${word}.document.main+xml"/></Types>`,
  },
  { name: 'word/document.xml', content: '<w:document/>' },
);

export const productsCsv = 'sku,name,category,price\r\nA-1,Lamp,light,20\r\nA-2,Large lamp,light,50\r\n';
export const productsJson: string = JSON.stringify([
  { sku: 'B-1', name: 'Chair', category: 'seat', price: 80 },
  { sku: 'B-2', name: 'Bench', category: 'seat', price: 120 },
]);
export const productsYaml = '- { sku: C-1, name: Table, category: desk, price: 300 }\n';

const levels = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((level) => `- &l${level} [${`*l${level - 1},`.repeat(10)}]`);
/** "Billion laughs": 300 bytes that stand for a billion values. */
export const aliasBomb: string = ['- &l0 lol', ...levels].join('\n');

export const pngSignature: Buffer = Buffer.from('89504e470d0a1a0a', 'hex');
