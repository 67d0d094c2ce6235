import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import commonEn from './en';
import coordinationEn from './coordination.en';
import coordinationZh from './coordination.zh-CN';
import dueEn from './due.en';
import dueZh from './due.zh-CN';
import resourcesEn from './resources.en';
import resourcesZh from './resources.zh-CN';
import librariesEn from './libraries.en';
import librariesZh from './libraries.zh-CN';
import dutiesEn from './duties.en';
import dutiesZh from './duties.zh-CN';
import leadersEn from './leaders.en';
import leadersZh from './leaders.zh-CN';
import meetingsEn from './meetings.en';
import meetingsZh from './meetings.zh-CN';
import rulesEn from './rules.en';
import rulesZh from './rules.zh-CN';
import importsEn from './imports.en';
import importsZh from './imports.zh-CN';
import reviewsEn from './reviews.en';
import reviewsZh from './reviews.zh-CN';
import helpEn from './help.en';
import helpZh from './help.zh-CN';
import issuesEn from './issues.en';
import issuesZh from './issues.zh-CN';
import disputesEn from './disputes.en';
import disputesZh from './disputes.zh-CN';
import noticesEn from './notices.en';
import noticesZh from './notices.zh-CN';
import regimeEn from './regime.en';
import regimeZh from './regime.zh-CN';
import accountsEn from './accounts.en';
import accountsZh from './accounts.zh-CN';
import auditEn from './audit.en';
import auditZh from './audit.zh-CN';
import boardsEn from './boards.en';
import bulletinsEn from './bulletins.en';
import bulletinsZh from './bulletins.zh-CN';
import closingEn from './closing.en';
import closingZh from './closing.zh-CN';
import boardsZh from './boards.zh-CN';
import scoresEn from './scores.en';
import scoresZh from './scores.zh-CN';
import workEn from './work.en';
import workZh from './work.zh-CN';
import commonZh from './zh-CN';

const zh = {
  ...commonZh,
  ...accountsZh,
  ...auditZh,
  ...boardsZh,
  ...bulletinsZh,
  ...scoresZh,
  ...closingZh,
  ...noticesZh,
  ...disputesZh,
  ...workZh,
  ...regimeZh,
  ...coordinationZh,
  ...importsZh,
  ...reviewsZh,
  ...issuesZh,
  ...helpZh,
  ...dueZh,
  ...dutiesZh,
  ...librariesZh,
  ...resourcesZh,
  ...leadersZh,
  ...meetingsZh,
  ...rulesZh,
};
const en = {
  ...commonEn,
  ...accountsEn,
  ...auditEn,
  ...boardsEn,
  ...bulletinsEn,
  ...scoresEn,
  ...closingEn,
  ...noticesEn,
  ...disputesEn,
  ...workEn,
  ...regimeEn,
  ...coordinationEn,
  ...importsEn,
  ...reviewsEn,
  ...issuesEn,
  ...helpEn,
  ...dueEn,
  ...dutiesEn,
  ...librariesEn,
  ...resourcesEn,
  ...leadersEn,
  ...meetingsEn,
  ...rulesEn,
};

type Tree = { [key: string]: string | Tree };

function leaves(tree: Tree, at = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const path = at ? `${at}.${key}` : key;
    if (typeof value === 'string') found.set(path, value);
    else for (const [inner, text] of leaves(value, path)) found.set(inner, text);
  }
  return found;
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? sources(join(folder, entry.name))
      : /\.tsx?$/.test(entry.name) && !entry.name.includes('.test.')
        ? [join(folder, entry.name)]
        : [],
  );
}

const chinese = leaves(zh);
const english = leaves(en);

describe('the texts', () => {
  it('are the same in both languages, key by key', () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
  });

  it('take the same values in both languages', () => {
    const values = (text: string | undefined) =>
      [...(text ?? '').matchAll(/\{\{(\w+)/g)].map((match) => match[1]).sort();
    const differing = [...chinese]
      .filter(([key, text]) => values(text).join() !== values(english.get(key)).join())
      .map(([key]) => key);
    expect(differing).toEqual([]);
  });

  it('tell of one thing as of one', () => {
    const numbers =
      'n|count|total|done|months|days|points|records|facts|projects|nodes|needs|matches|rows|times|signed|open|least';
    const always = new RegExp(`\\{\\{(${numbers})\\}\\} (?!is\\b|was\\b|has\\b|asks\\b)[a-z-]+s\\b`);
    expect([...english].filter(([, text]) => always.test(text))).toEqual([]);
  });

  it('are nowhere empty, and English where they should be', () => {
    expect([...chinese, ...english].filter(([, text]) => text.trim() === '')).toEqual([]);
    expect([...english].filter(([, text]) => /\p{Script=Han}/u.test(text))).toEqual([]);
  });

  it('use Chinese punctuation in Chinese', () => {
    expect([...chinese].filter(([, text]) => /\p{Script=Han}[,;:!?]|[,;:!?]\p{Script=Han}/u.test(text))).toEqual([]);
  });
});

describe('the pages', () => {
  it('hold no Chinese of their own', () => {
    // The contract's comments quote the words of the trade; each language is named in itself; places on the map are known by their own names; what is typed is read in either script.
    const files = sources('src').filter(
      (file) =>
        !/locales|schema\.d\.ts|api\/facts|LanguageSwitch|jiaxing\.ts|palette\/Palette|AmountInput|src\/test\//.test(
          file,
        ),
    );
    expect(files.length).toBeGreaterThan(60);
    expect(files.filter((file) => /\p{Script=Han}/u.test(readFileSync(file, 'utf8')))).toEqual([]);
  });

  it('hold no words of their own, in no language', () => {
    const seen = new Set(['title', 'aria-label', 'placeholder', 'alt', 'label', 'description', 'caption']);
    const found: string[] = [];
    for (const file of sources('src').filter((each) => each.endsWith('.tsx') && !/src\/test\//.test(each))) {
      const source = ts.createSourceFile(
        file,
        readFileSync(file, 'utf8'),
        ts.ScriptTarget.Latest,
        true,
        ts.ScriptKind.TSX,
      );
      const walk = (node: ts.Node): void => {
        // Keys and code are the same everywhere.
        if (ts.isJsxElement(node) && /^(kbd|code)$/.test(node.openingElement.tagName.getText())) return;
        if (ts.isJsxText(node) && /\p{L}/u.test(node.text)) found.push(`${file}: ${node.text.trim()}`);
        if (
          ts.isJsxAttribute(node) &&
          seen.has(node.name.getText()) &&
          node.initializer &&
          ts.isStringLiteral(node.initializer) &&
          /\p{L}/u.test(node.initializer.text)
        )
          found.push(`${file}: ${node.getText()}`);
        ts.forEachChild(node, walk);
      };
      walk(source);
    }
    expect(found).toEqual([]);
  });

  it('use every text there is', () => {
    const code = sources('src')
      .filter((file) => !file.includes('locales'))
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n');
    // Families that the server's codes or a variable choose from.
    const families = [...code.matchAll(/`([a-zA-Z.]+)\.\$\{/g)]
      .map((match) => match[1] ?? '')
      .concat(
        [...code.matchAll(/code\('([a-zA-Z.]+)'/g)].map((match) => match[1] ?? ''),
        [
          'currency',
          'country',
          'project',
          'evidence',
          ...Object.keys(zh).filter((key) => new RegExp(`: '${key}'`).test(code)),
        ],
      );
    const unused = [...chinese.keys()].filter(
      (key) => !code.includes(`'${key}'`) && !families.some((family) => key.startsWith(`${family}.`)),
    );
    expect(unused).toEqual([]);
  });
});
