interface Submitted {
  projectId: string;
  status: string;
}

/** Of the moves, newest first, those that came back and have not been sent in again. */
export function stillReturned<T extends Submitted>(moves: T[]): T[] {
  const seen = new Set<string>();
  return moves.filter((move) => {
    const first = !seen.has(move.projectId);
    seen.add(move.projectId);
    return first && move.status === 'returned';
  });
}
