import { describe, expect, it } from 'vitest';
import { officerLines, readOfficers } from './people';

describe('people of a unit as lines', () => {
  it('reads what is typed and what is pasted from a sheet', () => {
    expect(readOfficers('王敏, 上海, 2024-5-1\n李立\t\t2023/12/31\t2026.1.2\n\n陈卫，深圳').officers).toEqual([
      { name: '王敏', postedTo: '上海', from: '2024-05-01' },
      { name: '李立', from: '2023-12-31', to: '2026-01-02' },
      { name: '陈卫', postedTo: '深圳' },
    ]);
  });

  it('names the lines that are no person, and guesses nothing', () => {
    expect(
      readOfficers('王敏, 上海, 去年\n, 上海\n李立, 上海, 2024-02-30\n陈卫, a, 2024-01-01, 2025-01-01, 多余'),
    ).toEqual({
      officers: [],
      faults: [
        { line: 1, fault: 'day' },
        { line: 2, fault: 'fields' },
        { line: 3, fault: 'day' },
        { line: 4, fault: 'fields' },
      ],
    });
  });

  it('writes the lines that it would read', () => {
    const officers = [
      { name: '王敏', postedTo: '上海', from: '2024-05-01' },
      { name: '李立', to: '2026-01-02' },
      { name: '陈' },
    ];
    expect(readOfficers(officerLines(officers)).officers).toEqual(officers);
  });
});
