/** Scopes as the API writes them, and whether a key needs a unit for them. */
export const SCOPES = [
  { scope: 'projects:read', text: 'projects-read', unit: false },
  { scope: 'projects:write', text: 'projects-write', unit: true },
  { scope: 'claims:write', text: 'claims-write', unit: true },
  { scope: 'reports:read', text: 'reports-read', unit: false },
  { scope: 'assessment:read', text: 'assessment-read', unit: false },
  { scope: 'webhooks:manage', text: 'webhooks-manage', unit: false },
  { scope: 'library:read', text: 'library-read', unit: false },
  { scope: 'library:write', text: 'library-write', unit: true },
] as const;

export function needsUnit(chosen: string[] | undefined): boolean {
  return SCOPES.some(({ scope, unit }) => unit && chosen?.includes(scope));
}
