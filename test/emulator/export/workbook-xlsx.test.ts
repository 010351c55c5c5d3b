import { strFromU8, unzipSync } from 'fflate';
import readExcelFile from 'read-excel-file/node';
import { excelTitles } from './excel-titles';
import { sampleWorkbook } from './sample-workbook';
import { workbookXlsx } from './workbook-xlsx';

type Parts = Record<string, string>;

async function partsOf(file: Buffer): Promise<Parts> {
  return Object.fromEntries(Object.entries(unzipSync(file)).map(([name, data]) => [name, strFromU8(data)]));
}

/** The tag of a cell and the number format of its style. */
function cellOf(parts: Parts, address: string): { tag: string; format: string | undefined } {
  const { tag, look } = styleOf(parts, address);
  const id = /numFmtId="(\d+)"/.exec(look)?.[1];
  const format = new RegExp(`numFmtId="${id}" formatCode="([^"]*)"`).exec(parts['xl/styles.xml']!)?.[1];
  return { tag, format };
}

/** The colour that fills a cell, `AARRGGBB`, and that of its text; undefined for none of its own. */
function colorsOf(parts: Parts, address: string): { fill: string | undefined; text: string | undefined } {
  const { look } = styleOf(parts, address);
  const styles = parts['xl/styles.xml']!;
  const nth = (tag: string, attribute: string) => {
    const list = new RegExp(`<${tag}s .*?</${tag}s>`, 's').exec(styles)![0];
    const id = Number(new RegExp(`${attribute}="(\\d+)"`).exec(look)?.[1] ?? 0);
    return list.match(new RegExp(`<${tag}>.*?</${tag}>|<${tag}/>`, 'gs'))![id]!;
  };
  return {
    fill: /<fgColor rgb="(.*?)"/.exec(nth('fill', 'fillId'))?.[1],
    text: /<color rgb="(.*?)"/.exec(nth('font', 'fontId'))?.[1],
  };
}

function styleOf(parts: Parts, address: string): { tag: string; look: string } {
  const tag = new RegExp(`<c r="${address}"[^>]*>.*?</c>`).exec(parts['xl/worksheets/sheet1.xml']!)![0];
  const style = Number(/ s="(\d+)"/.exec(tag)?.[1] ?? 0);
  const styles = parts['xl/styles.xml']!;
  const looks = /<cellXfs.*?<\/cellXfs>/s.exec(styles)![0].match(/<xf [^>]*>/g)!;
  return { tag, look: looks[style]! };
}

test('dates and times are numbers under their formats, the wall clock to the millisecond', async () => {
  const parts = await partsOf(await workbookXlsx(sampleWorkbook().workbook));
  expect(cellOf(parts, 'A2')).toEqual({ tag: expect.stringMatching(/><v>46344<\/v>/), format: 'dd.mm.yyyy' });
  expect(cellOf(parts, 'A2').tag).not.toContain(' t=');
  const time = cellOf(parts, 'E2');
  expect(time.format).toBe('HH:mm');
  expect(Number(/<v>(.*)<\/v>/.exec(time.tag)![1])).toBeCloseTo(46344 + 49_889.6 / 86_400, 8);
  expect(cellOf(parts, 'E4')).toEqual({ tag: expect.stringContaining('<v>0.125</v>'), format: 'HH:mm' });
  expect(cellOf(parts, 'F2').tag).toMatch(/t="b"><v>1</);
});

test('no cell is a formula, neither a text that looks like one nor one of the sheet', async () => {
  const parts = await partsOf(await workbookXlsx(sampleWorkbook().workbook));
  expect(parts['xl/worksheets/sheet1.xml']).not.toContain('<f>');
  expect(cellOf(parts, 'B4').tag).toContain('t="s"');
  expect(parts['xl/sharedStrings.xml']).toContain('=HYPERLINK(');
});

test('a format with text in it is that of the number', async () => {
  const { workbook, sheet } = sampleWorkbook();
  sheet.getRange('C2').setNumberFormat('00":00"').setValue(9);
  const parts = await partsOf(await workbookXlsx(workbook));
  expect(cellOf(parts, 'C2')).toEqual({
    tag: expect.stringMatching(/><v>9<\/v>/),
    format: '00&quot;:00&quot;',
  });
});

test('colour scales are painted over the fills of their numbers, the colour of the text stays', async () => {
  const { app, workbook, sheet } = sampleWorkbook();
  const rule = app.newConditionalFormatRule().setGradientMinpoint('#ffffff').setGradientMaxpoint('#e67c73');
  sheet.setConditionalFormatRules([rule.setRanges([sheet.getRange('B:C')]).build()]);
  sheet.getRange('B1:D4').setBackground('#0000ff').setFontColor('#123456');
  sheet.getRange('C4').setValue(400);
  const parts = await partsOf(await workbookXlsx(workbook));
  const fills = ['C2', 'C3', 'C4', 'C1', 'B2', 'D2'].map(address => colorsOf(parts, address).fill);
  expect(fills).toEqual(['FFE67C73', 'FFFFFFFF', 'FFF5C9C5', 'FF0000FF', 'FF0000FF', 'FF0000FF']);
  expect(colorsOf(parts, 'C2').text).toBe('FF123456');
  expect(colorsOf(parts, 'A2').fill).toBeUndefined();
});

test('another reader finds the same', async () => {
  const file = await workbookXlsx(sampleWorkbook().workbook);
  const [sheet] = await readExcelFile(file);
  expect(sheet!.sheet).toBe('Отчёт   день ночь');
  const wall = (text: string) => new Date(`${text}Z`);
  expect(sheet!.data.slice(0, 2)).toEqual([
    ['Дата', 'Событие', 'Кол-во', 'Пик (мс)', 'Время', 'Да?'],
    [wall('2026-11-18'), 'Входящее сообщение', 485, 509, expect.any(Date), true],
  ]);
  expect(sheet!.data[2]![1]).toBe('<Тег> & "прочее"');
  expect(sheet!.data[3]![1]).toBe('=HYPERLINK("x")');
  const peak = (sheet!.data[1]![4] as unknown as Date).getTime();
  expect(Math.abs(peak - wall('2026-11-18T13:51:29.600').getTime())).toBeLessThan(2);
});

test('header, widths, frozen row and what is hidden', async () => {
  const parts = await partsOf(await workbookXlsx(sampleWorkbook().workbook));
  const sheet = parts['xl/worksheets/sheet1.xml']!;
  expect(sheet).toMatch(/<pane [^>]*ySplit="1"[^>]*state="frozen"/);
  expect(sheet).toMatch(/<col min="2" max="2" width="40"/);
  expect(sheet).toMatch(/<col min="6" [^>]*hidden="1"/);
  expect(parts['xl/workbook.xml']).toMatch(
    /name="Черновик"[^>]*state="hidden"|state="hidden"[^>]*name="Черновик"/,
  );
  expect(parts['xl/styles.xml']).toMatch(/<b\/>/);
  expect(parts['xl/styles.xml']!.toLowerCase()).toContain('eeeeee');
});

test('titles that Excel accepts', () => {
  const long = 'Очень длинное название листа с отчётом';
  expect(excelTitles(['a/b', "'q'", long, `${long}!`, 'A B', '***'])).toEqual([
    'a b',
    'q',
    'Очень длинное название листа с ',
    'Очень длинное название листа  2',
    'A B 2',
    'Sheet',
  ]);
});
