const STORED = 'pipeline.tour';

/** Whether the guided tour has been taken or declined on this device. */
export function tourSeen(): boolean {
  return localStorage.getItem(STORED) !== null;
}

export function rememberTour(): void {
  localStorage.setItem(STORED, 'seen');
}
