import { describe, expect, it } from 'vitest';
import {
  alike,
  cellOf,
  changesOf,
  done,
  emptied,
  filledDown,
  keyOf,
  moved,
  noHistory,
  pasted,
  rangeOf,
  readBlock,
  redone,
  stepped,
  textAt,
  undone,
  writeBlock,
  type Change,
  type Sheet,
} from './sheet';

function sheetOf(rows: string[][], corrections: Record<string, string> = {}, columns = ['a', 'b', 'c']): Sheet {
  return {
    rows: rows.map((cells, i) => ({
      rowNumber: i + 2,
      original: Object.fromEntries(cells.map((text, at) => [columns[at] ?? '', text])),
    })),
    columns,
    correction: (key) => corrections[key],
  };
}

const texts = (entries: readonly { row: number; col: number; text: string }[]) =>
  entries.map(({ row, col, text }) => `${row},${col}=${text}`);

describe('a block from a spreadsheet', () => {
  it('is read cell by cell, with the line break that ends it left out', () => {
    expect(readBlock('1\t2\r\n3\t4\r\n')).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
    expect(readBlock('1')).toEqual([['1']]);
    expect(readBlock('')).toEqual([['']]);
    expect(readBlock('1\t\n\t4')).toEqual([
      ['1', ''],
      ['', '4'],
    ]);
  });

  it('keeps line breaks, tabs and quotation marks of quoted cells', () => {
    expect(readBlock('"a\nb"\t"say ""x"""\tc')).toEqual([['a\nb', 'say "x"', 'c']]);
  });

  it('takes a quotation mark that quotes nothing as a letter', () => {
    expect(readBlock('5" pipe\t"open')).toEqual([['5" pipe', '"open']]);
    expect(readBlock('"甲"厂\t乙')).toEqual([['"甲"厂', '乙']]);
  });

  it('comes back as it was written', () => {
    const sheet = sheetOf([
      ['a\tb', 'say "x"', 'c\nd'],
      ['1', '', '2'],
    ]);
    expect(readBlock(writeBlock(sheet, { top: 0, left: 0, bottom: 1, right: 2 }))).toEqual([
      ['a\tb', 'say "x"', 'c\nd'],
      ['1', '', '2'],
    ]);
  });
});

describe('pasting', () => {
  const sheet = sheetOf([
    ['1', '2', '3'],
    ['4', '5', '6'],
    ['7', '8', '9'],
    ['10', '11', '12'],
  ]);

  it('lays the block from the selected cell on, and leaves out what would stand beyond the sheet', () => {
    expect(texts(pasted(sheet, rangeOf({ row: 3, col: 1 }, { row: 3, col: 1 }), [['x', 'y', 'z'], ['u']]))).toEqual([
      '3,1=x',
      '3,2=y',
    ]);
  });

  it('repeats it over a selection that holds it several times', () => {
    expect(texts(pasted(sheet, { top: 0, left: 0, bottom: 3, right: 0 }, [['x'], ['y']]))).toEqual([
      '0,0=x',
      '1,0=y',
      '2,0=x',
      '3,0=y',
    ]);
    expect(pasted(sheet, { top: 0, left: 0, bottom: 1, right: 1 }, [['x']])).toHaveLength(4);
  });

  it('does not repeat it over any other', () => {
    expect(pasted(sheet, { top: 0, left: 0, bottom: 2, right: 0 }, [['x'], ['y']])).toHaveLength(2);
  });

  it('leaves cells alone of which a shorter line says nothing', () => {
    expect(texts(pasted(sheet, { top: 0, left: 0, bottom: 0, right: 0 }, [['x', 'y'], ['z']]))).toEqual([
      '0,0=x',
      '0,1=y',
      '1,0=z',
    ]);
  });
});

describe('filling down', () => {
  const sheet = sheetOf(
    [
      ['1', '2', '3'],
      ['4', '5', '6'],
      ['7', '8', '9'],
    ],
    { [keyOf(2, 'b')]: 'two' },
  );

  it('puts the first row of the selection in all its rows, as it is corrected', () => {
    expect(texts(filledDown(sheet, { top: 0, left: 0, bottom: 2, right: 1 }))).toEqual([
      '1,0=1',
      '1,1=two',
      '2,0=1',
      '2,1=two',
    ]);
  });

  it('takes what stands above a single row, and does nothing in the first', () => {
    expect(texts(filledDown(sheet, { top: 1, left: 1, bottom: 1, right: 1 }))).toEqual(['1,1=two']);
    expect(filledDown(sheet, { top: 0, left: 0, bottom: 0, right: 0 })).toEqual([]);
  });
});

