const font = "font-family: Arial, 'Helvetica Neue', Helvetica, sans-serif";
const image = (name: string, width: number, height: number, style = ''): string =>
  `<img src="https://img.example.com/${name}.png" alt="${name}" width="${width}" height="${height}" border="0" style="display: block; ${style}">`;
const table = (attributes: string, rows: string): string =>
  `<table ${attributes} border="0" cellpadding="0" cellspacing="0" role="presentation"><tbody>${rows}</tbody></table>`;
const row = (...cells: string[]): string => `<tr>${cells.join('')}</tr>`;
const cell = (inner: string, style = '', attributes = ''): string =>
  `<td ${attributes} style="${style}">${inner}</td>`;
const frame = (rows: string, width = 600): string =>
  table(
    'width="100%" bgcolor="#f4f4f4"',
    row(
      cell(
        table(
          `width="${width}" align="center" bgcolor="#ffffff" style="max-width: ${width}px; width: 100%"`,
          rows,
        ),
        'padding: 20px 10px',
        'align="center" valign="top"',
      ),
    ),
  );
const heading = (text: string): string =>
  `<h1 style="margin: 0 0 16px; font-size: 28px; line-height: 34px; color: #222222; ${font}">${text}</h1>`;
const paragraph = (text: string, style = ''): string =>
  `<p style="margin: 0 0 1em; font-size: 16px; line-height: 1.5; color: #444444; ${font}; ${style}">${text}</p>`;
const button = (text: string): string =>
  `<a href="https://shop.example.com/${text}" style="display: inline-block; padding: 14px 28px; background-color: #0b6bcb; border: 1px solid #0b6bcb; border-radius: 4px; color: #ffffff; font-size: 16px; font-weight: bold; text-decoration: none; ${font}">${text}</a>`;
const words =
  'The harbour opens at six, and the first boats are back before noon with what the night gave them.';
const hidden = `<div style="display: none; font-size: 1px; line-height: 1px; max-width: 0px; color: #ffffff">In short: ${words}</div>`;

