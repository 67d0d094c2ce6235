const SIGNS = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** Whether a unified social credit code has the check digit that GB 32100-2015 gives it. Real codes exist that fail: it is a warning, never a refusal. */
export function usccFits(code: string): boolean {
  const signs = [...code.trim().toUpperCase()].map((sign) => SIGNS.indexOf(sign));
  if (signs.length !== 18 || signs.includes(-1)) return false;
  let sum = 0;
  let weight = 1;
  for (const sign of signs.slice(0, 17)) {
    sum += sign * weight;
    weight = (weight * 3) % 31;
  }
  return (31 - (sum % 31)) % 31 === signs[17];
}
