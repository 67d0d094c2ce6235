export function Mark() {
  return (
    <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden>
      <rect width="32" height="32" rx="7" fill="currentColor" />
      <rect x="6" y="8" width="4" height="16" rx="2" fill="#fff" />
      <rect x="12" y="11" width="4" height="13" rx="2" fill="#fff" opacity=".85" />
      <rect x="18" y="15" width="4" height="9" rx="2" fill="#fff" opacity=".7" />
      <rect x="24" y="19" width="3" height="5" rx="1.5" fill="#e2624a" />
    </svg>
  );
}
