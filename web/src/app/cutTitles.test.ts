import { fireEvent } from '@testing-library/react';
import { beforeAll, describe, expect, it } from 'vitest';
import { startCutTitles } from './cutTitles';

function cell(width: number, text: string, title = ''): HTMLElement {
  const element = document.createElement('div');
  element.style.textOverflow = 'ellipsis';
  element.title = title;
  element.innerHTML = `<a href="#">${text}</a>`;
  Object.defineProperty(element, 'clientWidth', { value: 100 });
  Object.defineProperty(element, 'scrollWidth', { value: width, writable: true });
  document.body.append(element);
  return element;
}

describe('text that is cut', () => {
  beforeAll(startCutTitles);

  it('is told whole to who points at it, or at what is in it', () => {
    const cut = cell(180, '嘉兴经济技术开发区');
    fireEvent.pointerOver(cut.firstElementChild as Element);
    expect(cut.title).toBe('嘉兴经济技术开发区');
  });

  it('is told as it stands there now, and no more once there is room', () => {
    const cut = cell(180, '甲');
    fireEvent.focusIn(cut.firstElementChild as Element);
    (cut.firstElementChild as Element).textContent = '乙';
    fireEvent.focusIn(cut.firstElementChild as Element);
    expect(cut.title).toBe('乙');
    (cut as unknown as { scrollWidth: number }).scrollWidth = 90;
    fireEvent.focusIn(cut.firstElementChild as Element);
    expect(cut.title).toBe('');
  });

  it('keeps a title that was given to it, and what is whole gets none', () => {
    const named = cell(180, '甲', '说明');
    const whole = cell(90, '乙');
    for (const each of [named, whole]) fireEvent.pointerOver(each.firstElementChild as Element);
    expect([named.title, whole.title]).toEqual(['说明', '']);
  });
});
