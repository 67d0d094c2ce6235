import type { ReactNode } from 'react';
import './regime.css';

/** A part of the project whose title already says how it stands; what is in it opens on demand. */
export function Section({
  title,
  state,
  open = false,
  children,
}: {
  title: string;
  state: ReactNode;
  open?: boolean;
  children: ReactNode;
}) {
  return (
    <details className="panel regime" open={open || undefined}>
      <summary>
        <h2>{title}</h2> <span className="regime-state">{state}</span>
      </summary>
      <div className="regime-body">{children}</div>
    </details>
  );
}
