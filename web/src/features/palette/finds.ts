/** Something the palette can go to or do. */
export interface Find {
  id: string;
  group: 'recent' | 'pages' | 'actions' | 'projects' | 'claims';
  title: string;
  hint?: string;
  to?: string;
  run?: () => void;
  /** Not to be remembered on the device. */
  secret?: boolean;
  /** More words it is found by. */
  words?: string;
}

const plain = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');

/** Whether all that was typed occurs, whatever its case, width and spaces. */
export function matches(find: Find, typed: string): boolean {
  return plain(`${find.title} ${find.hint ?? ''} ${find.words ?? ''}`).includes(plain(typed));
}

/** With nothing typed: what was last used, then pages and actions; else what matches. Projects have been found by the server already. */
export function listed(finds: Find[], typed: string): Find[] {
  const text = typed.trim();
  return finds.filter((find) =>
    find.group === 'projects'
      ? text !== ''
      : text === ''
        ? find.group !== 'claims'
        : matches(find, text) && find.group !== 'recent',
  );
}
