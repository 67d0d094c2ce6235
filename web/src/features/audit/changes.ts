import type { AuditChange } from '@/api/types';

type Members = Record<string, AuditChange | undefined>;

/**
 * The trail keeps members one by one. An amount and its currency are read together, and of a thing with id and name the name.
 */
export function readable(changes: AuditChange[]): AuditChange[] {
  const owners = new Map<string, Members>();
  for (const change of changes) {
    const at = change.field.lastIndexOf('.');
    if (at < 0) continue;
    const owner = change.field.slice(0, at);
    owners.set(owner, { ...owners.get(owner), [change.field.slice(at + 1)]: change });
  }
  const taken = new Set<AuditChange>();
  const joined = new Map<AuditChange, AuditChange>();
  for (const [field, { amount, currency, id, name }] of owners) {
    if (amount && currency) {
      taken.add(amount).add(currency);
      joined.set(amount, {
        field,
        before: money(amount.before, currency.before),
        after: money(amount.after, currency.after),
      });
    }
    if (id && name) {
      taken.add(id).add(name);
      joined.set(id, { field, before: name.before, after: name.after });
    }
  }
  return changes.flatMap((change) => joined.get(change) ?? (taken.has(change) ? [] : [change]));
}

function money(amount: unknown, currency: unknown): unknown {
  return amount === undefined || amount === null ? amount : { amount, currency };
}
