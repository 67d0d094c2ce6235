import { describe, expect, it } from 'vitest';
import { usccFits } from './uscc';

describe('the check digit of a credit code', () => {
  // Published codes of well-known companies.
  it.each(['914403001922038216', '91330100799655058B', '9144030071526726XG'])('fits in %s', (code) => {
    expect(usccFits(code)).toBe(true);
    expect(usccFits(code.toLowerCase())).toBe(true);
  });

  it.each(['914403001922038217', '91330100799655085B', '91330000MA2XXXXXX0', '9133010079965505', ''])(
    'does not fit in "%s"',
    (code) => {
      expect(usccFits(code)).toBe(false);
    },
  );
});
