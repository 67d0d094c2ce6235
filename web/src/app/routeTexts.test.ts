import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** The texts that a page shows come with it: its route names their groups, for the page itself and all that it is built of. */
const root = join(import.meta.dirname, '..');
const locales = join(root, 'shared/locales');

/** In which files the texts of a member stand: several where groups add to one. */
const groupsOf = new Map<string, Set<string>>();
for (const file of readdirSync(locales).filter((name) => name.endsWith('.en.ts')))
  for (const [, member = ''] of readFileSync(join(locales, file), 'utf8').matchAll(/^ {2}(\w+): [{']/gm))
    groupsOf.set(member, (groupsOf.get(member) ?? new Set()).add(file.replace('.en.ts', '')));

/** Which of those files make the common texts, which every page has. */
const common = new Set(
  [...readFileSync(join(locales, 'en.ts'), 'utf8').matchAll(/'\.\/(\w+)\.en'/g)].map(([, name]) => name),
);

function fileOf(specifier: string, from: string): string | undefined {
  const path = specifier.startsWith('@/')
    ? join(root, specifier.slice(2))
    : specifier.startsWith('.')
      ? join(dirname(from), specifier)
      : undefined;
  return path && [`${path}.tsx`, `${path}.ts`].find(existsSync);
}

/** What a module is built of: what it imports at once, not what it loads later, which brings its own texts. */
function builtOf(entry: string, seen = new Set<string>()): Set<string> {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  for (const [, type, specifier = ''] of readFileSync(entry, 'utf8').matchAll(
    /^(?:import|export) (type )?[^;]*?from '([^']+)'/gm,
  )) {
    const file = type ? undefined : fileOf(specifier, entry);
    if (file) builtOf(file, seen);
  }
  return seen;
}

const routes = readFileSync(join(root, 'app/routes.tsx'), 'utf8');
const pages = [
  ...routes.matchAll(/withTexts\(\s*(\[[^\]]*\]|'\w+'),\s*async \(\) =>\s*\(await import\('([^']+)'\)\)/g),
].map(([, groups = '', page = '']) => ({ page, groups: [...groups.matchAll(/\w+/g)].map(([group]) => group) }));

describe('the texts of a page', () => {
  it('are looked for in every route that names groups', () => {
    expect(pages.length).toBe(routes.match(/withTexts\(\s*[['"]/g)?.length);
  });

  it.each(pages)('come with $page', ({ page, groups }) => {
    const wanting = new Set<string>();
    for (const file of builtOf(fileOf(page, root) ?? page))
      for (const [, member = ''] of readFileSync(file, 'utf8').matchAll(/\bt\([`'](\w+)\./g)) {
        const where = groupsOf.get(member);
        if (where && ![...where].some((group) => common.has(group) || group === 'en' || groups.includes(group)))
          wanting.add(`${member} (${[...where].join(', ')}) in ${file.slice(root.length + 1)}`);
      }
    expect([...wanting]).toEqual([]);
  });
});
