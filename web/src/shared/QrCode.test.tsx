import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import QrCode from './QrCode';

it('is one image with a name, for whoever hears the page', () => {
  render(<QrCode value="ab12" label="扫码核对" />);
  expect(screen.getAllByRole('img')).toEqual([screen.getByRole('img', { name: '扫码核对' })]);
});