describe('cells alike', () => {
  it('are those in which the file has the same text, whatever was corrected since', () => {
    const sheet = sheetOf(
      [
        ['市区', 'x'],
        ['秀洲', 'x'],
        ['市区', 'x'],
        ['市区', 'y'],
      ],
      { [keyOf(4, 'a')]: '南湖区' },
    );
    expect(alike(sheet, { row: 0, col: 0 }).map((place) => place.row)).toEqual([0, 2, 3]);
    expect(alike(sheet, { row: 0, col: 2 })).toEqual([]);
  });
});

describe('changes', () => {
  const sheet = sheetOf([['1', '2'], ['4']], { [keyOf(2, 'a')]: 'one' });

  it('say what is corrected before and after; the text of the file takes a correction back', () => {
    expect(
      changesOf(sheet, [
        { row: 0, col: 0, text: '1' },
        { row: 0, col: 1, text: 'two' },
      ]),
    ).toEqual([
      { key: keyOf(2, 'a'), before: 'one', after: undefined },
      { key: keyOf(2, 'b'), before: undefined, after: 'two' },
    ]);
  });

  it('leave out what says so already, and cells that a row does not have', () => {
    expect(
      changesOf(sheet, [
        { row: 0, col: 0, text: 'one' },
        { row: 1, col: 1, text: 'x' },
        { row: 9, col: 0, text: 'x' },
      ]),
    ).toEqual([]);
  });

  it('count the last of several entries for a cell', () => {
    expect(
      changesOf(sheet, [
        { row: 1, col: 0, text: 'x' },
        { row: 1, col: 0, text: '4' },
      ]),
    ).toEqual([]);
  });

  it('can empty a cell, which is something else than the file’s own text', () => {
    expect(changesOf(sheet, emptied({ top: 0, left: 1, bottom: 0, right: 1 }))).toEqual([
      { key: keyOf(2, 'b'), before: undefined, after: '' },
    ]);
    expect(textAt(sheetOf([['1']], { [keyOf(2, 'a')]: '' }), { row: 0, col: 0 })).toBe('');
  });

  it('name their cell again, whatever its heading is', () => {
    expect(cellOf(keyOf(12, '总投资|（亿元）'))).toEqual({ rowNumber: 12, column: '总投资|（亿元）' });
  });
});

describe('undo and redo', () => {
  const step = (key: string, before: string | undefined, after: string | undefined): Change[] => [
    { key, before, after },
  ];

  it('go back step by step and forth again', () => {
    let history = done(done(noHistory, step('a', undefined, '1')), step('a', '1', '2'));
    const back = undone(history);
    expect(back?.changes).toEqual([{ key: 'a', before: '2', after: '1' }]);
    history = back?.history ?? noHistory;
    expect(undone(history)?.changes).toEqual([{ key: 'a', before: '1', after: undefined }]);
    expect(redone(history)?.changes).toEqual([{ key: 'a', before: '1', after: '2' }]);
    expect(redone(redone(history)?.history ?? noHistory)).toBeUndefined();
    expect(undone(noHistory)).toBeUndefined();
  });

  it('forget what was undone once something else is done', () => {
    const history = undone(done(noHistory, step('a', undefined, '1')))?.history ?? noHistory;
    expect(redone(done(history, step('b', undefined, '2')))).toBeUndefined();
  });

  it('remember no step in which nothing changed', () => {
    expect(undone(done(noHistory, []))).toBeUndefined();
  });
});

describe('the keyboard', () => {
  const size = { rows: 30, columns: 4, page: 10 };

  it.each([
    ['ArrowDown', false, { row: 6, col: 1 }],
    ['ArrowDown', true, { row: 29, col: 1 }],
    ['ArrowLeft', true, { row: 5, col: 0 }],
    ['ArrowRight', false, { row: 5, col: 2 }],
    ['Home', false, { row: 5, col: 0 }],
    ['Home', true, { row: 0, col: 0 }],
    ['End', true, { row: 29, col: 3 }],
    ['PageUp', false, { row: 0, col: 1 }],
    ['PageDown', false, { row: 15, col: 1 }],
  ])('leads with %s (Ctrl: %s) where a spreadsheet leads', (key, far, place) => {
    expect(moved({ row: 5, col: 1 }, key, far, size)).toEqual(place);
  });

  it('stays at the edges, and lets other keys be', () => {
    expect(moved({ row: 0, col: 0 }, 'ArrowUp', false, size)).toEqual({ row: 0, col: 0 });
    expect(moved({ row: 0, col: 0 }, 'x', false, size)).toBeUndefined();
  });

  it('goes with Tab from row to row, and leaves at the ends', () => {
    expect(stepped({ row: 0, col: 3 }, false, size)).toEqual({ row: 1, col: 0 });
    expect(stepped({ row: 1, col: 0 }, true, size)).toEqual({ row: 0, col: 3 });
    expect(stepped({ row: 29, col: 3 }, false, size)).toBeUndefined();
    expect(stepped({ row: 0, col: 0 }, true, size)).toBeUndefined();
  });
});
