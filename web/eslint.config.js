import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const forbid = (...patterns) => ({
  'no-restricted-imports': ['error', { patterns }],
});

const upwards = { regex: '^\\.\\./', message: 'Name other folders through @/.' };
const layer = (group, message) => ({ group, message });

export default tseslint.config(
  { ignores: ['dist', 'client/dist', 'client/src/schema.ts'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    files: ['**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      'no-console': 'error',
      // What an effect answers is taken for its clean-up, and the browser's own methods answer more and more.
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'CallExpression[callee.name=/^use(Layout)?Effect$/] > ArrowFunctionExpression[expression=true][body.type!="ArrowFunctionExpression"]',
          message: 'Write the effect in braces.',
        },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, varsIgnorePattern: '^_' }],
    },
  },
  // What the browser runs just as it is: before the first paint, and as the worker.
  {
    files: ['public/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        ['self', 'caches', 'fetch', 'URL', 'Request', 'Response', 'window', 'document', 'localStorage'].map((name) => [
          name,
          'readonly',
        ]),
      ),
    },
  },
  {
    files: ['scripts/*.js', 'client/*.mjs'],
    languageOptions: { globals: { URL: 'readonly', process: 'readonly', console: 'readonly' } },
    rules: { 'no-console': 'off' },
  },
  // Imports go one way: app → features → shared → api.
  { files: ['src/app/**'], rules: forbid(upwards) },
  {
    files: ['src/features/**'],
    rules: forbid(upwards, layer(['@/app/*', '@/features/*'], 'A feature imports from shared and api only.')),
  },
  {
    files: ['src/shared/**'],
    rules: forbid(
      { regex: '^\\.\\./(?!locales)', message: 'Name other folders through @/.' },
      layer(['@/app/*', '@/features/*'], 'Shared code knows no feature.'),
    ),
  },
  {
    files: ['src/api/**'],
    rules: forbid(
      upwards,
      layer(['@/app/*', '@/features/*', '@/shared/*', 'react', 'antd'], 'The api layer knows no page.'),
    ),
  },
);
