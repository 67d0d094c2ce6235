import { fireEvent, render, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { shade, shortName } from './JurisdictionMap';
import { useKeys } from './keys';
import { Menu } from './Menu';
import { chooseTheme, currentTheme, themeChoice } from './theme';

function Keys({ actions }: { actions: Record<string, () => void> }) {
  useKeys(actions);
  return <input aria-label="field" />;
}

describe('shortcuts', () => {
  it('act on one key or two in a row, and never while somebody types or composes', () => {
    const [one, two] = [vi.fn(), vi.fn()];
    render(<Keys actions={{ j: one, 'g l': two }} />);
    fireEvent.keyDown(document.body, { key: 'j' });
    expect(one).toHaveBeenCalledTimes(1);
    fireEvent.keyDown(document.body, { key: 'g' });
    fireEvent.keyDown(document.body, { key: 'l' });
    expect(two).toHaveBeenCalledTimes(1);
    fireEvent.keyDown(document.body, { key: 'l' });
    expect(two).toHaveBeenCalledTimes(1);
    fireEvent.keyDown(screen.getByLabelText('field'), { key: 'j' });
    fireEvent.keyDown(document.body, { key: 'j', ctrlKey: true });
    fireEvent.keyDown(document.body, { key: 'j', keyCode: 229 });
    expect(one).toHaveBeenCalledTimes(1);
  });
});

describe('a menu', () => {
  it('opens, steps round and closes by keyboard, the focus back where it was', () => {
    const chosen = vi.fn();
    render(
      <Menu
        label="Account"
        items={[
          { key: 'a', label: 'First', onSelect: vi.fn() },
          { key: 'b', label: 'Second', checked: true, onSelect: chosen },
        ]}
      >
        x
      </Menu>,
    );
    const button = screen.getByRole('button', { name: 'Account' });
    fireEvent.click(button);
    expect(screen.getByRole('menuitem', { name: /First/ })).toHaveFocus();
    fireEvent.keyDown(document.activeElement as Element, { key: 'ArrowUp' });
    expect(screen.getByRole('menuitemradio', { name: /Second/ })).toHaveFocus();
    fireEvent.keyDown(document.activeElement as Element, { key: 'Escape' });
    expect(screen.queryByRole('menu')).not.toBeInTheDocument();
    expect(button).toHaveFocus();
    fireEvent.click(button);
    fireEvent.click(screen.getByRole('menuitemradio', { name: /Second/ }));
    expect(chosen).toHaveBeenCalledOnce();
  });
});

describe('the theme', () => {
  beforeEach(() => chooseTheme('system'));

  it('is what was chosen, on the document too', () => {
    chooseTheme('dark');
    expect([themeChoice(), currentTheme(), document.documentElement.dataset.theme]).toEqual(['dark', 'dark', 'dark']);
    chooseTheme('light');
    expect(document.documentElement.dataset.theme).toBe('light');
    chooseTheme('system');
    expect(localStorage.getItem('pipeline.theme')).toBeNull();
  });

  it('takes a stored value that it does not know for none', () => {
    localStorage.setItem('pipeline.theme', 'sepia');
    expect(themeChoice()).toBe('system');
  });
});

describe('the map', () => {
  it('has five shades: the greatest the darkest, anything some, nothing none', () => {
    expect([0, 1, 20, 21, 99, 100].map((value) => shade(value, 100))).toEqual([0, 1, 1, 2, 5, 5]);
    expect(shade(0, 0)).toBe(0);
  });

  it('leaves brackets out of names', () => {
    expect(shortName('嘉兴经济技术开发区(国际商务区)')).toBe('嘉兴经济技术开发区');
    expect(shortName('开发区（港区）')).toBe('开发区');
  });
});