/** Layouts of mail as tools and people write it, none of which a sanitiser has a reason to change. */
export const newsletters: Readonly<Record<string, string>> = {
  'one column with a button': frame(
    row(cell(`${heading('News')}${paragraph(words)}${button('Read')}`, 'padding: 32px 40px')),
  ),
  'hero image':
    hidden +
    frame(
      row(cell(image('hero', 600, 240, 'max-width: 100%; height: auto'))) +
        row(cell(paragraph(words), 'padding: 24px')),
    ),
  'two columns in cells': frame(
    row(
      cell(
        image('left', 260, 120) + paragraph(words),
        'padding: 20px 10px 20px 20px',
        'width="50%" valign="top"',
      ),
      cell(
        image('right', 260, 120) + paragraph(words),
        'padding: 20px 20px 20px 10px',
        'width="50%" valign="top"',
      ),
    ),
  ),
  'three columns that wrap': frame(
    row(
      cell(
        ['a', 'b', 'c']
          .map(
            (one) =>
              `<div style="display: inline-block; width: 180px; vertical-align: top; text-align: left">${image(one, 180, 90)}${paragraph(words, 'font-size: 14px')}</div>`,
          )
          .join(' '),
        'padding: 20px; font-size: 0; text-align: center',
        'align="center"',
      ),
    ),
  ),
  'columns that float': `<div style="max-width: 600px; margin: 0 auto"><div style="float: left; width: 48%; margin-right: 4%">${paragraph(words)}</div><div style="float: right; width: 48%">${paragraph(words)}</div><div style="clear: both"></div></div>`,
  'a float that nothing clears': `${image('ann', 80, 80, 'float: left; margin-right: 12px')}${paragraph('Short.')}`,
  receipt: frame(
    row(cell(heading('Receipt 1042'), 'padding: 24px 24px 0', 'colspan="2"')) +
      ['Rope, 12 mm', 'Anchor, 8 kg', 'Varnish']
        .map((item, i) =>
          row(
            cell(item, `padding: 8px 24px; border-bottom: 1px solid #eeeeee; ${font}`),
            cell(
              `${i + 2}9.00`,
              'padding: 8px 24px; border-bottom: 1px solid #eeeeee; text-align: right; white-space: nowrap',
              'align="right"',
            ),
          ),
        )
        .join('') +
      row(
        cell('<b>Total</b>', 'padding: 16px 24px'),
        cell('<b>117.00</b>', 'padding: 16px 24px', 'align="right"'),
      ),
  ),
  'dark theme': `<div style="background-color: #111111; padding: 40px 20px; color: #eeeeee">${heading('Night')}${paragraph(words, 'color: #cccccc')}${button('Open')}</div>`,
  'spacers and rules': frame(
    row(cell('&nbsp;', 'font-size: 1px; line-height: 40px', 'height="40"')) +
      row(cell(paragraph(words), 'padding: 0 20px')) +
      row(cell('<hr size="1" width="80%" align="center" color="#cccccc">', 'padding: 20px 0')) +
      row(cell('&nbsp;', 'font-size: 0px; line-height: 0px', 'height="1" bgcolor="#cccccc"')),
  ),
  'social icons': frame(
    row(
      cell(
        table(
          'align="center"',
          row(
            ...['a', 'b', 'c', 'd'].map((one) =>
              cell(`<a href="https://social.example.com/${one}">${image(one, 32, 32)}</a>`, 'padding: 0 8px'),
            ),
          ),
        ),
        'padding: 24px',
        'align="center"',
      ),
    ),
  ),
  'footer in small letters': frame(
    row(
      cell(
        paragraph(
          `You get this because you asked. <a href="https://shop.example.com/off" style="color: #999999; text-decoration: underline">Unsubscribe</a>`,
          'font-size: 11px; color: #999999; text-align: center; letter-spacing: 0.2px',
        ),
        'padding: 20px',
      ),
    ),
  ),
  'quoted reply': `<div dir="ltr">Fine by me.</div><br><div><div dir="ltr">On Monday, Ann wrote:<br></div><blockquote style="margin: 0px 0px 0px 0.8ex; border-left: 1px solid rgb(204, 204, 204); padding-left: 1ex">${paragraph(words)}</blockquote></div>`,
  'old mail of fonts': `<center><font face="Verdana, Arial" size="5" color="#003366"><b>Fleet news</b></font></center><p align="justify"><font face="Georgia" size="3">${words}</font></p><ul type="square"><li>Rope</li><li>Tar</li></ul>`,
  'right to left': `<div dir="rtl" style="text-align: right; font-size: 18px; line-height: 1.8"><p style="margin: 0 0 12px">\u0645\u0631\u062d\u0628\u0627 \u0628\u0643\u0645 \u0641\u064a \u0627\u0644\u0646\u0634\u0631\u0629</p>${image('sea', 300, 120)}</div>`,
  'a wide table of figures': table(
    'width="100%"',
    Array.from({ length: 6 }, (_, i) =>
      row(
        ...Array.from({ length: 7 }, (_, j) =>
          cell(`${i * j}`, 'padding: 6px 10px; border: 1px solid #dddddd; text-align: right'),
        ),
      ),
    ).join(''),
  ),
  'product grid': frame(
    [0, 1]
      .map((i) =>
        row(
          ...[0, 1, 2].map((j) =>
            cell(
              `${image(`p${i}${j}`, 160, 160, 'margin: 0 auto')}${paragraph('Sea boots<br><b>119.50</b>', 'text-align: center; margin: 8px 0 0')}`,
              'padding: 16px',
              'width="33%" align="center" valign="top"',
            ),
          ),
        ),
      )
      .join(''),
  ),
  'invitation with a thick border': `<div style="width: 420px; max-width: 100%; margin: 30px auto; padding: 30px; border: 6px double #886600; text-align: center; text-transform: uppercase; letter-spacing: 2px">${heading('You are invited')}${paragraph('Saturday, at the pier')}</div>`,
  'pulled quote and drop capital': `<p style="font-size: 16px; line-height: 24px; margin: 0 0 20px"><span style="float: left; font-size: 48px; line-height: 40px; padding: 4px 8px 0 0; font-family: Georgia, serif; color: #aa3300">T</span>${words} ${words}</p><blockquote style="margin: 20px 40px; padding-left: 16px; border-left: 4px solid #aa3300; font-style: italic; font-size: 20px">${words}</blockquote>`,
  'plain text': `<pre style="white-space: pre-wrap; font-family: monospace; font-size: 13px">Hello,\n\n${words}\n\n-- \nAnn</pre>`,
  'progress bar and badge': frame(
    row(
      cell(
        `${paragraph('Your order is <span style="background-color: #e6f4ea; color: #137333; border-radius: 12px; padding: 2px 10px; font-size: 13px">on its way</span>')}${table('width="100%"', row(cell('&nbsp;', 'height: 8px; line-height: 8px; font-size: 8px', 'width="70%" bgcolor="#137333"'), cell('&nbsp;', 'height: 8px; line-height: 8px; font-size: 8px', 'width="30%" bgcolor="#dddddd"')))}<ol style="padding-left: 20px; margin: 16px 0"><li style="margin-bottom: 4px">Packed</li><li>Sent</li></ol>`,
        'padding: 32px',
      ),
    ),
  ),
};
