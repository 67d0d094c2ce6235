/** Actions that entries name by what happened; any other names the request that was made, or refused. */
export const HAPPENED: ReadonlySet<string> = new Set([
  'sign-in', 'sign-out', 'refresh-token-reused', 'session-revoked', 'password-changed', 'password-set-up', 'second-factor-begun', 'second-factor-confirmed', 'second-factor-removed',
  'second-factor-reset', 'recovery-code-used', 'single-sign-on-linked', 'user-created', 'user-edited', 'user-provisioned', 'user-unlocked', 'set-up-link-issued',
  'api-key-created', 'api-key-edited', 'api-key-rotated', 'api-key-revoked', 'key-used', 'key-refused', 'read-audit', 'read-contacts', 'contacts-edited', 'read-candidates', 'read-file',
  'read-secret-project', 'read-secret-claim', 'export-projects', 'personal-data-exported', 'personal-data-erased', 'registered', 'reported', 'edited', 'progress', 'agreement-recorded',
  'move-submitted', 'move-verified', 'move-returned', 'move-withdrawn', 'moved-back', 'terminated', 'reactivated', 'claim-activated', 'claim-queued', 'claim-under-review', 'claim-converted',
  'claim-expired', 'claim-released', 'claim-revoked', 'claim-transferred', 'claim-withdrawn', 'claim-rejected', 'claim-extended', 'owner-changed', 'file-added', 'imported',
]);
