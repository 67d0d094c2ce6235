import { expect, it } from 'vitest';
import { tableLines } from './saveTable';

it('writes a table as it is shown, one line a row', () => {
  const box = document.createElement('div');
  box.innerHTML = `
    <table>
      <thead><tr><th>阶段</th><th>项目数</th></tr></thead>
      <tbody>
        <tr><th>在谈, "首报"</th><td><span>90</span>
          亿元</td></tr>
        <tr><th>=1+2</th><td>+3 −1</td></tr>
      </tbody>
      <tfoot><tr><th>合计</th><td>-8.33</td></tr></tfoot>
    </table>`;
  expect(tableLines(box)).toEqual([
    '阶段,项目数',
    '"在谈, ""首报""",90 亿元',
    // Else Excel would take it for a formula.
    "'=1+2,'+3 −1",
    '合计,-8.33',
  ]);
});
