import { act, render, screen } from '@testing-library/react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { describe, expect, it } from 'vitest';
import { useUrlState } from './urlState';

const KEYS = ['stage', 'order'] as const;

type Change = ReturnType<typeof useUrlState<(typeof KEYS)[number]>>['change'];

/** Draws the state of an address, and gives the change that the page asks for as it was drawn first. */
function draw(at: string) {
  let first: Change | undefined;
  function List() {
    const { values, change } = useUrlState(KEYS);
    first ??= change;
    return <output>{`${values.stage ?? 'all'} by ${values.order ?? 'time'}`}</output>;
  }
  const router = createMemoryRouter(
    [
      { path: '/lists', element: <List /> },
      { path: '/claims', element: <List /> },
    ],
    { initialEntries: [at] },
  );
  render(<RouterProvider router={router} />);
  if (!first) throw new Error('nothing was drawn');
  return { router, change: first };
}

describe('the state kept in the address', () => {
  it('keeps a filter that was chosen before the page was drawn with it', async () => {
    const { change } = draw('/lists');
    await act(async () => {
      change({ stage: 'signed' });
      change({ order: '-amount' });
    });
    expect(screen.getByRole('status')).toHaveTextContent('signed by -amount');
    await act(async () => change({ stage: undefined }));
    expect(screen.getByRole('status')).toHaveTextContent('all by -amount');
  });

  it('takes nothing from the address of another page', async () => {
    const { router, change } = draw('/lists');
    await act(async () => {
      await router.navigate('/claims?stage=started');
      change({ order: 'name' });
    });
    expect(router.state.location.search).not.toContain('started');
  });
});
