import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** The house's sizes (CONTRIBUTING.md): what does not fit wants to be two things. */
const sizes = {
  'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
  'max-depth': ['error', 3],
  'max-params': ['error', 6],
  complexity: ['error', 12],
};

const habits = {
  eqeqeq: ['error', 'always', { null: 'ignore' }],
  'no-console': 'error',
  'no-restricted-exports': [
    'error',
    { restrictDefaultExports: { direct: true, named: true, namedFrom: true } },
  ],
  'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
  'object-shorthand': 'error',
  'prefer-template': 'error',
};

const types = {
  '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  // Numbers and positions in a message read well; objects there are still refused.
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
  // A message is a class that has nothing but fields.
  '@typescript-eslint/no-extraneous-class': 'off',
  // `() => void` positions often take an arrow that ends in an expression.
  '@typescript-eslint/no-confusing-void-expression': 'off',
  // Ports are promises on every side: an `async` method that does not wait still refuses by rejecting.
  '@typescript-eslint/require-await': 'off',
  // A message is a class of fields and nothing else, so plain data of its shape is as good as an instance.
  '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
  '@typescript-eslint/no-misused-spread': 'off',
  // It does not see what another callback has changed meanwhile, nor what rows hold at run time.
  '@typescript-eslint/no-unnecessary-condition': 'off',
  // Plain text comes out of plain rows and fields, which were checked on their way in.
  '@typescript-eslint/no-base-to-string': 'off',
  '@typescript-eslint/no-dynamic-delete': 'off',
  // Slow, and of no use here: there are no enums (see options), and packages are pinned.
  '@typescript-eslint/no-unsafe-enum-assignment': 'off',
  '@typescript-eslint/no-unsafe-enum-comparison': 'off',
  '@typescript-eslint/no-deprecated': 'off',
  '@typescript-eslint/no-generated-empty-object-type': 'off',
  '@typescript-eslint/prefer-reduce-type-parameter': 'off',
  // Field decorators are written with a capital, as class-validator writes them.
  'new-cap': 'off',
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
};

/** What would make the same events fold differently tomorrow, or elsewhere. */
const say = (what, instead) => ({ selector: what, message: instead });
const impureGlobals = [
  ...['process', 'console', 'require', 'globalThis', 'Buffer', 'performance', 'crypto', 'fetch'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'queueMicrotask'],
];
const pure = {
  'no-restricted-globals': [
    'error',
    ...impureGlobals.map((name) => ({
      name,
      message: 'What is decided or folded is pure: no clock, no world.',
    })),
  ],
  'no-restricted-properties': [
    'error',
    {
      object: 'Date',
      property: 'now',
      message: 'Time comes in as an argument: context.now, event.occurredAt.',
    },
    {
      object: 'Math',
      property: 'random',
      message: 'Ids come with the command: a replay must find the same.',
    },
  ],
  'no-restricted-imports': [
    'error',
    {
      patterns: [
        {
          regex: '^node:',
          message: 'The core of the business does no I/O: ask for what you need as an argument.',
        },
        { regex: '^@nestjs/', message: 'Only platform and apps know the framework.' },
      ],
    },
  ],
  'no-restricted-syntax': [
    'error',
    say(
      'NewExpression[callee.name="Date"][arguments.length=0]',
      'Time comes in: new Date(context.now), new Date(event.occurredAt).',
    ),
    say('NewExpression[callee.name="Date"][arguments.length>1]', 'Local time: use Date.UTC(...).'),
    say('CallExpression[callee.name="Date"]', 'Time comes in as an argument.'),
    say(
      'CallExpression[callee.property.name=/^[gs]et(FullYear|Month|Date|Day|Hours|Minutes|Seconds|TimezoneOffset)$/]',
      'This reads the zone of the machine: use the UTC method, or name the zone.',
    ),
  ],
};

/** A spec may be long, may be sure (`!`), and may hold an answer loosely typed. */
const inSpecs = {
  'max-lines-per-function': 'off',
  '@typescript-eslint/no-non-null-assertion': 'off',
  '@typescript-eslint/unbound-method': 'off',
};

const plain = ['**/*.cjs', '**/*.mjs', '**/*.js'];

export default defineConfig(
  { ignores: ['dist/', 'node_modules/', 'coverage/', 'apps/web/'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: { ...sizes, ...habits, ...types },
  },
  {
    files: ['libs/{domain,read-models,policies}/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: pure,
  },
  { files: ['apps/cli/**', 'scripts/**', 'test/**'], rules: { 'no-console': 'off' } },
  { files: ['**/*.spec.ts', 'test/**/*.ts'], rules: inSpecs },
  {
    files: plain,
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      parserOptions: { projectService: false },
      globals: {
        require: 'readonly',
        module: 'writable',
        process: 'readonly',
        console: 'readonly',
        __dirname: 'readonly',
      },
    },
    rules: { ...tseslint.configs.disableTypeChecked.rules, '@typescript-eslint/no-require-imports': 'off' },
  },
  { files: ['*.mjs'], rules: { 'no-restricted-exports': 'off' } },
);
